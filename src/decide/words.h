/**
 * @file words.h
 * Figures in running text: three significant digits, as one would say them.
 */
#ifndef LQ_DECIDE_WORDS_H
#define LQ_DECIDE_WORDS_H

#include <stddef.h>

enum { LQ_WORD_CHARS = 48 };

/** "$134K", "$1.08M", "EUR 209K", "-$5.2K"; "$0" for nothing, "-" for what is not a number. */
const char *lq_words_money(double money, const char *currency, char out[LQ_WORD_CHARS]);

/** "39 %", "2.5 %", "0.4 %": a fraction. */
const char *lq_words_percent(double fraction, char out[LQ_WORD_CHARS]);

/** Upper case of ASCII letters; cut at cap. */
const char *lq_words_upper(const char *text, char *out, size_t cap);

#endif

/**
 * @file text.h
 * Words on a terminal: folded at its width, cut with care, free of what could move the cursor.
 */
#ifndef LQ_SHOW_TEXT_H
#define LQ_SHOW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { LQ_SCREEN_COLUMNS = 79 };

/** Columns that a text takes: one for each character of UTF-8. */
size_t lq_text_columns(const char *text);

/** A copy with control characters and bidirectional marks as '?'. out has room for cap bytes.
 */
const char *lq_text_clean(const char *text, char *out, size_t cap);

/**
 * A clean copy of a name in a number of columns: words are cut to their first letter from the
 * left ("hugging-face-sf ask" becomes "h-f-sf ask") because the end tells letters, asks and
 * band points apart; if that is not enough, the middle is left out.
 */
const char *lq_text_shorten(const char *name, size_t columns, char *out, size_t cap);

/** A paragraph under way. */
typedef struct lq_wrap {
    FILE *out;
    const char *mark; /**< Of every line, within the indent: "" or "#". */
    size_t indent;    /**< Of lines after the first. */
    size_t column;    /**< Reached on the current line. */
    bool begun;       /**< The line has a word. */
} lq_wrap;

/** Begins a paragraph, whose first line may stand elsewhere than the others. */
lq_wrap lq_wrap_begin(FILE *out, size_t first_indent, size_t indent);

/** The same as a comment of YAML: every line begins with #; the indents count it. */
lq_wrap lq_wrap_comment(FILE *out, size_t first_indent, size_t indent);

/** Writes the words of the text, breaking lines before LQ_SCREEN_COLUMNS. Marks of punctuation
 * that stand alone (", more", ". All:") close up to the word before. */
void lq_wrap_words(lq_wrap *wrap, const char *text);

/** printf, then lq_wrap_words; what does not fit 2 KiB is cut. */
void lq_wrap_printf(lq_wrap *wrap, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Ends the line. */
void lq_wrap_end(lq_wrap *wrap);

#endif

/**
 * @file text.h
 * UTF-8 as it is written to a terminal: widths for carets, and copies that cannot move the
 * cursor or hide what stands there.
 */
#ifndef LQ_CONFIG_TEXT_H
#define LQ_CONFIG_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Length of the well-formed UTF-8 sequence at text (1 to 4) and its code point; 0 when it is
 *  malformed: overlong, a surrogate, above U+10FFFF or cut short. */
size_t lq_utf8_decode(const char *text, size_t len, uint32_t *code_point);

/** Columns a terminal gives a code point: 0, 1 or 2. */
int lq_utf8_width(uint32_t code_point);

/**
 * A copy of at most max_bytes of the text, cut between characters ("..." says so), in which
 * control characters, bidirectional overrides and malformed bytes are '?'. Tabs stay.
 * NULL gives NULL.
 */
const char *lq_text_printable(lq_arena *arena, const char *text, size_t max_bytes);

#endif

/**
 * @file terminal.h
 * What only a person at a terminal sees: colour, progress.
 */
#ifndef LQ_CLI_TERMINAL_H
#define LQ_CLI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** True on a terminal that knows escapes, where NO_COLOR is not set. */
bool lq_terminal_has_colour(FILE *stream);

/** A line that is written over, a few times a second; silent where nobody watches. */
typedef struct lq_progress {
    FILE *out; /**< NULL: silent. */
    double started_s, shown_s;
    bool visible; /**< The line holds something. */
} lq_progress;

/** stream may be NULL: silent. */
lq_progress lq_progress_begin(FILE *stream);

/** Shows paths done, their rate and the time left; context is the lq_progress. */
void lq_progress_show(void *context, uint64_t done, uint64_t total);

/** Wipes the line. */
void lq_progress_end(lq_progress *progress);

#endif

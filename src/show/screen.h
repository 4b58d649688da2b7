/**
 * @file screen.h
 * What `run` and `show` print: the verdict in words, the comparison, where the money goes, what
 * would turn the verdict, what was assumed. From a frame alone, so both print the same.
 */
#ifndef LQ_SHOW_SCREEN_H
#define LQ_SHOW_SCREEN_H

#include "base/frame.h"
#include "liquidus/status.h"

#include <stdbool.h>
#include <stdio.h>

typedef struct lq_screen_options {
    bool colour;        /**< Bold for what matters most; the text is the same without. */
    const char *config; /**< As the user named it, for the hints; NULL: not known. */
    const char *saved;  /**< The result file, for the last lines; NULL: none. */
    const char *shown;  /**< The result file that this is printed from; NULL: from a run. */
} lq_screen_options;

/**
 * Prints at most 79 columns of text. Variables that a frame does not have are left out.
 *
 * The caller asks the stream whether all of it was written.
 * @retval LQ_ECONFIG  The frame holds no offers.
 * @retval LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_screen_print(const lq_frame *frame, const lq_screen_options *options,
                                      FILE *out, lq_error *err);

#endif

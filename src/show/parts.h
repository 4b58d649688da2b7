/**
 * @file parts.h
 * The parts of the screen, and what they share.
 */
#ifndef LQ_SHOW_PARTS_H
#define LQ_SHOW_PARTS_H

#include "show/figure.h"
#include "show/screen.h"

enum { LQ_LABEL_CHARS = 128 };

typedef struct lq_screen {
    const lq_frame *frame;
    lq_screen_options options;
    FILE *out;
    const char *currency;
    lq_scale_of_money scale; /**< Of every table. */
    double half_width;       /**< 95 % half-width in standard errors. */
    size_t n_offers;
    size_t *order; /**< [n_offers] best first; what is not defined last. */
} lq_screen;

/** Figures of the table by offer. */
typedef enum lq_column {
    LQ_COLUMN_WORTH,
    LQ_COLUMN_TYPICAL,
    LQ_COLUMN_BAD,
    LQ_COLUMN_PAPER,
    LQ_COLUMN_BEATS,
    LQ_COLUMN_MEAN,
    LQ_COLUMNS
} lq_column;

/** A figure of an offer, or its standard error; NaN when not defined. */
double lq_table_cell(const lq_screen *screen, lq_column column, size_t offer, bool error);

/** The offer's name with its currency where it is not the report's, cut to the columns. */
const char *lq_table_label(const lq_screen *screen, size_t offer, size_t columns,
                           char out[LQ_LABEL_CHARS]);

/** Ends of bands stand under their middle, if it is there; every other offer has a row. */
bool lq_table_has_row(const lq_screen *screen, size_t offer);

void lq_table_print(const lq_screen *screen);
void lq_bridge_print(const lq_screen *screen);
void lq_turning_print(const lq_screen *screen);
void lq_assumed_print(const lq_screen *screen);

#endif

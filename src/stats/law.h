/**
 * @file law.h
 * A tally read as a probability law: its non-empty bins in ascending order.
 *
 * Functionals (functional.h), utilities and errors all take a law, so that a number is the
 * same function of the pooled bins, of one replicate, or of a stratum.
 */
#ifndef LQ_STATS_LAW_H
#define LQ_STATS_LAW_H

#include "stats/tally.h"

__extension__ typedef __int128 lq_wide;

/** One bin; min == max is an atom, otherwise a spread of values with a known mean. */
typedef struct lq_law_bin {
    double min, max;
    double mean;     /**< Exact to half a hundredth; in [min, max]. */
    uint64_t weight; /**< > 0. */
} lq_law_bin;

typedef struct lq_law {
    size_t len;
    lq_law_bin *bin;      /**< [len], ascending: bin[i].max <= bin[i + 1].min. */
    uint64_t weight;      /**< Sum of the weights. */
    double n_paths;       /**< weight / 2^weight_log2. */
    lq_wide sum_cents;    /**< Sum of weight x value in hundredths. */
    lq_wide above_cents;  /**< The same over the values > 0. */
    uint64_t below;       /**< Weight of values < 0. */
    uint64_t zero;        /**< Weight of exact zeros. */
    uint64_t within_cent; /**< Weight of |x| <= 0.01, exact zeros included. */
} lq_law;

enum { LQ_POOLED = -1 };

/**
 * The law of the pooled bins (LQ_POOLED) or of one slot. A tally without pooled bins merges
 * its slots; a tally without slots has the pooled law in slot 0.
 * @return NULL when out of memory. An empty law has len 0 and weight 0.
 */
lq_law *lq_law_create(const lq_tally *tally, int32_t slot);

/** The law of the slots first, first + stride, ... (n of them) together. */
lq_law *lq_law_create_merged(const lq_tally *tally, uint32_t first, uint32_t stride,
                             uint32_t n);

/** NULL is fine. */
void lq_law_destroy(lq_law *law);

#endif

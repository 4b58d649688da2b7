/**
 * @file law.h
 * A tally read as a probability law: its non-empty bins in ascending order.
 *
 * Functionals (functional.h), utilities and errors all take a law, so that a number is the
 * same function of the pooled bins, of one replicate, or of a stratum.
 *
 * The law of a replicate (or stratum) has the pooled bins with other weights: the weight of a
 * pooled bin is its share of the coarse bin around it times the replicate's weight there. So
 * atoms stay where they are in every replicate.
 */
#ifndef LQ_STATS_LAW_H
#define LQ_STATS_LAW_H

#include "stats/tally.h"

/** One bin; min == max is an atom, otherwise a spread of values with a known mean. */
typedef struct lq_law_bin {
    double min, max;
    double mean;     /**< In [min, max]; exact to half a hundredth. */
    double variance; /**< Within the bin; 0 for an atom. */
    double weight;   /**< In paths; > 0, whole in plain runs' pooled laws. */
} lq_law_bin;

typedef struct lq_law {
    size_t len;
    lq_law_bin *bin;      /**< [len], ascending: bin[i].max <= bin[i + 1].min. */
    double n_paths;       /**< Sum of the weights, in paths. */
    double mean;          /**< From the exact sum of hundredths; NaN without samples. */
    double below;         /**< Paths with x < 0. */
    double zero;          /**< Paths with x = 0. */
    double below_cent;    /**< Paths with x < -0.01. */
    double above_cent;    /**< Paths with x > 0.01. */
    double positive_part; /**< E max(X, 0) */
    const lq_tally *fine; /**< Pooled, of a tally with fine cells: the tally; else NULL. */
} lq_law;

enum { LQ_POOLED = -1 };

/** The bins of a tally, read once for several laws of it. The tally must outlive it, unchanged.
 */
typedef struct lq_law_source lq_law_source;

/** NULL when out of memory. */
lq_law_source *lq_law_source_create(const lq_tally *tally);
void lq_law_source_destroy(lq_law_source *source);

/** The law of all samples or of a replicate, as lq_law_create. */
lq_law *lq_law_of(const lq_law_source *source, int32_t replicate);

/**
 * One law per row, all with the same bins, empty ones included: bin i of each is the same
 * place. What certainty equivalents need: a utility per bin, weighted once per replicate.
 * @param[in] stratum  LQ_POOLED: all strata together, in pooled bins; otherwise one stratum.
 * @param[in] like     NULL, or another such law of any stratum: all but weights is copied.
 */
lq_law *lq_law_aligned_of(const lq_law_source *source, int32_t stratum, int32_t replicate,
                          const lq_law *like);

/**
 * The weights of every replicate's aligned law: row r of weights [n_replicates][len] is
 * lq_law_aligned_of(source, stratum, r, NULL)->bin[].weight.
 * @param[in] len  of lq_law_aligned_of(source, stratum, LQ_POOLED, NULL)
 * @pre  The tally has replicates, or strata where one is asked for.
 */
void lq_law_weights_of(const lq_law_source *source, int32_t stratum, size_t len,
                       double *weights);

/**
 * The law of all samples (LQ_POOLED) or of one replicate. The tally must outlive it.
 * @return NULL when out of memory. An empty law has len 0 and n_paths 0.
 * @pre  replicate < n_replicates, and the tally has replicates, unless it is LQ_POOLED.
 */
lq_law *lq_law_create(const lq_tally *tally, int32_t replicate);

/** The law of a stratum, of all replicates (LQ_POOLED) or of one, in bins of the strata's own
 *  resolution. @pre Strata exist. */
lq_law *lq_law_create_stratum(const lq_tally *tally, uint32_t stratum, int32_t replicate);

/**
 * A law in fewer bins: what differs between many laws needs no more. Finer towards the tails;
 * heavy atoms, weights by sign and the mean stay exact.
 * @param[in] n  About so many bins, three times as many at most.
 * @return NULL when out of memory. The law and its tally are not needed afterwards.
 */
lq_law *lq_law_condense(const lq_law *law, size_t n);

/** NULL is fine. */
void lq_law_destroy(lq_law *law);

#endif

/**
 * @file sample.h
 * A tally read once, and every figure of it with its error.
 *
 * Plain runs take the formulas for independent samples. A run over several worlds takes the
 * spread of the replicates, which is the chance of the paths in the worlds drawn, widened by
 * what other worlds would have moved (stats/world_fit.h): a formula on the pooled law would
 * count all that differs between worlds as chance (R28).
 */
#ifndef LQ_DECIDE_SAMPLE_H
#define LQ_DECIDE_SAMPLE_H

#include "plan/plan.h"
#include "stats/estimate.h"
#include "stats/functional.h"
#include "stats/world_fit.h"

typedef struct lq_sample {
    lq_law *pooled;
    bool by_replicates;
    lq_law *replicate[LQ_MAX_REPLICATES]; /**< NULL unless by_replicates. */
    const lq_world_fit *fit;              /**< NULL: errors are of the paths alone. */
    lq_law *const *world;                 /**< [worlds of the fit]; not the sample's own */
} lq_sample;

/** One kind of figure: how it is computed from a law, and its error from the pooled law. */
typedef struct lq_gauge {
    lq_functional *value;
    lq_estimate (*formula)(const lq_law *law, double parameter);
    /** What a replicate stands for, where its own value would mislead; NULL: its own value. */
    double (*of_part)(const lq_law *whole, const lq_law *part);
    /** What a world's paths say of the whole's figure, in proportion to their share; NULL: its
     *  own value. */
    double (*of_world)(const lq_law *whole, const lq_law *part, double parameter);
    bool
        by_shares; /**< A quantile: replicates tell the error of the share of paths up to it. */
} lq_gauge;

/* Those without a parameter ignore it. */
extern const lq_gauge lq_gauge_mean, lq_gauge_sd, lq_gauge_skewness, lq_gauge_quantile,
    lq_gauge_cvar, lq_gauge_semideviation, lq_gauge_p_zero, lq_gauge_p_within_cent,
    lq_gauge_p_above_cent, lq_gauge_p_below_cent, lq_gauge_p_below, lq_gauge_positive_part,
    lq_gauge_negative_part;

/** @retval LQ_ENOMEM *out is empty. */
LQ_MUST_USE lq_status lq_sample_read(const lq_tally *tally, bool by_replicates, lq_sample *out,
                                     lq_error *err);
void lq_sample_clear(lq_sample *sample);

/** NaN for a tally without samples; of one path the error is. */
lq_estimate lq_sample_estimate(const lq_sample *sample, const lq_gauge *gauge,
                               double parameter);

/** `value` with the error of those replicate values that are numbers. */
lq_estimate lq_estimate_of_replicates(double value, const double *replicate, size_t n);

#endif

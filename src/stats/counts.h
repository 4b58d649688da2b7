/**
 * @file counts.h
 * Exact counts of a small integer: the month in which something happened, or never; or the
 * kind of exit. Mergeable by addition, with one row per replicate.
 */
#ifndef LQ_STATS_COUNTS_H
#define LQ_STATS_COUNTS_H

#include "stats/estimate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct lq_counts lq_counts;

/** The value of a path on which it never happened. */
#define LQ_NEVER INT32_MAX

/** Counts of 0..n_values - 1 and never, in n_slots rows; NULL when out of memory. */
lq_counts *lq_counts_create(uint32_t n_values, uint32_t n_slots);
void lq_counts_destroy(lq_counts *counts);
void lq_counts_clear(lq_counts *counts);

/** [n_values + 1] the weights of a slot, never last: for a kernel's loop that adds to them. */
uint64_t *lq_counts_row(lq_counts *counts, uint32_t slot);
/** Adds `weight` paths (or weight units) with one value; outside 0..n_values - 1: never. */
void lq_counts_add(lq_counts *counts, uint32_t slot, int32_t value, uint64_t weight);
void lq_counts_merge(lq_counts *into, const lq_counts *from);

uint32_t lq_counts_n_values(const lq_counts *counts);
/** Weight at a value (or LQ_NEVER), over all slots or in one (slot >= 0). */
uint64_t lq_counts_at(const lq_counts *counts, int32_t slot, int32_t value);
uint64_t lq_counts_total(const lq_counts *counts, int32_t slot);

/** P(value <= v); P(never) is 1 - P(value <= n_values - 1). */
double lq_counts_cdf(const lq_counts *counts, int32_t slot, int32_t value);
/** Share at a value (or LQ_NEVER), with its error for plain random sampling. */
lq_estimate lq_counts_share(const lq_counts *counts, int32_t value, double weight_unit);
/** inf{v: P(value <= v) >= p}; LQ_NEVER if that is never; -1 for no samples. */
int32_t lq_counts_quantile(const lq_counts *counts, int32_t slot, double p);
/**
 * The quantile as a number (INFINITY: never) with the error of lq_quantile_law (NaN when it may
 * well be never).
 * @param[in] noise  Standard error of the share at the quantile: sqrt(p (1 - p) / N) in plain
 *                   random sampling, or what the replicates' shares show.
 */
lq_estimate lq_counts_estimate_quantile(const lq_counts *counts, double p, double noise);
/** Mean of the values that happened; NaN if none did. */
double lq_counts_mean(const lq_counts *counts, int32_t slot);

/** The shares of a value in every slot: values [n_slots]. */
void lq_counts_replicate_shares(const lq_counts *counts, int32_t value, double *values);

/** Canonical bytes, as in tally.h. */
size_t lq_counts_packed_size(const lq_counts *counts);
void lq_counts_pack(const lq_counts *counts, uint8_t *bytes);
LQ_MUST_USE lq_status lq_counts_unpack(const uint8_t *bytes, size_t len, lq_counts **out,
                                       lq_error *err);

#endif

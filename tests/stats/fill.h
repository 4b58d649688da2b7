/* Tallies with known content, for the tests of src/stats. */
#ifndef LQ_TEST_FILL_H
#define LQ_TEST_FILL_H

#include "lq_test.h"

#include "num/scalar.h"
#include "stats/tally.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/** A sequence of words that is the same for ever (Steele, Lea and Flood 2014). */
static inline uint64_t next_word(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/** Uniform in (0, 1), and a standard normal. */
static inline double next_uniform(uint64_t *state)
{
    return ((double)(next_word(state) >> 11) + 0.5) * 0x1p-53;
}

static inline double next_normal(uint64_t *state)
{
    return lq_normal_quantile(next_uniform(state));
}

/** The bytes are canonical, so equal bytes are equal tallies. */
static inline void assert_same(const lq_tally *a, const lq_tally *b)
{
    const size_t size = lq_tally_packed_size(a);
    assert_int_equal(size, lq_tally_packed_size(b));
    uint8_t *bytes_a = malloc(size), *bytes_b = malloc(size);
    lq_tally_pack(a, bytes_a);
    lq_tally_pack(b, bytes_b);
    assert_memory_equal(bytes_a, bytes_b, size);
    free(bytes_a);
    free(bytes_b);
}

/** Plain shapes without strata: pooled bins and R replicates. */
static inline lq_tally_shape plain_shape(uint32_t n_replicates)
{
    return (lq_tally_shape){.pooled_bins = 512,
                            .replicate_bins = n_replicates > 1 ? 128 : 0,
                            .n_replicates = n_replicates,
                            .n_strata = 1};
}

/** A shape whose paths weigh 2^32. */
static inline lq_tally_shape weighted_shape(void)
{
    return (lq_tally_shape){
        .pooled_bins = 512, .n_replicates = 1, .n_strata = 1, .weight_log2 = 32};
}

typedef double payoff(double z, const void *context);

/**
 * The law of payoff(Z), Z standard normal, by n_cells cells of [-8.5, 8.5] with their exact
 * probabilities, in units of 2^-62: 2^30 paths of weight 2^32. `share` scales all weights.
 */
static inline void add_normal_law(lq_tally *tally, payoff *f, const void *context, double share,
                                  int n_cells)
{
    enum { N = LQ_TALLY_MAX_LANES };
    const double h = 17.0 / n_cells;
    double edge = 0.0; /* the smaller tail at the left end of the cell */
    for (int first = 0; first < n_cells; first += N) {
        double x[N];
        uint64_t weight[N];
        for (int i = 0; i < N; i++) {
            const double z = -8.5 + h * (first + i);
            const bool upper = z >= 0.0;
            const double next = lq_normal_cdf(upper ? -z - h : z + h);
            const double mass = upper ? edge - next : next - edge;
            edge = next;
            x[i] = f(z + 0.5 * h, context);
            weight[i] = (uint64_t)(share * mass * 0x1p62 + 0.5);
        }
        lq_tally_add_weighted(tally, 0, NULL, x, weight, N);
    }
}

/** Adds n numbers, one by one or in blocks as the tally likes, all to one replicate. */
static inline void add_numbers(lq_tally *tally, uint32_t replicate, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i += LQ_TALLY_MAX_LANES)
        lq_tally_add_block(tally, replicate, x + i,
                           n - i < LQ_TALLY_MAX_LANES ? n - i : LQ_TALLY_MAX_LANES);
}

#endif

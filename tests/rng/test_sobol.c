#include "lq_test.h"

#include "rng/sobol.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { REPLICATES = 8, SCRAMBLED_DIMENSIONS = 40, LOG2_POINTS = 10 };

static lq_sobol_dimension plain[LQ_SOBOL_DIMENSIONS];

static int set_up(void **state)
{
    (void)state;
    lq_sobol_plain(LQ_SOBOL_DIMENSIONS, plain);
    return 0;
}

static lq_sobol_dimension scrambled(uint32_t replicate, uint32_t dimension)
{
    return lq_sobol_scramble(&plain[dimension], lq_philox_key_make(7, LQ_DOMAIN_SCRAMBLE),
                             replicate, dimension);
}

/* Every interval [i, i + 1) 2^-k holds exactly one of the first 2^k points. */
static void assert_net(const lq_sobol_dimension *d, unsigned k, uint32_t first)
{
    bool hit[1u << LOG2_POINTS] = {false};
    for (uint32_t i = 0; i < 1u << k; i++) {
        const uint32_t cell = k ? lq_sobol_at(d, first + i) >> (32 - k) : 0;
        assert_false(hit[cell]);
        hit[cell] = true;
    }
}

static void every_plain_dimension_is_a_net(void **state)
{
    (void)state;
    for (size_t d = 0; d < LQ_SOBOL_DIMENSIONS; d++)
        assert_net(&plain[d], LOG2_POINTS, 0);
}

/* Also from any multiple of 2^k on: a longer run extends a shorter one by another net. */
static void every_prefix_of_a_replicate_is_a_net(void **state)
{
    (void)state;
    for (uint32_t r = 0; r < REPLICATES; r++)
        for (uint32_t d = 0; d < SCRAMBLED_DIMENSIONS; d++) {
            const lq_sobol_dimension s = scrambled(r, d);
            for (unsigned k = 0; k <= LOG2_POINTS; k++) {
                assert_net(&s, k, 0);
                assert_net(&s, k, 5u << k);
            }
        }
}

/* Dimensions 1 and 2 together: every elementary rectangle of area 2^-m holds one of 2^m. */
static void the_first_two_dimensions_are_a_net(void **state)
{
    (void)state;
    enum { M = 10 };
    for (uint32_t r = 0; r < REPLICATES; r++) {
        const lq_sobol_dimension a = scrambled(r, 0), b = scrambled(r, 1);
        for (unsigned k = 0; k <= M; k++) {
            bool hit[1u << M] = {false};
            for (uint32_t i = 0; i < 1u << M; i++) {
                const uint64_t x = (uint64_t)lq_sobol_at(&a, i) << k >> 32,
                               y = (uint64_t)lq_sobol_at(&b, i) << (M - k) >> 32;
                const size_t cell = (size_t)(x << (M - k) | y);
                assert_false(hit[cell]);
                hit[cell] = true;
            }
        }
    }
}

static double uniform(const lq_sobol_dimension *d, uint32_t i)
{
    return (lq_sobol_at(d, i) + 0.5) * 0x1p-32;
}

/* Whatever the point, over replicates it is uniform, and two points of one net are no more
 * alike than the net makes them: a mean of 2^k points is right on average. */
static void a_point_is_uniform_over_replicates(void **state)
{
    (void)state;
    enum { N = 4000 };
    static const uint32_t index[] = {0, 1, 77, 1u << 20};
    for (size_t c = 0; c < LQ_COUNT(index); c++) {
        double sum = 0.0, squares = 0.0, low_bits = 0.0;
        for (uint32_t r = 0; r < N; r++) {
            const lq_sobol_dimension d = scrambled(r, 3);
            const double u = uniform(&d, index[c]);
            sum += u;
            squares += u * u;
            low_bits += lq_sobol_at(&d, index[c]) & 1u;
        }
        assert_near(sum / N, 0.5, 4.0 * sqrt(1.0 / 12.0 / N));
        assert_near(squares / N, 1.0 / 3.0, 4.0 * sqrt(4.0 / 45.0 / N));
        assert_near(low_bits / N, 0.5, 4.0 * 0.5 / sqrt(N));
    }
}

/* As under Owen's scrambling: two points that part at bit k are independent below it. */
static void below_the_parting_bit_points_are_independent(void **state)
{
    (void)state;
    enum { N = 4000 };
    double equal = 0.0, product = 0.0;
    for (uint32_t r = 0; r < N; r++) {
        const lq_sobol_dimension d = scrambled(r, 0); /* points 0 and 1 part at the first bit */
        const uint32_t x = lq_sobol_at(&d, 0), y = lq_sobol_at(&d, 1);
        assert_int_equal((x ^ y) >> 31, 1);
        equal += (x >> 30 & 1u) == (y >> 30 & 1u);
        product += ((x & 0x7fffffff) * 0x1p-31 - 0.5) * ((y & 0x7fffffff) * 0x1p-31 - 0.5);
    }
    assert_near(equal / N, 0.5, 4.0 * 0.5 / sqrt(N));
    assert_near(product / N, 0.0, 4.0 / 12.0 / sqrt(N));
}

/* Two replicates, two dimensions, two seeds: none repeats another. */
static void scramblings_differ(void **state)
{
    (void)state;
    const lq_philox_key other = lq_philox_key_make(8, LQ_DOMAIN_SCRAMBLE);
    const lq_sobol_dimension s[] = {scrambled(0, 0), scrambled(1, 0), scrambled(0, 1),
                                    lq_sobol_scramble(&plain[0], other, 0, 0)};
    for (size_t i = 0; i < LQ_COUNT(s); i++)
        for (size_t j = 0; j < i; j++)
            assert_true(memcmp(&s[i], &s[j], sizeof s[i]) != 0);
}

/* RMSE of the mean of x y over replicates: slope -1 and steeper in the number of points. */
static void errors_fall_faster_than_one_over_root_n(void **state)
{
    (void)state;
    double rmse[2] = {0.0, 0.0};
    for (uint32_t r = 0; r < 64; r++) {
        const lq_sobol_dimension a = scrambled(r, 0), b = scrambled(r, 1);
        for (unsigned c = 0; c < 2; c++) {
            const uint32_t n = c ? 4096 : 64;
            double sum = 0.0;
            for (uint32_t i = 0; i < n; i++)
                sum += uniform(&a, i) * uniform(&b, i);
            rmse[c] += (sum / n - 0.25) * (sum / n - 0.25) / 64;
        }
    }
    const double slope = 0.5 * log(rmse[1] / rmse[0]) / log(64.0);
    print_message("slope %.2f\n", slope);
    assert_true(slope < -1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_plain_dimension_is_a_net),
        cmocka_unit_test(every_prefix_of_a_replicate_is_a_net),
        cmocka_unit_test(the_first_two_dimensions_are_a_net),
        cmocka_unit_test(a_point_is_uniform_over_replicates),
        cmocka_unit_test(below_the_parting_bit_points_are_independent),
        cmocka_unit_test(scramblings_differ),
        cmocka_unit_test(errors_fall_faster_than_one_over_root_n),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}

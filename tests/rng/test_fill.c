#include "../num/accuracy.h"

#include "kernels.h"
#include "moments.h"
#include "num/scalar.h"
#include "rng/fill.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = 48, BLOCKS = 16384 }; /* 64 x BLOCKS = 2^20 paths */

/* The stated bounds of fill.h. */
static const double NORMAL_ABSOLUTE = 4e-10, NORMAL_OF_RADIUS = 1e-10;

static const uint64_t starts[] = {0, 64, 1ull << 20, 0xffffffc0ull, 0x1ffffffc0ull, 1ull << 40};

static double normals[(MONTHS + 4) * LQ_FILL_LANES] __attribute__((aligned(64)));
static double others[(MONTHS + 4) * LQ_FILL_LANES] __attribute__((aligned(64)));
static uint64_t w0[LQ_FILL_LANES] __attribute__((aligned(64)));
static uint64_t w1[LQ_FILL_LANES] __attribute__((aligned(64)));

static lq_philox_key key_of(uint64_t seed)
{
    return lq_philox_key_make(seed, LQ_DOMAIN_MAIN);
}

/* The scalar generator's words at an address: {0, 1} and {2, 3} as 64-bit words. */
static void words_at(lq_philox_key key, uint64_t path, uint32_t stream, uint32_t draw,
                     uint64_t out[2])
{
    const uint32_t counter[4] = {(uint32_t)path, (uint32_t)(path >> 32), draw, stream};
    const uint32_t k[2] = {key.k0, key.k1};
    uint32_t words[4];
    lq_philox4x32(counter, k, words);
    out[0] = (uint64_t)words[0] << 32 | words[1];
    out[1] = (uint64_t)words[2] << 32 | words[3];
}

static void check_words(const kernels *build)
{
    const lq_philox_key key = key_of(99);
    for (size_t i = 0; i < LQ_COUNT(starts); i++)
        for (uint32_t draw = 0; draw < 3; draw++) {
            const uint32_t stream = lq_stream_make(LQ_PURPOSE_TERMINAL, "acme");
            build->fill_words(key, starts[i], stream, draw, w0, w1);
            for (uint64_t lane = 0; lane < LQ_FILL_LANES; lane++) {
                uint64_t want[2];
                words_at(key, starts[i] + lane, stream, draw, want);
                assert_true(w0[lane] == want[0] && w1[lane] == want[1]);
            }
        }
}

static void words_are_the_scalar_generators_at_every_lane(void **state)
{
    (void)state;
    check_words(kernels_of(3));
    if (kernels_of(4)) check_words(kernels_of(4));
}

/* The pair of a word in long double: z0 is the cosine's unless bit 30 says otherwise. */
static void pair_of(uint64_t word, long double z[2], long double *radius)
{
    const long double turn = 1.57079632679489661923132169163975144L;
    const long double u = ((long double)(word >> 32) + 0.5L) * 0x1p-32L;
    const long double f = ((long double)(word & 0x3fffffffu) - 536870912.0L + 0.5L) * 0x1p-30L;
    const int sine = (word >> 30 & 1) ? 0 : 1;
    *radius = sqrtl(-2.0L * logl(u));
    z[1 - sine] = (word >> 31 & 1 ? -*radius : *radius) * cosl(f * turn);
    z[sine] = *radius * sinl(f * turn);
}

static void normals_are_the_transform_of_their_words(void **state)
{
    (void)state;
    const lq_philox_key key = key_of(7);
    for (size_t i = 0; i < LQ_COUNT(starts); i++) {
        kernels_of(3)->fill_normals(key, starts[i], 42, MONTHS, normals);
        for (uint32_t month = 0; month < MONTHS; month++)
            for (uint64_t lane = 0; lane < LQ_FILL_LANES; lane++) {
                uint64_t w[2];
                long double z[2], radius;
                words_at(key, starts[i] + lane, 42, month / 4, w);
                pair_of(w[month % 4 / 2], z, &radius);
                assert_near(normals[month * LQ_FILL_LANES + lane], (double)z[month % 2],
                            NORMAL_ABSOLUTE);
            }
    }
}

/* Errors of a block of words: of each normal, and of each over its pair's radius. */
typedef struct pair_errors {
    double absolute, relative, largest;
} pair_errors;

static void worsen_pairs(pair_errors *most, const uint64_t *words)
{
    const lq_block_address at = {.key = key_of(1)};
    lq_words drawn;
    memcpy(drawn.word[0], words, sizeof drawn.word[0]);
    kernels_of(3)->draws_normals_of(&at, &drawn, 0, normals, others);
    for (size_t l = 0; l < LQ_FILL_LANES; l++) {
        long double z[2], radius;
        pair_of(words[l], z, &radius);
        const double got[2] = {normals[l], others[l]};
        for (size_t i = 0; i < 2; i++) {
            worsen(&most->absolute, got[i] - z[i]);
            worsen(&most->relative, (got[i] - z[i]) / radius);
            most->largest = fmax(most->largest, fabs(got[i]));
        }
    }
}

/* Radii: the longest and the shortest one by one, all between on a grid and at random. Angles
 * at random, and those of the edges: the ends of a quarter turn and its middle. */
static void pairs_keep_their_bounds(void **state)
{
    (void)state;
    static const uint64_t angles[] = {0, 1, 0x1fffffff, 0x20000000, 0x3ffffffe, 0x3fffffff};
    pair_errors most = {0};
    for (uint64_t block = 0; block < 8192; block++) {
        for (uint64_t l = 0; l < LQ_FILL_LANES; l++) {
            const uint64_t n = block * LQ_FILL_LANES + l, rest = n / 4;
            const uint64_t radius[4] = {rest, 0xffffffffull - rest, rest * 32768, word(n)};
            const uint64_t angle =
                block % 2 ? word(~n)
                          : angles[n % LQ_COUNT(angles)] | (word(~n) & 0xc0000000ull);
            w0[l] = radius[n % 4] << 32 | (angle & 0xffffffffull);
        }
        worsen_pairs(&most, w0);
    }
    assert_bound("Box-Muller pair, absolute", most.absolute, NORMAL_ABSOLUTE);
    assert_bound("Box-Muller pair, of the radius", most.relative, NORMAL_OF_RADIUS);
    /* no further than the radius of the smallest uniform; the mass beyond is said in rng.md */
    assert_near(most.largest, sqrt(66.0 * log(2.0)), 1e-9);
    assert_near(2.0 * (double)below(-most.largest), 1.345e-11, 5e-15);
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    const kernels *v4 = kernels_of(4);
    if (!v4) skip();
    for (uint64_t block = 0; block < 512; block++) {
        const uint32_t stream = lq_stream_make(LQ_PURPOSE_COMPANY, "acme") + (uint32_t)block;
        kernels_of(3)->fill_normals(key_of(block), 64 * block, stream, MONTHS, normals);
        v4->fill_normals(key_of(block), 64 * block, stream, MONTHS, others);
        assert_memory_equal(normals, others, MONTHS * LQ_FILL_LANES * sizeof *normals);
    }
}

/* A block started elsewhere holds the same draws, and so does a longer fill. */
static void a_draw_depends_on_its_address_alone(void **state)
{
    (void)state;
    const kernels *build = kernels_of(3);
    build->fill_normals(key_of(1), 1000, 5, MONTHS, normals);
    build->fill_normals(key_of(1), 1032, 5, 8, others);
    for (size_t month = 0; month < 8; month++)
        for (size_t lane = 0; lane < 32; lane++)
            assert_true(others[month * LQ_FILL_LANES + lane] ==
                        normals[month * LQ_FILL_LANES + lane + 32]);
}

/* ---- the law of 2^20 paths ---- */

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void normals_follow_their_law(void **state)
{
    (void)state;
    const size_t n = (size_t)BLOCKS * LQ_FILL_LANES;
    double *z = malloc(n * sizeof *z);
    assert_non_null(z);
    moments power[4] = {{0}};
    for (size_t block = 0; block < BLOCKS; block++) {
        kernels_of(3)->fill_normals(key_of(2026), 64 * block, 1u << 24, 4, normals);
        memcpy(z + block * LQ_FILL_LANES, normals + LQ_FILL_LANES, LQ_FILL_LANES * sizeof *z);
    }
    for (size_t i = 0; i < n; i++) {
        moments_add(&power[0], z[i]);
        moments_add(&power[1], z[i] * z[i]);
        moments_add(&power[2], z[i] * z[i] * z[i]);
        moments_add(&power[3], z[i] * z[i] * z[i] * z[i]);
    }
    assert_mean(&power[0], 0.0, 0.0);
    assert_mean(&power[1], 1.0, 0.0);
    assert_mean(&power[2], 0.0, 0.0);
    assert_mean(&power[3], 3.0, 0.0);
    qsort(z, n, sizeof *z, ascending);
    double distance = 0.0; /* Kolmogorov and Smirnov */
    for (size_t i = 0; i < n; i++) {
        const double p = lq_normal_cdf(z[i]);
        distance =
            fmax(distance, fmax(p - (double)i / (double)n, (double)(i + 1) / (double)n - p));
    }
    assert_true(distance * sqrt((double)n) < 1.95); /* exceeded once in 1,000 */
    assert_true(z[0] > -6.77 && z[n - 1] < 6.77);
    free(z);
}

/* Products of draws at neighbouring addresses: months, lanes, streams, domains. */
static void neighbouring_draws_are_uncorrelated(void **state)
{
    (void)state;
    moments month_next[4] = {{0}}, lane_next = {0}, stream_next = {0}, squares = {0},
            domain = {0};
    const lq_philox_key pilot = lq_philox_key_make(2026, LQ_DOMAIN_PILOT);
    static double third[8 * LQ_FILL_LANES] __attribute__((aligned(64)));
    for (size_t block = 0; block < BLOCKS; block++) {
        kernels_of(3)->fill_normals(key_of(2026), 64 * block, 77, 8, normals);
        kernels_of(3)->fill_normals(key_of(2026), 64 * block, 78, 4, others);
        kernels_of(3)->fill_normals(pilot, 64 * block, 77, 4, third);
        for (size_t l = 0; l < LQ_FILL_LANES; l++) {
            for (size_t m = 0; m < 4; m++)
                moments_add(&month_next[m], normals[m * 64 + l] * normals[(m + 1) * 64 + l]);
            moments_add(&lane_next, normals[l] * normals[(l + 1) % 64]);
            moments_add(&stream_next, normals[l] * others[l]);
            moments_add(&domain, normals[l] * third[l]);
            moments_add(&squares, (normals[l] * normals[l] - 1.0) *
                                      (normals[64 + l] * normals[64 + l] - 1.0));
        }
    }
    for (size_t m = 0; m < 4; m++)
        assert_mean(&month_next[m], 0.0, 0.0);
    assert_mean(&lane_next, 0.0, 0.0);
    assert_mean(&stream_next, 0.0, 0.0);
    assert_mean(&domain, 0.0, 0.0);
    assert_mean(&squares, 0.0, 0.0);
}

/* NUM-03 of the validation cases: orthant probability of correlated normals. */
static void num_03_orthants_of_correlated_normals(void **state)
{
    (void)state;
    static const struct {
        double rho, want;
    } cases[] = {{-0.5, 0.166666666667},
                 {0.3, 0.29849334201},
                 {0.6, 0.35241638235},
                 {0.9, 0.428216853436}};
    double hits[LQ_COUNT(cases)] = {0};
    for (size_t block = 0; block < BLOCKS / 4; block++) {
        kernels_of(3)->fill_normals(key_of(3), 64 * block, 9, 4, normals);
        for (size_t l = 0; l < LQ_FILL_LANES; l++)
            for (size_t i = 0; i < LQ_COUNT(cases); i++) {
                const double rho = cases[i].rho, x = normals[l];
                const double y = rho * x + sqrt(1.0 - rho * rho) * normals[128 + l];
                hits[i] += x < 0.0 && y < 0.0;
            }
    }
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        assert_share(hits[i], BLOCKS / 4 * 64.0, cases[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_the_scalar_generators_at_every_lane),
        cmocka_unit_test(normals_are_the_transform_of_their_words),
        cmocka_unit_test(pairs_keep_their_bounds),
        cmocka_unit_test(both_builds_give_the_same_bits),
        cmocka_unit_test(a_draw_depends_on_its_address_alone),
        cmocka_unit_test(normals_follow_their_law),
        cmocka_unit_test(neighbouring_draws_are_uncorrelated),
        cmocka_unit_test(num_03_orthants_of_correlated_normals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

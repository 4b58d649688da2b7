#include "lq_test.h"

#include "kernels.h"
#include "moments.h"
#include "num/scalar.h"
#include "rng/draws.h"

#include <math.h>
#include <string.h>

/* A factor of 30 months whose first 6 nodes are dimensions 1 to 6 and the next 4 are 8 to 11;
 * an address of which the second word is dimension 0 and the third dimension 7. */
enum { MONTHS = 30, ASKED = 37, LANES = 64, DIMENSIONS = 12, REPLICATES = 32 };
static const uint32_t FACTOR = 3u << 24 | 5, EVENT = 4u << 24 | 9;

typedef double month_rows[ASKED + 4][LANES] __attribute__((aligned(64)));

static lq_arena *arena;
static lq_sobol_dimension dimensions[REPLICATES][DIMENSIONS];
static lq_sobol_factor factor;
static lq_sobol_words words;
static lq_sobol_plan plan;

static int set_up(void **state)
{
    (void)state;
    static lq_sobol_dimension plain[DIMENSIONS];
    const lq_philox_key key = lq_philox_key_make(2026, LQ_DOMAIN_SCRAMBLE);
    arena = lq_arena_create();
    lq_sobol_plain(DIMENSIONS, plain);
    for (uint32_t r = 0; r < REPLICATES; r++)
        for (uint32_t d = 0; d < DIMENSIONS; d++)
            dimensions[r][d] = lq_sobol_scramble(&plain[d], key, r, d);
    factor = (lq_sobol_factor){.stream = FACTOR,
                               .n_months = MONTHS,
                               .nodes = lq_bridge_create(arena, MONTHS),
                               .first = 1,
                               .n_first = 6,
                               .second = 8,
                               .n_second = 4};
    words = (lq_sobol_words){.stream = EVENT, .draw = 2, .dimension = {-1, 0, 7, -1}};
    plan = (lq_sobol_plan){.n_replicates = REPLICATES,
                           .n_dimensions = DIMENSIONS,
                           .dimensions = dimensions[0],
                           .n_factors = 1,
                           .factors = &factor,
                           .n_words = 1,
                           .words = &words};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lq_arena_destroy(arena);
    return 0;
}

static lq_block_address address(uint64_t block)
{
    return (lq_block_address){.key = lq_philox_key_make(2026, LQ_DOMAIN_MAIN),
                              .path0 = block * LANES,
                              .sobol = &plan,
                              .replicate = (uint32_t)(block % REPLICATES),
                              .index0 = (uint32_t)(block / REPLICATES * LANES)};
}

static void some_words_are_points_and_the_others_are_not(void **state)
{
    (void)state;
    lq_words drawn;
    uint64_t(*const got)[LANES] = drawn.word;
    uint64_t random[2][LANES] __attribute__((aligned(64)));
    const kernels *build = kernels_of(3);
    for (uint64_t block = 0; block < 4000; block += 333) {
        const lq_block_address at = address(block);
        build->draws_words(&at, EVENT, 2, &drawn);
        build->fill_words(at.key, at.path0, EVENT, 2, random[0], random[1]);
        const lq_sobol_dimension *d = dimensions[at.replicate];
        for (uint32_t l = 0; l < LANES; l++) {
            assert_int_equal(got[0][l] >> 32, random[0][l] >> 32);
            assert_int_equal(got[0][l] & 0xffffffffu, lq_sobol_at(&d[0], at.index0 + l));
            assert_int_equal(got[1][l] >> 32, lq_sobol_at(&d[7], at.index0 + l));
            assert_int_equal(got[1][l] & 0xffffffffu, random[1][l] & 0xffffffffu);
        }
        build->draws_words(&at, EVENT, 3, &drawn); /* another draw: all random */
        build->fill_words(at.key, at.path0, EVENT, 3, random[0], random[1]);
        assert_memory_equal(got, random, sizeof random);
    }
}

/* The first node is the sum of all months of the bridge, the second that of the first half. */
static void the_first_dimensions_decide_the_coarse_path(void **state)
{
    (void)state;
    static month_rows z;
    const lq_block_address at = address(77);
    kernels_of(3)->draws_normals(&at, FACTOR, ASKED, z[0]);
    for (uint32_t l = 0; l < LANES; l++) {
        double all = 0.0, half = 0.0;
        for (size_t k = 0; k < MONTHS; k++) {
            all += z[k][l];
            half += k < MONTHS / 2 ? z[k][l] : 0.0;
        }
        const lq_sobol_dimension *d = dimensions[at.replicate];
        const double u[2] = {(lq_sobol_at(&d[1], at.index0 + l) + 0.5) * 0x1p-32,
                             (lq_sobol_at(&d[2], at.index0 + l) + 0.5) * 0x1p-32};
        assert_near(all, sqrt(MONTHS) * lq_normal_quantile(u[0]), 1e-7);
        assert_near(half, 0.5 * all + sqrt(MONTHS / 4.0) * lq_normal_quantile(u[1]), 1e-7);
    }
}

/* Independent standard normals in every month, bridged or not, and no two months correlated. */
static void the_law_is_that_of_random_normals(void **state)
{
    (void)state;
    enum { BLOCKS = 2048 };
    static month_rows z;
    moments mean[ASKED] = {{0}}, square[ASKED] = {{0}}, product[ASKED] = {{0}};
    for (uint64_t block = 0; block < BLOCKS; block++) {
        const lq_block_address at = address(block);
        kernels_of(3)->draws_normals(&at, FACTOR, ASKED, z[0]);
        for (size_t k = 0; k < ASKED; k++)
            for (size_t l = 0; l < LANES; l++) {
                moments_add(&mean[k], z[k][l]);
                moments_add(&square[k], z[k][l] * z[k][l]);
                moments_add(&product[k], z[k][l] * z[(k + 1) % ASKED][l]);
            }
    }
    for (size_t k = 0; k < ASKED; k++) {
        assert_mean(&mean[k], 0.0, 0.0);
        assert_mean(&square[k], 1.0, 0.0);
        assert_mean(&product[k], 0.0, 0.0);
    }
}

/* What is no factor of the plan, and every draw of a random run, is the random draw itself. */
static void other_streams_stay_random(void **state)
{
    (void)state;
    static month_rows got, want;
    lq_block_address at = address(5);
    const kernels *build = kernels_of(3);
    build->fill_normals(at.key, at.path0, FACTOR + 1, ASKED, want[0]);
    build->draws_normals(&at, FACTOR + 1, ASKED, got[0]);
    assert_memory_equal(got, want, sizeof(double) * ASKED * LANES);
    at.sobol = NULL;
    build->fill_normals(at.key, at.path0, FACTOR, ASKED, want[0]);
    build->draws_normals(&at, FACTOR, ASKED, got[0]);
    assert_memory_equal(got, want, sizeof(double) * ASKED * LANES);
}

/* The second half of a block sees the first one's draws, mirrored: words, months' normals, and
 * normals made of words. The first half draws what it draws without mirrors. */
static void antithetic_lanes_mirror_the_first_half(void **state)
{
    (void)state;
    enum { HALF = LANES / 2 };
    static month_rows plain, got;
    lq_words drawn, before;
    uint64_t(*const w)[LANES] = drawn.word, (*const first)[LANES] = before.word;
    double z[2][LANES] __attribute__((aligned(64)));
    for (int level = 3; level <= 4 && kernels_of(level); level++) {
        const kernels *build = kernels_of(level);
        lq_block_address at = address(7);
        at.sobol = NULL;
        build->draws_normals(&at, FACTOR, ASKED, plain[0]);
        build->draws_words(&at, EVENT, 1, &before);
        at.antithetic = true;
        build->draws_normals(&at, FACTOR, ASKED, got[0]);
        build->draws_words(&at, EVENT, 1, &drawn);
        build->draws_normals_of(&at, &drawn, 1, z[0], z[1]);
        for (size_t k = 0; k < ASKED; k++) {
            assert_memory_equal(got[k], plain[k], HALF * sizeof(double));
            for (size_t l = 0; l < HALF; l++)
                assert_true(got[k][HALF + l] == -got[k][l]);
        }
        for (size_t i = 0; i < 2; i++) {
            assert_memory_equal(w[i], first[i], HALF * sizeof(uint64_t));
            for (size_t l = 0; l < HALF; l++) {
                assert_true(w[i][HALF + l] == ~w[i][l]);
                assert_true(z[i][HALF + l] == -z[i][l]);
            }
        }
    }
}

static void bits_do_not_depend_on_the_instruction_set(void **state)
{
    (void)state;
    static month_rows a, b;
    if (!kernels_of(4)) skip();
    for (uint64_t block = 0; block < 500; block++) {
        const lq_block_address at = address(block);
        kernels_of(3)->draws_normals(&at, FACTOR, ASKED, a[0]);
        kernels_of(4)->draws_normals(&at, FACTOR, ASKED, b[0]);
        assert_memory_equal(a, b, sizeof(double) * ASKED * LANES);
        lq_words w[2];
        kernels_of(3)->draws_words(&at, EVENT, 2, &w[0]);
        kernels_of(4)->draws_words(&at, EVENT, 2, &w[1]);
        assert_memory_equal(&w[0], &w[1], sizeof w[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(some_words_are_points_and_the_others_are_not),
        cmocka_unit_test(the_first_dimensions_decide_the_coarse_path),
        cmocka_unit_test(the_law_is_that_of_random_normals),
        cmocka_unit_test(other_streams_stay_random),
        cmocka_unit_test(antithetic_lanes_mirror_the_first_half),
        cmocka_unit_test(bits_do_not_depend_on_the_instruction_set),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

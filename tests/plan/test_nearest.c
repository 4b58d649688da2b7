#include "lq_test.h"

#include "plan/nearest.h"

#include <math.h>
#include <string.h>

static lq_arena *arena;

static int start(void **state)
{
    (void)state;
    arena = lq_arena_create();
    return arena ? 0 : 1;
}

static int stop(void **state)
{
    (void)state;
    lq_arena_destroy(arena);
    return 0;
}

static void eigenvalues_of_known_matrices(void **state)
{
    (void)state;
    const double ring[9] = {2, -1, 0, -1, 2, -1, 0, -1, 2}; /* 2 - 2 cos(pi / 4) */
    const double equal[9] = {1, 0.4, 0.4, 0.4, 1, 0.4, 0.4, 0.4, 1};
    assert_near(lq_smallest_eigenvalue(arena, ring, 3), 2.0 - sqrt(2.0), 1e-14);
    assert_near(lq_smallest_eigenvalue(arena, equal, 3), 0.6, 1e-14);
}

static double distance(const double *a, const double *b, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n * n; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sqrt(sum);
}

/* Higham (2002), section 4: 1 1 0, 1 1 1, 0 1 1. Its nearest has 0.7607, 0.1573, 0.5278 off;
 * here an independent market holds the first row. */
static void highams_example(void **state)
{
    (void)state;
    double x[16] = {1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1};
    double before[16];
    memcpy(before, x, sizeof x);
    assert_true(lq_nearest_correlation(arena, x, 4));
    assert_near(x[1 * 4 + 2], 0.7607, 1e-4);
    assert_near(x[1 * 4 + 3], 0.1573, 1e-4);
    assert_near(x[2 * 4 + 3], 0.7607, 1e-4);
    assert_near(distance(before, x, 4), 0.5278, 1e-4);
}

/* The first row is held, and nothing else that may be there is nearer: not the mixtures with a
 * matrix that is allowed. */
static void the_first_row_is_held_and_none_is_nearer(void **state)
{
    (void)state;
    enum { N = 4 };
    const double rho[N] = {1.0, 0.6, 0.7, -0.3};
    double asked[N * N], x[N * N];
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            asked[i * N + j] = i == j ? 1.0 : i == 0 ? rho[j] : j == 0 ? rho[i] : 0.0;
    asked[1 * N + 2] = asked[2 * N + 1] = -0.6;
    asked[1 * N + 3] = asked[3 * N + 1] = 0.9;
    asked[2 * N + 3] = asked[3 * N + 2] = 0.2;
    memcpy(x, asked, sizeof x);
    assert_true(lq_smallest_eigenvalue(arena, asked, N) < -0.1);
    assert_true(lq_nearest_correlation(arena, x, N));
    assert_near(lq_smallest_eigenvalue(arena, x, N), 1e-6, 1e-9);
    for (size_t i = 0; i < N; i++) {
        assert_near(x[i], rho[i], 0.0);
        assert_near(x[i * N + i], 1.0, 0.0);
        for (size_t j = 0; j < N; j++)
            assert_near(x[i * N + j], x[j * N + i], 1e-12);
    }
    for (int k = 1; k <= 20; k++) { /* towards rho rho', which is allowed */
        double other[N * N];
        const double t = k / 20.0;
        for (size_t i = 0; i < N; i++)
            for (size_t j = 0; j < N; j++)
                other[i * N + j] =
                    (1.0 - t) * x[i * N + j] + t * (i == j ? 1.0 : rho[i] * rho[j]);
        assert_true(distance(asked, other, N) > distance(asked, x, N));
    }
}

static void what_holds_together_stays_as_it_is(void **state)
{
    (void)state;
    double x[9] = {1, 0.5, 0.4, 0.5, 1, 0.3, 0.4, 0.3, 1}, before[9];
    memcpy(before, x, sizeof x);
    assert_true(lq_nearest_correlation(arena, x, 3));
    for (size_t i = 0; i < 9; i++)
        assert_near(x[i], before[i], 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eigenvalues_of_known_matrices),
        cmocka_unit_test(highams_example),
        cmocka_unit_test(the_first_row_is_held_and_none_is_nearer),
        cmocka_unit_test(what_holds_together_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

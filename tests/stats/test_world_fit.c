/* Means over a Latin hypercube: what the inputs explain does not move them. */
#include "fill.h"

#include "stats/world_fit.h"

#include <stdlib.h>
#include <string.h>

enum { J = 32, D = 3 };

/* A hypercube: each input's cells in a random order, a random place in each. */
static void draw(double *inputs, uint64_t *seed)
{
    for (size_t d = 0; d < D; d++) {
        double order[J];
        for (size_t j = 0; j < J; j++)
            order[j] = next_normal(seed);
        for (size_t j = 0; j < J; j++) {
            size_t rank = 0;
            for (size_t i = 0; i < J; i++)
                rank += order[i] < order[j];
            const double u = next_uniform(seed);
            inputs[j * D + d] = ((double)rank + u) / J;
        }
    }
}

static double interacting(const double *u)
{
    return 5.0 * u[0] + 3.0 * u[1] * u[1] - u[2] + 4.0 * u[0] * u[1] * u[2];
}

static const double TRUTH = 2.5 + 1.0 - 0.5 + 0.5;

static void the_rest_tells_the_error_of_the_mean(void **state)
{
    (void)state;
    uint64_t seed = 5;
    const size_t runs = (size_t)lq_runs(2000);
    size_t hits = 0, plain_hits = 0;
    double plain = 0.0, fitted = 0.0;
    for (size_t run = 0; run < runs; run++) {
        double inputs[J * D], y[J], again[J], mean = 0.0;
        draw(inputs, &seed);
        for (size_t j = 0; j < J; j++)
            mean += (y[j] = again[j] = interacting(inputs + j * D)) / J;
        for (int whole = 0; whole < 2; whole++) {
            lq_world_fit *fit = lq_world_fit_create(inputs, J, D, whole);
            assert_non_null(fit);
            assert_int_equal(lq_world_fit_degrees(fit), whole ? J - 1 - 2 * D : J - 1);
            lq_estimate e = {.value = mean, .se = 0.0};
            e = lq_world_fit_widen(fit, e, whole ? y : again);
            const bool hit = fabs(mean - TRUTH) <= lq_estimate_half_width(&e);
            *(whole ? &hits : &plain_hits) += hit;
            *(whole ? &fitted : &plain) += e.se / (double)runs;
            lq_world_fit_destroy(fit);
        }
    }
    const double share = (double)hits / (double)runs;
    print_message("covered %.3f, error %.4f; without inputs %.4f\n", share, fitted, plain);
    if (!LQ_JUDGES_CHANCE) return;
    assert_true(fabs(share - 0.95) < 0.02);
    assert_int_equal(plain_hits, runs); /* an upper bound, of five times and more */
    assert_true(plain > 5.0 * fitted);
}

static void what_is_additive_has_no_error(void **state)
{
    (void)state;
    uint64_t seed = 9;
    double inputs[J * D], y[J];
    draw(inputs, &seed);
    for (size_t i = 0; i < J * D; i++) /* the middle of the cell */
        inputs[i] = (floor(inputs[i] * J) + 0.5) / J;
    for (size_t j = 0; j < J; j++)
        y[j] = 7e5 + 1e5 * inputs[j * D] - 2e5 * inputs[j * D + 1] * inputs[j * D + 1];
    lq_world_fit *fit = lq_world_fit_create(inputs, J, D, true);
    assert_non_null(fit);
    assert_true(lq_world_fit_excess(fit, 0.0, y) < 1e-6);
    lq_world_fit_destroy(fit);
}

/* Two inputs that are one, one that does not move, and figures that are no numbers. */
static void nothing_breaks_at_the_edges(void **state)
{
    (void)state;
    double inputs[12 * 3];
    for (size_t j = 0; j < 12; j++) {
        inputs[3 * j] = inputs[3 * j + 1] = ((double)j + 0.3) / 12.0;
        inputs[3 * j + 2] = 0.5;
    }
    lq_world_fit *fit = lq_world_fit_create(inputs, 12, 3, true);
    assert_non_null(fit);
    assert_int_equal(lq_world_fit_worlds(fit), 12);
    assert_int_equal(lq_world_fit_degrees(fit), 12 - 1 - 1);
    double y[12] = {(double)NAN};
    const lq_estimate e = {.value = 3.0, .se = 2.0, .n_degrees = 15};
    const lq_estimate same = lq_world_fit_widen(fit, e, y);
    assert_true(same.se == 2.0 && same.n_degrees == 10);
    lq_world_fit_destroy(fit);
    fit = lq_world_fit_create(inputs, 2, 3, true); /* two worlds: no room for inputs */
    assert_non_null(fit);
    assert_int_equal(lq_world_fit_degrees(fit), 1);
    double two[2] = {0.0, 2.0};
    assert_true(fabs(lq_world_fit_excess(fit, 0.5, two) - (1.0 - 0.25)) < 1e-12);
    lq_world_fit_destroy(fit);
    const lq_estimate plain = lq_world_fit_widen(NULL, e, NULL);
    assert_true(plain.se == 2.0 && plain.n_degrees == 15);
    lq_world_fit_destroy(NULL);
}

static void memory_runs_out(void **state)
{
    (void)state;
    const double inputs[20] = {0};
    lq_world_fit *fit = NULL;
    int failures = 0;
    for (; !fit; failures += !fit) {
        lq_heap_permit(failures);
        fit = lq_world_fit_create(inputs, 20, 1, true);
        lq_heap_restore();
    }
    assert_int_equal(failures, 2);
    lq_world_fit_destroy(fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_rest_tells_the_error_of_the_mean),
                                       cmocka_unit_test(what_is_additive_has_no_error),
                                       cmocka_unit_test(nothing_breaks_at_the_edges),
                                       cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 4096 }; /* 262,144 paths */

static plan_rows rows, others, third, market;

/* Levels of one asset on one block; the market's normals only when they are loaded. */
static void run(const kernels *build, const gbm_case *g, uint64_t block, double *levels)
{
    const lq_block_address at = block_address(block);
    const bool loaded = g->plan.loading_market_log2 != 0.0;
    if (loaded)
        build->fill_normals(at.key, at.path0, lq_stream_make(LQ_PURPOSE_MARKET, NULL),
                            g->plan.n_months, market);
    build->fill_normals(at.key, at.path0, g->plan.stream, g->plan.n_months, levels + LQ_LANES);
    build->gbm(&g->plan, loaded ? market : NULL, levels);
}

/* ---- GBM-01: moments, quantiles, tails at four years ---- */

static void gbm_01_terminal_distribution(void **state)
{
    (void)state;
    static const double p[] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    static const double quantile[] = {37.9775900018, 53.3964023788, 86.7408823656,
                                      121.531098649, 170.275048351, 276.606798976,
                                      388.908509943};
    static const double below[] = {50.0, 100.0, 200.0};
    static const double share[] = {0.0378422060807, 0.348268273464, 0.840446428606};
    gbm_case g;
    gbm_init(&g, 48, 100.0, 0.08, 0.25, 0.0);
    double hits[LQ_COUNT(p)] = {0}, tails[LQ_COUNT(below)] = {0};
    moments level = {0}, square = {0}, logs = {0};
    for (uint64_t block = 0; block < BLOCKS; block++) {
        run(kernels_of(3), &g, block, rows);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double s = rows[48 * LQ_LANES + l];
            moments_add(&level, s);
            moments_add(&square, (s - 137.712776434) * (s - 137.712776434));
            moments_add(&logs, log(s));
            for (size_t i = 0; i < LQ_COUNT(p); i++)
                hits[i] += s <= quantile[i];
            for (size_t i = 0; i < LQ_COUNT(below); i++)
                tails[i] += s < below[i];
        }
    }
    assert_mean(&level, 137.712776434, 0.0);
    assert_mean(&square, 73.3926952758 * 73.3926952758, 0.0);
    assert_mean(&logs, 4.80017018599, 0.0);
    assert_near(moments_sd(&logs), 0.5, 4.0 * 0.5 / sqrt(2.0 * level.n));
    for (size_t i = 0; i < LQ_COUNT(p); i++)
        assert_share(hits[i], level.n, p[i]);
    for (size_t i = 0; i < LQ_COUNT(below); i++)
        assert_share(tails[i], level.n, share[i]);
}

/* GBM-11: a call at five years under the real measure. */
static void gbm_11_call_payoff(void **state)
{
    (void)state;
    gbm_case g;
    gbm_init(&g, 60, 50.0, 0.09, 0.5, 0.3);
    moments payoff = {0};
    double in_the_money = 0.0;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        run(kernels_of(3), &g, block, rows);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double s = rows[60 * LQ_LANES + l];
            moments_add(&payoff, fmax(s - 50.0, 0.0));
            in_the_money += s > 50.0;
        }
    }
    assert_mean(&payoff, 43.3396889532, 0.0);
    assert_share(in_the_money, payoff.n, 0.437809702677);
}

/* ---- GBM-03: covariances across dates ---- */

static void gbm_03_dates_of_one_path_belong_together(void **state)
{
    (void)state;
    static const size_t month[3] = {12, 24, 48};
    static const double cov[3][3] = {{1040.78679582, 1094.14907593, 1209.22173876},
                                     {1094.14907593, 2408.81831274, 2662.15594617},
                                     {1209.22173876, 2662.15594617, 6464.51522856}};
    gbm_case g;
    gbm_init(&g, 48, 100.0, 0.05, 0.3, 0.0);
    moments product[3][3];
    memset(product, 0, sizeof product);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        run(kernels_of(3), &g, block, rows);
        for (size_t l = 0; l < LQ_LANES; l++)
            for (size_t i = 0; i < 3; i++)
                for (size_t j = 0; j < 3; j++) {
                    const double a = 100.0 * exp(0.05 * (double)month[i] / 12.0);
                    const double b = 100.0 * exp(0.05 * (double)month[j] / 12.0);
                    moments_add(&product[i][j], (rows[month[i] * LQ_LANES + l] - a) *
                                                    (rows[month[j] * LQ_LANES + l] - b));
                }
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            assert_mean(&product[i][j], cov[i][j], 0.0);
}

/* GBM-14: two stocks whose logs correlate by 0.6 through the market (0.8 x 0.75). */
static void gbm_14_two_correlated_stocks(void **state)
{
    (void)state;
    gbm_case a, b;
    gbm_init(&a, 48, 100.0, 0.08, 0.3, 0.8);
    gbm_init(&b, 48, 90.0, 0.10, 0.5, 0.75);
    b.plan.stream = lq_stream_make(LQ_PURPOSE_COMPANY, "second");
    moments product = {0}, larger = {0}, smaller = {0}, x = {0}, y = {0};
    double first_wins = 0.0;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        run(kernels_of(3), &a, block, rows);
        run(kernels_of(3), &b, block, others);
        for (size_t l = 48 * LQ_LANES; l < 49 * LQ_LANES; l++) {
            moments_add(&x, rows[l]);
            moments_add(&y, others[l]);
            moments_add(&product, rows[l] * others[l]);
            moments_add(&larger, fmax(rows[l], others[l]));
            moments_add(&smaller, fmin(rows[l], others[l]));
            first_wins += rows[l] > others[l];
        }
    }
    assert_mean(&x, 100.0 * exp(0.32), 0.0);
    assert_mean(&y, 90.0 * exp(0.40), 0.0);
    assert_mean(&product, 26502.1159596, 0.0);
    assert_mean(&larger, 178.279766451, 0.0);
    assert_mean(&smaller, 93.6972327702, 0.0);
    assert_share(first_wins, x.n, 0.667020500557);
}

/* ---- arithmetic of one path ---- */

static void every_month_is_the_month_before_moved(void **state)
{
    (void)state;
    gbm_case g;
    gbm_init(&g, 47, 10.0, 0.1, 0.6, -0.5);
    const lq_block_address at = block_address(3);
    kernels_of(3)->fill_normals(at.key, at.path0, g.plan.stream, 47, others + LQ_LANES);
    run(kernels_of(3), &g, 3, rows);
    for (size_t l = 0; l < LQ_LANES; l++) {
        double x = log2(10.0);
        assert_near(rows[l], 10.0, 1e-9);
        for (size_t k = 1; k <= 47; k++) {
            x += g.drift[k] + g.plan.loading_own_log2 * others[k * LQ_LANES + l] +
                 g.plan.loading_market_log2 * market[(k - 1) * LQ_LANES + l];
            assert_near(rows[k * LQ_LANES + l], exp2(x), 1e-10 * exp2(x));
        }
    }
}

static void a_month_that_nobody_reads_changes_no_other(void **state)
{
    (void)state;
    gbm_case g;
    gbm_init(&g, 48, 10.0, 0.1, 0.6, 0.4);
    run(kernels_of(3), &g, 0, rows);
    for (size_t k = 0; k < 48; k++)
        g.observe[k] = k % 7 == 0;
    run(kernels_of(3), &g, 0, others);
    for (size_t k = 0; k <= 48; k++)
        if (g.observe[k])
            assert_memory_equal(rows + k * LQ_LANES, others + k * LQ_LANES,
                                LQ_LANES * sizeof *rows);
}

static void the_index_is_the_market_in_log2(void **state)
{
    (void)state;
    gbm_case g;
    gbm_init(&g, 36, 1.0, 0.09, 0.16, 0.0);
    const lq_block_address at = block_address(1);
    kernels_of(3)->fill_normals(at.key, at.path0, lq_stream_make(LQ_PURPOSE_MARKET, NULL), 36,
                                market);
    kernels_of(3)->index(&g.plan, market, rows);
    memcpy(others + LQ_LANES, market, 36 * LQ_LANES * sizeof *market);
    kernels_of(3)->gbm(&g.plan, NULL, others);
    for (size_t i = 0; i < 37 * LQ_LANES; i++)
        assert_near(exp2(rows[i]), others[i], 1e-10 * others[i]);
}

/* ---- pair correlations: the mix is a Cholesky factor ---- */

static void three_residuals_get_their_correlations(void **state)
{
    (void)state;
    const double want[3][3] = {{1.0, 0.57, -0.2}, {0.57, 1.0, 0.4}, {-0.2, 0.4, 1.0}};
    double factor[9];
    gsl_matrix_view view = gsl_matrix_view_array(factor, 3, 3);
    for (size_t i = 0; i < 9; i++)
        factor[i] = want[i / 3][i % 3];
    assert_int_equal(gsl_linalg_cholesky_decomp1(&view.matrix), 0);
    static const size_t company[3] = {2, 0, 1}; /* the order of ids is not that of the plan */
    const lq_mix_plan mix = {.n = 3, .company = company, .factor = factor, .n_months = 4};
    double *asset[3] = {rows, others, third};
    moments product[3][3];
    memset(product, 0, sizeof product);
    for (uint64_t block = 0; block < BLOCKS / 4; block++) {
        const lq_block_address at = block_address(block);
        for (uint32_t i = 0; i < 3; i++)
            kernels_of(3)->fill_normals(at.key, at.path0, 100 + i, 4, asset[i] + LQ_LANES);
        kernels_of(3)->mix(&mix, asset);
        for (size_t l = LQ_LANES; l < 5 * LQ_LANES; l++)
            for (size_t i = 0; i < 3; i++)
                for (size_t j = 0; j < 3; j++)
                    moments_add(&product[i][j], asset[company[i]][l] * asset[company[j]][l]);
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            assert_mean(&product[i][j], want[i][j], 0.0);
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    gbm_case g;
    gbm_init(&g, 120, 100.0, 0.05, 0.7, 0.3);
    for (uint64_t block = 0; block < 64; block++) {
        run(kernels_of(3), &g, block, rows);
        run(kernels_of(4), &g, block, others);
        assert_memory_equal(rows, others, 121 * LQ_LANES * sizeof *rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gbm_01_terminal_distribution),
        cmocka_unit_test(gbm_11_call_payoff),
        cmocka_unit_test(gbm_03_dates_of_one_path_belong_together),
        cmocka_unit_test(gbm_14_two_correlated_stocks),
        cmocka_unit_test(every_month_is_the_month_before_moved),
        cmocka_unit_test(a_month_that_nobody_reads_changes_no_other),
        cmocka_unit_test(the_index_is_the_market_in_log2),
        cmocka_unit_test(three_residuals_get_their_correlations),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "lq_plan_text.h"

#include <math.h>

static const char three[] =
    "schema: liquidus/1\n"
    "simulation: {paths: 64, start: 2027-01-01, horizon: 1y, liquidity_horizon: 1y}\n"
    "tax: none\n"
    "companies:\n"
    "  zeta: {listing: public, volatility: 30%, correlation: 0.5}\n"
    "  alpha: {listing: public, volatility: 40%, correlation: 0.6}\n"
    "  mid: {listing: public, volatility: 20%, correlation: 0}\n"
    "market: {correlations: [{pair: [zeta, alpha], value: 0.57}, {pair: [mid, zeta], value: "
    "-0.3}]}\n"
    "offers: [{id: x, company: zeta, base: $1, stock: $1}, {id: y, company: alpha, base: $1, "
    "stock: $1},\n"
    "  {id: z, company: mid, base: $1, stock: $1}]\n";

/* What the factor implies for two companies, with their loadings on the market. */
static double implied(const lq_mix_plan *m, const double *rho, size_t i, size_t j)
{
    double residual = 0.0;
    for (size_t k = 0; k < m->n; k++)
        residual += m->factor[i * m->n + k] * m->factor[j * m->n + k];
    return rho[i] * rho[j] + residual * sqrt((1 - rho[i] * rho[i]) * (1 - rho[j] * rho[j]));
}

static void overrides_hold_and_the_rest_goes_by_the_market(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(three, NULL, 0);
    assert_non_null(p.plan);
    const lq_mix_plan *m = &p.plan->mix;
    assert_int_equal(m->n, 3); /* alpha, mid, zeta: in the order of their ids */
    const double rho[3] = {0.6, 0.0, 0.5};
    assert_near(implied(m, rho, 0, 2), 0.57, 1e-12);
    assert_near(implied(m, rho, 1, 2), -0.3, 1e-12);
    assert_near(implied(m, rho, 0, 1), 0.0, 1e-12);
    for (size_t i = 0; i < 3; i++)
        assert_near(implied(m, rho, i, i), 1.0, 1e-12);
    lq_planned_clear(&p);
}

static void what_cannot_hold_together_names_eigenvalue_and_pairs(void **state)
{
    (void)state;
    const char *const o[] = {"market.correlations=[{pair: [zeta, alpha], value: 0.95}, {pair: "
                             "[mid, zeta], value: 0.9}, {pair: [mid, alpha], value: -0.5}]",
                             NULL};
    lq_planned p = lq_plan_text(three, o, 0);
    assert_null(p.plan);
    assert_int_equal(p.err.status, LQ_ECONFIG);
    assert_string_equal(p.err.key, "market.correlations");
    assert_non_null(strstr(p.err.got, "smallest eigenvalue -"));
    assert_non_null(strstr(p.err.got, "zeta-alpha 0.95"));
    lq_planned_clear(&p);
}

/* Betas stay what they are; what is told is what runs. */
static void what_cannot_hold_together_is_repaired_on_request(void **state)
{
    (void)state;
    const char *const o[] = {"market={repair: nearest, correlations: [{pair: [zeta, alpha], "
                             "value: 0.95}, {pair: [mid, zeta], value: 0.9}, {pair: [mid, "
                             "alpha], value: -0.5}]}",
                             NULL};
    lq_planned p = lq_plan_text(three, o, 0);
    assert_non_null(p.plan);
    const double rho[3] = {0.6, 0.0, 0.5};
    double zeta_alpha, mid_zeta, mid_alpha;
    assert_int_equal(sscanf(p.plan->repaired,
                            "zeta-alpha %lf (0.95), mid-zeta %lf (0.9), mid-alpha %lf (-0.5)",
                            &zeta_alpha, &mid_zeta, &mid_alpha),
                     3);
    assert_near(implied(&p.plan->mix, rho, 0, 2), zeta_alpha, 5e-4);
    assert_near(implied(&p.plan->mix, rho, 1, 2), mid_zeta, 5e-4);
    assert_near(implied(&p.plan->mix, rho, 0, 1), mid_alpha, 5e-4);
    assert_true(zeta_alpha < 0.95 && mid_zeta < 0.9 && mid_alpha > -0.5);
    lq_planned_clear(&p);
    const char *const fine[] = {"market.repair=nearest", NULL};
    p = lq_plan_text(three, fine, 0);
    assert_null(p.plan->repaired);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overrides_hold_and_the_rest_goes_by_the_market),
        cmocka_unit_test(what_cannot_hold_together_names_eigenvalue_and_pairs),
        cmocka_unit_test(what_cannot_hold_together_is_repaired_on_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

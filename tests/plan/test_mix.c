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

/* ---- sectors ---- */

static const char sectors[] =
    "schema: liquidus/1\n"
    "simulation: {paths: 64, start: 2027-01-01, horizon: 1y, liquidity_horizon: 1y}\n"
    "tax: none\n"
    "market: {volatility: 16%, sectors: {ai: {share: 36%}, air: {share: 50%}}}\n"
    "companies:\n"
    "  zeta: {listing: public, volatility: 30%, beta: 1, sector: ai}\n"
    "  alpha: {listing: public, volatility: 40%, correlation: 0.6, sector: ai, sector_share: "
    "64%}\n"
    "  mid: {listing: public, volatility: 20%, correlation: 0.3, sector: air}\n"
    "  new: {listing: public, volatility: 20%, correlation: 0.1, sector: air}\n"
    "  out: {listing: public, volatility: 20%, correlation: 0.1}\n"
    "offers: [{id: u, company: zeta, base: $1, stock: $1}, {id: v, company: alpha, base: $1, "
    "stock: $1},\n"
    "  {id: x, company: mid, base: $1, stock: $1}, {id: y, company: new, base: $1, stock: $1},"
    "\n  {id: z, company: out, base: $1, stock: $1}]\n";

/* In the order of ids: alpha, mid, new, zeta; `out` is in no pair. */
static const double rho_of_members[4] = {0.6, 0.3, 0.1, 0.16 / 0.3};

static double beyond(double rho, double share)
{
    return sqrt((1.0 - rho * rho) * share);
}

/* R19: what betas leave is shared within a sector, and between two of them nothing is. */
static void a_sector_is_shared_beside_the_market(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(sectors, NULL, 0);
    assert_non_null(p.plan);
    const lq_mix_plan *m = &p.plan->mix;
    const double *rho = rho_of_members;
    assert_int_equal(m->n, 4);
    assert_near(implied(m, rho, 0, 3),
                rho[0] * rho[3] + beyond(rho[0], 0.64) * beyond(rho[3], 0.36), 1e-12);
    assert_near(implied(m, rho, 1, 2),
                rho[1] * rho[2] + beyond(rho[1], 0.5) * beyond(rho[2], 0.5), 1e-12);
    for (size_t i = 0; i < 4; i++)
        assert_near(implied(m, rho, i, i), 1.0, 1e-12);
    for (size_t i = 1; i < 3; i++) {
        assert_near(implied(m, rho, 0, i), rho[0] * rho[i], 1e-12);
        assert_near(implied(m, rho, i, 3), rho[i] * rho[3], 1e-12);
    }
    lq_planned_clear(&p);
}

/* R11: beta and the total volatility are what they are without it. */
static void a_sector_leaves_beta_and_volatility(void **state)
{
    (void)state;
    const char *const none[] = {"market.sectors={ai: {share: 0%}, air: {share: 0%}}", NULL};
    lq_planned with = lq_plan_text(sectors, NULL, 0), plain = lq_plan_text(sectors, none, 0);
    for (size_t i = 0; i < with.plan->n_companies; i++) {
        const lq_gbm_plan *x = &with.plan->listed[i], *y = &plain.plan->listed[i];
        assert_near(x->loading_market_log2, y->loading_market_log2, 0.0);
        assert_near(x->loading_own_log2, y->loading_own_log2, 0.0);
        assert_memory_equal(x->drift_log2, y->drift_log2, 13 * sizeof(double));
    }
    assert_true(memcmp(with.plan->hash, plain.plan->hash, sizeof plain.plan->hash) != 0);
    lq_planned_clear(&with);
    lq_planned_clear(&plain);
}

static void a_pair_wins_over_a_sector(void **state)
{
    (void)state;
    const char *const o[] = {"market.correlations=[{pair: [zeta, alpha], value: 0.2}, {pair: "
                             "[out, zeta], value: 0.4}]",
                             NULL};
    lq_planned p = lq_plan_text(sectors, o, 0);
    const double rho[5] = {0.6, 0.3, 0.1, 0.1, 0.16 / 0.3}; /* out before zeta */
    assert_int_equal(p.plan->mix.n, 5);
    assert_near(implied(&p.plan->mix, rho, 0, 4), 0.2, 1e-12);
    assert_near(implied(&p.plan->mix, rho, 3, 4), 0.4, 1e-12);
    assert_near(implied(&p.plan->mix, rho, 1, 2),
                rho[1] * rho[2] + beyond(rho[1], 0.5) * beyond(rho[2], 0.5), 1e-12);
    lq_planned_clear(&p);
}

/* A company alone in its sector draws what it draws without one. */
static void a_sector_of_one_is_none(void **state)
{
    (void)state;
    const char *const o[] = {"market={volatility: 16%, sectors: {ai: {share: 50%}}}",
                             "companies.zeta.sector=ai", NULL};
    lq_planned p = lq_plan_text(three, o, 0);
    assert_non_null(p.plan);
    assert_int_equal(p.plan->mix.n, 0);
    lq_planned_clear(&p);
}

static void a_sector_that_clashes_with_a_pair_is_refused(void **state)
{
    (void)state;
    const char *const o[] = {
        "market={volatility: 16%, sectors: {ai: {share: 90%}, air: {share: 50%}}, "
        "correlations: [{pair: [alpha, zeta], value: -0.6}]}",
        "companies.out.sector=ai", "companies.alpha.sector_share=90%", NULL};
    lq_planned p = lq_plan_text(sectors, o, 0);
    assert_null(p.plan);
    assert_string_equal(p.err.key, "market.correlations");
    assert_non_null(strstr(p.err.got, "alpha-zeta -0.60"));
    assert_non_null(strstr(p.err.got, "alpha-out 0.7"));
    lq_planned_clear(&p);
}

/* Jumps are nobody else's: what is left cannot carry a sector of nearly all. */
static void jumps_leave_less_to_share(void **state)
{
    (void)state;
    const char *const o[] = {"companies.zeta.model=merton",
                             "companies.zeta.jumps={rate: 1/y, mean: 0%, sd: 18%}",
                             "market.sectors.ai.share=40%", NULL};
    lq_planned p = lq_plan_text(sectors, o, 0);
    const double own = 0.3 * 0.3 - 0.16 * 0.16, left = own - 0.18 * 0.18;
    const lq_mix_plan *m = &p.plan->mix;
    double residual = 0.0; /* of the normals; returns have sqrt(left / own) of it */
    for (size_t k = 0; k < m->n; k++)
        residual += m->factor[0 * m->n + k] * m->factor[3 * m->n + k];
    assert_near(residual * sqrt(left / own), sqrt(0.64 * 0.4), 1e-12);
    lq_planned_clear(&p);
    const char *const much[] = {o[0], o[1], "market.sectors.ai.share=95%",
                                "companies.alpha.sector_share=95%", NULL};
    p = lq_plan_text(sectors, much, 0);
    assert_null(p.plan);
    assert_string_equal(p.err.key, "market.sectors");
    assert_non_null(strstr(p.err.got, "jumps"));
    lq_planned_clear(&p);
}

/* ---- what is shipped ---- */

static size_t place_of(const lq_plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->mix.n; i++)
        if (strcmp(plan->companies[plan->mix.company[i]].id, id) == 0) return i;
    fail_msg("%s is not among those that are mixed", id);
    return 0;
}

static double correlation_of(const lq_planned *p, const char *a, const char *b)
{
    const size_t at[2] = {place_of(p->plan, a), place_of(p->plan, b)};
    double rho[16] = {0};
    for (int i = 0; i < 2; i++) {
        const size_t c = p->plan->mix.company[at[i]];
        const lq_company *company = (const lq_company *)p->scenario->companies.items + c;
        rho[at[i]] = lq_value_mean(&company->beta) *
                     lq_value_mean(&p->scenario->market.volatility) /
                     lq_value_mean(&company->volatility);
    }
    return implied(&p->plan->mix, rho, at[0], at[1]);
}

/* R19: Google and Meta 0.57, a private AI company with either 0.4, where volatilities are what
 * they are on average. */
static void what_is_shipped_has_the_correlations_of_r19(void **state)
{
    (void)state;
    static const char *const labs[] = {"hugging-face", "databricks", "openai", "anthropic"};
    char text[1024] = "schema: liquidus/1\noffers:\n"
                      "  - {id: google, company: google, base: $1, stock: $1}\n"
                      "  - {id: meta, company: meta, base: $1, stock: $1}\n";
    for (size_t i = 0; i < LQ_COUNT(labs); i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used,
                 "  - {id: %s, company: %s, base: $1, stock: $1}\n", labs[i], labs[i]);
    }
    lq_planned p = lq_plan_text(text, NULL, LQ_WORLD_MEAN);
    assert_non_null(p.plan);
    assert_near(correlation_of(&p, "google", "meta"), 0.57, 1e-9);
    for (size_t i = 0; i < LQ_COUNT(labs); i++) {
        assert_near(correlation_of(&p, labs[i], "google"), 0.4, 1e-9);
        assert_near(correlation_of(&p, labs[i], "meta"), 0.4, 1e-9);
    }
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overrides_hold_and_the_rest_goes_by_the_market),
        cmocka_unit_test(what_cannot_hold_together_names_eigenvalue_and_pairs),
        cmocka_unit_test(what_cannot_hold_together_is_repaired_on_request),
        cmocka_unit_test(a_sector_is_shared_beside_the_market),
        cmocka_unit_test(a_sector_leaves_beta_and_volatility),
        cmocka_unit_test(a_pair_wins_over_a_sector),
        cmocka_unit_test(a_sector_of_one_is_none),
        cmocka_unit_test(a_sector_that_clashes_with_a_pair_is_refused),
        cmocka_unit_test(jumps_leave_less_to_share),
        cmocka_unit_test(what_is_shipped_has_the_correlations_of_r19),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

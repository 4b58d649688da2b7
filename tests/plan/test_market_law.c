#include "lq_plan_text.h"

#include <math.h>

#define LOG2_E 1.4426950408889634

static const char regimes[] =
    "market.regimes=[{id: calm, volatility: 10%, premium: 8%/y, next: [96%, 4%]}, {id: bear, "
    "volatility: 30%, premium: -22%/y, next: [10%, 90%]}]";

/* ln E[exp(loading x shock of a month)], by the states' own law, after the plan's drift. */
static double growth_in(const lq_plan *p, const lq_state_link *link, double loading, size_t i)
{
    (void)p;
    return loading * link->offset[i] +
           0.5 * loading * loading * link->scale[i] * link->scale[i];
}

static lq_planned plan_of(const char *const *more)
{
    const char *all[8] = {"market.model=regime", regimes, "market.volatility=16%"};
    size_t n = 2; /* volatility is the states' */
    for (; more && *more; more++)
        all[n++] = *more;
    all[n] = NULL;
    char text[4096];
    const char *cut = strstr(lq_small_text, ", volatility: 16%}"); /* of the market */
    snprintf(text, sizeof text, "%.*s}%s", (int)(cut - lq_small_text), lq_small_text,
             cut + strlen(", volatility: 16%}"));
    return lq_plan_text(text, all, 0);
}

/* Pricing: every asset earns the rate in every state, so its price is a martingale whatever
 * anybody knows of the state. */
static void under_pricing_growth_is_the_rate_in_every_state(void **state)
{
    (void)state;
    static const char *const more[] = {"simulation.measure=pricing", NULL};
    lq_planned p = plan_of(more);
    const lq_plan *plan = p.plan;
    const double rate = log(1.044) / 12.0;
    for (size_t i = 0; i < 2; i++) {
        const double market = plan->market.loading_own_log2 / LOG2_E;
        const double stock = plan->listed[0].loading_market_log2 / LOG2_E;
        const double own = plan->listed[0].loading_own_log2 / LOG2_E;
        const double firm = plan->companies[1].loading_market_log2 / LOG2_E;
        assert_near(plan->market.drift_log2[7] / LOG2_E +
                        growth_in(plan, &plan->law.link, market, i),
                    rate, 1e-15);
        assert_near(plan->listed[0].drift_log2[7] / LOG2_E + 0.5 * own * own +
                        growth_in(plan, &plan->company_link[0], stock, i),
                    rate, 1e-15);
        assert_true(firm > 0.0 && plan->company_link[1].offset);
    }
    lq_planned_clear(&p);
}

/* Real: states differ by beta times what their premiums differ by, and E[S_t] = S_0 exp(mu t)
 * for a chain started from its long run. */
static void in_the_real_measure_states_differ_by_their_premiums(void **state)
{
    (void)state;
    lq_planned p = plan_of(NULL);
    const lq_plan *plan = p.plan;
    const lq_gbm_plan *g = &plan->listed[0];
    const double loading = g->loading_market_log2 / LOG2_E, own = g->loading_own_log2 / LOG2_E;
    const double beta = loading / (plan->market.loading_own_log2 / LOG2_E);
    double of[2], mass[2] = {0.1 / 0.14, 0.04 / 0.14}, log_sum = 0.0;
    for (size_t i = 0; i < 2; i++)
        of[i] = growth_in(plan, &plan->company_link[0], loading, i);
    assert_near(beta, 1.0, 1e-14);
    assert_near(of[0] - of[1], beta * 0.30 / 12.0, 1e-14);
    for (size_t k = 1; k <= 48; k++) {
        const double base = g->drift_log2[k] / LOG2_E + 0.5 * own * own;
        const double a = mass[0] * exp(base + of[0]), b = mass[1] * exp(base + of[1]);
        log_sum += log(a + b);
        mass[0] = (0.96 * a + 0.10 * b) / (a + b);
        mass[1] = (0.04 * a + 0.90 * b) / (a + b);
        assert_near(log_sum, (log(1.044) + 0.045 * beta) * (double)k / 12.0, 1e-12);
    }
    lq_planned_clear(&p);
}

static void a_company_of_model_regime_is_as_wild_as_its_state(void **state)
{
    (void)state;
    static const char *const more[] = {"companies.pub.model=regime", NULL};
    lq_planned p = plan_of(more);
    const lq_state_link *own = &p.plan->own[0].link;
    const double loading = p.plan->listed[0].loading_own_log2 / LOG2_E;
    const double sigma = p.plan->market.loading_own_log2 * sqrt(12.0) / LOG2_E;
    assert_near(own->scale[0], 0.10 / sigma, 1e-14);
    assert_near(own->scale[1], 0.30 / sigma, 1e-14);
    for (size_t i = 0; i < 2; i++)
        assert_near(growth_in(p.plan, own, loading, i), 0.5 * loading * loading, 1e-16);
    lq_planned_clear(&p);
}

static void the_chain_starts_where_it_is_told_to(void **state)
{
    (void)state;
    static const char *const more[] = {"market.starts_in=bear", NULL};
    lq_planned any = plan_of(NULL), bear = plan_of(more);
    const lq_regime_plan *a = &any.plan->law.regime, *b = &bear.plan->law.regime;
    assert_near(a->up_to[LQ_MAX_STATES][0], 0.10 / 0.14, 1e-15);
    assert_near(b->up_to[LQ_MAX_STATES][0], 0.10, 1e-15);
    assert_near(b->up_to[0][0], 0.96, 1e-15);
    assert_near(b->up_to[1][0], 0.10, 1e-15);
    assert_memory_equal(any.plan->listed[0].drift_log2, bear.plan->listed[0].drift_log2,
                        48 * sizeof(double));
    lq_planned_clear(&any);
    lq_planned_clear(&bear);
}

/* A history of 24 months: the mean of every month is that of all its sequences. */
static void a_history_is_compensated_for_its_blocks(void **state)
{
    (void)state;
    static const char text[] =
        "schema: liquidus/1\n"
        "simulation: {paths: 64, start: 2027-01-01, horizon: 1y, liquidity_horizon: 1y}\n"
        "tax: none\nmarket: {rate: 0%, equity_premium: 0%, model: bootstrap, block: 4mo,\n"
        "  returns: {from: 2010-01, values: [5%, 4%, 3%, 6%, 5%, -8%, -9%, -7%, 1%, 2%, 1%, "
        "0%,\n"
        "    1%, 1%, -2%, -3%, 4%, 5%, 6%, -12%, -14%, 2%, 3%, 4%]}}\n"
        "companies: {c: {listing: public, volatility: 40%, beta: 1.5}}\n"
        "offers: [{id: x, company: c, base: $1, stock: $1}]\n";
    enum { N = 24 };
    lq_planned p = lq_plan_text(text, NULL, 0);
    assert_non_null(p.plan);
    const lq_plan *plan = p.plan;
    const lq_gbm_plan *g = &plan->listed[0];
    const double loading = g->loading_market_log2 / LOG2_E, own = g->loading_own_log2 / LOG2_E;
    double mass[N], total = 0.0;
    assert_int_equal(plan->law.bootstrap.n, N);
    assert_near(plan->law.bootstrap.restart_frac, 0.25, 1e-15);
    for (size_t i = 0; i < N; i++)
        mass[i] = 1.0 / N;
    for (size_t k = 1; k <= 12; k++) { /* E[S_k; row of month k] */
        double next[N], sum = 0.0;
        for (size_t i = 0; i < N; i++)
            sum += mass[i] *= exp(g->drift_log2[k] / LOG2_E + 0.5 * own * own +
                                  loading * plan->law.link.offset[i]);
        assert_near(sum, 1.0, 1e-12);
        for (size_t i = 0; i < N; i++)
            next[i] = 0.25 * sum / N + 0.75 * mass[(i + N - 1) % N];
        memcpy(mass, next, sizeof mass);
        total += sum;
    }
    assert_near(total, 12.0, 1e-11);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(under_pricing_growth_is_the_rate_in_every_state),
        cmocka_unit_test(in_the_real_measure_states_differ_by_their_premiums),
        cmocka_unit_test(a_company_of_model_regime_is_as_wild_as_its_state),
        cmocka_unit_test(the_chain_starts_where_it_is_told_to),
        cmocka_unit_test(a_history_is_compensated_for_its_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "plan/laws.h"

#include "num/scalar.h"
#include "scenario/regimes.h"

#include <math.h>
#include <string.h>

static const double MONTHS = 12.0;

static const lq_regime *state_of(const lq_builder *b, size_t i)
{
    return (const lq_regime *)b->scenario->market.regimes.items + i;
}

static size_t n_states(const lq_builder *b)
{
    return b->scenario->market.regimes.len;
}

/* A month of the market, natural logarithm. */
static double market_month(const lq_builder *b)
{
    return b->market_sd * sqrt(1.0 / MONTHS);
}

double lq_state_scale(const lq_builder *b, size_t state)
{
    return state_of(b, state)->volatility.p[0] / b->market_sd;
}

double lq_state_premium(const lq_builder *b, size_t state)
{
    double pi[LQ_MAX_STATES], mean = 0.0;
    if (b->scenario->simulation.measure == LQ_MEASURE_PRICING) return 0.0;
    lq_regimes_long_run(&b->scenario->market.regimes, pi);
    for (size_t i = 0; i < n_states(b); i++)
        mean += pi[i] * state_of(b, i)->premium.p[0];
    return (state_of(b, state)->premium.p[0] - mean) / MONTHS;
}

/* ---- the laws ---- */

static void build_regime(const lq_builder *b, lq_regime_plan *out)
{
    const lq_market *m = &b->scenario->market;
    double pi[LQ_MAX_STATES];
    out->stream = lq_stream_make(LQ_PURPOSE_STATE, NULL);
    out->n = n_states(b);
    lq_regimes_long_run(&m->regimes, pi);
    const size_t start = lq_regimes_start(m);
    for (size_t i = 0; i <= out->n; i++) {
        const size_t row = i < out->n ? i : LQ_MAX_STATES, from = i < out->n ? i : start;
        double sum = 0.0;
        for (size_t j = 0; j < out->n; j++) {
            sum += from < out->n ? lq_regime_next(state_of(b, from), j) : pi[j];
            out->up_to[row][j] = sum;
        }
    }
}

/* Log returns of a history in units of their standard deviation. */
static const double *standardised(const lq_builder *b, const lq_returns *returns)
{
    double *out = lq_arena_calloc(b->arena, returns->n, sizeof *out);
    const double mean = lq_returns_mean(returns), sd = lq_returns_sd(returns);
    for (size_t i = 0; out && i < returns->n; i++)
        out[i] = (returns->log_return[i] - mean) / sd;
    return out;
}

static void build_bootstrap(const lq_builder *b, lq_market_law *law)
{
    const lq_market *m = &b->scenario->market;
    law->bootstrap = (lq_bootstrap_plan){.stream = lq_stream_make(LQ_PURPOSE_STATE, NULL),
                                         .n = m->returns.n,
                                         .restart_frac = 1.0 / (MONTHS * m->block.p[0])};
    law->link.offset = standardised(b, &m->returns);
}

void lq_build_market_law(lq_builder *b)
{
    static const lq_shock_kind kinds[] = {LQ_SHOCK_NORMAL, LQ_SHOCK_REGIME, LQ_SHOCK_SERIES};
    const lq_market *m = &b->scenario->market;
    lq_market_law *law = &b->plan->law;
    law->kind = kinds[m->model];
    if (law->kind == LQ_SHOCK_REGIME) {
        build_regime(b, &law->regime);
        law->link = lq_build_market_link(b, market_month(b), 0.0);
    }
    if (law->kind == LQ_SHOCK_SERIES) build_bootstrap(b, law);
    if (law->kind != LQ_SHOCK_NORMAL || !m->student_t.given) return;
    law->kind = LQ_SHOCK_STUDENT;
    law->student = lq_build_student(
        b->arena, lq_builder_number(b, &m->student_t, "market", "factor", "student_t"));
}

lq_state_link lq_build_market_link(const lq_builder *b, double loading, double currency)
{
    const size_t n = n_states(b);
    if (b->plan->law.kind != LQ_SHOCK_REGIME || loading == 0.0) return (lq_state_link){0};
    double *offset = lq_arena_calloc(b->arena, n, sizeof *offset);
    double *scale = lq_arena_calloc(b->arena, n, sizeof *scale);
    for (size_t i = 0; offset && scale && i < n; i++) {
        scale[i] = lq_state_scale(b, i);
        const double wider = scale[i] * scale[i] - 1.0;
        offset[i] =
            lq_state_premium(b, i) / market_month(b) - (0.5 * loading + currency) * wider;
    }
    return (lq_state_link){offset, scale};
}

/* ---- what growth is compensated for ---- */

/* ln of E[exp(sum up to this month)] over that of the month before, for a chain whose states
 * multiply by factor[i]: mass holds E[exp(sum); state], which every month scales to 1. */
static double grow(const double *factor, size_t n, double *mass)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += mass[i] *= factor[i];
    for (size_t i = 0; i < n; i++)
        mass[i] /= sum;
    return lq_log(sum);
}

static void regime_excess(const lq_builder *b, double loading, double *excess)
{
    double mass[LQ_MAX_STATES], factor[LQ_MAX_STATES], next[LQ_MAX_STATES];
    const size_t n = n_states(b);
    lq_regimes_long_run(&b->scenario->market.regimes, mass);
    for (size_t i = 0; i < n; i++)
        factor[i] = lq_exp(loading * lq_state_premium(b, i) / market_month(b));
    for (size_t k = 1; k <= b->plan->grid.n_months; k++) {
        excess[k] = grow(factor, n, mass);
        for (size_t j = 0; j < n; j++) {
            next[j] = 0.0;
            for (size_t i = 0; i < n; i++)
                next[j] += mass[i] * lq_regime_next(state_of(b, i), j);
        }
        memcpy(mass, next, n * sizeof *mass);
    }
}

/* Rows of the history add gain[i] to the logarithm; less `normal`, what a normal shock takes.
 */
static void series_excess(const lq_builder *b, const double *gain, double normal,
                          double *excess)
{
    const lq_bootstrap_plan *p = &b->plan->law.bootstrap;
    double *mass = lq_arena_calloc(b->arena, p->n, sizeof *mass);
    double *factor = lq_arena_calloc(b->arena, p->n, sizeof *factor);
    if (!mass || !factor) return;
    for (size_t i = 0; i < p->n; i++) {
        mass[i] = 1.0 / (double)p->n;
        factor[i] = lq_exp(gain[i]);
    }
    for (size_t k = 1; k <= b->plan->grid.n_months; k++) {
        excess[k] = grow(factor, p->n, mass) - normal;
        const double last = mass[p->n - 1], any = p->restart_frac / (double)p->n;
        for (size_t i = p->n; i-- > 0;)
            mass[i] = any + (1.0 - p->restart_frac) * (i ? mass[i - 1] : last);
    }
}

void lq_build_market_excess(const lq_builder *b, double loading, double *excess)
{
    const lq_market_law *law = &b->plan->law;
    const size_t n = b->plan->grid.n_months;
    memset(excess, 0, (n + 1) * sizeof *excess);
    if (loading == 0.0) return;
    if (law->kind == LQ_SHOCK_REGIME) regime_excess(b, loading, excess);
    if (law->kind == LQ_SHOCK_STUDENT) {
        const double month = lq_student_excess(&law->student, loading);
        for (size_t k = 1; k <= n; k++)
            excess[k] = month;
    }
    if (law->kind != LQ_SHOCK_SERIES || !law->link.offset) return;
    double *gain = lq_arena_calloc(b->arena, law->bootstrap.n, sizeof *gain);
    for (size_t i = 0; gain && i < law->bootstrap.n; i++)
        gain[i] = loading * law->link.offset[i];
    if (gain) series_excess(b, gain, 0.5 * loading * loading, excess);
}

void lq_build_law_drift(const lq_builder *b, double loading, double currency, double own_excess,
                        double *drift_log2)
{
    const size_t n = b->plan->grid.n_months;
    if (b->plan->law.kind == LQ_SHOCK_NORMAL && own_excess == 0.0) return;
    double *together = lq_arena_calloc(b->arena, n + 1, sizeof *together);
    double *alone = lq_arena_calloc(b->arena, n + 1, sizeof *alone);
    if (!together || !alone || !drift_log2) return;
    lq_build_market_excess(b, loading + currency, together);
    lq_build_market_excess(b, currency, alone);
    for (size_t k = 1; k <= n; k++)
        drift_log2[k] -= (together[k] - alone[k] + own_excess) * LQ_LOG2_E;
}

/* ---- a company's own ---- */

lq_own_law lq_build_own_law(const lq_builder *b, const lq_company *c, double own,
                            double *excess)
{
    lq_own_law law = {0};
    *excess = 0.0;
    if (c->model == LQ_MODEL_GBM && c->student_t.given) {
        law.student = lq_build_student(
            b->arena, lq_builder_number(b, &c->student_t, "companies", c->id, "student_t"));
        *excess = lq_student_excess(&law.student, own);
    }
    if (c->model != LQ_MODEL_REGIME) return law;
    const size_t n = n_states(b);
    double *offset = lq_arena_calloc(b->arena, n, sizeof *offset);
    double *scale = lq_arena_calloc(b->arena, n, sizeof *scale);
    for (size_t i = 0; offset && scale && i < n; i++) {
        scale[i] = lq_state_scale(b, i);
        offset[i] = -0.5 * own * (scale[i] * scale[i] - 1.0);
    }
    law.link = (lq_state_link){offset, scale};
    return law;
}

void lq_build_series(const lq_builder *b, const lq_company *c, double currency,
                     lq_gbm_plan *out, double *drift_log2, lq_own_law *law)
{
    const size_t n = b->plan->grid.n_months, rows = c->returns.n;
    const double loading = lq_returns_sd(&c->returns);
    double *excess = lq_arena_calloc(b->arena, n + 1, sizeof *excess);
    double *alone = lq_arena_calloc(b->arena, n + 1, sizeof *alone);
    double *gain = lq_arena_calloc(b->arena, rows, sizeof *gain);
    const double *own = standardised(b, &c->returns), *market = b->plan->law.link.offset;
    if (!excess || !alone || !gain || !own || !market || !drift_log2) return;
    for (size_t i = 0; i < rows; i++)
        gain[i] = loading * own[i] + currency * market[i];
    series_excess(b, gain, 0.0, excess);
    lq_build_market_excess(b, currency, alone);
    for (size_t k = 1; k <= n; k++)
        drift_log2[k] -= (excess[k] - alone[k] - 0.5 * currency * currency) * LQ_LOG2_E;
    law->link.offset = own;
    out->loading_market_log2 = 0.0;
    out->loading_own_log2 = loading * LQ_LOG2_E;
}

#include "pay/pay.h"

#include "block/flow.h"
#include "block/lane_list.h"
#include "num/lanes.h"
#include "rng/draws.h"

#include <math.h>

/* Constant intensity: the month in which its integral passes an exponential threshold. */
static void resign(const lq_pay_plan *plan, const lq_block_address *at, lq_employment *e)
{
    lq_words words;
    LQ_KERNEL(lq_draws_words)(at, plan->stream_resignation, 0, &words);
    const double months = 12.0 / plan->leaving, end = (double)plan->horizon;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double month = __builtin_ceil(lq_words_exponential(&words, 0, l) * months);
        const bool leaves = month <= end;
        e->last_month[l] = leaves ? month : end;
        e->resigned[l] = leaves ? 1.0 : 0.0;
    }
}

/* R2: a failure comes before the resignations of its month. keeps: uniforms that tell who is
 * taken on by a buyer. */
static void fail(const lq_pay_plan *plan, const lq_company_world *company,
                 const double *restrict keeps, lq_employment *e)
{
    const double *restrict kind = company->exit_kind, *restrict month = company->exit_month;
    double *restrict last = e->last_month, *restrict resigned = e->resigned;
    double *restrict failed = e->failed;
    const double taken_on = plan->acqui_hire;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const bool fails = (kind[l] == (double)LQ_EXIT_FAILURE) & (month[l] <= last[l]);
        const bool ended = fails & (keeps[l] >= taken_on);
        resigned[l] = ended ? 0.0 : resigned[l];
        failed[l] = ended ? 1.0 : 0.0;
        last[l] = ended ? month[l] : last[l];
    }
}

/* Rounding: months this near a whole one are that one. */
static const double WHOLE = 1e-9;

/* So does the buyer; who has gone before is not let go. */
static void let_go(const lq_pay_plan *plan, const lq_company_world *company,
                   const double *chance, const double *when, lq_employment *e)
{
    LQ_LANE_ARRAY(years);
    lq_draw_fill(&plan->layoff_after, when, LQ_LANES, years);
    for (int l = 0; l < LQ_LANES; l++) {
        const double month = company->exit_month[l] + __builtin_ceil(12.0 * years[l] - WHOLE);
        const bool gone = e->resigned[l] != 0.0 && month > e->last_month[l];
        if (company->exit_kind[l] != (double)LQ_EXIT_ACQUISITION || chance[l] >= plan->layoff ||
            gone)
            continue;
        e->let_go[l] = month;
        if (month > e->last_month[l]) continue;
        e->last_month[l] = month;
        e->resigned[l] = 0.0;
    }
}

void LQ_KERNEL(lq_employment_run)(const lq_pay_plan *plan, const lq_world *world,
                                  const lq_block_address *at, lq_employment *out)
{
    const lq_company_world *company = &world->company[plan->company];
    const bool draws = plan->acqui_hire > 0.0 || plan->layoff > 0.0;
    LQ_LANE_ARRAY(chance);
    LQ_LANE_ARRAY(when);
    LQ_LANE_ARRAY(keeps);
    for (int l = 0; l < LQ_LANES; l++) {
        keeps[l] = 1.0;
        out->last_month[l] = (double)plan->horizon;
        out->resigned[l] = 0.0;
        out->failed[l] = 0.0;
        out->let_go[l] = (double)INFINITY;
    }
    if (plan->leaving > 0.0) resign(plan, at, out);
    if (draws) {
        lq_words words;
        LQ_KERNEL(lq_draws_words)(at, plan->stream_closing, 0, &words);
        for (int l = 0; l < LQ_LANES; l++) {
            chance[l] = lq_words_uniform(&words, 1, l);
            when[l] = lq_words_uniform(&words, 2, l);
            keeps[l] = lq_words_uniform(&words, 3, l);
        }
    }
    if (plan->employer_can_fail) fail(plan, company, keeps, out);
    if (plan->layoff > 0.0) let_go(plan, company, chance, when, out);
}

/* The last month that is paid here. */
static double last_paid(const lq_pay_plan *plan, const lq_employment *e, size_t l)
{
    return e->last_month[l] - (plan->last_wage_lost ? e->failed[l] : 0.0);
}

static bool was_let_go(const lq_employment *e, size_t l)
{
    return e->let_go[l] <= e->last_month[l];
}

/* The last month before pay elsewhere: the search takes its gap where one was let go. */
static double last_without(const lq_pay_plan *plan, const lq_employment *e, size_t l)
{
    const double searches = was_let_go(e, l) ? 1.0 : e->failed[l];
    return last_paid(plan, e, l) + searches * plan->gap_months;
}

/* Base pay of month k here, then nothing while searching, then elsewhere. */
static double salary_of(const lq_pay_plan *plan, const lq_employment *e, size_t l, size_t k)
{
    const double month = (double)k;
    if (month <= last_paid(plan, e, l)) return plan->salary[k];
    return month > last_without(plan, e, l) ? plan->fallback[k] : 0.0;
}

/* Without a currency the salary by last month is a number of the plan, the same one for all who
 * work to the end. Nothing is in these rows of the ledger yet: they are written, not added to
 * (lq_pay_fills_years). */
static void salary_by_table(const lq_pay_plan *plan, const lq_grid *grid,
                            const lq_employment *e, const lq_ledger *ledger)
{
    const size_t row = plan->horizon + 1, table = plan->n_salary_years * row;
    const double end = (double)plan->horizon;
    LQ_LANE_ARRAY(ended);
    lq_lane_list early;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        ended[l] = ((e->last_month[l] != end) | (e->failed[l] != 0.0)) ? 1.0 : 0.0;
    if (!lq_lanes_list(ended, &early)) early.n = 0;
    for (size_t y = 0; y < plan->n_salary_years; y++) {
        const double *by_last = plan->salary_amount + y * row;
        const double *present_by_last = plan->salary_present + y * row;
        const double whole = by_last[plan->horizon],
                     present_whole = present_by_last[plan->horizon];
        double *restrict amount = lq_ledger_row(ledger->amount, (int)y, LQ_INCOME_PAY);
        double *restrict present = lq_ledger_row(ledger->present, (int)y, LQ_INCOME_PAY);
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++) {
            amount[l] = whole;
            present[l] = present_whole;
        }
        for (size_t i = 0; i < early.n; i++) {
            const size_t l = early.lane[i];
            const size_t ending = e->failed[l] != 0.0 ? 1 : was_let_go(e, l) ? 2 : 0;
            const size_t at = (size_t)e->last_month[l] + ending * table;
            amount[l] = by_last[at];
            present[l] = present_by_last[at];
        }
    }
    if (!ledger->trace) return;
    for (size_t k = 1; k <= plan->horizon; k++)
        for (size_t l = 0; l < LQ_LANES; l++)
            ledger->trace[k * LQ_LANES + l] +=
                grid->discount[k] * ledger->keep[LQ_INCOME_PAY] * salary_of(plan, e, l, k);
}

static void salary_by_month(const lq_pay_plan *plan, const lq_grid *grid, const double *fx,
                            const lq_employment *e, const lq_ledger *ledger)
{
    LQ_LANE_ARRAY(amount);
    LQ_LANE_ARRAY(last);
    LQ_LANE_ARRAY(back);
    for (size_t l = 0; l < LQ_LANES; l++) {
        last[l] = last_paid(plan, e, l);
        back[l] = last_without(plan, e, l);
    }
    for (size_t k = 1; k <= plan->horizon; k++) {
        const double *restrict rate = fx + k * LQ_LANES;
        const double salary = plan->salary[k], elsewhere = plan->fallback[k], month = (double)k;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++) {
            const double after = month > back[l] ? elsewhere : 0.0;
            amount[l] = rate[l] * (month <= last[l] ? salary : after);
        }
        lq_flow_month(ledger, grid, k, LQ_INCOME_PAY, amount);
    }
}

static void pay_bonuses(const lq_pay_plan *plan, const lq_grid *grid, const double *fx,
                        const lq_employment *e, const lq_block_address *at,
                        const lq_ledger *ledger)
{
    lq_words words;
    LQ_LANE_ARRAY(uniform);
    LQ_LANE_ARRAY(payout);
    LQ_LANE_ARRAY(amount);
    const double *restrict last = e->last_month;
    for (size_t i = 0; i < plan->n_bonuses; i++) {
        const lq_bonus_plan *b = &plan->bonuses[i];
        const double month = (double)b->month, on_target = b->on_target;
        if (lq_draw_varies(&plan->payout)) {
            LQ_KERNEL(lq_draws_words)(at, plan->stream_bonus, b->draw, &words);
#pragma omp simd
            for (int l = 0; l < LQ_LANES; l++)
                uniform[l] = lq_words_uniform(&words, 0, l);
        }
        lq_draw_fill(&plan->payout, uniform, LQ_LANES, payout);
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            amount[l] = last[l] >= month ? on_target * payout[l] : 0.0;
        for (int l = 0; fx && l < LQ_LANES; l++)
            amount[l] *= fx[b->month * LQ_LANES + (size_t)l];
        lq_flow_month(ledger, grid, b->month, LQ_INCOME_PAY, amount);
    }
}

static void pay_sign_on(const lq_pay_plan *plan, const lq_grid *grid, const double *fx,
                        const lq_employment *e, const lq_ledger *ledger)
{
    LQ_LANE_ARRAY(amount);
    for (size_t i = 0; i < plan->n_instalments; i++) {
        const lq_instalment_plan *s = &plan->instalments[i];
        for (size_t l = 0; l < LQ_LANES; l++)
            amount[l] = e->last_month[l] >= (double)s->month
                            ? s->amount * (fx ? fx[s->month * LQ_LANES + l] : 1.0)
                            : 0.0;
        lq_flow_month(ledger, grid, s->month, LQ_INCOME_PAY, amount);
    }
}

/* Who resigns within the clawback pays back what was paid, whole or for the months missing. */
static void claw_back(const lq_pay_plan *plan, const lq_grid *grid, const double *fx,
                      const lq_employment *e, const lq_ledger *ledger)
{
    LQ_LANE_ARRAY(amount);
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double last = e->last_month[l];
        double paid = 0.0;
        for (size_t i = 0; i < plan->n_instalments; i++)
            if ((double)plan->instalments[i].month <= last) paid += plan->instalments[i].amount;
        const double share = plan->clawback_all ? 1.0 : 1.0 - last / plan->clawback_months;
        const bool due = e->resigned[l] != 0.0 && last < plan->clawback_months;
        const double rate = fx ? fx[(size_t)last * LQ_LANES + l] : 1.0;
        amount[l] = due ? -paid * share * rate : 0.0;
    }
    lq_flow_lanes(ledger, grid, e->last_month, LQ_INCOME_PAY, amount);
}

void LQ_KERNEL(lq_pay_run)(const lq_pay_plan *plan, const lq_grid *grid, const lq_world *world,
                           const lq_employment *employment, const lq_block_address *at,
                           const lq_ledger *ledger)
{
    const double *fx = plan->fx_offer >= 0 ? world->fx[plan->fx_offer] : NULL;
    if (plan->has_salary && fx) salary_by_month(plan, grid, fx, employment, ledger);
    if (plan->has_salary && !fx) salary_by_table(plan, grid, employment, ledger);
    if (plan->n_bonuses) pay_bonuses(plan, grid, fx, employment, at, ledger);
    if (plan->n_instalments) pay_sign_on(plan, grid, fx, employment, ledger);
    if (plan->n_instalments && plan->clawback_months > 0.0)
        claw_back(plan, grid, fx, employment, ledger);
}

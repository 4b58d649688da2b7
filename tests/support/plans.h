/* Hand-made plans and blocks: a chapter's kernel runs alone on what a test writes down. */
#ifndef PLANS_H
#define PLANS_H

#include "equity/vesting.h"
#include "kernels.h"

enum { PLAN_MONTHS = 180, PLAN_ROWS = PLAN_MONTHS + 5, PLAN_YEARS = 16, PLAN_VESTS = 64 };

/** A [month][lane] array with room for a fill of whole fours. */
typedef double plan_rows[PLAN_ROWS * LQ_LANES] __attribute__((aligned(64)));

/* ---- calendar ---- */

typedef struct calendar {
    lq_grid grid;
    int year_of_month[PLAN_ROWS];
    double discount[PLAN_ROWS];
} calendar;

/** Months 0..n_months from 1 January 2027; month k discounted at exp(-rate k / 12). */
void calendar_init(calendar *c, size_t n_months, size_t horizon, double rate);

/* ---- one listed asset ---- */

typedef struct gbm_case {
    lq_gbm_plan plan;
    double drift[PLAN_ROWS];
    unsigned char observe[PLAN_ROWS];
} gbm_case;

/** E[S_t] = start exp(mu t), annual volatility sigma; `rho` of it moves with the market. */
void gbm_init(gbm_case *g, size_t n_months, double start, double mu, double sigma, double rho);

/* ---- one private company ---- */

typedef struct hazard_rows {
    double mass[PLAN_ROWS], rate[PLAN_ROWS];
} hazard_rows;

typedef struct company_case {
    lq_company_plan plan;
    double drift_private[PLAN_ROWS], drift_listed[PLAN_ROWS];
    unsigned char all[PLAN_ROWS], none[PLAN_ROWS];
    hazard_rows ipo, acquisition, failure, round, tender;
    bool untraced; /* values by month are not asked for */
} company_case;

/** No events, value 100, 10 shares, no claim, last price 10, E[V_t] = 100 exp(mu t). */
void company_init(company_case *c, size_t n_months, double mu, double sigma);

/** The stack of the first day: `shares` of all of them are one class that does not participate
 *  and has `due` before common. */
void company_stack(company_case *c, double due, double shares);

/** Appraisals at these months, read in every one. */
void company_appraise(company_case *c, size_t every_months, size_t after_months);

/** A constant intensity a year. */
void hazard_constant(lq_hazard_plan *h, size_t n_months, double rate);

lq_draw draw_constant(double value);

/** R5 for constant hazards: takes the expected multiple of each month's lottery out of the
 * drift. */
void company_compensate(company_case *c);

/** The arrays of one company on one block, and what they point into. */
typedef struct company_block {
    lq_company_world world;
    lq_company_state state;
    plan_rows price, preferred, fair, appraised, tender, tender_cap, value, market, index;
    double lanes[14][LQ_LANES] __attribute__((aligned(64)));
} company_block;

/** Points the world at the arrays: nothing has happened by month n_months. */
void company_block_init(company_block *b, size_t n_months);

/** Runs paths 64 x block .. + 63 of seed 2026; market normals are drawn when loaded. */
void company_block_run(company_block *b, const company_case *c, const kernels *build,
                       uint64_t block);

/** As company_block_run with exits left out: *b holds the life, *record what could have ended
 *  it. */
typedef struct record_rows {
    lq_company_record record;
    plan_rows rows[10 + LQ_EXIT_KINDS + 1];
} record_rows;
void company_block_record(company_block *b, const company_case *c, const kernels *build,
                          uint64_t block, record_rows *record);

/** The address of a block under the seed of all these tests. */
lq_block_address block_address(uint64_t block);

/* ---- one offer ---- */

typedef struct ledger_case {
    lq_ledger ledger;
    double amount[PLAN_YEARS][LQ_INCOME_KINDS][LQ_LANES] __attribute__((aligned(64)));
    double present[PLAN_YEARS][LQ_INCOME_KINDS][LQ_LANES] __attribute__((aligned(64)));
    plan_rows trace;
    double keep[LQ_INCOME_KINDS];
} ledger_case;

/** Empty, with a trace that keeps `keep` of every taxed kind. */
void ledger_init(ledger_case *l, double keep);

/** Sum over years of a kind on a lane. */
double ledger_sum(const ledger_case *l, lq_income kind, size_t lane);

typedef struct grant_case {
    lq_grant_plan plan;
    size_t month[PLAN_VESTS];
    double weight[PLAN_VESTS], growth[PLAN_VESTS], vested[PLAN_ROWS];
    lq_grant_scratch scratch;
    lq_grant_out out;
    double first_cash[LQ_LANES], stuck[LQ_LANES], unvested[LQ_LANES];
} grant_case;

/** `units` by a schedule, of company 0, in the report's currency; not withheld, no tenders, no
 *  expiry within the calendar. */
void grant_init(grant_case *g, lq_grant_route route, const calendar *c,
                const lq_vesting_spec *spec, double units);

/** Runs the grant on the block; everybody works to employment->last_month. */
void grant_run(grant_case *g, const calendar *c, const lq_world *world,
               const lq_employment *employment, uint64_t block, ledger_case *ledger);

typedef struct employment_case {
    lq_employment e;
    double last_month[LQ_LANES], resigned[LQ_LANES], failed[LQ_LANES], let_go[LQ_LANES];
} employment_case;

/** Everybody stays to `last`. */
void employment_init(employment_case *e, double last);

#endif

/**
 * @file job.h
 * One grant on one block, and how its lanes earn, hold and sell. Private to the folder, for
 * kernel files only.
 */
#ifndef LQ_EQUITY_JOB_H
#define LQ_EQUITY_JOB_H

#include "equity/equity.h"

#include "block/flow.h"

typedef struct lq_grant_job {
    const lq_grant_plan *plan;
    const lq_grid *grid;
    const lq_company_world *company;
    const double *fx;   /**< [K + 1][64] of the company's currency, or NULL */
    const double *last; /**< [64] last month worked */
    const lq_block_address *at;
    const lq_employment *employment;
    lq_grant_scratch *s;
    const lq_grant_out *out;
} lq_grant_job;

LQ_INLINE size_t lq_grant_at(double month, size_t lane)
{
    return (size_t)month * LQ_LANES + lane;
}

LQ_INLINE double lq_grant_fx(const lq_grant_job *j, double month, size_t lane)
{
    return j->fx ? j->fx[lq_grant_at(month, lane)] : 1.0;
}

/* Whether vests i .. i + 3 are there, in one year and in the report's currency. */
LQ_INLINE bool lq_grant_four_in_a_year(const lq_grant_job *j, size_t i)
{
    const lq_grant_plan *p = j->plan;
    const int *year = j->grid->year_of_month;
    if (j->fx || i + 4 > p->n_vests) return false;
    return year[p->vest_month[i]] == year[p->vest_month[i + 3]];
}

/* Whether the sale plan has a say on lane l. */
LQ_INLINE bool lq_grant_is_bought(const lq_grant_job *j, size_t l)
{
    return j->plan->sale && j->company->exit_kind[l] == (double)LQ_EXIT_ACQUISITION;
}

/* Whether the lockup of lane l ends in stages: its company lists, and not directly. */
LQ_INLINE bool lq_grant_is_staged(const lq_grant_job *j, size_t l)
{
    return j->plan->lockup && j->company->exit_kind[l] == (double)LQ_EXIT_IPO &&
           j->company->liquid_month[l] > j->company->exit_month[l];
}

/* R14: who works to H goes on there, until let go. */
LQ_INLINE double lq_grant_stays_until(const lq_grant_job *j, size_t l)
{
    const lq_employment *e = j->employment;
    const bool left = e->resigned[l] != 0.0 || e->failed[l] != 0.0;
    return left || j->last[l] < (double)j->plan->horizon ? j->last[l] : e->let_go[l];
}

LQ_INLINE double lq_grant_min(double a, double b)
{
    return a < b ? a : b;
}

LQ_INLINE double lq_grant_over(double price, double strike)
{
    const double over = price - strike;
    return over > 0.0 ? over : 0.0; /* one instruction */
}

LQ_INLINE void lq_grant_note_cash(const lq_grant_job *j, size_t lane, double month)
{
    j->out->first_cash[lane] = lq_grant_min(j->out->first_cash[lane], month);
}

LQ_INLINE void lq_grant_flow(const lq_grant_job *j, size_t l, double month, lq_income kind,
                             double amount)
{
    const lq_ledger *ledger = j->out->ledger;
    const size_t k = (size_t)month;
    const int year = j->grid->year_of_month[k];
    const double present = j->grid->discount[k] * amount;
    lq_ledger_row(ledger->amount, year, kind)[l] += amount;
    lq_ledger_row(ledger->present, year, kind)[l] += present;
    if (ledger->trace) ledger->trace[k * LQ_LANES + l] += ledger->keep[kind] * present;
}

/* amount[l] in month k on every lane; a lane of 0 has none. */
LQ_INLINE void lq_grant_flow_row(const lq_grant_job *j, size_t k, lq_income kind,
                                 const double *restrict amount)
{
    const lq_ledger *ledger = j->out->ledger;
    const int year = j->grid->year_of_month[k];
    const double discount = j->grid->discount[k], keep = ledger->keep[kind];
    double *restrict nominal = lq_ledger_row(ledger->amount, year, kind);
    double *restrict present = lq_ledger_row(ledger->present, year, kind);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        nominal[l] += amount[l];
        present[l] += discount * amount[l];
    }
    if (!ledger->trace) return;
    double *trace = ledger->trace + k * LQ_LANES;
    for (int l = 0; l < LQ_LANES; l++)
        trace[l] += keep * (discount * amount[l]);
}

/* Income on the date of `price`; what is not withheld is held at that basis. */
LQ_INLINE void lq_grant_hold(const lq_grant_job *j, size_t l, double units, double price,
                             double month)
{
    const double income = units * price * lq_grant_fx(j, month, l);
    const double kept = income * (1.0 - j->plan->withheld);
    lq_grant_flow(j, l, month, LQ_INCOME_UNITS, income);
    lq_grant_flow(j, l, month, LQ_INCOME_BASIS, -kept);
    j->s->basis[l] += kept;
    j->s->held[l] += units * (1.0 - j->plan->withheld);
}

/* Sells a share of what lane l holds: the basis comes back untaxed, the rest is gain. */
LQ_INLINE void lq_grant_dispose(const lq_grant_job *j, size_t l, double share, double price,
                                double month)
{
    const double units = j->s->held[l] * share, basis = j->s->basis[l] * share;
    if (units <= 0.0) return;
    lq_grant_flow(j, l, month, LQ_INCOME_BASIS, basis);
    lq_grant_flow(j, l, month, LQ_INCOME_GAIN,
                  units * price * lq_grant_fx(j, month, l) - basis);
    j->s->held[l] -= units;
    j->s->basis[l] -= basis;
}

LQ_INLINE void lq_grant_sell(const lq_grant_job *j, size_t l, double share, double price,
                             double month)
{
    if (j->s->held[l] * share > 0.0 && price > 0.0) lq_grant_note_cash(j, l, month);
    lq_grant_dispose(j, l, share, price, month);
}

#ifdef LQ_ISA
/** Listed from the start: every vest is sold on its day. */
void LQ_KERNEL(lq_grant_sell_at_vest)(const lq_grant_job *j);

/** Vests after month from[l], while employed, are paid as they vest, over strike[l]; a lane of
 *  infinity has none. */
void LQ_KERNEL(lq_grant_pay_later)(const lq_grant_job *j, const double *from,
                                   const double *strike);

/** With a sale plan: what escrow releases and when the rest vests, on every lane. */
void LQ_KERNEL(lq_grant_note_close)(const lq_grant_job *j);

/** A sale that pays `money` for what has vested on lane l: now, out of escrow, while staying.
 */
void LQ_KERNEL(lq_grant_close_money)(const lq_grant_job *j, size_t l, double money);

/** The same for all shares that are held. */
void LQ_KERNEL(lq_grant_close_shares)(const lq_grant_job *j, size_t l);

/** Pays what vests early, over strike[l]; less is left to vest later. */
void LQ_KERNEL(lq_grant_accelerate)(const lq_grant_job *j, const double *strike);

/** Sells what lane l holds, and what vests until all is free, stage by stage.
 *  @return the month before all is free: what vests after it is sold as it vests. */
double LQ_KERNEL(lq_grant_release)(const lq_grant_job *j, size_t l);

/** Sales of month k, after its vests, where a window is open. */
void LQ_KERNEL(lq_grant_secondary)(const lq_grant_job *j, size_t k);

/** Listed from the start: what is not withheld at a vest is held to H, with its dividends. */
void LQ_KERNEL(lq_grant_hold_to_horizon)(const lq_grant_job *j);
#endif

#endif

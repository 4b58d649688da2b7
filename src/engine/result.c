#include "engine/engine.h"
#include "engine/locks.h"

#include "base/alloc.h"

#include <string.h>

/* ---- creation ---- */

static lq_tally **create_tallies(size_t n, lq_tally_shape shape)
{
    lq_tally **out = lq_calloc(n + 1, sizeof(lq_tally *));
    for (size_t i = 0; out && i < n; i++)
        out[i] = lq_tally_create(&shape);
    return out;
}

static void destroy_tallies(lq_tally **tallies, size_t n)
{
    for (size_t i = 0; tallies && i < n; i++)
        lq_tally_destroy(tallies[i]);
    lq_free(tallies);
}

static bool all_there(lq_tally *const *tallies, size_t n)
{
    for (size_t i = 0; tallies && i < n; i++)
        if (!tallies[i]) return false;
    return tallies != NULL;
}

static lq_tally_shape with_replicates(const lq_plan *plan, lq_tally_shape shape)
{
    shape.n_replicates = plan->n_replicates;
    shape.weight_log2 = plan->weight_log2;
    return shape;
}

/* Random paths need no replicates for errors by year; Sobol points and expanded exits do. */
static lq_tally_shape year_shape(const lq_plan *plan)
{
    lq_tally_shape shape = LQ_TALLY_YEAR;
    if (!plan->by_replicates) return shape;
    shape.replicate_bins = LQ_TALLY_MIN_BINS;
    return with_replicates(plan, shape);
}

/* Worths are read off bins and replicates: fine cells are for quantiles. */
static lq_tally_shape total_shape(const lq_plan *plan, bool totals_only)
{
    lq_tally_shape shape =
        with_replicates(plan, plan->has_growth ? LQ_TALLY_TOTAL : LQ_TALLY_PART);
    if (totals_only) shape.fine_cells = 0;
    return shape;
}

static bool create_offer(const lq_plan *plan, bool totals_only, lq_offer_result *r)
{
    const lq_tally_shape part = with_replicates(plan, LQ_TALLY_PART);
    const lq_tally_shape total = total_shape(plan, totals_only);
    r->total = lq_tally_create(&total);
    if (totals_only) return r->total != NULL;
    const size_t years = plan->grid.n_years, months = plan->grid.n_months + 1;
    r->cash = lq_tally_create(&part);
    r->equity = lq_tally_create(&part);
    r->tax = lq_tally_create(&part);
    r->gross_equity = lq_tally_create(&part);
    r->by_year = create_tallies(years, year_shape(plan));
    r->fan = create_tallies(months, LQ_TALLY_FAN);
    r->cash_month = lq_counts_create((uint32_t)months, plan->n_replicates);
    return r->total && r->cash && r->equity && r->tax && r->gross_equity && r->cash_month &&
           all_there(r->by_year, years) && all_there(r->fan, months);
}

static bool create_company(const lq_plan *plan, lq_company_result *r)
{
    const size_t months = plan->grid.n_months + 1;
    bool ok = true;
    for (int k = 0; k < LQ_EXIT_KINDS; k++) {
        r->exit_month[k] = lq_counts_create((uint32_t)months, plan->n_replicates);
        ok = ok && r->exit_month[k];
    }
    r->fan = create_tallies(months, LQ_TALLY_FAN);
    r->tender_month = lq_calloc(months, sizeof *r->tender_month);
    return ok && all_there(r->fan, months) && r->tender_month;
}

static bool create_rows(const lq_result *r, lq_path_rows *rows, size_t capacity)
{
    const size_t months = r->n_months + 1, n = capacity ? capacity : 1;
    rows->capacity = capacity;
    rows->total = lq_calloc(n * (r->n_offers + 1), sizeof(double));
    rows->received = lq_calloc(n * (r->n_offers + 1) * months, sizeof(double));
    rows->value = lq_calloc(n * (r->n_companies + 1) * months, sizeof(double));
    rows->exit_kind = lq_calloc(n * (r->n_companies + 1), sizeof(double));
    rows->exit_month = lq_calloc(n * (r->n_companies + 1), sizeof(double));
    rows->path = lq_calloc(n, sizeof *rows->path);
    return rows->total && rows->received && rows->value && rows->exit_kind &&
           rows->exit_month && rows->path;
}

static bool create_parts(const lq_plan *plan, lq_result *r, size_t capacity)
{
    r->offers = lq_calloc(r->n_offers + 1, sizeof *r->offers);
    r->companies = lq_calloc(r->n_companies + 1, sizeof *r->companies);
    r->differences = create_tallies(r->n_pairs, with_replicates(plan, LQ_TALLY_PART));
    if (!r->offers || !r->companies || !all_there(r->differences, r->n_pairs)) return false;
    for (size_t i = 0; i < r->n_offers; i++)
        if (!create_offer(plan, r->totals_only, &r->offers[i])) return false;
    for (size_t i = 0; i < r->n_companies && !r->totals_only; i++)
        if (!create_company(plan, &r->companies[i])) return false;
    r->controls = lq_calloc(r->n_replicates * r->n_control_sums + 1, sizeof *r->controls);
    r->locks = lq_locks_create(r->n_offers + r->n_pairs + r->n_companies + 1);
    return r->controls && r->locks && create_rows(r, &r->rows, capacity);
}

static lq_result *create(const lq_plan *plan, size_t capacity, bool totals_only)
{
    lq_result *r = lq_calloc(1, sizeof *r);
    if (!r) return NULL;
    r->totals_only = totals_only;
    r->n_offers = plan->n_offers;
    r->n_companies = plan->n_companies;
    r->n_pairs = plan->n_pairs;
    r->n_years = plan->grid.n_years;
    r->n_months = plan->grid.n_months;
    r->n_replicates = plan->n_replicates;
    r->path_weight = (double)((uint64_t)1 << plan->weight_log2);
    r->n_controls = plan->n_controls;
    if (r->n_controls)
        r->n_control_sums = lq_control_target(r->n_controls, r->n_offers + 3 * r->n_pairs);
    if (create_parts(plan, r, capacity)) return r;
    lq_result_destroy(r);
    return NULL;
}

lq_result *lq_result_create(const lq_plan *plan, size_t capacity)
{
    return create(plan, capacity, false);
}

lq_result *lq_result_create_totals(const lq_plan *plan)
{
    return create(plan, 0, true);
}

static void destroy_offer(const lq_result *r, lq_offer_result *o)
{
    lq_tally_destroy(o->total);
    lq_tally_destroy(o->cash);
    lq_tally_destroy(o->equity);
    lq_tally_destroy(o->tax);
    lq_tally_destroy(o->gross_equity);
    destroy_tallies(o->by_year, r->n_years);
    destroy_tallies(o->fan, r->n_months + 1);
    lq_counts_destroy(o->cash_month);
}

static void destroy_company(const lq_result *r, lq_company_result *c)
{
    for (int k = 0; k < LQ_EXIT_KINDS; k++)
        lq_counts_destroy(c->exit_month[k]);
    destroy_tallies(c->fan, r->n_months + 1);
    lq_free(c->tender_month);
}

void lq_result_destroy(lq_result *r)
{
    if (!r) return;
    for (size_t i = 0; r->offers && i < r->n_offers; i++)
        destroy_offer(r, &r->offers[i]);
    for (size_t i = 0; r->companies && i < r->n_companies; i++)
        destroy_company(r, &r->companies[i]);
    lq_free(r->offers);
    lq_free(r->companies);
    destroy_tallies(r->differences, r->n_pairs);
    lq_free(r->controls);
    lq_locks_destroy(r->locks);
    lq_free(r->rows.total);
    lq_free(r->rows.received);
    lq_free(r->rows.value);
    lq_free(r->rows.exit_kind);
    lq_free(r->rows.exit_month);
    lq_free(r->rows.path);
    lq_free(r);
}

#include "engine/engine.h"

#include "base/alloc.h"

#include <assert.h>
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

static bool create_offer(const lq_plan *plan, lq_offer_result *r)
{
    const lq_tally_shape part = with_replicates(plan, LQ_TALLY_PART);
    const lq_tally_shape total =
        plan->has_growth ? with_replicates(plan, LQ_TALLY_TOTAL) : part;
    const size_t years = plan->grid.n_years, months = plan->grid.n_months + 1;
    r->total = lq_tally_create(&total);
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
        if (!create_offer(plan, &r->offers[i])) return false;
    for (size_t i = 0; i < r->n_companies; i++)
        if (!create_company(plan, &r->companies[i])) return false;
    r->controls = lq_calloc(r->n_replicates * r->n_control_sums + 1, sizeof *r->controls);
    return r->controls && create_rows(r, &r->rows, capacity);
}

lq_result *lq_result_create(const lq_plan *plan, size_t capacity)
{
    lq_result *r = lq_calloc(1, sizeof *r);
    if (!r) return NULL;
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
    lq_free(r->rows.total);
    lq_free(r->rows.received);
    lq_free(r->rows.value);
    lq_free(r->rows.exit_kind);
    lq_free(r->rows.exit_month);
    lq_free(r->rows.path);
    lq_free(r);
}

/* ---- merging: integers add ---- */

static void merge_tallies(lq_tally *const *into, lq_tally *const *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lq_tally_merge(into[i], from[i]);
}

static void merge_sums(lq_cents *into, const lq_cents *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        into[i] += from[i];
}

static void merge_offer(const lq_result *r, lq_offer_result *a, const lq_offer_result *b)
{
    lq_tally_merge(a->total, b->total);
    lq_tally_merge(a->cash, b->cash);
    lq_tally_merge(a->equity, b->equity);
    lq_tally_merge(a->tax, b->tax);
    lq_tally_merge(a->gross_equity, b->gross_equity);
    merge_tallies(a->by_year, b->by_year, r->n_years);
    merge_tallies(a->fan, b->fan, r->n_months + 1);
    lq_counts_merge(a->cash_month, b->cash_month);
    merge_sums(a->sums[0], b->sums[0], LQ_OFFER_SUMS * LQ_MAX_REPLICATES);
}

static void merge_company(const lq_result *r, lq_company_result *a, const lq_company_result *b)
{
    for (int k = 0; k < LQ_EXIT_KINDS; k++)
        lq_counts_merge(a->exit_month[k], b->exit_month[k]);
    merge_tallies(a->fan, b->fan, r->n_months + 1);
    for (size_t k = 0; k <= r->n_months; k++)
        a->tender_month[k] += b->tender_month[k];
    merge_sums(a->sums[0], b->sums[0], LQ_COMPANY_SUMS * LQ_MAX_REPLICATES);
}

static void copy_row(const lq_result *r, lq_path_rows *a, const lq_path_rows *b, size_t from)
{
    const size_t months = r->n_months + 1, o = r->n_offers, c = r->n_companies, to = a->n_paths;
    memcpy(a->total + to * o, b->total + from * o, o * sizeof(double));
    memcpy(a->received + to * o * months, b->received + from * o * months,
           o * months * sizeof(double));
    memcpy(a->value + to * c * months, b->value + from * c * months,
           c * months * sizeof(double));
    memcpy(a->exit_kind + to * c, b->exit_kind + from * c, c * sizeof(double));
    memcpy(a->exit_month + to * c, b->exit_month + from * c, c * sizeof(double));
    a->path[to] = b->path[from];
    a->n_paths++;
}

/* Rows stay sorted by path number, whatever the order of merging. */
static void merge_rows(const lq_result *r, lq_path_rows *a, const lq_path_rows *b)
{
    for (size_t i = 0; i < b->n_paths && a->n_paths < a->capacity; i++)
        copy_row(r, a, b, i);
}

void lq_result_merge(lq_result *into, const lq_result *from)
{
    for (size_t i = 0; i < into->n_offers; i++)
        merge_offer(into, &into->offers[i], &from->offers[i]);
    for (size_t i = 0; i < into->n_companies; i++)
        merge_company(into, &into->companies[i], &from->companies[i]);
    merge_tallies(into->differences, from->differences, into->n_pairs);
    lq_strata_sums_merge(&into->growth, &from->growth);
    assert(into->n_control_sums == from->n_control_sums);
    merge_sums(into->controls, from->controls, into->n_replicates * into->n_control_sums);
    merge_rows(into, &into->rows, &from->rows);
    into->n_paths += from->n_paths;
    into->n_traced += from->n_traced;
    for (uint32_t k = 0; k < into->n_replicates; k++)
        into->replicate_paths[k] += from->replicate_paths[k];
    into->interrupted |= from->interrupted;
}

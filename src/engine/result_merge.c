#include "engine/engine.h"
#include "engine/locks.h"

#include <assert.h>
#include <string.h>

/* ---- merging: integers add ---- */

/* lq_tally_drain, or: */
typedef void tally_merge(lq_tally *into, lq_tally *from);

static void merge_tally(lq_tally *into, lq_tally *from)
{
    lq_tally_merge(into, from);
}

static void merge_tallies(lq_tally *const *into, lq_tally *const *from, size_t n,
                          tally_merge *merge)
{
    for (size_t i = 0; i < n; i++)
        merge(into[i], from[i]);
}

static void merge_sums(lq_cents *into, const lq_cents *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        into[i] += from[i];
}

/* What the figures of a world are read from, and what is made of it when a run ends. */
static void merge_offer_world(const lq_result *r, lq_offer_result *a, const lq_offer_result *b,
                              tally_merge *merge)
{
    merge(a->total, b->total);
    merge_sums(a->sums[0], b->sums[0], LQ_OFFER_SUMS * LQ_MAX_REPLICATES);
    if (r->totals_only) return;
    merge(a->equity, b->equity);
    merge_tallies(a->by_year, b->by_year, r->n_years, merge);
}

static void merge_offer_rest(const lq_result *r, lq_offer_result *a, const lq_offer_result *b,
                             tally_merge *merge)
{
    if (r->totals_only) return;
    merge(a->cash, b->cash);
    merge(a->tax, b->tax);
    merge(a->gross_equity, b->gross_equity);
    merge_tallies(a->fan, b->fan, r->n_months + 1, merge);
    lq_counts_merge(a->cash_month, b->cash_month);
}

static void merge_company(const lq_result *r, lq_company_result *a, const lq_company_result *b,
                          tally_merge *merge)
{
    for (int k = 0; k < LQ_EXIT_KINDS; k++)
        lq_counts_merge(a->exit_month[k], b->exit_month[k]);
    merge_tallies(a->fan, b->fan, r->n_months + 1, merge);
    for (size_t k = 0; k <= r->n_months; k++)
        a->tender_month[k] += b->tender_month[k];
    merge_sums(a->sums[0], b->sums[0], LQ_COMPANY_SUMS * LQ_MAX_REPLICATES);
}

static void copy_row(const lq_result *r, lq_path_rows *a, size_t to, const lq_path_rows *b,
                     size_t from)
{
    const size_t months = r->n_months + 1, o = r->n_offers, c = r->n_companies;
    memcpy(a->total + to * o, b->total + from * o, o * sizeof(double));
    memcpy(a->received + to * o * months, b->received + from * o * months,
           o * months * sizeof(double));
    memcpy(a->value + to * c * months, b->value + from * c * months,
           c * months * sizeof(double));
    memcpy(a->exit_kind + to * c, b->exit_kind + from * c, c * sizeof(double));
    memcpy(a->exit_month + to * c, b->exit_month + from * c, c * sizeof(double));
    a->path[to] = b->path[from];
}

/* The first of the largest path number; n_paths > 0. */
static size_t last_row(const lq_path_rows *rows)
{
    size_t last = 0;
    for (size_t i = 1; i < rows->n_paths; i++)
        if (rows->path[i] > rows->path[last]) last = i;
    return last;
}

/* Where there is no more room a smaller number takes the place of the largest: the same rows,
 * whatever the order of merging. */
static void merge_rows(const lq_result *r, lq_path_rows *a, const lq_path_rows *b)
{
    for (size_t i = 0; i < b->n_paths && a->capacity; i++) {
        const bool full = a->n_paths == a->capacity;
        const size_t to = full ? last_row(a) : a->n_paths++;
        if (!full || b->path[i] < a->path[to]) copy_row(r, a, to, b, i);
    }
}

static void swap(double *a, double *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double x = a[i];
        a[i] = b[i];
        b[i] = x;
    }
}

void lq_result_sort_rows(lq_result *r)
{
    lq_path_rows *rows = &r->rows;
    const size_t months = r->n_months + 1, o = r->n_offers, c = r->n_companies;
    for (size_t n = rows->n_paths; n > 1; n--) {
        const lq_path_rows upto = {.n_paths = n, .path = rows->path};
        const size_t from = last_row(&upto), to = n - 1;
        if (from == to) continue;
        swap(rows->total + to * o, rows->total + from * o, o);
        swap(rows->received + to * o * months, rows->received + from * o * months, o * months);
        swap(rows->value + to * c * months, rows->value + from * c * months, c * months);
        swap(rows->exit_kind + to * c, rows->exit_kind + from * c, c);
        swap(rows->exit_month + to * c, rows->exit_month + from * c, c);
        const uint64_t path = rows->path[to];
        rows->path[to] = rows->path[from];
        rows->path[from] = path;
    }
}

static void merge_rest(lq_result *into, const lq_result *from)
{
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

void lq_result_merge(lq_result *into, const lq_result *from)
{
    for (size_t i = 0; i < into->n_offers; i++) {
        merge_offer_world(into, &into->offers[i], &from->offers[i], merge_tally);
        merge_offer_rest(into, &into->offers[i], &from->offers[i], merge_tally);
    }
    for (size_t i = 0; i < into->n_companies && !into->totals_only; i++)
        merge_company(into, &into->companies[i], &from->companies[i], merge_tally);
    merge_tallies(into->differences, from->differences, into->n_pairs, merge_tally);
    merge_rest(into, from);
}

/* ---- emptying ---- */

static void clear_tallies(lq_tally *const *tallies, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lq_tally_clear(tallies[i]);
}

static void clear_offer_world(const lq_result *r, lq_offer_result *o)
{
    lq_tally_clear(o->total);
    memset(o->sums, 0, sizeof o->sums);
    if (r->totals_only) return;
    lq_tally_clear(o->equity);
    clear_tallies(o->by_year, r->n_years);
}

static void clear_offer_rest(const lq_result *r, lq_offer_result *o)
{
    if (r->totals_only) return;
    lq_tally_clear(o->cash);
    lq_tally_clear(o->tax);
    lq_tally_clear(o->gross_equity);
    clear_tallies(o->fan, r->n_months + 1);
    lq_counts_clear(o->cash_month);
}

static void clear_company(const lq_result *r, lq_company_result *c)
{
    for (int k = 0; k < LQ_EXIT_KINDS; k++)
        lq_counts_clear(c->exit_month[k]);
    clear_tallies(c->fan, r->n_months + 1);
    memset(c->tender_month, 0, (r->n_months + 1) * sizeof *c->tender_month);
    memset(c->sums, 0, sizeof c->sums);
}

static void clear_rest(lq_result *r)
{
    r->growth = (lq_strata_sums){0};
    memset(r->controls, 0, r->n_replicates * r->n_control_sums * sizeof *r->controls);
    memset(r->replicate_paths, 0, sizeof r->replicate_paths);
    r->rows.n_paths = 0;
    r->n_paths = r->n_traced = 0;
    r->interrupted = false;
}

void lq_result_clear(lq_result *r)
{
    for (size_t i = 0; i < r->n_offers; i++) {
        clear_offer_world(r, &r->offers[i]);
        clear_offer_rest(r, &r->offers[i]);
    }
    for (size_t i = 0; i < r->n_companies && !r->totals_only; i++)
        clear_company(r, &r->companies[i]);
    clear_tallies(r->differences, r->n_pairs);
    clear_rest(r);
}

static void drain_offer(lq_result *into, lq_result *from, size_t i, bool all)
{
    merge_offer_world(into, &into->offers[i], &from->offers[i], lq_tally_drain);
    clear_offer_world(from, &from->offers[i]);
    if (!all) return;
    merge_offer_rest(into, &into->offers[i], &from->offers[i], lq_tally_drain);
    clear_offer_rest(from, &from->offers[i]);
}

/* Part by part; they are independent, and integers add up to the same bits whoever adds them.
 * The last one is the rest. */
static void drain_part(lq_result *into, lq_result *from, size_t part, bool all)
{
    const size_t pair = part - into->n_offers, company = pair - into->n_pairs;
    if (part < into->n_offers) {
        drain_offer(into, from, part, all);
    } else if (pair < into->n_pairs) {
        lq_tally_drain(into->differences[pair], from->differences[pair]);
    } else if (company == into->n_companies) {
        merge_rest(into, from);
        clear_rest(from);
    } else if (all && !into->totals_only) {
        merge_company(into, &into->companies[company], &from->companies[company],
                      lq_tally_drain);
        clear_company(from, &from->companies[company]);
    }
}

static void drain(lq_result *into, lq_result *from, int n_threads, bool all)
{
    const size_t n = into->n_offers + into->n_pairs + into->n_companies + 1;
#pragma omp parallel for schedule(dynamic) num_threads(n_threads) if (!into->totals_only)
    for (size_t i = 0; i < n; i++) {
        lq_locks_take(into->locks, i);
        drain_part(into, from, i, all);
        lq_locks_leave(into->locks, i);
    }
}

void lq_result_drain(lq_result *into, lq_result *from, int n_threads)
{
    drain(into, from, n_threads, true);
}

void lq_result_drain_world(lq_result *into, lq_result *from, int n_threads)
{
    drain(into, from, n_threads, false);
}

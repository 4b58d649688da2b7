#include "plan/laws.h"
#include "plan/nearest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pairs whose correlation is not what their betas give. */
typedef struct pairs {
    const lq_pair_correlation *items;
    size_t len;
} pairs;

/* Companies named in pairs, in the order of their ids (so that inserting changes nothing). */
static size_t named_companies(const lq_builder *b, pairs set, size_t *index)
{
    size_t n = 0;
    for (size_t i = 0; i < b->scenario->companies.len; i++) {
        const char *id = lq_builder_company(b, i)->id;
        bool named = false;
        for (size_t p = 0; p < set.len; p++)
            named |= strcmp(set.items[p].a, id) == 0 || strcmp(set.items[p].b, id) == 0;
        if (!named) continue;
        size_t at = n++;
        for (; at && strcmp(lq_builder_company(b, index[at - 1])->id, id) > 0; at--)
            index[at] = index[at - 1];
        index[at] = i;
    }
    return n;
}

static double rho_market(const lq_builder *b, size_t company)
{
    const lq_company *c = lq_builder_company(b, company);
    const double sd = lq_builder_number(b, &c->volatility, "companies", c->id, "volatility");
    return sd > 0.0 ? lq_build_market_loading(b, c, sd) / sd : 0.0;
}

/* ---- sectors ---- */

static const lq_sector *sector_of(const lq_builder *b, const lq_company *c)
{
    const lq_sector *sectors = b->scenario->market.sectors.items;
    for (size_t i = 0; c->sector && i < b->scenario->market.sectors.len; i++)
        if (strcmp(sectors[i].id, c->sector) == 0) return &sectors[i];
    return NULL;
}

/* What of a company's returns is its sector's, a standard deviation as rho_market is one. */
static double rho_sector(const lq_builder *b, size_t company)
{
    const lq_company *c = lq_builder_company(b, company);
    const lq_sector *sector = sector_of(b, c);
    const double rho = rho_market(b, company);
    const double share =
        c->sector_share.given
            ? lq_builder_number(b, &c->sector_share, "companies", c->id, "sector_share")
            : lq_builder_number(b, &sector->share, "market.sectors", sector->id, "share");
    return sqrt((1.0 - rho * rho) * share);
}

static bool has_pair(pairs set, const char *a, const char *b)
{
    for (size_t p = 0; p < set.len; p++)
        if ((strcmp(set.items[p].a, a) == 0 && strcmp(set.items[p].b, b) == 0) ||
            (strcmp(set.items[p].a, b) == 0 && strcmp(set.items[p].b, a) == 0))
            return true;
    return false;
}

/* Those that are written, then those of members of one sector; without items: no memory. */
static pairs all_pairs(const lq_builder *b)
{
    const size_t n = b->scenario->companies.len;
    const lq_list *written = &b->scenario->market.correlations;
    lq_pair_correlation *all = lq_arena_calloc(b->arena, written->len + n * n + 1, sizeof *all);
    pairs set = {all, written->len};
    if (!all) return set;
    if (written->len) memcpy(all, written->items, written->len * sizeof *all);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            const lq_company *x = lq_builder_company(b, i), *y = lq_builder_company(b, j);
            const lq_sector *sector = sector_of(b, x);
            if (!sector || sector != sector_of(b, y) || has_pair(set, y->id, x->id)) continue;
            all[set.len++] =
                (lq_pair_correlation){y->id, x->id,
                                      lq_value_constant(rho_market(b, i) * rho_market(b, j) +
                                                        rho_sector(b, i) * rho_sector(b, j)),
                                      sector->share.mark};
        }
    return set;
}

/* ---- the matrix ---- */

static size_t position(const lq_builder *b, const size_t *index, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(lq_builder_company(b, index[i])->id, id) == 0) return i;
    return n;
}

/* Full correlation matrix [n + 1][n + 1] of the market (row 0) and the named companies. */
static void fill_full(const lq_builder *b, pairs set, const size_t *index, size_t n,
                      double *full)
{
    const lq_pair_correlation *pair = set.items;
    const size_t m = n + 1;
    full[0] = 1.0;
    for (size_t i = 0; i < n; i++)
        full[i + 1] = rho_market(b, index[i]);
    for (size_t i = 1; i < m; i++)
        for (size_t j = 0; j < m; j++)
            full[i * m + j] = i == j ? 1.0 : j == 0 ? full[i] : full[i] * full[j];
    for (size_t p = 0; p < set.len; p++) {
        const size_t i = position(b, index, n, pair[p].a), j = position(b, index, n, pair[p].b);
        if (i == n || j == n || i == j) continue;
        const double value =
            lq_builder_number(b, &pair[p].value, "market.correlations", pair[p].a, pair[p].b);
        full[(i + 1) * m + j + 1] = full[(j + 1) * m + i + 1] = value;
    }
}

static lq_status refuse(const lq_builder *b, pairs set, const double *full, size_t n,
                        lq_error *err)
{
    const lq_pair_correlation *pair = set.items;
    const bool written = b->scenario->market.correlations.len > 0;
    const double least = lq_smallest_eigenvalue(b->arena, full, n + 1);
    char got[160]; /* what holds together as returns may not as what jumps leave of them */
    int used = snprintf(got, sizeof got, "smallest eigenvalue %.4f%s with", least,
                        least > 1e-9 ? ", but jumps, nobody else's, leave too little," : "");
    for (size_t p = 0; p < set.len && used > 0 && (size_t)used < sizeof got; p++)
        used += snprintf(got + used, sizeof got - (size_t)used, "%s %s-%s %.2f", p ? "," : "",
                         pair[p].a, pair[p].b, pair[p].value.p[0]);
    const lq_mark mark = pair[0].mark;
    return LQ_FAIL(err, LQ_ECONFIG, .file = mark.file, .line = mark.line, .column = mark.column,
                   .key = written ? "market.correlations" : "market.sectors",
                   .expected =
                       "correlations that can hold together (positive definite with each "
                       "company's correlation with the market), or market.repair: nearest",
                   .got = got);
}

/* How a company's own returns hang on its normals: by a straight line, and by what of a
 * Student-t map is none. Correlations are of the whole return; jumps, the rest of it, are
 * nobody else's. */
typedef struct carried {
    double linear, bent;
} carried;

static carried carried_by(const lq_builder *b, size_t company)
{
    const lq_company *c = lq_builder_company(b, company);
    const lq_student_plan *student = &b->plan->own[company].student;
    const lq_jump_law jumps = lq_build_jump_law(b, c);
    if (student->piece) {
        const double linear = lq_student_linear(student);
        return (carried){linear, sqrt(1.0 - linear * linear)};
    }
    if (jumps.rate <= 0.0) return (carried){1.0, 0.0};
    const double sd = lq_builder_number(b, &c->volatility, "companies", c->id, "volatility");
    const double market = lq_build_market_loading(b, c, sd);
    const double own = sd * sd - market * market;
    const double jumping = jumps.rate * (jumps.mean * jumps.mean + jumps.sd * jumps.sd);
    return (carried){sqrt(1.0 - jumping / own), 0.0};
}

/* The correlation r of two normals that gives their returns the one wanted. Of an odd map what
 * is no straight line goes with r^3 and higher powers; all of it with r^3 is within 0.01. */
static double of_normals(double wanted, carried x, carried y)
{
    const double linear = x.linear * y.linear, bent = x.bent * y.bent;
    if (bent == 0.0) return wanted / linear;
    double low = -1.0, high = 1.0;
    if (!(fabs(wanted) < linear + bent)) return wanted;
    for (int i = 0; i < 60; i++) {
        const double r = 0.5 * (low + high);
        if (r * (linear + bent * r * r) < wanted)
            low = r;
        else
            high = r;
    }
    return 0.5 * (low + high);
}

/* Cholesky of the residual correlation; false when it is not positive definite. */
static bool factorise(const lq_builder *b, const size_t *index, const double *full, size_t n,
                      double *factor)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            const double ri = full[i + 1], rj = full[j + 1];
            const double wanted = (full[(i + 1) * (n + 1) + j + 1] - ri * rj) /
                                  sqrt((1.0 - ri * ri) * (1.0 - rj * rj));
            double sum =
                i == j ? 1.0
                       : of_normals(wanted, carried_by(b, index[i]), carried_by(b, index[j]));
            for (size_t k = 0; k < j; k++)
                sum -= factor[i * n + k] * factor[j * n + k];
            if (i == j && !(sum > 1e-12)) return false;
            factor[i * n + j] = i == j ? sqrt(sum) : sum / factor[j * n + j];
        }
    return true;
}

/* What the nearest correlations are where they were asked for, told in the plan. */
static bool repair(lq_builder *b, pairs set, const size_t *index, size_t n, double *full)
{
    const lq_pair_correlation *pair = set.items;
    const char *text = "", *gap = "";
    if (!b->scenario->market.repair || !lq_nearest_correlation(b->arena, full, n + 1))
        return false;
    for (size_t p = 0; p < set.len; p++) {
        const size_t i = position(b, index, n, pair[p].a), j = position(b, index, n, pair[p].b);
        if (i == n || j == n || i == j) continue;
        text = lq_arena_printf(b->arena, "%s%s%s-%s %.3g (%.3g)", text, gap, pair[p].a,
                               pair[p].b, full[(i + 1) * (n + 1) + j + 1], pair[p].value.p[0]);
        gap = ", ";
    }
    b->plan->repaired = text;
    return true;
}

lq_status lq_build_mix(lq_builder *b, lq_error *err)
{
    const lq_market *market = &b->scenario->market;
    if (market->correlations.len == 0 && market->sectors.len == 0) return LQ_OK;
    const pairs set = all_pairs(b);
    if (set.items && set.len == 0) return LQ_OK;
    size_t *index = lq_arena_calloc(b->arena, b->scenario->companies.len + 1, sizeof *index);
    if (!set.items || !index) return LQ_FAIL(err, LQ_ENOMEM, .key = "market.correlations");
    const size_t n = named_companies(b, set, index);
    double *factor = lq_arena_calloc(b->arena, n * n + 1, sizeof *factor);
    double *full = lq_arena_calloc(b->arena, (n + 1) * (n + 1), sizeof *full);
    if (!factor || !full) return LQ_FAIL(err, LQ_ENOMEM, .key = "market.correlations");
    fill_full(b, set, index, n, full);
    if (!factorise(b, index, full, n, factor) &&
        !(repair(b, set, index, n, full) && factorise(b, index, full, n, factor)))
        return refuse(b, set, full, n, err);
    b->plan->mix = (lq_mix_plan){
        .n = n, .company = index, .factor = factor, .n_months = b->plan->grid.n_months};
    return LQ_OK;
}

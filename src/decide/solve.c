#include "decide/solve.h"

#include "base/alloc.h"

#include <assert.h>
#include <math.h>

typedef struct point {
    double x, y, half;
} point;

/* All points of a problem so far, in ascending order of x, and the bracket being halved. */
typedef struct trail {
    const lq_solve_problem *problem;
    lq_status failed;
    size_t len;
    point at[LQ_SOLVE_MAX_POINTS];
    size_t n_brackets, low; /* the first one is from `low` to the point after it */
    double changes[4];      /* over the bracket before each halving, the last four */
    size_t n_halvings;
    bool jumps;
} trail;

const char *lq_solve_status_name(lq_solve_status status)
{
    static const char *const names[] = {"solved", "none", "jump", "several"};
    return names[status];
}

static void add_point(trail *t, const lq_solve_ask *ask)
{
    assert(t->len < LQ_SOLVE_MAX_POINTS);
    size_t i = t->len++;
    for (; i > 0 && t->at[i - 1].x > ask->x; i--)
        t->at[i] = t->at[i - 1];
    t->at[i] = (point){ask->x, ask->value.y, ask->value.half};
}

static bool brackets(const trail *t, size_t i)
{
    return (t->at[i].y < 0.0) != (t->at[i + 1].y < 0.0);
}

/* ---- what is asked ---- */

static size_t ask_scan(size_t number, const lq_solve_problem *p, lq_solve_ask *asks)
{
    for (size_t i = 0; i < p->n_scan; i++)
        asks[i] = (lq_solve_ask){.problem = number,
                                 .x = p->low +
                                      (p->high - p->low) * (double)i / (double)(p->n_scan - 1)};
    return p->n_scan;
}

static void find_brackets(trail *t)
{
    for (size_t i = 0; i + 1 < t->len; i++)
        if (brackets(t, i) && t->n_brackets++ == 0) t->low = i;
}

static bool is_open(const trail *t)
{
    return t->failed == LQ_OK && t->n_brackets > 0 && t->len < LQ_SOLVE_MAX_POINTS &&
           t->at[t->low + 1].x - t->at[t->low].x > t->problem->tolerance;
}

static lq_solve_ask ask_middle(trail *t, size_t number)
{
    t->changes[t->n_halvings++ % 4] = fabs(t->at[t->low + 1].y - t->at[t->low].y);
    return (lq_solve_ask){.problem = number,
                          .x = 0.5 * (t->at[t->low].x + t->at[t->low + 1].x)};
}

static void narrow(trail *t)
{
    if (!brackets(t, t->low)) t->low++;
    const double before = t->changes[(t->n_halvings + 1) % 4]; /* three halvings ago */
    t->jumps = t->n_halvings >= 3 && fabs(t->at[t->low + 1].y - t->at[t->low].y) > 0.5 * before;
}

/* Of several failures of a problem the first counts. */
static void take(trail *trails, const lq_solve_ask *asks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        trail *t = &trails[asks[i].problem];
        if (t->failed == LQ_OK) t->failed = asks[i].status;
        if (t->failed == LQ_OK) add_point(t, &asks[i]);
    }
}

/* Where |y| - half passes zero between a point inside the interval and one outside. */
static double edge(point inside, point outside)
{
    const double in = fabs(inside.y) - inside.half, out = fabs(outside.y) - outside.half;
    return inside.x + (outside.x - inside.x) * (out > in ? -in / (out - in) : 1.0);
}

static void find_interval(const trail *t, size_t i, lq_solution *out)
{
    const double w = t->at[i].y / (t->at[i].y - t->at[i + 1].y);
    const point root = {out->value, 0.0, (1.0 - w) * t->at[i].half + w * t->at[i + 1].half};
    point inside = root;
    out->low = t->at[0].x;
    for (size_t k = i + 1; k-- > 0; inside = t->at[k])
        if (fabs(t->at[k].y) > t->at[k].half) {
            out->low = edge(inside, t->at[k]);
            break;
        }
    inside = root;
    out->high = t->at[t->len - 1].x;
    for (size_t k = i + 1; k < t->len; inside = t->at[k++])
        if (fabs(t->at[k].y) > t->at[k].half) {
            out->high = edge(inside, t->at[k]);
            break;
        }
}

static lq_solution conclude(const trail *t)
{
    lq_solution s = {.failed = t->failed,
                     .value = (double)NAN,
                     .low = (double)NAN,
                     .high = (double)NAN,
                     .n_brackets = t->n_brackets};
    if (t->failed != LQ_OK) return s;
    if (t->n_brackets == 0) {
        s.status = LQ_SOLVE_NONE;
        s.below = t->at[0].y;
        s.above = t->at[t->len - 1].y;
        return s;
    }
    const point a = t->at[t->low], b = t->at[t->low + 1];
    s.status = t->jumps ? LQ_SOLVE_JUMP : t->n_brackets > 1 ? LQ_SOLVE_SEVERAL : LQ_SOLVED;
    s.value = a.x + (b.x - a.x) * a.y / (a.y - b.y);
    s.below = a.y;
    s.above = b.y;
    find_interval(t, t->low, &s);
    return s;
}

/* ---- rounds ---- */

static lq_status solve(trail *trails, size_t n, lq_solve_ask *asks, lq_solve_answer *answer,
                       void *context, lq_error *err)
{
    size_t n_asks = 0;
    for (size_t i = 0; i < n; i++)
        n_asks += ask_scan(i, trails[i].problem, asks + n_asks);
    if (n_asks) LQ_TRY(answer(context, asks, n_asks, err));
    take(trails, asks, n_asks);
    for (size_t i = 0; i < n; i++)
        if (trails[i].failed == LQ_OK) find_brackets(&trails[i]);
    for (;;) {
        n_asks = 0;
        for (size_t i = 0; i < n; i++)
            if (is_open(&trails[i])) asks[n_asks++] = ask_middle(&trails[i], i);
        if (n_asks == 0) return LQ_OK;
        LQ_TRY(answer(context, asks, n_asks, err));
        take(trails, asks, n_asks);
        for (size_t i = 0; i < n_asks; i++)
            if (trails[asks[i].problem].failed == LQ_OK) narrow(&trails[asks[i].problem]);
    }
}

lq_status lq_solve(const lq_solve_problem *problems, size_t n, lq_solve_answer *answer,
                   void *context, lq_solution *out, lq_error *err)
{
    trail *trails = lq_calloc(n + 1, sizeof *trails);
    lq_solve_ask *asks = lq_calloc(n * LQ_SOLVE_MAX_SCAN + 1, sizeof *asks);
    lq_status st = LQ_OK;
    for (size_t i = 0; trails && i < n; i++) {
        assert(problems[i].n_scan >= 2 && problems[i].n_scan <= LQ_SOLVE_MAX_SCAN);
        trails[i].problem = &problems[i];
    }
    if (trails && asks)
        st = solve(trails, n, asks, answer, context, err);
    else
        st = LQ_FAIL(err, LQ_ENOMEM, .key = "turning points");
    for (size_t i = 0; st == LQ_OK && i < n; i++)
        out[i] = conclude(&trails[i]);
    lq_free(trails);
    lq_free(asks);
    return st;
}

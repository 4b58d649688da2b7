#include "decide/solve.h"

#include <assert.h>
#include <math.h>

typedef struct point {
    double x, y, half;
} point;

/* All points so far, in ascending order of x. */
typedef struct trail {
    const lq_solve_problem *problem;
    size_t len;
    point at[LQ_SOLVE_MAX_POINTS];
} trail;

const char *lq_solve_status_name(lq_solve_status status)
{
    static const char *const names[] = {"solved", "none", "jump", "several"};
    return names[status];
}

static lq_status evaluate(trail *t, double x, lq_error *err)
{
    lq_solve_value value;
    LQ_TRY(t->problem->function(t->problem->context, x, &value, err));
    assert(t->len < LQ_SOLVE_MAX_POINTS);
    size_t i = t->len++;
    for (; i > 0 && t->at[i - 1].x > x; i--)
        t->at[i] = t->at[i - 1];
    t->at[i] = (point){x, value.y, value.half};
    return LQ_OK;
}

static lq_status scan(trail *t, lq_error *err)
{
    const lq_solve_problem *p = t->problem;
    for (size_t i = 0; i < p->n_scan; i++)
        LQ_TRY(evaluate(t, p->low + (p->high - p->low) * (double)i / (double)(p->n_scan - 1),
                        err));
    return LQ_OK;
}

static bool brackets(const trail *t, size_t i)
{
    return (t->at[i].y < 0.0) != (t->at[i + 1].y < 0.0);
}

/* Index of the lower end of the first bracket; t->len: none. */
static size_t first_bracket(const trail *t, size_t *n)
{
    size_t first = t->len;
    *n = 0;
    for (size_t i = 0; i + 1 < t->len; i++)
        if (brackets(t, i) && (*n)++ == 0) first = i;
    return first;
}

/* Halves the bracket at i until it is narrow; i moves with it. */
static lq_status bisect(trail *t, size_t *i, bool *jumps, lq_error *err)
{
    double changes[4] = {0};
    size_t n = 0;
    *jumps = false;
    while (t->at[*i + 1].x - t->at[*i].x > t->problem->tolerance &&
           t->len < LQ_SOLVE_MAX_POINTS) {
        changes[n++ % 4] = fabs(t->at[*i + 1].y - t->at[*i].y);
        LQ_TRY(evaluate(t, 0.5 * (t->at[*i].x + t->at[*i + 1].x), err));
        if (!brackets(t, *i)) ++*i;
        const double before = changes[(n + 1) % 4]; /* three halvings ago */
        *jumps = n >= 3 && fabs(t->at[*i + 1].y - t->at[*i].y) > 0.5 * before;
    }
    return LQ_OK;
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

lq_status lq_solve(const lq_solve_problem *problem, lq_solution *out, lq_error *err)
{
    assert(problem->n_scan >= 2 && problem->n_scan <= LQ_SOLVE_MAX_SCAN);
    trail t = {.problem = problem};
    LQ_TRY(scan(&t, err));
    lq_solution s = {.value = (double)NAN, .low = (double)NAN, .high = (double)NAN};
    size_t i = first_bracket(&t, &s.n_brackets);
    if (s.n_brackets == 0) {
        s.status = LQ_SOLVE_NONE;
        s.below = t.at[0].y;
        s.above = t.at[t.len - 1].y;
        *out = s;
        return LQ_OK;
    }
    bool jumps;
    LQ_TRY(bisect(&t, &i, &jumps, err));
    const point a = t.at[i], b = t.at[i + 1];
    s.status = jumps ? LQ_SOLVE_JUMP : s.n_brackets > 1 ? LQ_SOLVE_SEVERAL : LQ_SOLVED;
    s.value = a.x + (b.x - a.x) * a.y / (a.y - b.y);
    s.below = a.y;
    s.above = b.y;
    find_interval(&t, i, &s);
    *out = s;
    return LQ_OK;
}

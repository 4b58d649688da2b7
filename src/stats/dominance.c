#include "stats/dominance.h"

#include "base/alloc.h"
#include "stats/estimate.h"
#include "stats/functional.h"

#include <assert.h>
#include <math.h>

enum { N_EACH = 128, N_POINTS = 2 * N_EACH, N_SIGN_DRAWS = 500, MIN_REPLICATES = 8 };

/* Excess of F_a over F_b that counts as none. */
#define EPSILON 1e-4

/* D at the points for one order of dominance: pooled, and each row's around their mean. */
typedef struct contrast {
    double pooled[N_POINTS];
    double se[N_POINTS];
    double
        *row; /* [n_rows][N_POINTS] replicates, or what the inputs do not explain of worlds */
} contrast;

typedef struct comparison {
    uint32_t n_rows, n_degrees;
    double points[N_POINTS]; /* ascending */
    contrast order[2];       /* first: F_a - F_b; second: its integral */
} comparison;

/* Adds sign x F and sign x integral of F at the points; one sweep over the bins. */
static void add_law(const lq_law *law, const double *points, double sign, double *cdf,
                    double *integral)
{
    double mass = 0.0, sum = 0.0;
    size_t i = 0;
    for (size_t k = 0; k < N_POINTS; k++) {
        for (; i < law->len && law->bin[i].max <= points[k]; i++) {
            mass += law->bin[i].weight;
            sum += law->bin[i].weight * law->bin[i].mean;
        }
        double part = 0.0, part_integral = 0.0;
        if (i < law->len && law->bin[i].min <= points[k]) {
            const lq_law cut = {.len = 1, .bin = &law->bin[i], .n_paths = law->bin[i].weight};
            part = cut.n_paths * lq_law_cdf(&cut, points[k]);
            part_integral = cut.n_paths * lq_law_shortfall(&cut, points[k]);
        }
        cdf[k] += sign * (mass + part) / law->n_paths;
        integral[k] += sign * (mass * points[k] - sum + part_integral) / law->n_paths;
    }
}

/* Merges two ascending lists of quantiles. */
static void spread_points(const lq_law *a, const lq_law *b, double *points)
{
    size_t i = 0, j = 0;
    for (size_t k = 0; k < N_POINTS; k++) {
        const double qa = lq_law_quantile(a, ((double)(i < N_EACH ? i : 0) + 0.5) / N_EACH);
        const double qb = lq_law_quantile(b, ((double)(j < N_EACH ? j : 0) + 0.5) / N_EACH);
        const bool from_a = j == N_EACH || (i < N_EACH && qa <= qb);
        points[k] = from_a ? qa : qb;
        i += from_a;
        j += !from_a;
    }
}

/* Curves of one replicate, or pooled ones; false when out of memory or without paths. */
static bool read_curves(const lq_law_source *a, const lq_law_source *b, int32_t replicate,
                        comparison *c)
{
    lq_law *law_a = lq_law_of(a, replicate), *law_b = lq_law_of(b, replicate);
    const bool ok = law_a && law_b;
    if (ok) {
        const size_t at = replicate == LQ_POOLED ? 0 : (size_t)replicate * N_POINTS;
        if (replicate == LQ_POOLED) spread_points(law_a, law_b, c->points);
        double *first = replicate == LQ_POOLED ? c->order[0].pooled : c->order[0].row;
        double *second = replicate == LQ_POOLED ? c->order[1].pooled : c->order[1].row;
        add_law(law_a, c->points, 1.0, first + at, second + at);
        add_law(law_b, c->points, -1.0, first + at, second + at);
    }
    lq_law_destroy(law_a);
    lq_law_destroy(law_b);
    return ok;
}

/* Centres the replicates and finds their standard errors; se is at least `least`. */
static void centre(contrast *curve, uint32_t n_rows, double least)
{
    const double n = n_rows;
    for (size_t k = 0; k < N_POINTS; k++) {
        double mean = 0.0, square = 0.0;
        for (size_t r = 0; r < n_rows; r++)
            mean += curve->row[r * N_POINTS + k] / n;
        for (size_t r = 0; r < n_rows; r++) {
            curve->row[r * N_POINTS + k] -= mean;
            square += curve->row[r * N_POINTS + k] * curve->row[r * N_POINTS + k];
        }
        curve->se[k] = fmax(sqrt(square / (n - 1.0) / n), least);
    }
}

/* Money for the second order, so that its curves compare with those of the first. */
static double unit_of(const comparison *c, size_t order)
{
    return order == 0 ? 1.0 : c->points[N_POINTS - 1] - c->points[0];
}

/* Rows of worlds become what the inputs do not explain; the larger error of theirs and of the
 * replicates' counts. */
static void widen(contrast *curve, const lq_world_fit *fit, double least)
{
    const size_t n = lq_world_fit_worlds(fit);
    const double divisor = (double)n - 1.0;
    double figures[LQ_MAX_WORLDS];
    for (size_t k = 0; k < N_POINTS; k++) {
        double square = 0.0;
        for (size_t w = 0; w < n; w++)
            figures[w] = curve->row[w * N_POINTS + k];
        lq_world_fit_rest(fit, figures);
        for (size_t w = 0; w < n; w++) {
            square += figures[w] * figures[w];
            curve->row[w * N_POINTS + k] = figures[w] * sqrt((double)n / divisor);
        }
        const double se = sqrt(square / divisor / (double)n);
        curve->se[k] = lq_world_fit_is_alone(fit) ? fmax(se, least) : fmax(curve->se[k], se);
    }
}

/* The worlds' curves in the place of the replicates'. */
static void take_worlds(comparison *c, const lq_dominance_worlds *worlds, double n_paths,
                        double *rows)
{
    const size_t n = lq_world_fit_worlds(worlds->fit);
    c->order[0].row = rows;
    c->order[1].row = rows + n * N_POINTS;
    for (size_t w = 0; w < n; w++) {
        double *first = rows + w * N_POINTS, *second = first + n * N_POINTS;
        add_law(worlds->a[w], c->points, 1.0, first, second);
        add_law(worlds->b[w], c->points, -1.0, first, second);
    }
    for (size_t o = 0; o < 2; o++)
        widen(&c->order[o], worlds->fit, unit_of(c, o) / n_paths);
    c->n_rows = (uint32_t)n;
    c->n_degrees = lq_world_fit_degrees(worlds->fit);
}

/* A fixed sequence of words (Steele, Lea and Flood 2014): the verdict must not vary. */
static uint64_t next_word(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Largest |sum of signed rows| / (n se) over the points, for one draw of signs. */
static double largest_deviation(const contrast *curve, uint32_t n_rows, uint64_t *state)
{
    double sum[N_POINTS] = {0};
    uint64_t word = 0;
    for (size_t r = 0; r < n_rows; r++, word >>= 1) {
        if (r % 64 == 0) word = next_word(state);
        const double sign = word & 1 ? 1.0 : -1.0;
        for (size_t k = 0; k < N_POINTS; k++)
            sum[k] += sign * curve->row[r * N_POINTS + k];
    }
    double largest = 0.0;
    for (size_t k = 0; k < N_POINTS; k++)
        largest = fmax(largest, fabs(sum[k]) / (n_rows * curve->se[k]));
    return largest;
}

/* The 95 % point of the largest deviation, widened as Student's t is for few replicates. */
static double critical_value(const contrast *curve, uint32_t n_rows, uint32_t n_degrees)
{
    double largest[N_SIGN_DRAWS];
    uint64_t state = 0;
    for (size_t d = 0; d < N_SIGN_DRAWS; d++) {
        const double value = largest_deviation(curve, n_rows, &state);
        size_t at = d;
        for (; at > 0 && largest[at - 1] > value; at--)
            largest[at] = largest[at - 1];
        largest[at] = value;
    }
    const double widening = lq_student_975(n_degrees) / lq_student_975(0);
    return fmax(largest[N_SIGN_DRAWS * 95 / 100] * widening, lq_student_975(0));
}

/* Whether sign x D <= epsilon everywhere, is clearly negative somewhere, or clearly is not. */
typedef struct side {
    bool holds, refuted;
} side;

static side judge(const contrast *curve, double sign, double critical, double epsilon)
{
    bool within = true, somewhere = false, refuted = false;
    for (size_t k = 0; k < N_POINTS; k++) {
        const double d = sign * curve->pooled[k], margin = critical * curve->se[k];
        within = within && d <= epsilon;
        somewhere = somewhere || d < -margin;
        refuted = refuted || d > epsilon + margin;
    }
    return (side){.holds = within && somewhere, .refuted = refuted};
}

static bool equal_laws(const contrast *first)
{
    for (size_t k = 0; k < N_POINTS; k++)
        if (first->pooled[k] != 0.0) return false;
    return true;
}

static lq_dominance_result decide(comparison *c)
{
    static const lq_dominance names[] = {LQ_DOMINANCE_FIRST, LQ_DOMINANCE_SECOND};
    lq_dominance_result result = {.verdict = LQ_DOMINANCE_NONE};
    if (equal_laws(&c->order[0])) return result;
    side a, b;
    for (size_t o = 0; o < 2; o++) {
        const double epsilon = EPSILON * unit_of(c, o);
        result.critical = critical_value(&c->order[o], c->n_rows, c->n_degrees);
        a = judge(&c->order[o], 1.0, result.critical, epsilon);
        b = judge(&c->order[o], -1.0, result.critical, epsilon);
        result.winner = a.holds ? 1 : b.holds ? -1 : 0;
        result.verdict = names[o];
        if (result.winner != 0) return result;
    }
    result.verdict = a.refuted && b.refuted ? LQ_DOMINANCE_NONE : LQ_DOMINANCE_UNDETERMINED;
    return result;
}

const char *lq_dominance_name(lq_dominance verdict)
{
    static const char *const names[] = {"none", "first", "second", "undetermined"};
    return names[verdict];
}

/* Pooled curves, and the replicates' with their errors; false when out of memory. */
static bool read_all(const lq_law_source *a, const lq_law_source *b, double n_paths,
                     comparison *c, double *rows)
{
    c->order[0].row = rows;
    c->order[1].row = rows + (size_t)c->n_rows * N_POINTS;
    bool ok = true;
    for (int32_t r = LQ_POOLED; ok && r < (int32_t)c->n_rows; r++)
        ok = read_curves(a, b, r, c);
    for (size_t o = 0; ok && o < 2; o++)
        centre(&c->order[o], c->n_rows, unit_of(c, o) / n_paths);
    return ok;
}

lq_status lq_dominance_compare(const lq_tally *a, const lq_tally *b,
                               const lq_dominance_worlds *worlds, lq_dominance_result *out,
                               lq_error *err)
{
    const uint32_t n = lq_tally_shape_of(a)->n_replicates;
    assert(n >= MIN_REPLICATES && n == lq_tally_shape_of(b)->n_replicates);
    const size_t n_worlds = worlds && worlds->fit ? lq_world_fit_worlds(worlds->fit) : 0;
    const double unit = (double)((uint64_t)1 << lq_tally_shape_of(a)->weight_log2);
    const double n_paths = (double)lq_tally_weight(a) / unit;
    comparison *c = lq_calloc(1, sizeof *c);
    double *rows = lq_calloc((n + n_worlds) * 2 * N_POINTS, sizeof(double));
    lq_law_source *of_a = lq_law_source_create(a), *of_b = lq_law_source_create(b);
    bool ok = c && rows && of_a && of_b;
    if (ok) {
        c->n_rows = n;
        c->n_degrees = n - 1;
        ok = read_all(of_a, of_b, n_paths, c, rows);
    }
    if (ok && n_worlds) take_worlds(c, worlds, n_paths, rows + (size_t)n * 2 * N_POINTS);
    if (ok) *out = decide(c);
    lq_law_source_destroy(of_a);
    lq_law_source_destroy(of_b);
    lq_free(rows);
    lq_free(c);
    if (!ok) return LQ_FAIL(err, LQ_ENOMEM, .key = "dominance", .expected = "memory");
    return LQ_OK;
}

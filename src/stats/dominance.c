#include "stats/dominance.h"

#include "base/alloc.h"
#include "stats/estimate.h"
#include "stats/functional.h"

#include <assert.h>
#include <math.h>

enum { N_EACH = 128, N_POINTS = 2 * N_EACH, N_SIGN_DRAWS = 500, MIN_REPLICATES = 8 };

/* Excess of F_a over F_b that counts as none. */
#define EPSILON 1e-4

/* D at the points for one order of dominance: pooled, and each replicate's around their mean.
 */
typedef struct contrast {
    double pooled[N_POINTS];
    double se[N_POINTS];
    double *replicate; /* [n_replicates][N_POINTS] */
} contrast;

typedef struct comparison {
    uint32_t n_replicates;
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
        double *first = replicate == LQ_POOLED ? c->order[0].pooled : c->order[0].replicate;
        double *second = replicate == LQ_POOLED ? c->order[1].pooled : c->order[1].replicate;
        add_law(law_a, c->points, 1.0, first + at, second + at);
        add_law(law_b, c->points, -1.0, first + at, second + at);
    }
    lq_law_destroy(law_a);
    lq_law_destroy(law_b);
    return ok;
}

/* Centres the replicates and finds their standard errors; se is at least `least`. */
static void centre(contrast *curve, uint32_t n_replicates, double least)
{
    const double n = n_replicates;
    for (size_t k = 0; k < N_POINTS; k++) {
        double mean = 0.0, square = 0.0;
        for (size_t r = 0; r < n_replicates; r++)
            mean += curve->replicate[r * N_POINTS + k] / n;
        for (size_t r = 0; r < n_replicates; r++) {
            curve->replicate[r * N_POINTS + k] -= mean;
            square += curve->replicate[r * N_POINTS + k] * curve->replicate[r * N_POINTS + k];
        }
        curve->se[k] = fmax(sqrt(square / (n - 1.0) / n), least);
    }
}

/* A fixed sequence of words (Steele, Lea and Flood 2014): the verdict must not vary. */
static uint64_t next_word(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Largest |sum of signed replicates| / (n se) over the points, for one draw of signs. */
static double largest_deviation(const contrast *curve, uint32_t n_replicates, uint64_t *state)
{
    double sum[N_POINTS] = {0};
    uint64_t word = 0;
    for (size_t r = 0; r < n_replicates; r++, word >>= 1) {
        if (r % 64 == 0) word = next_word(state);
        const double sign = word & 1 ? 1.0 : -1.0;
        for (size_t k = 0; k < N_POINTS; k++)
            sum[k] += sign * curve->replicate[r * N_POINTS + k];
    }
    double largest = 0.0;
    for (size_t k = 0; k < N_POINTS; k++)
        largest = fmax(largest, fabs(sum[k]) / (n_replicates * curve->se[k]));
    return largest;
}

/* The 95 % point of the largest deviation, widened as Student's t is for few replicates. */
static double critical_value(const contrast *curve, uint32_t n_replicates)
{
    double largest[N_SIGN_DRAWS];
    uint64_t state = 0;
    for (size_t d = 0; d < N_SIGN_DRAWS; d++) {
        const double value = largest_deviation(curve, n_replicates, &state);
        size_t at = d;
        for (; at > 0 && largest[at - 1] > value; at--)
            largest[at] = largest[at - 1];
        largest[at] = value;
    }
    const double widening = lq_student_975(n_replicates - 1) / lq_student_975(0);
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

static lq_dominance_result decide(comparison *c, double n_paths)
{
    static const lq_dominance names[] = {LQ_DOMINANCE_FIRST, LQ_DOMINANCE_SECOND};
    const double range = c->points[N_POINTS - 1] - c->points[0];
    const double unit[] = {1.0, range};
    lq_dominance_result result = {.verdict = LQ_DOMINANCE_NONE};
    if (equal_laws(&c->order[0])) return result;
    side a, b;
    for (size_t o = 0; o < 2; o++) {
        centre(&c->order[o], c->n_replicates, unit[o] / n_paths);
        result.critical = critical_value(&c->order[o], c->n_replicates);
        a = judge(&c->order[o], 1.0, result.critical, EPSILON * unit[o]);
        b = judge(&c->order[o], -1.0, result.critical, EPSILON * unit[o]);
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

lq_status lq_dominance_compare(const lq_tally *a, const lq_tally *b, lq_dominance_result *out,
                               lq_error *err)
{
    const uint32_t n_replicates = lq_tally_shape_of(a)->n_replicates;
    assert(n_replicates >= MIN_REPLICATES &&
           n_replicates == lq_tally_shape_of(b)->n_replicates);
    comparison *c = lq_calloc(1, sizeof *c);
    double *replicates = lq_calloc((size_t)n_replicates * 2 * N_POINTS, sizeof(double));
    lq_law_source *of_a = lq_law_source_create(a), *of_b = lq_law_source_create(b);
    bool ok = c && replicates && of_a && of_b;
    if (ok) {
        c->n_replicates = n_replicates;
        c->order[0].replicate = replicates;
        c->order[1].replicate = replicates + (size_t)n_replicates * N_POINTS;
    }
    for (int32_t r = LQ_POOLED; ok && r < (int32_t)n_replicates; r++)
        ok = read_curves(of_a, of_b, r, c);
    const double unit = (double)((uint64_t)1 << lq_tally_shape_of(a)->weight_log2);
    if (ok) *out = decide(c, (double)lq_tally_weight(a) / unit);
    lq_law_source_destroy(of_a);
    lq_law_source_destroy(of_b);
    lq_free(replicates);
    lq_free(c);
    if (!ok) return LQ_FAIL(err, LQ_ENOMEM, .key = "dominance", .expected = "memory");
    return LQ_OK;
}

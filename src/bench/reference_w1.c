/* Blocks of 64 lanes, all of whose state stays in the first-level cache; stages as short loops;
 * jumps drawn as a count per path and scattered; events and money by masks. */
#include "bench/reference.h"

enum { LANES = 64, MONTHS = LQ_REFERENCE_MONTHS };

#include "bench/reference_math.h"

enum { STREAM_MONTHS = 0, STREAM_JUMPS = 1, STREAM_EVENTS = 2, MAX_JUMPS = 8 };

static const double WORDS = 4294967296.0;

typedef const lq_reference_w1 law_t;

typedef struct lanes {
    double x[2][LANES] ALIGNED; /* log2 of the share price, of the company's value */
    double paid[2][LANES] ALIGNED;
    double kept[LANES] ALIGNED; /* by who held all shares at the start */
    double claim[LANES] ALIGNED;
    double last[LANES] ALIGNED;   /* value at the last round */
    double listed[LANES] ALIGNED; /* 1 after the IPO */
    double open[LANES] ALIGNED;   /* 1 while private */
    double z[2][2][LANES] ALIGNED;
    double jump[MONTHS][LANES] ALIGNED;
    uint64_t word[2][LANES] ALIGNED, event[2][LANES] ALIGNED;
} lanes;

/* Sums from a month on: of discount factors, and of discounted vests after it. */
typedef struct sums {
    double discount[MONTHS + 2], vests[MONTHS + 1], vested[MONTHS + 1];
} sums;

static sums add_up(law_t *w)
{
    sums s;
    s.discount[MONTHS + 1] = 0.0;
    s.vests[MONTHS] = 0.0;
    s.vested[0] = 0.0;
    for (int m = MONTHS; m >= 1; m--) {
        s.discount[m] = s.discount[m + 1] + w->discount[m];
        s.vests[m - 1] = s.vests[m] + w->discount[m] * w->vest[m];
    }
    for (int m = 1; m <= MONTHS; m++)
        s.vested[m] = s.vested[m - 1] + w->vest[m];
    return s;
}

LQ_INLINE double whole(uint64_t word)
{
    return from_bits((word & 0xffffffffull) | OF_2_52) - 4503599627370496.0;
}

static void start(law_t *w, const sums *s, lanes *b)
{
    for (int l = 0; l < LANES; l++) {
        for (int i = 0; i < 2; i++) {
            b->x[i][l] = w->start_log2[i];
            b->paid[i][l] = w->salary[i] * s->discount[1];
        }
        b->kept[l] = b->open[l] = 1.0;
        b->claim[l] = w->claim;
        b->last[l] = w->value;
        b->listed[l] = 0.0;
    }
}

/* How many jumps each path has: the distribution function of a Poisson law, inverted. */
static double count_jumps(law_t *w, const uint64_t *word, double *restrict count)
{
    double below[MAX_JUMPS], p = 1.0 / exp2_lane(w->jumps * 1.4426950408889634), sum = 0.0;
    double most = 0.0;
    for (int k = 0; k < MAX_JUMPS; k++) {
        sum += p;
        below[k] = sum * WORDS;
        p *= w->jumps / (k + 1);
    }
#pragma omp simd reduction(max : most)
    for (int l = 0; l < LANES; l++) {
        const double u = whole(word[l] >> 32);
        double n = 0.0;
#pragma GCC unroll 8
        for (int k = 0; k < MAX_JUMPS; k++)
            n += u >= below[k] ? 1.0 : 0.0;
        count[l] = n;
        most = n > most ? n : most;
    }
    return most;
}

static void draw_jumps(law_t *w, const keys *k, uint64_t path0, lanes *b)
{
    double count[LANES] ALIGNED;
    const uint32_t first[2] = {0, STREAM_EVENTS};
    const double mean = w->jump_mean_log2, sd = w->jump_sd_log2;
    memset(b->jump, 0, sizeof b->jump);
    philox(k, path0, first, b->word[0], b->word[1]);
    const double most = count_jumps(w, b->word[0], count);
    for (uint32_t q = 0; 2 * q < most; q++) {
        const uint32_t address[2] = {q, STREAM_JUMPS};
        const double before = 2.0 * q;
        philox(k, path0, address, b->word[0], b->word[1]);
#pragma omp simd
        for (int l = 0; l < LANES; l++) {
            double z0, z1;
            box_muller(b->word[1][l], &z0, &z1);
            b->z[0][0][l] = count[l] > before ? FMA(sd, z0, mean) : 0.0;
            b->z[0][1][l] = count[l] > before + 1.0 ? FMA(sd, z1, mean) : 0.0;
        }
        for (int l = 0; l < LANES; l++) {
            const uint64_t one = b->word[0][l] >> 32, two = b->word[0][l] & 0xffffffffull;
            b->jump[(one * MONTHS) >> 32][l] += b->z[0][0][l];
            b->jump[(two * MONTHS) >> 32][l] += b->z[0][1][l];
        }
    }
}

static void move(law_t *w, lanes *b, int m)
{
    const double *restrict z = b->z[(m - 1) & 1][0], *restrict own = b->z[(m - 1) & 1][1];
    const double *restrict jump = b->jump[m - 1];
    double *restrict x = b->x[0], *restrict y = b->x[1];
    const double sx = w->loading_log2, cx = w->drift_log2[0], cy = w->drift_log2[1];
    const double s1 = w->shared_log2, s2 = w->own_log2;
#pragma omp simd
    for (int l = 0; l < LANES; l++) {
        x[l] += FMA(sx, z[l], cx);
        y[l] += FMA(s1, z[l], FMA(s2, own[l], cy + jump[l]));
    }
}

/* A month that vests: shares are sold; units of a company that is listed by now are paid. */
static void run_vest_month(law_t *w, lanes *b, int m)
{
    const double today = w->discount[m] * w->vest[m];
    const double a = today * w->units, c = today * w->share, threshold = w->threshold;
    const double *restrict x = b->x[0], *restrict y = b->x[1];
    const double *restrict listed = b->listed, *restrict kept = b->kept;
    double *restrict first = b->paid[0], *restrict second = b->paid[1];
#pragma omp simd
    for (int l = 0; l < LANES; l++) {
        double over = exp2_lane(y[l]) - threshold;
        over = over > 0.0 ? over : 0.0;
        first[l] = FMA(a, exp2_lane(x[l]), first[l]);
        second[l] = FMA(c * listed[l] * kept[l], over, second[l]);
    }
}

static void run_events(law_t *w, const sums *s, lanes *b, int m)
{
    const uint64_t *restrict word = b->event[(m / 12 - 1) & 1];
    const double failure = w->p_failure * WORDS, sale = w->p_sale * WORDS;
    const double exits = w->p_exit * WORDS, round = w->p_round * WORDS;
    const double vested = w->discount[m] * s->vested[m] * w->share;
    const double sold = vested + s->vests[m] * w->share;
    const double loss = (w->salary[1] - w->salary_after_failure) * s->discount[m];
    const double at_end = m == MONTHS ? vested * w->keep_at_end : 0.0;
    const double threshold = w->threshold, up = w->dilution, down = w->dilution_down;
    const double *restrict y = b->x[1];
    double *restrict kept_by = b->kept, *restrict ahead = b->claim, *restrict last = b->last;
    double *restrict listed = b->listed, *restrict is_open = b->open,
                     *restrict paid = b->paid[1];
#pragma omp simd
    for (int l = 0; l < LANES; l++) {
        const double u = whole(word[l] >> 32), v = whole(word[l]), open = is_open[l];
        const double value = exp2_lane(y[l]), kept = kept_by[l];
        double over = value - threshold, after = over - ahead[l];
        over = over > 0.0 ? over : 0.0;
        after = after > 0.0 ? after : 0.0;
        const double fails = u < failure ? open : 0.0, leaves = u < exits ? open : 0.0;
        const double to_sale = u < sale ? open : 0.0, bought = to_sale - fails;
        const double floats = leaves - to_sale, stays = open - leaves;
        const double raises = v < round ? stays : 0.0;
        const double d = value >= last[l] ? up : down;
        const double kept_now = kept * (1.0 - d * raises);
        const double claim = FMA(raises * d, value, ahead[l]);
        double rest = value - threshold - claim;
        rest = rest > 0.0 ? rest : 0.0;
        paid[l] += bought * sold * kept * after + floats * vested * kept * over +
                   stays * at_end * kept_now * rest - fails * loss;
        last[l] += raises * (value - last[l]);
        kept_by[l] = kept_now;
        ahead[l] = claim;
        listed[l] += floats;
        is_open[l] = stays;
    }
}

static void run_block(law_t *w, const sums *s, const keys *k, uint64_t path0, lanes *b)
{
    start(w, s, b);
    draw_jumps(w, k, path0, b);
    for (int m = 1; m <= MONTHS; m++) {
        if (m & 1) {
            const uint32_t address[2] = {(uint32_t)(m - 1) / 2, STREAM_MONTHS};
            philox(k, path0, address, b->word[0], b->word[1]);
            normals(b->word[0], b->z[0][0], b->z[0][1]);
            normals(b->word[1], b->z[1][0], b->z[1][1]);
        }
        move(w, b, m);
        if (w->vest[m] > 0.0) run_vest_month(w, b, m);
        if (m % 12) continue;
        if (m % 24 == 12) {
            const uint32_t address[2] = {1 + (uint32_t)m / 24, STREAM_EVENTS};
            philox(k, path0, address, b->event[0], b->event[1]);
        }
        run_events(w, s, b, m);
    }
}

void LQ_KERNEL(lq_reference_w1_run)(const lq_reference_law *law, uint64_t path0, uint64_t n,
                                    double *listed, double *private)
{
    lanes b;
    const keys k = expand(law->w1.k0, law->w1.k1);
    const sums s = add_up(&law->w1);
    for (uint64_t i = 0; i < n; i += LANES) {
        run_block(&law->w1, &s, &k, path0 + i, &b);
        memcpy(listed + i, b.paid[0], sizeof b.paid[0]);
        memcpy(private + i, b.paid[1], sizeof b.paid[1]);
    }
}

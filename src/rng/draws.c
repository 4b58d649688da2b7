#include "rng/draws.h"

#include "num/lanes.h"
#include "rng/fill.h"

#include <assert.h>
#include <string.h>

enum { LANES = LQ_FILL_LANES, HALF = LANES / 2 };

/* ---- antithetic lanes ---- */

static void mirror_words(uint64_t *w)
{
#pragma omp simd
    for (int l = 0; l < HALF; l++)
        w[HALF + l] = ~w[l];
}

static void mirror_normals(double *rows, size_t n_rows)
{
    for (size_t k = 0; k < n_rows; k++) {
        double *z = rows + k * LANES;
#pragma omp simd
        for (int l = 0; l < HALF; l++)
            z[HALF + l] = -z[l];
    }
}

/* ---- points ---- */

/* 64 consecutive points: what the bits above the sixth say is common, the lane's own bits are
 * added by doubling. */
static void points(const lq_block_address *at, size_t dimension, uint32_t *restrict out)
{
    const lq_sobol_plan *plan = at->sobol;
    const lq_sobol_dimension *d =
        &plan->dimensions[at->replicate * plan->n_dimensions + dimension];
    const uint32_t base = lq_sobol_at(d, at->index0);
    const uint32_t c0 = d->column[0], c1 = d->column[1], c2 = d->column[2], c3 = d->column[3],
                   c4 = d->column[4], c5 = d->column[5];
#pragma omp simd
    for (uint32_t l = 0; l < 16; l++)
        out[l] = base ^ (c0 & (0u - (l & 1u))) ^ (c1 & (0u - (l >> 1 & 1u))) ^
                 (c2 & (0u - (l >> 2 & 1u))) ^ (c3 & (0u - (l >> 3 & 1u)));
#pragma omp simd
    for (int l = 0; l < 16; l++) {
        out[16 + l] = out[l] ^ c4;
        out[32 + l] = out[l] ^ c5;
        out[48 + l] = out[l] ^ c4 ^ c5;
    }
}

/* ---- words ---- */

static const lq_sobol_words *find_words(const lq_sobol_plan *plan, uint32_t stream,
                                        uint32_t draw)
{
    for (size_t i = 0; i < plan->n_words; i++)
        if (plan->words[i].stream == stream && plan->words[i].draw == draw)
            return &plan->words[i];
    return NULL;
}

void LQ_KERNEL(lq_draws_words)(const lq_block_address *at, uint32_t stream, uint32_t draw,
                               lq_words *out)
{
    LQ_KERNEL(lq_fill_words)(at->key, at->path0, stream, draw, out->word[0], out->word[1]);
#ifdef LQ_PRECISE
    LQ_KERNEL(lq_fill_words)
    (at->key, at->path0, lq_stream_of_more(stream), draw, out->more[0], out->more[1]);
    if (at->antithetic) {
        mirror_words(out->more[0]);
        mirror_words(out->more[1]);
    }
#endif
    if (at->antithetic) {
        mirror_words(out->word[0]);
        mirror_words(out->word[1]);
    }
    const lq_sobol_words *words = at->sobol ? find_words(at->sobol, stream, draw) : NULL;
    for (int i = 0; words && i < 4; i++) {
        if (words->dimension[i] < 0) continue;
        uint32_t x[LANES] __attribute__((aligned(64)));
        points(at, (size_t)words->dimension[i], x);
        uint64_t *w = out->word[i / 2];
        const int shift = i % 2 == 0 ? 32 : 0;
        const uint64_t other = 0xffffffffull << (32 - shift);
#pragma omp simd
        for (int l = 0; l < LANES; l++)
            w[l] = (w[l] & other) | (uint64_t)x[l] << shift;
    }
}

/* ---- normals ---- */

#ifdef LQ_PRECISE
/* The digits after the 32nd of a scrambled point are random. */
static void quasi_normals(const lq_block_address *at, size_t dimension, double *restrict z)
{
    uint32_t x[LANES] __attribute__((aligned(64)));
    uint64_t w0[LANES] __attribute__((aligned(64)));
    uint64_t w1[LANES] __attribute__((aligned(64)));
    points(at, dimension, x);
    LQ_KERNEL(lq_fill_words)
    (at->key, at->path0, lq_stream_of_more(0), (uint32_t)dimension, w0, w1);
#pragma omp simd
    for (int l = 0; l < LANES; l++)
        z[l] = lq_lane_normal_quantile_52(lq_lane_uniform_52(x[l], w0[l]));
}
#else
static void quasi_normals(const lq_block_address *at, size_t dimension, double *restrict z)
{
    uint32_t x[LANES] __attribute__((aligned(64)));
    points(at, dimension, x);
#pragma omp simd
    for (int l = 0; l < LANES; l++)
        z[l] = lq_lane_normal_quantile(x[l]);
}
#endif

/* Row k - 1 holds W_k while the bridge is built. */
static void place(const lq_bridge_node *n, const double *restrict z, double *rows)
{
    double *out = rows + (size_t)(n->at - 1) * LANES;
    const double sd = n->sd, wl = n->weight_left, wr = n->weight_right;
    if (n->right == 0) {
#pragma omp simd
        for (int l = 0; l < LANES; l++)
            out[l] = sd * z[l];
        return;
    }
    const double *right = rows + (size_t)(n->right - 1) * LANES;
    if (n->left == 0) {
#pragma omp simd
        for (int l = 0; l < LANES; l++)
            out[l] = LQ_FMA(sd, z[l], wr * right[l]);
        return;
    }
    const double *left = rows + (size_t)(n->left - 1) * LANES;
#pragma omp simd
    for (int l = 0; l < LANES; l++)
        out[l] = LQ_FMA(sd, z[l], LQ_FMA(wl, left[l], wr * right[l]));
}

static void take_increments(size_t n_months, double *rows)
{
    for (size_t k = n_months; k-- > 1;) {
        double *row = rows + k * LANES;
#pragma omp simd
        for (int l = 0; l < LANES; l++)
            row[l] -= row[l - LANES];
    }
}

/* The stream's own normals, four months at a time. */
typedef struct four_months {
    size_t draw; /* SIZE_MAX: nothing yet */
    double z[4][LANES] __attribute__((aligned(64)));
} four_months;

static const double *plain_normals(const lq_block_address *at, uint32_t stream, size_t i,
                                   four_months *four)
{
    if (four->draw != i / 4) {
        four->draw = i / 4;
        LQ_KERNEL(lq_fill_draw)
        (at->key, at->path0, stream, (uint32_t)four->draw, four->z[0]);
    }
    return four->z[i % 4];
}

static const lq_sobol_factor *find_factor(const lq_sobol_plan *plan, uint32_t stream)
{
    for (size_t i = 0; i < plan->n_factors; i++)
        if (plan->factors[i].stream == stream) return &plan->factors[i];
    return NULL;
}

/* Where node i has no dimension it takes the normal that month i + 1 would have. */
static void build(const lq_block_address *at, const lq_sobol_factor *f, size_t n_months,
                  double *rows)
{
    four_months plain = {.draw = SIZE_MAX};
    double z[LANES] __attribute__((aligned(64)));
    for (size_t i = 0; i < f->n_months; i++) {
        const double *normal = z;
        if (i < f->n_first)
            quasi_normals(at, f->first + i, z);
        else if (i - f->n_first < f->n_second)
            quasi_normals(at, f->second + (i - f->n_first), z);
        else
            normal = plain_normals(at, f->stream, i, &plain);
        place(&f->nodes[i], normal, rows);
    }
    take_increments(f->n_months, rows);
    for (size_t i = f->n_months; i < n_months; i++)
        memcpy(rows + i * LANES, plain_normals(at, f->stream, i, &plain), sizeof z);
}

void LQ_KERNEL(lq_draws_normals)(const lq_block_address *at, uint32_t stream, size_t n_months,
                                 double *normals)
{
    const lq_sobol_factor *f = at->sobol ? find_factor(at->sobol, stream) : NULL;
    if (!f) {
        LQ_KERNEL(lq_fill_normals)(at->key, at->path0, stream, n_months, normals);
        if (at->antithetic) mirror_normals(normals, n_months);
        return;
    }
    assert(n_months >= f->n_months);
    build(at, f, n_months, normals);
}

/* Box-Muller of a complemented word is not the mirrored normal: both halves take the word of
 * the first. */
void LQ_KERNEL(lq_draws_normals_of)(const lq_block_address *at, const lq_words *words, int word,
                                    double *z0, double *z1)
{
#ifdef LQ_PRECISE
    LQ_KERNEL(lq_fill_normals_of)(words->word[word], words->more[word], z0, z1);
#else
    LQ_KERNEL(lq_fill_normals_of)(words->word[word], NULL, z0, z1);
#endif
    if (!at->antithetic) return;
    mirror_normals(z0, 1);
    mirror_normals(z1, 1);
}

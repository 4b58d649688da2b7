/**
 * @file draw.h
 * A distribution flattened for the loop: dilution of a round, payout of a bonus, discount of a
 * tender. A function of one uniform, increasing in it.
 */
#ifndef LQ_BLOCK_DRAW_H
#define LQ_BLOCK_DRAW_H

#include "num/isa.h"

#include <stdbool.h>
#include <stddef.h>

enum { LQ_DRAW_TABLE = 1024, LQ_DRAW_MAX_ATOMS = 16 };

typedef enum lq_draw_kind {
    LQ_DRAW_CONSTANT,   /**< low */
    LQ_DRAW_UNIFORM,    /**< low + (high - low) u */
    LQ_DRAW_TRIANGULAR, /**< low, mode, high */
    LQ_DRAW_TABLE_KIND, /**< table[LQ_DRAW_TABLE + 1]: quantiles at i / LQ_DRAW_TABLE, joined */
    LQ_DRAW_ATOMS       /**< atom[i] while u < up_to[i] */
} lq_draw_kind;

typedef struct lq_draw {
    lq_draw_kind kind;
    double low, mode, high;
    double mean;
    const double *table;
    size_t n_atoms;
    double atom[LQ_DRAW_MAX_ATOMS], up_to[LQ_DRAW_MAX_ATOMS];
} lq_draw;

LQ_INLINE double lq_draw_triangular(const lq_draw *d, double u)
{
    const double width = d->high - d->low, split = (d->mode - d->low) / width;
    const double below = d->low + __builtin_sqrt(u * width * (d->mode - d->low));
    const double above = d->high - __builtin_sqrt((1.0 - u) * width * (d->high - d->mode));
    return u < split ? below : above;
}

LQ_INLINE double lq_draw_joined(const lq_draw *d, double u)
{
    const double at = u * LQ_DRAW_TABLE;
    const size_t i = (size_t)at;
    return d->table[i] + (at - (double)i) * (d->table[i + 1] - d->table[i]);
}

/** The draw at u in (0, 1). */
LQ_INLINE double lq_draw_at(const lq_draw *d, double u)
{
    switch (d->kind) {
    case LQ_DRAW_CONSTANT:
        return d->low;
    case LQ_DRAW_UNIFORM:
        return d->low + (d->high - d->low) * u;
    case LQ_DRAW_TRIANGULAR:
        return lq_draw_triangular(d, u);
    case LQ_DRAW_TABLE_KIND:
        return lq_draw_joined(d, u);
    default:
        break;
    }
    size_t i = 0;
    while (i + 1 < d->n_atoms && u >= d->up_to[i])
        i++;
    return d->atom[i];
}

/** Whether the draw reads its uniform. */
LQ_INLINE bool lq_draw_varies(const lq_draw *d)
{
    return d->kind != LQ_DRAW_CONSTANT;
}

#ifdef LQ_ISA
/** out[i] = the draw at u[i]; the law is chosen once. u is not read where it does not vary. */
LQ_INLINE void lq_draw_fill(const lq_draw *d, const double *restrict u, size_t n,
                            double *restrict out)
{
    if (d->kind == LQ_DRAW_CONSTANT) {
        for (size_t i = 0; i < n; i++)
            out[i] = d->low;
        return;
    }
    if (d->kind == LQ_DRAW_UNIFORM) {
        const double low = d->low, width = d->high - low;
#pragma omp simd
        for (size_t i = 0; i < n; i++)
            out[i] = low + width * u[i];
        return;
    }
    if (d->kind == LQ_DRAW_TRIANGULAR) {
        const lq_draw law = *d;
#pragma omp simd
        for (size_t i = 0; i < n; i++)
            out[i] = lq_draw_triangular(&law, u[i]);
        return;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = lq_draw_at(d, u[i]);
}

#endif

#endif

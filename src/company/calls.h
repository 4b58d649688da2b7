/**
 * @file calls.h
 * A claim as calls on what a company leaves its shareholders. Private to the folder; for
 * kernels.
 */
#ifndef LQ_COMPANY_CALLS_H
#define LQ_COMPANY_CALLS_H

#include "company/path_stack.h"

enum { LQ_CALLS_WIDTH = 8 };

/** In whole eights; the last ones weigh nothing. */
typedef struct lq_calls {
    size_t n;
    double strike[LQ_MAX_BENDS + 4 + LQ_CALLS_WIDTH] __attribute__((aligned(64)));
    double weight[LQ_MAX_BENDS + 4 + LQ_CALLS_WIDTH] __attribute__((aligned(64)));
} lq_calls;

/** From this much of what is left on, the claim gets so much more of the next dollar. */
LQ_INLINE void lq_calls_add(lq_calls *c, double strike, double weight)
{
    c->strike[c->n] = strike;
    c->weight[c->n++] = weight;
}

/** Fills the last eight. */
LQ_INLINE void lq_calls_end(lq_calls *c)
{
    const double last = c->strike[c->n - 1];
    while (c->n % LQ_CALLS_WIDTH)
        lq_calls_add(c, last, 0.0);
}

#ifdef LQ_ISA
/** Their value. A strike on what is left of a sale is one on the whole: (strike / what the
 *  carve-out leaves + debt) / what fees leave. Strikes are used up. */
LQ_INLINE double lq_calls_value(lq_calls *c, const lq_stack *stack, const lq_path_law *law,
                                bool lists)
{
    const double rest = lists ? 1.0 : 1.0 - stack->carve_out;
    const double after_fees = lists ? 1.0 : 1.0 - stack->fees;
    const double scale = 1.0 / rest, debt = stack->debt, fees = 1.0 / after_fees;
    double sum = 0.0;
#pragma omp simd
    for (size_t i = 0; i < c->n; i++)
        c->strike[i] = lq_path_call(law->value, (c->strike[i] * scale + debt) * fees, law->sd,
                                    law->growth, law->discount);
    for (size_t i = 0; i < c->n; i++)
        sum += c->weight[i] * c->strike[i];
    return rest * after_fees * (sum > 0.0 ? sum : 0.0);
}
#endif

#endif

/* Cap tables of one path: rounds that a test writes down, and random ones with all rights. */
#ifndef STACKS_H
#define STACKS_H

#include "kernels.h"

typedef struct stack_case {
    lq_round_log rounds;
    lq_stack_plan plan;
    lq_path_stack replayed; /* the last that was asked for */
} stack_case;

/** The i-th uniform of a trial. */
double stack_uniform(uint64_t trial, uint32_t i);

void stack_round(stack_case *c, size_t n, double price, double issued, double pool,
                 double month, bool is_down);
lq_path stack_path(const stack_case *c, size_t n_rounds, double month);

/** Up to 8 classes, rounds among them, with all rights; options, debt, fees, a carve-out. Reads
 *  the trial's uniforms below 240. @return the path, one year a round. */
lq_path stack_random(stack_case *c, uint64_t trial);

/** The path's stack as a cap table of its own. */
lq_stack stack_table(stack_case *c, const lq_path *path);

#endif

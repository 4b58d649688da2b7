/**
 * @file branch.h
 * Exit expansion (R27): one recorded life of a company, its possible ends and their weights,
 * and the world as each end leaves it.
 *
 * Conditional on everything else that is drawn, the exit is a lottery with known odds. Instead
 * of one draw, a path takes every outcome with its probability, or, where there are too many,
 * LQ_SAMPLED_BRANCHES of them by systematic sampling with equal weights. Both leave every
 * expectation as it was (Rao and Blackwell; Cochran (1977), Sampling Techniques, chapter 8).
 */
#ifndef LQ_COMPANY_BRANCH_H
#define LQ_COMPANY_BRANCH_H

#include "company/company.h"

enum { LQ_MOST_BRANCHES = 16, LQ_SAMPLED_BRANCHES = 8, LQ_BRANCH_WEIGHT_LOG2 = 32 };

typedef enum lq_expansion_kind {
    LQ_EXPAND_NOT,
    LQ_EXPAND_ALL,    /**< every month and cause that the lottery has, and survival */
    LQ_EXPAND_SAMPLED /**< LQ_SAMPLED_BRANCHES, by lane */
} lq_expansion_kind;

/** What a plan expands of one company. */
typedef struct lq_expansion {
    lq_expansion_kind kind;
    size_t n_branches;
    size_t month[LQ_MOST_BRANCHES]; /**< LQ_EXPAND_ALL, ascending; K + 1: survival */
    lq_exit_kind cause[LQ_MOST_BRANCHES];
} lq_expansion;

/**
 * How a company can be expanded: all outcomes where the lottery has at most
 * LQ_MOST_BRANCHES - 1 of them and there is no floor; otherwise a sample of them.
 * @return LQ_EXPAND_NOT in kind where nothing can end.
 */
lq_expansion lq_expansion_of(const lq_company_plan *plan);

/** The ends of 64 paths. */
typedef struct lq_branches {
    double month[LQ_MOST_BRANCHES][LQ_LANES] __attribute__((aligned(64)));
    double cause[LQ_MOST_BRANCHES][LQ_LANES] __attribute__((aligned(64)));
    uint64_t weight[LQ_MOST_BRANCHES][LQ_LANES]
        __attribute__((aligned(64))); /**< sums to 2^32 over the branches, exactly */
} lq_branches;

#ifdef LQ_ISA
/** All branches of a recorded life. */
void LQ_KERNEL(lq_branches_run)(const lq_company_plan *plan, const lq_expansion *expansion,
                                const lq_company_record *record, lq_branches *out);

/** The end that the path's own draws choose: what samples and traces show (R34). */
void LQ_KERNEL(lq_branch_drawn)(const lq_company_plan *plan, const lq_company_record *record,
                                double *month, double *cause);

/**
 * The world when the life ends in month[l] by cause[l]; month K + 1: not at all.
 *
 * @param[in]  lived  What was observed of the recorded life; may share no array with out.
 * @param[out] out    Its tender rows are those of `lived`: they count before the exit only.
 */
void LQ_KERNEL(lq_branch_world)(const lq_company_plan *plan, const lq_company_record *record,
                                const double *month, const double *cause,
                                const lq_company_world *lived, lq_company_world *out);
#endif

#endif

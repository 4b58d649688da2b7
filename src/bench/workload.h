/**
 * @file workload.h
 * The workloads as the engine sees them: configs like any other. Private to the folder.
 */
#ifndef LQ_BENCH_WORKLOAD_H
#define LQ_BENCH_WORKLOAD_H

#include "bench/reference.h"
#include "plan/plan.h"

enum { LQ_W0, LQ_W1, LQ_WORKLOADS };

typedef struct lq_workload {
    const char *name;   /**< "W0" */
    const char *title;  /**< what it is, in a line */
    const char *config; /**< the text of configs/bench/NAME.yaml, which need not be installed */
    size_t offer[2];    /**< whose means are the reference's two figures ... */
    double units[2];    /**< ... times this */
    double mean[2];     /**< of the law, per figure */
    double sd[2];       /**< of one path's figure, rounded up */
    uint32_t cost;      /**< Its rounds have 1 / cost of the paths: about as long as W0's. */
    lq_reference builds; /**< the kernel made for it */
    void (*reference_law)(lq_reference_law *out);
} lq_workload;

extern const lq_workload lq_workloads[LQ_WORKLOADS];

/** A workload's scenario and plan. {0} may be cleared. */
typedef struct lq_bench_plan {
    lq_scenario *scenario;
    lq_plan *plan;
} lq_bench_plan;

/** The difference of the two offers is tallied as `run` does. */
LQ_MUST_USE lq_status lq_bench_plan_create(const lq_workload *workload, lq_bench_plan *out,
                                           lq_error *err);
void lq_bench_plan_clear(lq_bench_plan *plan);

#endif

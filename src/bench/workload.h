/**
 * @file workload.h
 * The workloads as the engine sees them: configs like any other. Private to the folder.
 */
#ifndef LQ_BENCH_WORKLOAD_H
#define LQ_BENCH_WORKLOAD_H

#include "bench/reference.h"
#include "plan/plan.h"

enum { LQ_W0, LQ_W1, LQ_W2, LQ_WORKLOADS };

typedef struct lq_workload {
    const char *name;   /**< "W0" */
    const char *title;  /**< what it is, in a line */
    const char *config; /**< the text, which need not be installed */
    uint32_t cost;      /**< Its rounds of one thread have 1 / cost of the paths ... */
    bool is_long; /**< ... and of those against two threads, and by stage, there are two */
    void (*reference_law)(lq_reference_law *out); /**< NULL: no kernel was made for it */
    lq_reference builds;                          /**< that kernel */
    size_t offer[2]; /**< whose means are the reference's two figures ... */
    double units[2]; /**< ... times this */
    double mean[2];  /**< of the law, per figure */
    double sd[2];    /**< of one path's figure, rounded up */
} lq_workload;

extern const lq_workload lq_workloads[LQ_WORKLOADS];

/** Two of n for one that is long. */
uint32_t lq_workload_rounds(const lq_workload *workload, uint32_t n);

/** A way to sample. A new one is a row: its errors are then measured against the first's. */
enum { LQ_RANDOM, LQ_SOBOL, LQ_EXPANDED, LQ_SOBOL_EXPANDED, LQ_METHODS };

typedef struct lq_bench_method {
    const char *name;        /**< "random" */
    const char *override[2]; /**< figures of the config; NULL: none */
    bool timed; /**< stands in the tables of speed too, not only among the errors */
} lq_bench_method;

extern const lq_bench_method lq_methods[LQ_METHODS];

/** The method's overrides, and the caller's up to two; NULL: none. @return how many */
enum { LQ_METHOD_OVERRIDES = 4 };
size_t lq_method_overrides(const lq_bench_method *method, const char *const more[2],
                           const char *out[LQ_METHOD_OVERRIDES]);

/** A scenario from a config's text. */
LQ_MUST_USE lq_status lq_bench_scenario(const char *name, const char *config,
                                        const char *const *overrides, size_t n,
                                        lq_scenario **out, lq_error *err);

/** A workload's scenario and plan. {0} may be cleared. */
typedef struct lq_bench_plan {
    lq_scenario *scenario;
    lq_plan *plan;
} lq_bench_plan;

/**
 * One world, what nobody knows at its mean, hazards by their closed form: a path costs what it
 * costs in a study, and none is spent before the first. The second offer less the first is
 * tallied as `run` does. Its paths suffice for any run of the benchmark.
 */
LQ_MUST_USE lq_status lq_bench_plan_create(const char *name, const char *config,
                                           const lq_bench_method *method, lq_bench_plan *out,
                                           lq_error *err);
void lq_bench_plan_clear(lq_bench_plan *plan);

/** Every workload by every method that is timed. {0} may be cleared. */
typedef struct lq_bench_plans {
    lq_bench_plan of[LQ_WORKLOADS][LQ_METHODS];
} lq_bench_plans;

LQ_MUST_USE lq_status lq_bench_plans_create(lq_bench_plans *out, lq_error *err);
void lq_bench_plans_clear(lq_bench_plans *plans);

#endif

/**
 * @file workload.h
 * W0 as the engine sees it: a config like any other. Private to the folder.
 */
#ifndef LQ_BENCH_WORKLOAD_H
#define LQ_BENCH_WORKLOAD_H

#include "bench/reference.h"
#include "plan/plan.h"

/** The exact means of the law: of the last price, and of the average of 48 prices. */
#define LQ_W0_MEAN_TERMINAL 122.14027581601698
#define LQ_W0_MEAN_AVERAGE  110.93216711136726

enum { LQ_W0_MONTHLY = 0, LQ_W0_AT_THE_END = 1, LQ_W0_UNITS = 48 };

/** The text of configs/bench/w0.yaml, which need not be installed. */
const char *lq_w0_config(void);

/** A scenario and its plan. {0} may be cleared. */
typedef struct lq_w0 {
    lq_scenario *scenario;
    lq_plan *plan;
} lq_w0;

/** The plan of W0, with the difference of the two offers tallied as `run` does. */
LQ_MUST_USE lq_status lq_w0_create(lq_w0 *out, lq_error *err);
void lq_w0_clear(lq_w0 *w0);

/** The same law for the reference kernel. */
lq_reference_w0 lq_w0_reference(void);

#endif

/**
 * @file workload_text.h
 * The configs of the workloads. Private to the folder.
 */
#ifndef LQ_BENCH_WORKLOAD_TEXT_H
#define LQ_BENCH_WORKLOAD_TEXT_H

extern const char lq_w0_config[], lq_w1_config[];

#endif

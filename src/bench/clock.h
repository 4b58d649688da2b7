/**
 * @file clock.h
 * Clocks and the pinning of a thread to a core. Private to the folder.
 */
#ifndef LQ_BENCH_CLOCK_H
#define LQ_BENCH_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

/** CPU seconds of the calling thread: other jobs on the machine do not count. */
double lq_bench_cpu_seconds(void);

double lq_bench_wall_seconds(void);

/** The middle value (the mean of the two for even n); reorders values. @pre n > 0 */
double lq_bench_median(double *values, size_t n);

/** Processors that this process may use. */
int lq_bench_processors(void);

/** Keeps the calling thread on the core that it runs on; false where the system cannot. */
bool lq_bench_pin(void);

/** Undoes lq_bench_pin: every processor of the process may be used again. */
void lq_bench_unpin(void);

#endif

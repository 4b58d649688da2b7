/**
 * @file bind.h
 * One processor for each thread of a run. Private to the folder.
 *
 * Left to themselves two threads were seen to share one processor for a whole run. The OpenMP
 * clause proc_bind has no effect without places, which only the environment can give.
 */
#ifndef LQ_ENGINE_BIND_H
#define LQ_ENGINE_BIND_H

#include <stdbool.h>
#include <stddef.h>

/** What a thread was allowed before it was bound. */
typedef struct lq_binding {
    bool bound;
    unsigned long allowed[16]; /**< A bit per processor, up to 1,024. */
} lq_binding;

/**
 * Binds the calling thread, `thread` of `n_threads`, to a processor of its own, spread over
 * those that it may use. Does nothing for one thread, with fewer processors than threads, or
 * when the user has said where threads go (OMP_PROC_BIND, OMP_PLACES, GOMP_CPU_AFFINITY).
 */
lq_binding lq_bind_thread(int thread, int n_threads);

/** Lets the thread run again where it could before. */
void lq_unbind_thread(const lq_binding *binding);

#endif

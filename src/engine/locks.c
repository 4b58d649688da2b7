#include "engine/locks.h"

#include "base/alloc.h"

#include <omp.h>

struct lq_locks {
    size_t n;
    omp_lock_t lock[];
};

lq_locks *lq_locks_create(size_t n)
{
    lq_locks *locks = lq_calloc(1, sizeof *locks + n * sizeof *locks->lock);
    if (!locks) return NULL;
    locks->n = n;
    for (size_t i = 0; i < n; i++)
        omp_init_lock(&locks->lock[i]);
    return locks;
}

void lq_locks_destroy(lq_locks *locks)
{
    for (size_t i = 0; locks && i < locks->n; i++)
        omp_destroy_lock(&locks->lock[i]);
    lq_free(locks);
}

void lq_locks_take(lq_locks *locks, size_t i)
{
    omp_set_lock(&locks->lock[i]);
}

void lq_locks_leave(lq_locks *locks, size_t i)
{
    omp_unset_lock(&locks->lock[i]);
}

/**
 * @file locks.h
 * One lock for each part of a result, so that threads can merge into it at the same time.
 * Private to the folder.
 */
#ifndef LQ_ENGINE_LOCKS_H
#define LQ_ENGINE_LOCKS_H

#include <stddef.h>

typedef struct lq_locks lq_locks;

/** n open locks; NULL when out of memory. */
lq_locks *lq_locks_create(size_t n);
void lq_locks_destroy(lq_locks *locks);

void lq_locks_take(lq_locks *locks, size_t i);
void lq_locks_leave(lq_locks *locks, size_t i);

#endif

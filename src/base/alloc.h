/**
 * @file alloc.h
 * The only door to the heap. Tests replace the hooks to count or to fail allocations.
 */
#ifndef LQ_BASE_ALLOC_H
#define LQ_BASE_ALLOC_H

#include <stddef.h>

typedef struct lq_allocator {
    void *(*calloc_fn)(size_t count, size_t size);
    void (*free_fn)(void *ptr);
} lq_allocator;

/** Zeroed memory for count objects, or NULL. Multiplication cannot overflow unseen. */
void *lq_calloc(size_t count, size_t size);

/** Frees memory from lq_calloc; NULL is fine. */
void lq_free(void *ptr);

/** Swaps the hooks and returns the old ones. Call before any thread starts. */
lq_allocator lq_allocator_swap(lq_allocator next);

#endif

#include "base/alloc.h"

#include <stdlib.h>

static lq_allocator hooks = {.calloc_fn = calloc, .free_fn = free};

void *lq_calloc(size_t count, size_t size)
{
    return hooks.calloc_fn(count, size);
}

void lq_free(void *ptr)
{
    hooks.free_fn(ptr);
}

lq_allocator lq_allocator_swap(lq_allocator next)
{
    const lq_allocator old = hooks;
    hooks = next;
    return old;
}

#include "lq_test.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

void lq_assert_near(double got, double want, double tol, const char *what, const char *file,
                    int line)
{
    if (fabs(got - want) <= tol) return;
    print_error("%s = %.17g, want %.17g +- %g\n", what, got, want, tol);
    _fail(file, line);
}

static lq_allocator saved;
static int budget, live;

static void *counting_calloc(size_t count, size_t size)
{
    if (budget-- <= 0) return NULL;
    live++;
    return calloc(count, size);
}

static void counting_free(void *ptr)
{
    live -= ptr != NULL;
    free(ptr);
}

void lq_heap_permit(int permitted)
{
    budget = permitted;
    live = 0;
    saved = lq_allocator_swap(
        (lq_allocator){.calloc_fn = counting_calloc, .free_fn = counting_free});
}

void lq_heap_restore(void)
{
    lq_allocator_swap(saved);
}

int lq_heap_live(void)
{
    return live;
}

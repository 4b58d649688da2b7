#include "lq_test.h"

#include "base/alloc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static char case_id[64];

void lq_case_name(const char *id)
{
    snprintf(case_id, sizeof case_id, "%s", id ? id : "");
}

static void note(double got, double want, double tol, double se, const char *what)
{
    const char *path = getenv("LQ_COMPARISONS");
    FILE *out = path && *case_id ? fopen(path, "a") : NULL;
    if (!out) return;
    fprintf(out, "{\"case\": \"%s\", \"got\": %.12g, \"want\": %.12g, \"tol\": %.6g, \"se\": ",
            case_id, got, want, tol);
    fprintf(out, "%.6g, \"what\": \"", se);
    for (; *what; what++)
        if (*what != '"' && *what != '\\') fputc(*what, out);
    fprintf(out, "\"}\n");
    fclose(out);
}

static void compare(double got, double want, double tol, const char *what, const char *file,
                    int line)
{
    if (fabs(got - want) <= tol) return;
    print_error("%s = %.17g, want %.17g +- %g\n", what, got, want, tol);
    _fail(file, line);
}

void lq_assert_near(double got, double want, double tol, const char *what, const char *file,
                    int line)
{
    note(got, want, tol, 0.0, what);
    compare(got, want, tol, what, file, line);
}

void lq_assert_estimate(double got, double want, double se, double slack, const char *what,
                        const char *file, int line)
{
    note(got, want, 4.0 * se + slack, se, what);
    compare(got, want, 4.0 * se + slack, what, file, line);
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

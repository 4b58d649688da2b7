#define _GNU_SOURCE /* sched_setaffinity */

#include "engine/bind.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(cpu_set_t) <= sizeof(((lq_binding *)0)->allowed), "a mask fits");

static bool user_has_said(void)
{
    return getenv("OMP_PROC_BIND") || getenv("OMP_PLACES") || getenv("GOMP_CPU_AFFINITY");
}

/* The n-th processor of a set. */
static size_t nth(const cpu_set_t *set, int n)
{
    size_t cpu = 0;
    while (!CPU_ISSET(cpu, set) || n-- > 0)
        cpu++;
    return cpu;
}

lq_binding lq_bind_thread(int thread, int n_threads)
{
    lq_binding out = {.bound = false};
    cpu_set_t allowed, one;
    if (n_threads < 2 || user_has_said()) return out;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return out;
    const int n = CPU_COUNT(&allowed);
    if (n < n_threads) return out;
    CPU_ZERO(&one);
    CPU_SET(nth(&allowed, (int)((long)thread * n / n_threads)), &one);
    out.bound = sched_setaffinity(0, sizeof one, &one) == 0;
    memcpy(out.allowed, &allowed, sizeof allowed);
    return out;
}

void lq_unbind_thread(const lq_binding *binding)
{
    cpu_set_t allowed;
    if (!binding->bound) return;
    memcpy(&allowed, binding->allowed, sizeof allowed);
    if (sched_setaffinity(0, sizeof allowed, &allowed) != 0) return; /* then it stays bound */
}

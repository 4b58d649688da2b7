#include "engine/workspace.h"

#include <stdlib.h>
#include <string.h>

static const lq_kernels kernels_v4 = {"x86-64-v4", lq_block_run_v4, lq_pilot_block_v4};
static const lq_kernels kernels_v3 = {"x86-64-v3", lq_block_run_v3, lq_pilot_block_v3};

static bool has_v3(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi2");
}

static bool has_v4(void)
{
    return has_v3() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

/* LIQUIDUS_ISA=v3 forces the smaller set: for checks of equal bits, and for valgrind. */
const lq_kernels *lq_kernels_choose(void)
{
    const char *wish = getenv("LIQUIDUS_ISA");
    if (has_v4() && !(wish && strcmp(wish, "v3") == 0)) return &kernels_v4;
    return has_v3() ? &kernels_v3 : NULL;
}

const char *lq_engine_isa(void)
{
    const lq_kernels *chosen = lq_kernels_choose();
    return chosen ? chosen->name : NULL;
}

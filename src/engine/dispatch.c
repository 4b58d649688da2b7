#include "engine/workspace.h"

#include <stdlib.h>
#include <string.h>

static const lq_kernels kernels_v4 = {"x86-64-v4", lq_block_run_v4, lq_pilot_block_v4,
                                      lq_result_settle_v4};
static const lq_kernels kernels_v3 = {"x86-64-v3", lq_block_run_v3, lq_pilot_block_v3,
                                      lq_result_settle_v3};
static const lq_kernels kernels_ref = {"x86-64-v3", lq_block_run_ref, lq_pilot_block_ref,
                                       lq_result_settle_ref};

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

static lq_status refuse_wish(const char *expected, const char *wish, lq_error *err)
{
    return LQ_FAIL(err, LQ_EMACHINE, .key = "LIQUIDUS_ISA", .expected = expected, .got = wish);
}

lq_status lq_kernels_pick(lq_isa_levels has, const char *wish, const lq_kernels **out,
                          lq_error *err)
{
    if (!has.v3)
        return LQ_FAIL(err, LQ_EMACHINE, .key = "processor",
                       .expected = "x86-64-v3 (AVX2, BMI2 and fused multiply-add)",
                       .got = "one without them");
    const bool free = !wish || !*wish;
    const bool v3 = !free && strcmp(wish, "v3") == 0, v4 = !free && strcmp(wish, "v4") == 0;
    if (!free && !v3 && !v4) return refuse_wish("v3 or v4, or not set", wish, err);
    if (v4 && !has.v4) return refuse_wish("v3: this processor has no AVX-512", wish, err);
    *out = has.v4 && !v3 ? &kernels_v4 : &kernels_v3;
    return LQ_OK;
}

/* LIQUIDUS_ISA=v3 forces the smaller set: for checks of equal bits, and for valgrind. */
lq_status lq_kernels_choose(bool reference, const lq_kernels **out, lq_error *err)
{
    const lq_isa_levels has = {.v3 = has_v3(), .v4 = has_v4()};
    LQ_TRY(lq_kernels_pick(has, getenv("LIQUIDUS_ISA"), out, err));
    if (reference) *out = &kernels_ref;
    return LQ_OK;
}

const char *lq_engine_isa(lq_error *err)
{
    const lq_kernels *chosen;
    return lq_kernels_choose(false, &chosen, err) == LQ_OK ? chosen->name : NULL;
}

#include "bench/reference.h"

#include "engine/engine.h"

#include <string.h>

lq_reference_function *lq_reference_choose(void)
{
    const char *isa = lq_engine_isa();
    if (!isa) return NULL;
    return strcmp(isa, "x86-64-v4") == 0 ? lq_reference_w0_run_v4 : lq_reference_w0_run_v3;
}

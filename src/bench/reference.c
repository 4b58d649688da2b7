#include "bench/reference.h"

#include "engine/engine.h"

#include <string.h>

lq_reference_function *lq_reference_choose(const lq_reference *reference)
{
    const char *isa = lq_engine_isa(NULL);
    if (!isa) return NULL;
    return strcmp(isa, "x86-64-v4") == 0 ? reference->v4 : reference->v3;
}

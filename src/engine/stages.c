#include "engine/stages.h"

#include <time.h>

const char *const lq_stage_names[LQ_STAGES] = {
    [LQ_STAGE_DRAWS] = "draws",     [LQ_STAGE_MARKET] = "market",
    [LQ_STAGE_COMPANY] = "company", [LQ_STAGE_PAY] = "pay",
    [LQ_STAGE_EQUITY] = "equity",   [LQ_STAGE_TAX] = "tax",
    [LQ_STAGE_TALLIES] = "tallies",
};

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void lq_stage_clock_start(lq_stage_clock *clock)
{
    clock->last = now();
}

void lq_stage_clock_end(lq_stage_clock *clock, lq_stage stage)
{
    const uint64_t at = now();
    clock->nanoseconds[stage] += at - clock->last;
    clock->readings[stage]++;
    clock->last = at;
}

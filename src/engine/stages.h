/**
 * @file stages.h
 * Where a run's time goes: nanoseconds per stage, read block by block when somebody asks.
 *
 * A reading costs some 25 ns; a block has about seven of them for each offer. Nobody asks: one
 * test of a pointer.
 */
#ifndef LQ_ENGINE_STAGES_H
#define LQ_ENGINE_STAGES_H

#include <stdint.h>

typedef enum lq_stage {
    LQ_STAGE_DRAWS,   /**< random numbers, and normals of the factors */
    LQ_STAGE_MARKET,  /**< correlation, jumps, the market, currencies, listed prices */
    LQ_STAGE_COMPANY, /**< private companies: value, rounds, exits */
    LQ_STAGE_PAY,     /**< employment, salary, bonus, sign-on */
    LQ_STAGE_EQUITY,  /**< vesting, settlement, sale */
    LQ_STAGE_TAX,     /**< tax, and the sums by year that it reads */
    LQ_STAGE_TALLIES, /**< histograms, counts, samples */
    LQ_STAGES
} lq_stage;

typedef struct lq_stage_clock {
    uint64_t last; /**< nanoseconds, of the reading before */
    uint64_t nanoseconds[LQ_STAGES];
    uint64_t readings[LQ_STAGES];
} lq_stage_clock;

/** "draws", "market", ... */
extern const char *const lq_stage_names[LQ_STAGES];

/** What follows belongs to the next stage that ends. */
void lq_stage_clock_start(lq_stage_clock *clock);

/** Books the time since the reading before. */
void lq_stage_clock_end(lq_stage_clock *clock, lq_stage stage);

static inline void lq_stage_end(lq_stage_clock *clock, lq_stage stage)
{
    if (__builtin_expect(clock != 0, 0)) lq_stage_clock_end(clock, stage);
}

#endif

/**
 * @file calibrate.h
 * Hazards from `probability: p by T` (R4): the factors on the closed form that make the
 * simulated cumulative incidence equal p, in the real measure, with rounds, floor, value
 * exponents and what nobody knows drawn.
 */
#ifndef LQ_DECIDE_CALIBRATE_H
#define LQ_DECIDE_CALIBRATE_H

#include "engine/engine.h"

#include <signal.h>

/** Worlds that share a pilot's paths; a scenario with more of them is calibrated on these. */
enum { LQ_PILOT_WORLDS = 32, LQ_PILOT_PATHS = 65536 };

typedef struct lq_calibrate_options {
    size_t n_paths;                    /**< Of a pilot; 0: LQ_PILOT_PATHS. */
    lq_team *team;                     /**< Whose threads run; NULL: all processors. */
    const volatile sig_atomic_t *stop; /**< may be NULL */
    const lq_calibration *guess;       /**< Factors to begin with; NULL: 1. */
    /** Told of the paths of each pilot, and of about how many are to come; may be NULL. */
    void (*progress)(void *context, uint64_t ran, uint64_t left);
    void *progress_context;
} lq_calibrate_options;

/**
 * Repeats factor_c <- factor_c p_c / CIF_c(T_c), corrected for what the causes take from one
 * another as if hazards were constant, until |CIF_c - p_c| < 1e-4 for every cause given as a
 * probability, each with its own T_c. Causes given otherwise keep the factor 1, and so do
 * companies for which the closed form serves.
 *
 * @param[out] out  Memory from the arena.
 * @retval LQ_ECONFIG  A probability that cannot be met: failure below what the floor alone
 *                     gives, T beyond the liquidity horizon, or no factor reaches p.
 * @retval LQ_EINTERRUPTED
 * @retval LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_calibrate(const lq_scenario *scenario,
                                   const lq_calibrate_options *options, lq_arena *arena,
                                   lq_calibration *out, lq_error *err);

/** The hazard of an exit; NULL for LQ_EXIT_NONE. */
const lq_hazard *lq_exit_hazard(const lq_company *company, lq_exit_kind kind);

/** "none", "ipo", "acquisition", "failure". */
extern const char *const lq_exit_names[LQ_EXIT_KINDS];

#endif

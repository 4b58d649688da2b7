/**
 * @file study.h
 * A study under way: what its phases share. Private to the folder.
 */
#ifndef LQ_DECIDE_STUDY_H
#define LQ_DECIDE_STUDY_H

#include "decide/drawn.h"
#include "decide/figures.h"
#include "decide/run.h"

#define LQ_NO_OFFER ((size_t)-1)

/** What a small pilot of a trial solves the hazards of an offer's company to, as it is. */
typedef struct lq_unchanged {
    bool solved;
    size_t subject;
    double factor[LQ_EXIT_KINDS];
} lq_unchanged;

/** Figures of a plan, weighted by its paths; of all worlds their sums, in order. */
typedef struct lq_letter_sums {
    double headline_total, headline_equity;
    double bonus_payout; /**< (expected payout - 1) x bonus on target */
    double paper_fair;   /**< grants at fair common value today */
    double *year_noise;  /**< [n_years] variance x paths, within worlds */
} lq_letter_sums;

/** What a study adds up over its worlds, or one world's share of it. */
typedef struct lq_world_sums {
    bool begun, measured;    /**< It was run; it has paths. Of one world. */
    uint8_t plan_hash[32];   /**< of the plan; of the plans of all worlds, in order */
    lq_letter_sums *letters; /**< [n_offers] */
    double *survival_growth, *all_in_growth; /**< [n_companies] weighted by paths */
} lq_world_sums;

typedef struct lq_study {
    lq_arena *arena;
    const lq_scenario *scenario;
    const lq_study_options *options;
    lq_calibration calibration;
    lq_unchanged unchanged;
    lq_utility utility; /**< The person's. */
    size_t baseline;    /**< Index, or LQ_NO_OFFER. */
    size_t n_pairs;
    size_t (*pairs)[2];
    lq_team *team;         /**< The threads of all phases. */
    lq_plan *plan;         /**< Of world 0: the shape of results. */
    lq_result *result;     /**< Of all worlds. */
    lq_world_sums sums;    /**< Over all worlds. */
    lq_world_sums *worlds; /**< [n_worlds] */
    size_t n_worlds_done;
    lq_drawn drawn;                     /**< What each was, for the errors. */
    bool by_replicates;                 /**< How errors are made: more than one world. */
    uint64_t paths_before, paths_total; /**< Of finished phases; of all. */
    uint64_t pilot_paths_left;          /**< Part of paths_total: about. */
    bool interrupted;
    uint64_t next_paths; /**< to try for the tolerance; 0: this run is the one */
    uint64_t last_paths; /**< of the attempt before; 0: this is the first */
    double last_se;      /**< what was looked at then */
    double started_at;   /**< seconds of a monotonic clock */
    double main_seconds; /**< of the worlds alone */
    lq_findings found;
} lq_study;

static inline const lq_offer *lq_study_offer(const lq_study *s, size_t i)
{
    return (const lq_offer *)s->scenario->offers.items + i;
}

static inline const lq_company *lq_study_company(const lq_study *s, size_t i)
{
    return (const lq_company *)s->scenario->companies.items + i;
}

/** Seconds of a clock that only goes forward. */
double lq_study_clock(void);

/** The person's utility; CARA's coefficient is given in units of 1 / wealth. */
lq_utility lq_person_utility(const lq_person *person, const lq_background *background);

/** Worth of a less worth of b, with the error that paired replicates and worlds show. */
lq_estimate lq_study_gap(const lq_study *study, size_t a, size_t b);

/** The stake of an offer; NULL when out of memory. */
lq_stake *lq_study_stake(const lq_plan *plan, const lq_result *result, size_t offer);

/** Engine options of a phase, with progress counted over all phases. */
lq_run_options lq_study_run_options(lq_study *study);

/** Progress at the end of a phase that was to take n_paths. */
void lq_study_advance(lq_study *study, uint64_t n_paths);

/** Progress of the calibration, whose length is found out on the way; context: the study. */
void lq_study_pilots(void *context, uint64_t ran, uint64_t left);

#endif

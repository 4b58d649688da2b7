/**
 * @file engine.h
 * Blocks of paths through the stages, threads, tallies. One function runs any range of blocks;
 * its results add up in any order and grouping to the same bits.
 */
#ifndef LQ_ENGINE_ENGINE_H
#define LQ_ENGINE_ENGINE_H

#include "engine/stages.h"
#include "plan/plan.h"
#include "stats/counts.h"
#include "stats/law.h"
#include "stats/tally.h"

#include <signal.h>

/** Hundredths of a unit, summed exactly. */
__extension__ typedef __int128 lq_cents;

/** Sums of hundredths per replicate: means of what needs no distribution. */
typedef enum lq_offer_sum {
    LQ_SUM_GROSS_CASH,   /**< present value before tax, pay */
    LQ_SUM_GROSS_EQUITY, /**< present value before tax, paper */
    LQ_SUM_NOMINAL_CASH, /**< before tax, not discounted */
    LQ_SUM_NOMINAL_EQUITY,
    LQ_SUM_STUCK,       /**< present value before tax of what the residual rule settled */
    LQ_SUM_STUCK_PATHS, /**< paths on which that was anything, x 1.00 */
    LQ_SUM_UNVESTED,    /**< present value before tax of what is granted but not vested at H */
    LQ_SUM_BEST,        /**< paths on which the offer is the best (ties: the first), x 1.00 */
    LQ_OFFER_SUMS
} lq_offer_sum;

typedef struct lq_offer_result {
    lq_tally *total; /**< present value after tax; by market stratum too when has_growth */
    lq_tally *cash, *equity, *tax; /**< its parts; present value of the tax */
    lq_tally *gross_equity;        /**< present value before tax */
    lq_tally **by_year;            /**< [n_years] after tax, nominal, year received */
    lq_tally *
        *fan; /**< [K + 1] received up to month k, present value after tax; traced paths */
    lq_counts *cash_month; /**< first month in which paper became cash; never */
    lq_cents sums[LQ_OFFER_SUMS][LQ_MAX_REPLICATES]; /**< hundredths */
} lq_offer_result;

/** Numbers of events before the exit, x 1.00. */
typedef enum lq_company_sum {
    LQ_SUM_ROUNDS,
    LQ_SUM_DOWN_ROUNDS,     /**< more than 1 % below the last price */
    LQ_SUM_FLAT_ROUNDS,     /**< within 1 % of it */
    LQ_SUM_UNPRICED_ROUNDS, /**< not held, and not among the rounds */
    LQ_SUM_TENDERS,
    LQ_SUM_CUT, /**< 1 where rounds or tenders over LQ_MAX_ROUNDS were left out */
    LQ_COMPANY_SUMS
} lq_company_sum;

typedef struct lq_company_result {
    lq_counts
        *exit_month[LQ_EXIT_KINDS]; /**< [ipo, acquisition, failure] month; [none]: value 0 */
    lq_tally **fan; /**< [K + 1] company value (listed: share price); traced paths, alive */
    uint64_t *tender_month; /**< [K + 1] paths with a tender in that month; traced paths */
    lq_cents sums[LQ_COMPANY_SUMS][LQ_MAX_REPLICATES]; /**< over all paths */
} lq_company_result;

/** Whole paths, for plots: the first paths of every world, of those with the smallest numbers
 *  as many as there is room for; in any order. NaN: not defined. */
typedef struct lq_path_rows {
    size_t n_paths, capacity;
    double *total;    /**< [capacity][n_offers] */
    double *received; /**< [capacity][n_offers][K + 1] cumulative, present value after tax */
    double *value;    /**< [capacity][n_companies][K + 1] company value (listed: share price) */
    double *exit_kind; /**< [capacity][n_companies] lq_exit_kind */
    double *exit_month;
    uint64_t *path; /**< [capacity] path number */
} lq_path_rows;

typedef struct lq_result {
    size_t n_offers, n_companies, n_pairs, n_years, n_months;
    bool totals_only;   /**< Of the offers only totals; nothing of companies. */
    uint64_t n_paths;   /**< Tallied. */
    uint64_t n_traced;  /**< Of them, in the fans. */
    double path_weight; /**< 2^weight_log2 of the plan: what a path weighs in sums and counts */
    uint32_t n_replicates;
    uint64_t replicate_paths[LQ_MAX_REPLICATES];
    lq_offer_result *offers;
    lq_company_result *companies;
    lq_tally **differences; /**< [n_pairs] total a - total b */
    lq_strata_sums growth;
    size_t n_controls, n_control_sums;
    lq_cents *controls; /**< [n_replicates][n_control_sums], as laid out below */
    lq_path_rows rows;
    struct lq_locks *locks; /**< of its parts, while threads drain into it */
    bool interrupted;       /**< Stopped before the last block; what is there is consistent. */
} lq_result;

/** Money, or events, per path of a sum in weighted hundredths. */
static inline double lq_result_per_path(const lq_result *result, lq_cents sum, uint64_t n_paths)
{
    return (double)sum / result->path_weight / 100.0 / (double)n_paths;
}

/**
 * Sums for the regression on control variates, per replicate, in fixed point: the number of
 * samples (paths, or mirrored pairs); each control; products of controls, lower triangle by
 * rows; then for each target - totals of the offers, then of every pair the difference, whether
 * a is ahead, whether b is - its sum, the sum of its square, its product with each control.
 */
#define LQ_CONTROL_UNIT 0x1p40 /**< of controls and their products */
#define LQ_TARGET_UNIT  0x1p20 /**< of targets and their products with controls */
#define LQ_SQUARE_UNIT  0x1p10 /**< of squares of targets */

/** Where the sums of a target begin. */
static inline size_t lq_control_target(size_t n_controls, size_t target)
{
    return 1 + n_controls + n_controls * (n_controls + 1) / 2 + target * (2 + n_controls);
}

/** Columns of a sample row: per offer total, cash, equity, tax; per company exit kind, month.
 */
typedef struct lq_sample_sink {
    /** columns: [4 x n_offers + 2 x n_companies] -> [n]; called from any thread. */
    lq_status (*write)(void *context, uint64_t first_path, size_t n,
                       const double *const *columns);
    void *context;
} lq_sample_sink;

/**
 * What threads keep from one run to the next: their room for a block, and their results. Runs
 * of plans of the same shape, as those of the worlds of one scenario, then allocate nothing.
 */
typedef struct lq_team lq_team;

/** n_threads: 0 for all processors; NULL when out of memory. */
lq_team *lq_team_create(int n_threads);
void lq_team_destroy(lq_team *team);
int lq_team_threads(const lq_team *team);

/** The number of a member of a team (below); 0 is the thread that called. */
int lq_team_number(const lq_team *member);

/** @param[in] member  A team of the visiting thread alone, with its rooms: to run something
 *                     inside the item. NULL without a team. */
typedef lq_status lq_item_visit(void *context, size_t item, lq_team *member);

/** visit(context, i, member) for every i < n, by all threads in any order; team NULL: by this
 *  one.
 * @return The status of the first item that failed. */
LQ_MUST_USE lq_status lq_team_each(lq_team *team, size_t n, lq_item_visit *visit,
                                   void *context);

typedef struct lq_run_options {
    int n_threads; /**< 0: all processors */
    lq_team *team; /**< Its threads run, whatever n_threads is; NULL: threads of this run. */
    const volatile sig_atomic_t
        *stop; /**< Non-zero: finish the chunks under way; may be NULL */
    void (*progress)(void *context, uint64_t paths_done); /**< may be NULL; from one thread */
    void *progress_context;
    const lq_sample_sink *sink; /**< NULL: samples are not kept */
    size_t n_trace_blocks;      /**< the first blocks feed the fans */
    size_t n_whole_paths;       /**< of them, kept whole */
    lq_stage_clock *stages;     /**< NULL, or added to: the time of the first thread */
} lq_run_options;

/** An empty result of the plan's shape; whole paths: room for `capacity` rows. NULL: no memory.
 */
lq_result *lq_result_create(const lq_plan *plan, size_t capacity);

/** One that keeps what the worth of an offer is read from, and nothing else: offers[].total
 * without fine cells, growth, n_paths. The other tallies are NULL, companies are empty. */
lq_result *lq_result_create_totals(const lq_plan *plan);

void lq_result_destroy(lq_result *result);
void lq_result_merge(lq_result *into, const lq_result *from);

/** Empties the result and keeps its memory. */
void lq_result_clear(lq_result *result);

/** As lq_result_merge, and empties `from`: for a result that is filled again. Several threads
 *  may drain their results into one at the same time. */
void lq_result_drain(lq_result *into, lq_result *from, int n_threads);

/**
 * Drains what the figures of one world are read from: the totals, the paper, the years and the
 * differences, with all sums and the number of paths. What else there is stays, and more is
 * added to it by the next world's run; one lq_result_drain at the end takes it.
 */
void lq_result_drain_world(lq_result *into, lq_result *from, int n_threads);

/** Puts the whole paths in the order of their numbers, whatever the order of merging was. */
void lq_result_sort_rows(lq_result *result);

/**
 * Runs blocks first .. first + n - 1 (numbers over all worlds; path = 64 x block + lane with
 * worlds padded to whole blocks) and adds them to *into. An error empties *into, or leaves it
 * as it was.
 *
 * @retval LQ_ENUMERIC  a total is not finite, or out of the tallies' range: err names the path,
 *                      and in its key the offer.
 * @retval LQ_EIO       the sink's own error.
 * @retval LQ_ENOMEM
 * @retval LQ_EMACHINE  no kernels run here: the processor is below x86-64-v3 (no fused
 *                      multiply-add), or LIQUIDUS_ISA asks for what it lacks.
 */
LQ_MUST_USE lq_status lq_engine_run(const lq_plan *plan, uint64_t first, uint64_t n,
                                    const lq_run_options *options, lq_result *into,
                                    lq_error *err);

/** A pilot of the calibration: n_paths of one private company, an equal number of each plan. */
typedef struct lq_pilot_job {
    const lq_plan *const *plans; /**< [n_plans] one per world */
    size_t n_plans, company;
    const lq_sobol_plan *points; /**< [n_plans] replicates, one of each plan */
    size_t n_paths;              /**< A multiple of 64 x n_plans. */
    lq_team *team;
} lq_pilot_job;

/**
 * Cumulative incidence by cause and month, survival-weighted.
 * @param[out] incidence [LQ_EXIT_KINDS][K + 1] probability that the exit falls in month <= k,
 * for k up to the last date of a probability; constant after it. Row LQ_EXIT_NONE: the part of
 * failures that the floor makes.
 */
LQ_MUST_USE lq_status lq_engine_pilot(const lq_pilot_job *job, double *incidence,
                                      lq_error *err);

/** Which build of the kernels this process uses: "x86-64-v4" or "x86-64-v3"; NULL: none, and
 *  *err says why (LQ_EMACHINE). */
const char *lq_engine_isa(lq_error *err);

#endif

/**
 * @file figures.h
 * Everything a study found, as plain structs: one per offer, pair, company, world and turning
 * point, and one for the study. outputs.c says which member has which name in the result.
 *
 * Money is present value at the start date, after tax, in the report's currency, unless a
 * member says otherwise. NaN: not defined. Arrays and texts live in the study's arena.
 */
#ifndef LQ_DECIDE_FIGURES_H
#define LQ_DECIDE_FIGURES_H

#include "engine/engine.h"
#include "stats/estimate.h"

enum { LQ_LEVELS = 9, LQ_HISTOGRAM_BINS = 200 };

/** Quantile levels of all results. */
extern const double lq_levels[LQ_LEVELS];

typedef enum lq_part {
    LQ_TOTAL,
    LQ_CASH,
    LQ_EQUITY,
    LQ_TAX,
    LQ_GROSS_EQUITY,
    LQ_PARTS
} lq_part;

/** Steps from the letter's total to the certainty equivalent, in order (R25d). */
typedef enum lq_bridge_term {
    LQ_BRIDGE_LETTER,
    LQ_BRIDGE_BONUS_PAYOUT,
    LQ_BRIDGE_PREFERRED_TO_COMMON,
    LQ_BRIDGE_GROWTH_AND_EVENTS,
    LQ_BRIDGE_WAITING,
    LQ_BRIDGE_TAX,
    LQ_BRIDGE_RISK,
    LQ_BRIDGE_WORTH,
    LQ_BRIDGE_TERMS
} lq_bridge_term;

typedef struct lq_part_figures {
    lq_estimate mean, sd, skewness;
    lq_estimate quantile[LQ_LEVELS];
} lq_part_figures;

/** Bins of equal width between low and high; the rest is under or over. */
typedef struct lq_histogram {
    int64_t *count; /**< [LQ_HISTOGRAM_BINS] paths */
    int64_t under, over;
} lq_histogram;

typedef struct lq_offer_figures {
    const char *id, *name, *letter_id, *role, *company, *currency;
    lq_part_figures part[LQ_PARTS];
    lq_estimate *by_year_mean;     /**< [n_years] nominal, after tax, in the year received */
    lq_estimate *by_year_quantile; /**< [n_years][LQ_LEVELS] */
    lq_estimate ce[LQ_N_GAMMAS], ce_chosen;
    lq_estimate ce_floored_share;
    double ce_replicate[LQ_MAX_REPLICATES]; /**< At the chosen aversion; for paired errors. */
    double *ce_world;                       /**< [n_worlds] a world's part in it, above it */
    double mean_excess; /**< squared error of the mean total beyond that of the paths */
    lq_estimate cvar_05, var_05, semideviation, sortino;
    lq_estimate p_equity_zero, p_equity_below, p_best;
    lq_estimate exit_share[LQ_EXIT_KINDS];                   /**< Of the offer's company. */
    lq_estimate time_to_cash[LQ_LEVELS], time_to_cash_never; /**< years; share of paths */
    double headline_total, headline_equity;
    lq_estimate p_stuck, stuck_share, stuck_share_of_equity;
    lq_estimate unvested_at_horizon;
    lq_estimate bridge[LQ_BRIDGE_TERMS];
    lq_histogram histogram;
    lq_estimate *fan; /**< [n_months + 1][LQ_LEVELS] received up to the month */
    lq_estimate worlds_low, worlds_high, ignorance_sd, chance_sd;
    double control_share; /**< Of the variance of its total: what control variates explain. */
} lq_offer_figures;

/** a against b, path by path; the difference is total a - total b. */
typedef struct lq_pair_figures {
    const char *label, *a, *b;
    lq_estimate p_a_beats_b, p_tie, p_b_beats_a;
    lq_estimate mean, sd;
    double mean_excess, beats_excess[2]; /**< as of an offer's mean total */
    lq_estimate quantile[LQ_LEVELS];
    lq_estimate regret_a, regret_b; /**< E max(b - a, 0), E max(a - b, 0) */
    lq_estimate ce_difference;
    lq_estimate gamma_crossover;
    const char *dominance, *dominance_winner;
    lq_histogram histogram;
    lq_estimate worlds_low, worlds_high; /**< Of the difference of certainty equivalents. */
    double control_share, control_share_beats; /**< Of the difference, of who is ahead. */
} lq_pair_figures;

typedef struct lq_company_figures {
    const char *id, *name, *listing;
    lq_estimate *exit_by_month; /**< [LQ_EXIT_KINDS][n_months + 1] share of paths */
    lq_estimate *fan; /**< [n_months + 1][LQ_LEVELS] value or share price while alive */
    lq_estimate *tender_by_month;
    lq_estimate rounds_mean, down_round_share, flat_round_share, unpriced_rounds_mean;
    lq_estimate tenders_mean, cut_share;
    double probability_factor[LQ_EXIT_KINDS];
    double survival_growth; /**< a year, while no event happens */
    double all_in_growth;   /**< a year, failures and premiums counted */
} lq_company_figures;

typedef struct lq_world_figures {
    lq_estimate *mean, *ce, *median; /**< [n_offers] */
    double *variance;                /**< [n_offers] */
    lq_estimate *p_beats;            /**< [n_pairs] */
    lq_estimate *ce_difference;      /**< [n_pairs] */
} lq_world_figures;

/** What one thing alone would have to be for two offers to be worth the same. */
typedef struct lq_turning_figures {
    const char *key, *text, *status, *reason, *unit;
    double value, assumed, low, high;
} lq_turning_figures;

typedef struct lq_verdict {
    const char *text, *kind, *winner, *loser;
    lq_estimate amount;
} lq_verdict;

typedef struct lq_manifest {
    const char *schema, *title, *config_text, *config_resolved, *config_sha256, *plan_sha256,
        *sampling, *precision, *exits, *controls, *measure, *currency, *start_date, *baseline,
        *version, *unit_basis, *advice;
    const char *tolerance; /**< what error was asked for, and what came of it; empty: none */
    double tolerance_se, tolerance_allowed;
    int64_t tolerance_reached;
    int64_t seed, paths, worlds, error_degrees, complete;
    double horizon_years, liquidity_horizon_years, risk_aversion, wealth;
} lq_manifest;

/** What differs from run to run of the same config. */
typedef struct lq_run_record {
    const char *started, *host, *compiler, *git_revision, *isa, *output;
    double seconds, paths_per_second;
    int64_t threads, processes, peak_memory_bytes;
} lq_run_record;

typedef struct lq_findings {
    size_t n_offers, n_pairs, n_companies, n_worlds, n_years, n_months, n_turning, n_warnings;
    lq_offer_figures *offers;
    lq_pair_figures *pairs;
    lq_company_figures *companies;
    lq_world_figures *worlds;
    lq_turning_figures *turning;
    lq_warning *warnings;
    double *bin_low, *bin_high;                       /**< [LQ_HISTOGRAM_BINS] of totals */
    double *bin_difference_low, *bin_difference_high; /**< of differences */
    size_t n_paths; /**< Whole paths kept; the arrays are those of lq_path_rows. */
    const uint64_t *path_number;
    const double *path_total, *path_received, *path_value, *path_exit_kind, *path_exit_month;
    const char *turning_offer, *turning_against;
    lq_verdict verdict;
    lq_manifest manifest;
    lq_run_record run;
} lq_findings;

#endif

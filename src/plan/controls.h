/**
 * @file controls.h
 * Control variates: what every path yields and whose mean the plan knows exactly, so that the
 * engine need not estimate it.
 *
 * Each control is standardised: (what a path yields - its exact mean) x scale, so its mean is 0
 * in every world. Which controls a plan has depends on its companies, grants and hazards being
 * there, never on their numbers: all worlds of a study have the same ones.
 * @source Glasserman, Monte Carlo Methods in Financial Engineering (2003), section 4.1.
 */
#ifndef LQ_PLAN_CONTROLS_H
#define LQ_PLAN_CONTROLS_H

#include <stdbool.h>
#include <stddef.h>

/** More would add noise to the coefficients sooner than explain anything. */
enum { LQ_MAX_CONTROLS = 12 };

typedef enum lq_control_kind {
    LQ_CONTROL_MARKET,  /**< The market's growth up to a month. */
    LQ_CONTROL_VALUE,   /**< A private company's value up to a month, had it no events. */
    LQ_CONTROL_EXIT,    /**< Whether its private life ended in a given way by K. */
    LQ_CONTROL_HOLDING, /**< Discounted money from listed shares at fixed dates. */
    LQ_CONTROL_CURRENCY /**< Discounted money of a currency, the same every month up to H. */
} lq_control_kind;

/** weight x price[sold] / price[priced] x fx[sold]; what is not there counts as 1. */
typedef struct lq_control_term {
    double weight;
    size_t sold;
    size_t priced; /**< LQ_NOT_PRICED: not divided */
} lq_control_term;

#define LQ_NOT_PRICED ((size_t)-1)

typedef struct lq_control {
    lq_control_kind kind;
    const char *name; /**< "google's vests" */
    size_t company;   /**< VALUE, EXIT, HOLDING */
    int exit_kind;    /**< EXIT: lq_exit_kind */
    /* MARKET, VALUE: 2^(sum over months of loading_market z_market + loading_own z_own - shift)
     */
    size_t n_months;
    double loading_market, loading_own;
    double shift_log2; /**< Makes the mean 1. */
    /* HOLDING, CURRENCY */
    int fx; /**< LQ_NO_FX: the report's currency */
    size_t n_terms;
    const lq_control_term *terms; /**< [n_terms] */
    double mean;
    double scale; /**< 0: does not move in this world, or nobody knows its mean there. */
} lq_control;

#endif

/**
 * @file scenario.h
 * What the user means: offers, companies, person, market, typed, in base units, with every
 * default filled in and every short form written out.
 *
 * A scenario is data. It is read from a config (lq_scenario_load), printed by `check`, and
 * flattened by `plan`. All strings and lists live in its arena. Members of type lq_value may
 * be distributions where the schema says so; all others are constants.
 *
 * Units: money in currency units, fractions as 0.35, rates per year, durations in years (the
 * plan rounds them to months).
 */
#ifndef LQ_SCENARIO_SCENARIO_H
#define LQ_SCENARIO_SCENARIO_H

#include "config/schema.h"

typedef enum lq_precision { LQ_PRECISION_FAST, LQ_PRECISION_REFERENCE } lq_precision;
typedef enum lq_sampling { LQ_SAMPLING_RANDOM, LQ_SAMPLING_SOBOL } lq_sampling;
typedef enum lq_expansion_choice {
    LQ_EXPANSION_AUTO,
    LQ_EXPANSION_ON,
    LQ_EXPANSION_OFF
} lq_expansion_choice;
typedef enum lq_tolerance_figure {
    LQ_TOLERANCE_OF_WORTH,
    LQ_TOLERANCE_OF_MEAN,
    LQ_TOLERANCE_OF_MEDIAN,
    LQ_TOLERANCE_OF_CHANCE
} lq_tolerance_figure;
typedef enum lq_measure_kind { LQ_MEASURE_REAL, LQ_MEASURE_PRICING } lq_measure_kind;

typedef struct lq_simulation {
    lq_value paths; /**< count */
    lq_value seed;  /**< count, 0 to 2^53 */
    lq_date start;
    lq_value horizon;           /**< H */
    lq_value liquidity_horizon; /**< L >= H */
    int measure;                /**< lq_measure_kind */
    int sampling;               /**< lq_sampling */
    int expansion;              /**< lq_expansion_choice */
    lq_value tolerance;         /**< standard error wanted, as a fraction of the figure, or */
    lq_value tolerance_money;   /**< in money; at most one of the two is given */
    int tolerance_of;           /**< lq_tolerance_figure */
    lq_value max_paths;         /**< where growing to the tolerance stops; count */
    bool antithetic;            /**< Paths in mirrored pairs. */
    int precision;              /**< lq_precision */
    bool controls;              /**< Means by regression on what is known. */
    lq_value worlds;            /**< outer draws of `uncertain:` inputs; count */
    int after_horizon;          /**< 0 stay (R14) */
} lq_simulation;

typedef enum lq_utility_form { LQ_FORM_CRRA, LQ_FORM_CARA } lq_utility_form;

typedef struct lq_person {
    lq_value wealth;           /**< w_out, money */
    lq_value risk_aversion;    /**< CRRA gamma, or CARA a in units of 1 / wealth */
    int utility;               /**< lq_utility_form */
    lq_value wealth_in_market; /**< pi, fraction of outside wealth that moves with the market */
    lq_value spending;         /**< C, present value, money */
    const char *residence;
    int filing; /**< 0 single, 1 married_joint */
} lq_person;

typedef enum lq_tax_method { LQ_TAX_NONE, LQ_TAX_FLAT } lq_tax_method;

/** `tax: none`, `tax: 41%`, `tax: {flat: 41%, gains: 25%}`; per run and per offer. */
typedef struct lq_tax_rule {
    int method;     /**< lq_tax_method */
    lq_value flat;  /**< rate on pay and on vested units, fraction */
    lq_value gains; /**< rate on gains after the income date, fraction; default = flat */
    const char *source;
} lq_tax_rule;

typedef struct lq_tenor {
    double years;
    double rate; /**< effective annual, fraction */
} lq_tenor;

/** One foreign currency against the report's: EURUSD 1.15 = dollars per euro. */
typedef struct lq_fx {
    const char *id;       /**< As written, "EURUSD". */
    char currency[4];     /**< The foreign one (not the report's). */
    bool inverted;        /**< The pair was written report/foreign: spot is 1 / the figure. */
    lq_value spot;        /**< Always report units per foreign unit. */
    lq_value volatility;  /**< annual */
    lq_value rate;        /**< effective annual, foreign */
    lq_value correlation; /**< with the market factor */
    int drift;            /**< 0 forward (default), 1 none of the level (real measure only) */
} lq_fx;

typedef struct lq_pair_correlation {
    const char *a, *b; /**< company ids */
    lq_value value;
    lq_mark mark;
} lq_pair_correlation;

/** Companies of one sector have a factor in common beside the market. */
typedef struct lq_sector {
    const char *id;
    lq_value share; /**< of what beta leaves of a member's variance, fraction */
} lq_sector;

/** A history of monthly returns: of a file, or written out. */
typedef struct lq_returns {
    const char *file, *column; /**< As written; NULL where the values stand in the config. */
    const char *from;          /**< "2008-09": month of the first value. */
    lq_list values;            /**< lq_value: returns of consecutive months, fractions */
    /* Worked out: cut to the months that all histories have. */
    size_t n;
    int first_month;          /**< 12 year + month - 1 of the first */
    const double *simple;     /**< [n] */
    const double *log_return; /**< [n] */
} lq_returns;

enum { LQ_MAX_REGIMES = 8, LQ_LEAST_RETURNS = 24 };

/** A state of the market. */
typedef struct lq_regime {
    const char *id;
    lq_value volatility; /**< annual, of the market in it */
    lq_value premium;    /**< arithmetic a year, of the market in it over the rate */
    lq_list next;        /**< lq_value: probability of each state in the month after */
} lq_regime;

typedef enum lq_market_model {
    LQ_MARKET_GBM,
    LQ_MARKET_REGIME,
    LQ_MARKET_BOOTSTRAP
} lq_market_model;

typedef struct lq_market {
    int model;               /**< lq_market_model */
    lq_value student_t;      /**< degrees of freedom of its shocks; not given: normal */
    lq_list regimes;         /**< lq_regime; model regime */
    const char *starts_in;   /**< id of a regime; NULL: by the long run */
    lq_returns returns;      /**< model bootstrap */
    lq_value block;          /**< mean length of a block of returns, duration */
    int repair;              /**< of correlations: 0 none, 1 nearest */
    lq_list rates;           /**< lq_tenor, rising in years; one entry: flat */
    lq_value equity_premium; /**< arithmetic, a year */
    lq_value volatility;     /**< sigma_M */
    lq_list fx;              /**< lq_fx */
    lq_list correlations; /**< lq_pair_correlation; `market.correlations: [{pair: [a, b], value:
                             0.57}]` */
    lq_list sectors;      /**< lq_sector */
} lq_market;

typedef enum lq_hazard_kind {
    LQ_HAZARD_NONE,
    LQ_HAZARD_RATE,       /**< h0 = rate */
    LQ_HAZARD_WEIBULL,    /**< (shape/scale) (t/scale)^(shape-1), t = company age in the run */
    LQ_HAZARD_TABLE,      /**< piecewise constant from the given years on */
    LQ_HAZARD_PROBABILITY /**< cumulative incidence `probability by years` (R4) */
} lq_hazard_kind;

enum { LQ_HAZARD_MAX_ROWS = 32 };

typedef struct lq_hazard {
    int kind;              /**< lq_hazard_kind */
    lq_value rate;         /**< a year */
    lq_value shape, scale; /**< Weibull; scale in years */
    size_t n_rows;
    double from_years[LQ_HAZARD_MAX_ROWS], table_rate[LQ_HAZARD_MAX_ROWS];
    lq_value probability; /**< fraction */
    double by_years;
    lq_value every;           /**< 1mo or 12mo: how often the lottery is drawn */
    lq_value value_exponent;  /**< eta */
    lq_value market_exponent; /**< xi */
    lq_mark mark;
} lq_hazard;

typedef enum lq_rights {
    LQ_RIGHTS_NONE,  /**< the claim, or a share if that is more */
    LQ_RIGHTS_FULL,  /**< the claim, and a share of the rest */
    LQ_RIGHTS_CAPPED /**< likewise, up to `cap`; or a share if that is more */
} lq_rights;

/** A series of preferred: of `preferences`, or of `cap_table.preferred`, which replaces them.
 */
typedef struct lq_preference {
    const char *series;
    lq_value shares;     /**< not given: invested / last round price */
    lq_value invested;   /**< money */
    lq_value multiple;   /**< of what was invested, due first */
    int participation;   /**< lq_rights */
    lq_value cap;        /**< times invested in all; LQ_RIGHTS_CAPPED only */
    lq_value rank;       /**< 1 is the most junior */
    lq_value conversion; /**< shares of common that a share becomes */
    lq_value accrued;    /**< money: dividends due by the start, on top of the multiple */
    lq_value dividend;   /**< a year, of what was invested, due on top from the start on */
    lq_value ratchet;    /**< times invested that its shares are worth at least in an IPO */
    lq_value veto;       /**< money a share of common under which it bars an IPO */
    int anti_dilution;   /**< 0 none, 1 broad-based weighted average, 2 full ratchet */
    lq_mark mark;
} lq_preference;

/** Rights of the preferred that rounds add: what they have of a series. A veto is times the
 *  round's price. */
typedef struct lq_round_terms {
    lq_preference class;
    int seniority; /**< 0 pari passu with the highest rank, 1 before all earlier ones */
} lq_round_terms;

/** Options on common that were granted, of one strike. */
typedef struct lq_option_row {
    const char *id;
    lq_value shares;
    lq_value strike; /**< money a share */
} lq_option_row;

/** What is known of all shares. Once resolved, `preferred` is the company's `preferences`, and
 *  `fees` are those of its acquisition. */
typedef struct lq_cap_table {
    lq_value common;    /**< shares outstanding; not given: there is no cap table */
    lq_value pool;      /**< unissued shares */
    lq_list options;    /**< lq_option_row */
    lq_list preferred;  /**< lq_preference; as read only */
    lq_value debt;      /**< money */
    lq_value fees;      /**< fraction of a sale, first; as read only */
    lq_value carve_out; /**< fraction of what fees and debt leave */
} lq_cap_table;

/** Where one figure of a data pack comes from. */
typedef struct lq_figure {
    const char *figure;     /**< Address in the pack: "company.volatility". */
    const char *range;      /**< What is plausible, as text; NULL: the figure itself says it. */
    const char *source;     /**< Page, paper or "assumption: ..." */
    const char *date;       /**< Of the source, "2026-06" or "2020". */
    const char *confidence; /**< "high", "medium", "low", "none" */
} lq_figure;

typedef enum lq_opening {
    LQ_OPENING_FAIR_VALUE,
    LQ_OPENING_FACE,
    LQ_OPENING_HAIRCUT,
    LQ_OPENING_BACKSOLVE
} lq_opening;

typedef enum lq_residual {
    LQ_RESIDUAL_OPM,
    LQ_RESIDUAL_FAIR,
    LQ_RESIDUAL_ZERO,
    LQ_RESIDUAL_SALE
} lq_residual;

typedef enum lq_model {
    LQ_MODEL_GBM,
    LQ_MODEL_MERTON,
    LQ_MODEL_HESTON,
    LQ_MODEL_REGIME,
    LQ_MODEL_BOOTSTRAP,
    LQ_MODELS
} lq_model;

enum { LQ_MOST_STAGES = 8 };

/** A part of a lockup; at most LQ_MOST_STAGES. */
typedef struct lq_lockup_stage {
    lq_value after;   /**< duration from the listing */
    lq_value release; /**< of what the lockup holds, fraction */
} lq_lockup_stage;

/** What of a sale is paid only to who stays. */
typedef struct lq_retention {
    lq_value revest; /**< of what has vested by the close, fraction */
    lq_value over;   /**< duration, paid monthly */
} lq_retention;

typedef enum lq_acceleration_trigger {
    LQ_ACCELERATES_NOT,
    LQ_ACCELERATES_SINGLE, /**< at the sale of the company */
    LQ_ACCELERATES_DOUBLE  /**< at being let go after it */
} lq_acceleration_trigger;

/** Prices that a sale of private shares is made at. */
typedef enum lq_basis {
    LQ_BASIS_PREFERRED, /**< the last preferred price */
    LQ_BASIS_FAIR,      /**< fair common value */
    LQ_BASIS_409A       /**< common by the last appraisal */
} lq_basis;

extern const char *const lq_model_names[LQ_MODELS + 1]; /**< "gbm", ..., NULL */

typedef struct lq_company {
    const char *id;
    const char *name;    /**< For people; default the id. */
    const char *like;    /**< Archetype it was filled from; "none": from no pack at all. */
    const char *source;  /**< The user's `source:`; may be NULL. */
    int listing;         /**< 0 public, 1 private */
    int model;           /**< lq_model */
    char currency[4];    /**< of its price; default the report's */
    lq_value volatility; /**< total, annual, jumps included (R11) */
    struct {
        lq_value rate;     /**< a year */
        lq_value mean, sd; /**< of one jump's log return */
    } jumps;               /**< model merton only */
    lq_value student_t;    /**< degrees of freedom of its own shocks; model gbm only */
    struct {
        lq_value speed;       /**< kappa, a year */
        lq_value vol_of_vol;  /**< eps, of the variance's square root, a year */
        lq_value correlation; /**< rho, of price and variance */
        lq_value start;       /**< volatility today; default: `volatility`, the long run's */
    } heston;                 /**< model heston only */
    lq_returns returns;       /**< model bootstrap only */
    lq_value beta;            /**< the invariant (R11) */
    lq_value correlation;     /**< with the market; excludes beta */
    const char *sector;       /**< id of one of the market's sectors; NULL: none */
    lq_value sector_share;    /**< instead of the sector's share; not given: that */
    lq_value dividend_yield;  /**< continuous, a year */
    lq_value growth; /**< arithmetic, a year, of V before dilution; default r + beta x premium +
                        alpha */
    lq_value alpha;  /**< added to the default growth */
    lq_value price;  /**< public: share price today; default 100 */
    /* private */
    struct {
        lq_value post_money, price;
        lq_date date; /**< year 0: not given */
    } last_round;
    struct {
        int method;          /**< lq_opening */
        lq_value haircut;    /**< fraction off the post-money */
        lq_value fair_value; /**< money */
        lq_value roll;       /**< factor from the round's date to start; default 1 */
        const char *series;  /**< backsolve: whose price is known; NULL: the last one listed */
        lq_value price;      /**< backsolve: of a share of it; not given: the last round's */
        lq_value term; /**< backsolve: years to the exit; not given: the company's exits */
    } opening_value;
    lq_value common_factor; /**< common share / preferred price today; replaces the OPM (R8);
                               optional */
    lq_list preferences;    /**< lq_preference */
    lq_cap_table cap_table;
    struct {
        lq_hazard hazard;
        lq_value discount,
            primary;             /**< fractions: of the offer price; of V sold as new shares */
        lq_value direct_listing; /**< of listings, fraction */
    } ipo;
    struct {
        lq_hazard hazard;
        lq_value premium, fees; /**< fractions of V; of the proceeds */
        struct {
            lq_value fraction; /**< of what holders are paid at the close */
            lq_value months;   /**< duration: when it comes */
            lq_value released; /**< of it, the fraction that comes; per event */
        } escrow;
        lq_retention retention;
        lq_value layoff;       /**< chance of being let go after it, fraction */
        lq_value layoff_after; /**< duration from the close; per event */
    } acquisition;
    struct {
        lq_hazard hazard;
        lq_value recovery;   /**< fraction of V */
        lq_value acqui_hire; /**< of failures, the fraction in which the team is hired */
    } failure;
    lq_value floor; /**< fraction of the opening value, or money; below it the company fails */
    bool floor_is_money;
    int floor_continuous; /**< 0 watched at the ends of months, 1 all the time (R12b) */
    int compensate;       /**< 1 yes (default), 0 no: R5 */
    struct {
        lq_hazard hazard;          /**< value_exponent defaults to 1 */
        lq_value dilution;         /**< new shares / all shares after, fraction; per event */
        lq_value dilution_if_down; /**< optional */
        lq_value pool_top_up;      /**< fraction of shares after; per event */
        int proceeds;              /**< 0 retained, 1 none */
        lq_value phi; /**< last post-money / V at its date; default from the opening value; or
                           the word solve (ADR 0037) */
        lq_value premium; /**< of the price over phi x that; per event */
        lq_round_terms terms;
        lq_value pay_to_play; /**< of earlier preferred, what a down round makes common */
    } rounds;
    struct {
        lq_hazard hazard;
        lq_value cap;        /**< of vested holdings, fraction */
        lq_value proration;  /**< of what is offered, the fraction bought; per event */
        lq_value discount;   /**< to the last preferred price, per event */
        lq_value min_tenure; /**< duration */
        bool settles;        /**< double-trigger units may be sold */
        int price;           /**< lq_basis: what the discount is off */
    } tenders;
    struct {
        bool allowed;
        lq_value every;       /**< duration: from window to window */
        lq_value share;       /**< of what is held in a window, fraction */
        lq_value discount;    /**< off the price, fraction; per event */
        lq_value fee;         /**< of what is paid, fraction */
        lq_value rofr_delay;  /**< duration: from the sale to its money */
        lq_value from_tenure; /**< duration */
        int price;            /**< lq_basis: what the discount is off */
    } secondary;
    struct {
        lq_value price;  /**< money for all shares; not given: no deal */
        lq_value closes; /**< duration, a draw: when it closes or breaks */
        lq_value break_probability;
        lq_value break_value;  /**< money, a draw: of all shares after a break */
        lq_value issued;       /**< shares since the last round, over those of then */
        const char *on_close;  /**< as written: "cash", "roll into nvidia" */
        const char *roll_into; /**< company id; NULL: cash */
        lq_retention retention;
    } deal;
    struct {
        lq_value every;       /**< duration from one to the next, from the start */
        lq_value after_round; /**< duration */
    } appraisal;              /**< 409As (R24) */
    lq_value lockup;          /**< duration after an IPO: of the last stage, once resolved */
    lq_list lockup_stages;    /**< lq_lockup_stage; empty: all is free when it ends */
    struct {
        lq_value above;   /**< times the first close */
        lq_value months;  /**< duration: closes in a row */
        lq_value release; /**< fraction; not given: no early release */
    } price_trigger;
    lq_value post_ipo_volatility; /**< default: see the schema */
    lq_value age;                 /**< at start, for Weibull and tables; duration */
    struct {
        int method;    /**< lq_residual */
        lq_value dlom; /**< fraction */
    } residual;
    bool from_pack;  /**< Filled from configs/data/companies. */
    lq_list sources; /**< lq_figure: where the pack's figures come from. */
    lq_mark mark;
} lq_company;

/** A factor on what an intensity is solved for or written as, for a time. */
typedef struct lq_stress_window {
    lq_value times; /**< not given: none */
    lq_value over;  /**< duration from the start; not given: always */
} lq_stress_window;

/** What a stress changes; nothing of it is looked at when intensities are solved (R4). */
typedef struct lq_stress {
    const char *name;
    struct {
        lq_value fall; /**< fraction, in all, over the months of `over` */
        lq_value over; /**< duration */
    } market;
    lq_value private_fall; /**< fraction off the opening value of private companies */
    lq_stress_window ipo, acquisition, failure, rounds, tenders;
} lq_stress;

typedef struct lq_vesting_row {
    double months;
    double fraction;
} lq_vesting_row;

typedef enum lq_vesting_kind {
    LQ_VESTING_YEARS,
    LQ_VESTING_OVER,
    LQ_VESTING_TABLE
} lq_vesting_kind;

/** How a grant vests, as written; `equity/vesting` turns it into dated events. */
typedef struct lq_vesting_rule {
    int kind;       /**< lq_vesting_kind */
    lq_list years;  /**< double: fraction per year */
    lq_value over;  /**< duration */
    lq_value every; /**< duration */
    lq_value cliff; /**< duration; 0: none */
    lq_list table;  /**< lq_vesting_row */
    int rounding;   /**< 0 fractional, 1 floor (whole units, the rest carried) */
    bool assumed;   /**< Not in the config: the company's usual, or the generic one. */
    const char *source;
} lq_vesting_rule;

typedef enum lq_instrument { LQ_INSTRUMENT_RSU, LQ_INSTRUMENT_UNITS } lq_instrument;
typedef enum lq_price_basis {
    LQ_PRICED_AT_MARKET,
    LQ_PRICED_AT_PREFERRED,
    LQ_PRICED_AT_409A
} lq_price_basis;

typedef struct lq_grant {
    const char *id;       /**< Unique in the offer; "grant-1" when not named. */
    int instrument;       /**< lq_instrument */
    int trigger;          /**< 0 single, 1 double */
    bool trigger_assumed; /**< Not in the config: the company's usual. */
    bool price_assumed;   /**< priced_at is not in the config. */
    lq_value expiry;      /**< duration from the grant; not given: never */
    bool expiry_waived;
    lq_value value;     /**< money; exactly one of value, units, share is given */
    lq_value units;     /**< count */
    lq_value share;     /**< fraction of fully diluted */
    lq_value threshold; /**< units: value of the whole company that they do not share in; money
                           of the company; optional */
    int priced_at;      /**< lq_price_basis */
    lq_vesting_rule vesting;
    struct {
        int trigger;       /**< lq_acceleration_trigger */
        lq_value fraction; /**< of what has not vested */
        lq_value within;   /**< duration from the sale, double trigger only */
    } acceleration;
    int granted_month; /**< 0: at start */
    int sell;          /**< 0 at vest (default), 1 hold to the horizon */
    int settle;        /**< 0 at the IPO (net of shares for tax), 1 at lockup end (R23) */
    bool is_refresh;   /**< From `refresh:`; units are priced on the path at granted_month. */
    lq_value probability; /**< that it is granted; 1 when guaranteed */
    double face;          /**< What the letter says it is worth, in the offer's currency: value,
                               or units or share at the price of the start. */
    const char *source;   /**< The user's `source:`; may be NULL. */
    const char *address;  /**< Of the group that sets its terms: "offers.a.stock". */
    lq_mark mark;
} lq_grant;

typedef struct lq_bonus {
    lq_value target; /**< fraction of base */
    lq_value payout; /**< of target; per event (company and year) */
} lq_bonus;

typedef struct lq_sign_on {
    lq_value amount;
    lq_value clawback; /**< duration; 0: none */
    int clawback_rule; /**< 0 pro rata, 1 cliff: all of it */
    lq_list
        instalments; /**< lq_vesting_row: months after start, fraction; empty: all at signing */
} lq_sign_on;

/** Why an offer is in the list. */
typedef enum lq_offer_role {
    LQ_OFFER_LETTER, /**< As written. */
    LQ_OFFER_ASK,    /**< With its `ask:` applied. */
    LQ_OFFER_BAND_LOW,
    LQ_OFFER_BAND_MID,
    LQ_OFFER_BAND_HIGH
} lq_offer_role;

/** An employer's negotiating range of one term; never a lottery. */
typedef struct lq_pay_range {
    bool given;
    bool from_pack; /**< Of levels.yaml, not of the config. */
    double low, high;
} lq_pay_range;

typedef struct lq_offer {
    const char *id;        /**< "hugging-face", "hugging-face-ask", "hf-sf-low", ... */
    const char *name;      /**< For the table: "hugging-face ask". */
    const char *letter_id; /**< Id of the offer as written (its own for LQ_OFFER_LETTER). */
    int role;              /**< lq_offer_role */
    const char *company_id;
    size_t company; /**< Index in companies. */
    char currency[4];
    lq_value base;  /**< money a year */
    lq_value raise; /**< fraction a year, each 12 months */
    lq_bonus bonus;
    lq_sign_on sign_on;
    lq_list grants;    /**< lq_grant: letter grants, then refreshers, all written out */
    lq_value leaving;  /**< resignation hazard, a year */
    lq_value fallback; /**< money a year earned elsewhere once this job has ended, until H; not
                            given: the offer's own base with its raises; 0: nothing */
    lq_value search_gap; /**< without pay after the employer fails; duration */
    int last_wage;       /**< of the month in which the employer fails: 0 paid, 1 lost */
    const char *residence;
    lq_tax_rule tax;
    struct {
        bool given;
        double low, high;                   /**< money a year, in the offer's currency */
        double computed_low, computed_high; /**< base x (1 + bonus) + stock / 4: what follows
                                                 from the terms; equal for a letter, apart for a
                                                 band */
        lq_mark mark;
    } stated_total;
    const char *level, *region;
    struct {
        lq_pay_range base, stock, bonus, sign_on; /**< the offer's currency; bonus: fraction */
        const char *region; /**< Whose band of levels.yaml stands in; NULL: none does. */
    } band;                /**< What the employer pays for the level: to warn and to compare. */
    const char *source;    /**< The user's `source:`; may be NULL. */
    double headline_total; /**< What the letter adds up to over H, in its own currency: base
                              with raises, target bonus, sign-on, face of vesting by H
                              (refreshers too). */
    double headline_equity; /**< The part of it that is paper. */
    lq_mark mark;
} lq_offer;

/** One line of `check` and of the screen's "assumed": a default that was not in the file. */
typedef struct lq_assumption {
    const char *key;    /**< Address. */
    const char *value;  /**< As a person writes it. */
    const char *source; /**< With date. */
    const char *text;   /**< One clause in plain words: "10 % a year leave". */
    int influence;      /**< Higher first; 0: minor. */
} lq_assumption;

typedef struct lq_decide {
    const char *baseline; /**< offer id; NULL: the best other offer */
    int pairs;            /**< 0 baseline, 1 all */
} lq_decide;

/** A named result a letter states and the arithmetic contradicts. */
typedef struct lq_warning {
    const char *key, *text;
    lq_mark mark;
} lq_warning;

typedef struct lq_scenario {
    lq_arena *arena;
    const char *path;        /**< Config file. */
    const char *config_text; /**< As given. */
    size_t config_len;
    const char *resolved; /**< YAML of everything resolved, by lq_scenario_print's machine. */
    const char *title;
    char currency[4];   /**< of the report */
    const char *output; /**< Default results/STEM.h5. */
    lq_simulation simulation;
    lq_person person;
    lq_tax_rule tax;
    lq_market market;
    lq_stress stress;
    lq_list companies; /**< lq_company */
    lq_list offers;    /**< lq_offer; letters, asks and band points, in file order */
    lq_decide decide;
    lq_list assumptions; /**< lq_assumption, most influential first */
    lq_list warnings;    /**< lq_warning */
    lq_list notes;       /**< lq_warning: remarks of the packs, and peers of a level */
    lq_list packs;       /**< lq_pack_digest */
    bool has_uncertain;  /**< Any value is `uncertain`. */
} lq_scenario;

typedef struct lq_pack_digest {
    const char *file;
    const char *sha256;
} lq_pack_digest;

/**
 * Reads, resolves and checks a config.
 *
 * @param[out] problems  Every problem found, in one go.
 * @param[out] out       On LQ_OK (no problem at all) the caller owns it.
 * @retval LQ_ECONFIG    problems holds at least one; *out is NULL.
 */
lq_status lq_scenario_load(const char *path, const char *const *overrides, size_t n_overrides,
                           lq_problems *problems, lq_scenario **out, lq_error *err);

/** The same with changes that may come from a file; their record is the scenario's own. */
lq_status lq_scenario_load_changed(const char *path, const lq_changes *changes,
                                   lq_problems *problems, lq_scenario **out, lq_error *err);

/**
 * The same for who looks at companies alone: every company of the file is in the scenario,
 * there may be no offers, and a cap table may say what a run cannot pay.
 */
lq_status lq_scenario_load_companies(const char *path, const lq_changes *changes,
                                     lq_problems *problems, lq_scenario **out, lq_error *err);

/** The same as lq_scenario_load from memory. */
lq_status lq_scenario_parse(const char *name, const char *text, size_t len,
                            const char *const *overrides, size_t n_overrides,
                            lq_problems *problems, lq_scenario **out, lq_error *err);

void lq_scenario_destroy(lq_scenario *scenario);

/** Whether anything of it is written: futures go through a bad time. */
bool lq_stress_is_on(const lq_stress *stress);

/** Nobody has said what a share of a private company costs: last_round.price is the default,
 * and unit counts mean something only by their ratios. */
bool lq_share_price_is_made_up(const lq_company *company);

/** Some series of a private company says no shares: it is counted at last_round.price, whatever
 *  it paid. */
bool lq_series_are_at_last_price(const lq_company *company);

/**
 * Adds what only the arithmetic behind the scenario showed (lq_plan_build, lq_calibrate) to the
 * problems, as if the config's reader had found it: with the source line of its place.
 */
void lq_scenario_problem(const lq_scenario *scenario, const lq_error *err,
                         lq_problems *problems);

/** `check`: the resolved scenario, the assumptions with their source, the warnings. */
lq_status lq_scenario_print(const lq_scenario *scenario, FILE *out, lq_error *err);

/** `sources`: every default of every data pack with source and date. */
lq_status lq_sources_print(FILE *out, lq_error *err);

/** The schema of a whole config, for `schema`. */
const lq_record *lq_scenario_schema(void);

/** That of a stress file. */
const lq_record *lq_stress_schema(void);

/**
 * What a stress file changes, each with its place there, for lq_scenario_load_changed.
 *
 * @param[in]  name  Of a file of the data packs' folder stress, or a path that ends in .yaml.
 * @param[out] out   Items and origins, in the arena; no record.
 * @retval LQ_ECONFIG  Told in problems.
 */
LQ_MUST_USE lq_status lq_stress_changes(const char *name, lq_arena *arena,
                                        lq_problems *problems, lq_changes *out, lq_error *err);

/** The same with their sources: lq_assumption, in the arena, without a text. */
LQ_MUST_USE lq_status lq_stress_sources(const char *name, lq_arena *arena,
                                        lq_problems *problems, lq_list *out, lq_error *err);

/** A stress of the data packs, for `help stress`. */
typedef struct lq_stress_entry {
    const char *name;  /**< What --stress takes. */
    const char *about; /**< What happens, in a sentence of the file; "": it has none. */
} lq_stress_entry;

/** All of them by name: lq_stress_entry, in the arena. LQ_ECONFIG: told in problems. */
LQ_MUST_USE lq_status lq_stress_list(lq_arena *arena, lq_problems *problems, lq_list *out,
                                     lq_error *err);

#endif

/**
 * @file rows.h
 * Inside of `scenario`: the records of the schema, the structs that only reading needs, and
 * the readers of what is no plain number.
 */
#ifndef LQ_SCENARIO_ROWS_H
#define LQ_SCENARIO_ROWS_H

#include "scenario/scenario.h"

/** `refresh:` as written; resolve turns it into grants. */
typedef struct lq_refresh_input {
    bool typical;       /**< `refresh: typical` */
    lq_value grants;    /**< money a year: face of each yearly grant */
    lq_value vests;     /**< money a year: what vests each year */
    lq_value from_year; /**< 2: first granted at month 12 */
    bool guaranteed;
    lq_value probability; /**< of each grant, where it is not guaranteed */
    lq_vesting_rule vesting;
    const char *source;
} lq_refresh_input;

/** A negotiating range; every member is an `a to b`. */
typedef struct lq_band_input {
    lq_value base, stock, bonus, sign_on;
} lq_band_input;

typedef struct lq_bonus_input {
    lq_value target, payout;
    bool typical;
    const char *source;
} lq_bonus_input;

typedef struct lq_sign_on_input {
    lq_sign_on terms;
    const char *source;
} lq_sign_on_input;

/** An offer as written, before `stock`, `ask`, `band` and `refresh` are spelt out. */
typedef struct lq_offer_input {
    const char *id, *name, *company_id;
    char currency[4]; /**< "": not written */
    lq_value base, raise, year_one, leaving, fallback, search_gap;
    lq_grant stock; /**< value not given: the band's, or none */
    lq_bonus_input bonus;
    lq_sign_on_input sign_on;
    lq_list grants; /**< lq_grant */
    lq_refresh_input refresh;
    lq_band_input band;
    lq_value stated_total;
    const char *residence, *work_state, *level, *region, *source;
    lq_tax_rule tax;
    const char *letter_id; /**< In a resolved config: the letter this offer is a variant of. */
    int role;              /**< lq_offer_role; in a resolved config only. */
    int last_wage;         /**< 0 paid, 1 lost */
} lq_offer_input;

/** The root of a config as read for validation; resolve reads the parts once more, in layers.
 */
typedef struct lq_root_input {
    const char *schema, *title, *output;
    char currency[4];
    lq_simulation simulation;
    lq_person person;
    lq_tax_rule tax;
    lq_market market;
    lq_stress stress;
    lq_list companies; /**< lq_company */
    lq_list offers;    /**< lq_offer_input */
    lq_decide decide;
} lq_root_input;

/** What a company usually offers, from its pack. */
typedef struct lq_terms {
    int trigger; /**< 0 single, 1 double */
    lq_value expiry;
    lq_vesting_rule vesting;
    lq_bonus_input
        bonus; /**< target: for `bonus: typical`; payout: whenever there is a bonus */
    lq_refresh_input refresh; /**< for `refresh: typical`; vesting: of any refresher */
} lq_terms;

/** A figure that a stress changes. */
typedef struct lq_stress_change {
    const char *key, *value, *source, *date;
} lq_stress_change;

/** A file of configs/data/stress. */
typedef struct lq_stress_file {
    const char *schema, *name, *about;
    lq_list set; /**< lq_stress_change */
} lq_stress_file;

/** A remark of a pack that feeds no number. */
typedef struct lq_note {
    const char *text, *source, *date;
    bool
        reports_deal; /**< Of a sale that a config without `deal` leaves out: for its screen. */
} lq_note;

/** A file of configs/data/companies. */
typedef struct lq_pack {
    const char *schema, *id, *name;
    lq_date date;
    lq_company company;
    lq_terms terms;
    lq_list sources; /**< lq_figure */
    lq_list notes;   /**< lq_note */
} lq_pack;

/** configs/data/market.yaml */
typedef struct lq_market_pack {
    const char *schema;
    lq_date date;
    lq_market market;
    lq_list sources, notes;
} lq_market_pack;

/** One employer's band for a level in a region, from levels.yaml. */
typedef struct lq_level_band {
    const char *company, *region;
    const char *residence; /**< Of those whose offer names no region; may be NULL. */
    lq_band_input band;
    lq_value stated_total;
    const char *source, *date, *confidence;
} lq_level_band;

typedef struct lq_peer {
    const char *company, *title;
} lq_peer;

typedef struct lq_level {
    const char *id;
    lq_list peers; /**< lq_peer */
    lq_list bands; /**< lq_level_band */
    const char *source, *date, *confidence;
} lq_level;

typedef struct lq_levels_pack {
    const char *schema;
    lq_date date;
    lq_list levels; /**< lq_level */
} lq_levels_pack;

extern const lq_record lq_stress_record, lq_stress_file_record;
extern const lq_record lq_root_record, lq_simulation_record, lq_person_record, lq_market_record,
    lq_fx_record, lq_correlation_record, lq_sector_record, lq_regime_record, lq_decide_record,
    lq_tax_record;
extern const lq_record lq_company_record, lq_opening_record, lq_secondary_record,
    lq_lockup_record, lq_preference_record, lq_round_terms_record, lq_cap_table_record;
extern const lq_record lq_offer_record, lq_ask_record, lq_grant_record, lq_stock_record,
    lq_acceleration_record, lq_vesting_record, lq_refresh_record, lq_bonus_record,
    lq_sign_on_record, lq_band_record;
extern const lq_record lq_pack_record, lq_market_pack_record, lq_levels_record;

/** The rows of a history, for a record that writes into its owner by absolute offsets. */
#define LQ_RETURNS_ROWS(name, of)                                                              \
    static const lq_field name[] = {                                                           \
        {.key = "file",                                                                        \
         .kind = LQ_FIELD_TEXT,                                                                \
         .offset = of(returns.file),                                                           \
         .unit = "1",                                                                          \
         .doc = "CSV beside this file: a line of names, then a month (2008-09) and its "       \
                "returns (1.2% or 0.012) in each line; # begins a remark."},                   \
        {.key = "column",                                                                      \
         .kind = LQ_FIELD_TEXT,                                                                \
         .offset = of(returns.column),                                                         \
         .unit = "1",                                                                          \
         .doc = "Name of the column; default: return."},                                       \
        {.key = "from",                                                                        \
         .kind = LQ_FIELD_TEXT,                                                                \
         .offset = of(returns.from),                                                           \
         .unit = "month",                                                                      \
         .doc = "With values: the month of the first."},                                       \
        {.key = "values",                                                                      \
         .kind = LQ_FIELD_VALUES,                                                              \
         .measure = LQ_MEASURE_FRACTION,                                                       \
         .offset = of(returns.values),                                                         \
         .min = -0.9999,                                                                       \
         .max = 100,                                                                           \
         .unit = "fraction",                                                                   \
         .doc = "Instead of a file: the returns of consecutive months."},                      \
        {.key = NULL}}

/* Readers: `member` is what the row's offset points at. */

/** A key that belongs to a later version: refused by its name. */
bool lq_read_refused(const lq_node *node, lq_reader *reader, void *member);
/** A key that is accepted and not computed (a warning says so). */
bool lq_read_ignored(const lq_node *node, lq_reader *reader, void *member);
/** R21: a discount for lack of marketability on a wait that is simulated. */
bool lq_read_dlom(const lq_node *node, lq_reader *reader, void *member);
bool lq_read_currency(const lq_node *node, lq_reader *reader, void *member);  /* char[4] */
bool lq_read_schema_id(const lq_node *node, lq_reader *reader, void *member); /* const char * */
bool lq_read_model(const lq_node *node, lq_reader *reader, void *member);     /* int */
bool lq_read_instrument(const lq_node *node, lq_reader *reader, void *member); /* int */
bool lq_read_participation(const lq_node *node, lq_reader *reader,
                           void *member); /* lq_preference */
bool lq_read_opening_method(const lq_node *node, lq_reader *reader, void *member); /* int */
bool lq_read_tax(const lq_node *node, lq_reader *reader, void *member);      /* lq_tax_rule */
bool lq_read_tax_flat(const lq_node *node, lq_reader *reader, void *member); /* lq_tax_rule */
bool lq_read_rates(const lq_node *node, lq_reader *reader,
                   void *member); /* lq_list, lq_tenor */
bool lq_read_pair(const lq_node *node, lq_reader *reader,
                  void *member); /* lq_pair_correlation */
bool lq_read_company(const lq_node *node, lq_reader *reader, void *member); /* const char * */
bool lq_read_bonus(const lq_node *node, lq_reader *reader, void *member);   /* lq_bonus_input */
bool lq_read_sign_on(const lq_node *node, lq_reader *reader,
                     void *member);                                       /* lq_sign_on_input */
bool lq_read_stock(const lq_node *node, lq_reader *reader, void *member); /* lq_grant */
bool lq_read_refresh(const lq_node *node, lq_reader *reader,
                     void *member); /* lq_refresh_input */
bool lq_read_refresh_value(const lq_node *node, lq_reader *reader, void *member);
bool lq_read_band(const lq_node *node, lq_reader *reader, void *member);  /* lq_band_input */
bool lq_read_ask(const lq_node *node, lq_reader *reader, void *member);   /* nothing: checks */
bool lq_read_floor(const lq_node *node, lq_reader *reader, void *member); /* lq_company */
bool lq_read_opening(const lq_node *node, lq_reader *reader, void *member);     /* lq_company */
bool lq_read_lockup(const lq_node *node, lq_reader *reader, void *member);      /* lq_company */
bool lq_read_secondary(const lq_node *node, lq_reader *reader, void *member);   /* lq_company */
bool lq_read_hazard_rate(const lq_node *node, lq_reader *reader, void *member); /* lq_hazard */
bool lq_read_hazard_weibull(const lq_node *node, lq_reader *reader, void *member);
bool lq_read_hazard_table(const lq_node *node, lq_reader *reader, void *member);
bool lq_read_hazard_probability(const lq_node *node, lq_reader *reader, void *member);
bool lq_read_vesting_years(const lq_node *node, lq_reader *reader,
                           void *member); /* lq_vesting_rule */
bool lq_read_vesting_over(const lq_node *node, lq_reader *reader, void *member);
bool lq_read_vesting_table(const lq_node *node, lq_reader *reader, void *member);
bool lq_read_instalments(const lq_node *node, lq_reader *reader,
                         void *member); /* lq_list, lq_vesting_row */
bool lq_read_acceleration(const lq_node *node, lq_reader *reader, void *member); /* lq_grant */
bool lq_read_granted(const lq_node *node, lq_reader *reader, void *member); /* int, months */

#endif

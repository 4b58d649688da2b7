#include "scenario/rows.h"

#include <stddef.h>

/* Rows are written as tables; the formatter would break each over six lines. */
/* clang-format off */

static const char *const triggers[] = {"single", "double", NULL};
static const char *const accelerations[] = {"none", "single", "double", NULL};
static const char *const roundings[] = {"fractional", "floor", NULL};
static const char *const bases[] = {"market", "preferred", "409a", NULL};
static const char *const sells[] = {"at_vest", "hold", NULL};
static const char *const settles[] = {"ipo", "lockup_end", NULL};
static const char *const clawbacks[] = {"pro_rata", "cliff", NULL};
static const char *const wages[] = {"paid", "lost", NULL};
static const char *const roles[] = {"letter", "ask", "band_low", "band_mid", "band_high", NULL};

#define BAND_HINT(range) "a negotiating range is no lottery: write band: {" range "}, run at low, mid and high; a figure that nobody knows is {uncertain: ...}"

#define VE(m) offsetof(lq_vesting_rule, m)
static const lq_field vesting_fields[] = {
    {.key = "years", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_vesting_years, .unit = "fractions", .doc = "[35%, 25%, 20%, 20%]: what vests in each year, in equal instalments; sums to 1.", .json_type = "{\"type\": \"array\"}"},
    {.key = "over", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_vesting_over, .unit = "months", .doc = "48mo: evenly over this time.", .json_type = "{\"type\": \"string\"}"},
    {.key = "table", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_vesting_table, .unit = "fractions", .doc = "{12mo: 25%, 15mo: 6.25%, ...}; sums to 1.", .json_type = "{\"type\": \"object\"}"},
    {.key = "every", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = VE(every), .fallback = "1mo", .min = 1.0 / 12, .max = 10, .unit = "years", .doc = "Time between instalments."},
    {.key = "cliff", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = VE(cliff), .fallback = "0mo", .min = 0, .max = 10, .unit = "years", .doc = "Nothing vests before; what was held back is released at it."},
    {.key = "rounding", .kind = LQ_FIELD_CHOICE, .offset = VE(rounding), .fallback = "fractional", .choices = roundings, .unit = "1", .doc = "floor: whole units, the rest is carried to the next instalment."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = VE(source), .unit = "1", .doc = "Where the schedule comes from."},
    {.key = NULL}};
const lq_record lq_vesting_record = {"vesting", "How a grant vests: exactly one of years, over, table.", sizeof(lq_vesting_rule), vesting_fields};

#define GR(m) offsetof(lq_grant, m)
static const lq_field acceleration_fields[] = {
    {.key = "trigger", .kind = LQ_FIELD_CHOICE, .offset = GR(acceleration.trigger), .fallback = "none", .choices = accelerations, .unit = "1", .doc = "single: at the sale; double: at being let go after it (exits.acquisition.layoff); none."},
    {.key = "fraction", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = GR(acceleration.fraction), .fallback = "100%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of what has not vested then, what does; the rest vests as before."},
    {.key = "within", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = GR(acceleration.within), .fallback = "12mo", .min = 0, .max = 10, .unit = "years", .doc = "Double trigger: how long after the sale being let go counts."},
    {.key = NULL}};
const lq_record lq_acceleration_record = {"acceleration", "What vests because the company is bought.", sizeof(lq_grant), acceleration_fields};

/* Terms that a grant written out and `stock` both have. */
#define TRIGGER_ROWS \
    {.key = "trigger", .kind = LQ_FIELD_CHOICE, .offset = GR(trigger), .choices = triggers, .unit = "1", .doc = "double: vested only with service and a liquidity event; default: the company's usual."}, \
    {.key = "expiry", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = GR(expiry), .min = 1.0 / 12, .max = 30, .unit = "years", .varies = LQ_VARIES_WORLD, .doc = "From the grant; double-trigger units not settled by then are lost. An uncertain one is rounded to months."}, \
    {.key = "expiry_waived", .kind = LQ_FIELD_BOOL, .offset = GR(expiry_waived), .fallback = "false", .unit = "1", .doc = "The company extends instead of letting units lapse."}
#define PRICE_ROWS \
    {.key = "priced_at", .kind = LQ_FIELD_CHOICE, .offset = GR(priced_at), .choices = bases, .unit = "1", .doc = "Price that turns value into units; default market (public) or preferred (private)."}, \
    {.key = "vesting", .kind = LQ_FIELD_RECORD, .offset = GR(vesting), .record = &lq_vesting_record, .doc = "Default: the company's usual schedule."}, \
    {.key = "acceleration", .kind = LQ_FIELD_RECORD, .record = &lq_acceleration_record, .read = lq_read_acceleration, .doc = "What vests because the company is bought: none (default), single or double, or a group that says how much: {trigger, fraction, within}.", .json_type = "{\"enum\": [\"none\", \"single\", \"double\"]}"}
#define SALE_ROWS \
    {.key = "sell", .kind = LQ_FIELD_CHOICE, .offset = GR(sell), .fallback = "at_vest", .choices = sells, .unit = "1", .doc = "at_vest: as soon as it can be; hold: to the horizon."}, \
    {.key = "settle", .kind = LQ_FIELD_CHOICE, .offset = GR(settle), .fallback = "ipo", .choices = settles, .unit = "1", .doc = "Double trigger: taxed and delivered at the IPO, or when the lockup ends."}

static const lq_field grant_fields[] = {
    {.key = "id", .kind = LQ_FIELD_ID, .offset = GR(id), .unit = "1", .doc = "Unique in the offer; default grant-1, grant-2, ..."},
    {.key = "instrument", .kind = LQ_FIELD_CUSTOM, .offset = GR(instrument), .read = lq_read_instrument, .unit = "1", .doc = "rsu; units: paid in money at an exit, over a threshold (private companies).", .json_type = "{\"enum\": [\"rsu\", \"units\"]}"},
    TRIGGER_ROWS,
    {.key = "value", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = GR(value), .min = 0, .max = 1e12, .unit = "money", .varies = LQ_VARIES_WORLD, .doc = "The letter's number; exactly one of value, units, share.", .range_hint = BAND_HINT("stock: $400K to $500K")},
    {.key = "units", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = GR(units), .min = 0, .max = 1e12, .unit = "units", .varies = LQ_VARIES_WORLD, .doc = "A number of units."},
    {.key = "share", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = GR(share), .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of all shares, fully diluted."},
    {.key = "threshold", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = GR(threshold), .min = 0, .max = 1e14, .unit = "money", .doc = "Units: value of the whole company that they do not share in (a profits interest): a unit is paid what a share of common is worth over this / all shares; none: phantom shares.", .range_hint = "write one figure"},
    PRICE_ROWS,
    {.key = "granted", .kind = LQ_FIELD_CUSTOM, .offset = GR(granted_month), .read = lq_read_granted, .unit = "months", .doc = "When it is granted, from the start; its vesting and expiry count from there. Default 0mo.", .json_type = "{\"type\": \"string\"}"},
    SALE_ROWS,
    {.key = "refresh", .kind = LQ_FIELD_BOOL, .offset = GR(is_refresh), .fallback = "false", .unit = "1", .doc = "A refresher: its units are priced on the path when it is granted. What is uncertain about refreshers is one draw for all of them in an offer."},
    {.key = "probability", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = GR(probability), .fallback = "100%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "That it is granted at all."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = GR(source), .unit = "1", .doc = "Where the figure comes from."},
    {.key = "strike", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "money", .doc = "Not in this version: options."},
    {.key = "early_exercise", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version: options."},
    {.key = "exercise", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version: options."},
    {.key = "dlom", .kind = LQ_FIELD_CUSTOM, .read = lq_read_dlom, .unit = "fraction", .doc = "Refused: waiting is simulated, a discount on top would charge it twice."},
    {.key = NULL}};
const lq_record lq_grant_record = {"grant", "Equity in a letter.", sizeof(lq_grant), grant_fields};

static const lq_field stock_fields[] = {
    {.key = "value", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = GR(value), .min = 0, .max = 1e12, .unit = "money", .varies = LQ_VARIES_WORLD, .doc = "The letter's number; default: the band's.", .range_hint = BAND_HINT("stock: $400K to $500K")},
    TRIGGER_ROWS,
    PRICE_ROWS,
    SALE_ROWS,
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = GR(source), .unit = "1", .doc = "Where the figure comes from."},
    {.key = NULL}};
const lq_record lq_stock_record = {"stock", "One grant of RSUs, in money; $420K for short: at the company's usual terms.", sizeof(lq_grant), stock_fields};

#define BO(m) offsetof(lq_bonus_input, m)
/* The first row is what the short form, a bare figure, means; so too for sign_on. */
static const lq_field bonus_fields[] = {
    {.key = "target", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = BO(target), .fallback = "0%", .min = 0, .max = 5, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of base, a year.", .range_hint = BAND_HINT("bonus: 10% to 15%")},
    {.key = "payout", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = BO(payout), .fallback = "100%", .min = 0, .max = 10, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "Of target, drawn each year; default: the company pack's."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = BO(source), .unit = "1", .doc = "Where the figure comes from."},
    {.key = NULL}};
const lq_record lq_bonus_record = {"bonus", "A target, and what is paid of it; 12.5% for short, or typical.", sizeof(lq_bonus_input), bonus_fields};

#define SO(m) offsetof(lq_sign_on_input, m)
static const lq_field sign_on_fields[] = {
    {.key = "amount", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = SO(terms.amount), .fallback = "0", .min = 0, .max = 1e9, .unit = "money", .varies = LQ_VARIES_WORLD, .doc = "Once.", .range_hint = BAND_HINT("sign_on: $40K to $60K")},
    {.key = "clawback", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = SO(terms.clawback), .fallback = "12mo", .min = 0, .max = 5, .unit = "years", .doc = "Who leaves within this time pays back; 0mo: never."},
    {.key = "clawback_rule", .kind = LQ_FIELD_CHOICE, .offset = SO(terms.clawback_rule), .fallback = "pro_rata", .choices = clawbacks, .unit = "1", .doc = "pro_rata: the part not yet served; cliff: all of it."},
    {.key = "instalments", .kind = LQ_FIELD_CUSTOM, .offset = SO(terms.instalments), .read = lq_read_instalments, .unit = "fractions", .doc = "{0mo: 50%, 12mo: 50%}; default: all at signing.", .json_type = "{\"type\": \"object\"}"},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = SO(source), .unit = "1", .doc = "Where the figure comes from."},
    {.key = NULL}};
const lq_record lq_sign_on_record = {"sign_on", "A payment for joining; $60K for short.", sizeof(lq_sign_on_input), sign_on_fields};

#define RE(m) offsetof(lq_refresh_input, m)
static const lq_field refresh_fields[] = {
    {.key = "grants", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY_RATE, .offset = RE(grants), .min = 0, .max = 1e9, .unit = "money a year", .varies = LQ_VARIES_WORLD, .doc = "$140K/y: the face of each yearly grant; or vests."},
    {.key = "vests", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY_RATE, .offset = RE(vests), .min = 0, .max = 1e9, .unit = "money a year", .varies = LQ_VARIES_WORLD, .doc = "$140K/y: what vests each year; or grants."},
    {.key = "from_year", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_COUNT, .offset = RE(from_year), .fallback = "2", .min = 1, .max = 15, .unit = "years", .doc = "2: first granted at month 12."},
    {.key = "guaranteed", .kind = LQ_FIELD_BOOL, .offset = RE(guaranteed), .fallback = "true", .unit = "1", .doc = "In writing."},
    {.key = "probability", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = RE(probability), .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of each grant, where it is not guaranteed."},
    {.key = "vesting", .kind = LQ_FIELD_RECORD, .offset = RE(vesting), .record = &lq_vesting_record, .doc = "Default: the company's usual; for vests: within the year."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = RE(source), .unit = "1", .doc = "Where the figure comes from."},
    {.key = "value", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refresh_value, .unit = "1", .doc = "Refused: it does not say whether that is granted or vests each year."},
    {.key = NULL}};
const lq_record lq_refresh_record = {"refresh", "Yearly grants after the first; exactly one of grants and vests; or typical.", sizeof(lq_refresh_input), refresh_fields};

#define BA(m) offsetof(lq_band_input, m)
static const lq_field band_fields[] = {
    {.key = "base", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = BA(base), .min = 0, .max = 1e9, .unit = "money a year", .varies = LQ_VARIES_EVENT, .doc = "$245K to $305K."},
    {.key = "stock", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = BA(stock), .min = 0, .max = 1e12, .unit = "money", .varies = LQ_VARIES_EVENT, .doc = "Over four years."},
    {.key = "bonus", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = BA(bonus), .min = 0, .max = 5, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "Target, of base."},
    {.key = "sign_on", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = BA(sign_on), .min = 0, .max = 1e9, .unit = "money", .varies = LQ_VARIES_EVENT, .doc = "Once."},
    {.key = NULL}};
const lq_record lq_band_record = {"band", "The employer's range: run at low, mid and high where the offer does not name the figure, and a warning when an ask lies above it.", sizeof(lq_band_input), band_fields};

#define OF(m) offsetof(lq_offer_input, m)
/* A bare figure, known or not, where a record may stand. */
#define SHORT_FIGURE "{\"anyOf\": [{\"type\": [\"string\", \"number\"]}, {\"type\": \"object\", \"required\": [\"uncertain\"]}]}"
/* Terms that an `ask` may change as well as a letter state. */
#define TERM_ROWS \
    {.key = "base", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = OF(base), .min = 0, .max = 1e9, .unit = "money a year", .varies = LQ_VARIES_WORLD, .doc = "Salary.", .range_hint = BAND_HINT("base: $245K to $305K")}, \
    {.key = "raise", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = OF(raise), .min = -0.5, .max = 1, .unit = "fraction a year", .varies = LQ_VARIES_WORLD, .doc = "Each 12 months; default 0 %: pay that is not written is not added."}, \
    {.key = "bonus", .kind = LQ_FIELD_RECORD, .offset = OF(bonus), .record = &lq_bonus_record, .read = lq_read_bonus, .short_key = "target", .doc = "Target of base: 12.5%, {target, payout}, or typical.", .json_type = SHORT_FIGURE}, \
    {.key = "sign_on", .kind = LQ_FIELD_RECORD, .offset = OF(sign_on), .record = &lq_sign_on_record, .read = lq_read_sign_on, .short_key = "amount", .doc = "$60K, or {amount, clawback, ...}.", .json_type = SHORT_FIGURE}, \
    {.key = "stock", .kind = LQ_FIELD_RECORD, .offset = OF(stock), .record = &lq_stock_record, .read = lq_read_stock, .short_key = "value", .doc = "The letter's number: one RSU grant at the company's usual schedule, or a group that says more: {value, expiry, ...}; or grants.", .json_type = SHORT_FIGURE}, \
    {.key = "year_one", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = OF(year_one), .min = 0, .max = 1, .unit = "fraction", .doc = "Vests in the first year; the rest is split evenly over the others."}, \
    {.key = "grants", .kind = LQ_FIELD_LIST, .offset = OF(grants), .record = &lq_grant_record, .doc = "Equity, written out."}, \
    {.key = "refresh", .kind = LQ_FIELD_RECORD, .offset = OF(refresh), .record = &lq_refresh_record, .read = lq_read_refresh, .doc = "Yearly grants after the first, or typical."}, \
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = OF(source), .unit = "1", .doc = "Where the figures come from."}

static const lq_field ask_fields[] = {TERM_ROWS, {.key = NULL}};
/* Writes into an offer, over a copy of the letter. */
const lq_record lq_ask_record = {"ask", "What is asked for instead; run as an offer of its own with the letter's other terms.", sizeof(lq_offer_input), ask_fields};

static const lq_field offer_fields[] = {
    {.key = "id", .kind = LQ_FIELD_ID, .offset = OF(id), .required = true, .unit = "1", .doc = "Names the offer everywhere."},
    {.key = "name", .kind = LQ_FIELD_TEXT, .offset = OF(name), .unit = "1", .doc = "For the table; default the id."},
    {.key = "company", .kind = LQ_FIELD_CUSTOM, .offset = OF(company_id), .read = lq_read_company, .required = true, .unit = "1", .doc = "Id of a company of this file or of a data pack; an unknown one: {like: late-stage, post_money: $800M}.", .json_type = "{\"type\": [\"string\", \"object\"]}"},
    {.key = "currency", .kind = LQ_FIELD_CUSTOM, .offset = OF(currency), .read = lq_read_currency, .unit = "1", .doc = "Of its pay; default: that of base, then the report's.", .json_type = "{\"type\": \"string\", \"pattern\": \"^[A-Z]{3}$\"}"},
    TERM_ROWS,
    {.key = "leaving", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = OF(leaving), .fallback = "10%/y", .min = 0, .max = 20, .unit = "a year", .varies = LQ_VARIES_WORLD, .doc = "Resignation hazard; without one, clawbacks and front-loaded vesting are worth nothing."},
    {.key = "fallback", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = OF(fallback), .min = 0, .max = 1e9, .unit = "money a year", .varies = LQ_VARIES_WORLD, .doc = "Base pay elsewhere once this job has ended, until the horizon; default: this offer's base with its raises, so that leaving costs bonus, clawback and unvested paper only; $0: pay stops.", .range_hint = "write one figure"},
    {.key = "search_gap", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = OF(search_gap), .fallback = "3mo", .min = 0, .max = 5, .unit = "years", .doc = "Without pay after the employer has failed; who resigns has the next job. The default is an assumption."},
    {.key = "last_wage", .kind = LQ_FIELD_CHOICE, .offset = OF(last_wage), .fallback = "paid", .choices = wages, .unit = "1", .doc = "Of the month in which the employer fails: paid, or lost, and the search begins with that month."},
    {.key = "band", .kind = LQ_FIELD_RECORD, .offset = OF(band), .record = &lq_band_record, .read = lq_read_band, .doc = "The employer's range: {base, stock, bonus, sign_on}, or one range for base."},
    {.key = "ask", .kind = LQ_FIELD_CUSTOM, .record = &lq_ask_record, .read = lq_read_ask, .doc = "What is asked for instead: base, stock, year_one, bonus, sign_on, refresh, ...", .json_type = "{\"type\": \"object\"}"},
    {.key = "stated_total", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = OF(stated_total), .min = 0, .max = 1e12, .unit = "money a year", .varies = LQ_VARIES_EVENT, .doc = "The letter's yearly total, or a range of it: checked, never used."},
    {.key = "level", .kind = LQ_FIELD_ID, .offset = OF(level), .unit = "1", .doc = "e.g. staff: names the peers elsewhere and the employer's band."},
    {.key = "region", .kind = LQ_FIELD_ID, .offset = OF(region), .unit = "1", .doc = "e.g. san-francisco: which of the employer's bands; default: that of the residence."},
    {.key = "residence", .kind = LQ_FIELD_TEXT, .offset = OF(residence), .unit = "1", .doc = "Where it differs from the person's."},
    {.key = "work_state", .kind = LQ_FIELD_TEXT, .offset = OF(work_state), .unit = "1", .doc = "Where it differs from the residence; carried along."},
    {.key = "tax", .kind = LQ_FIELD_RECORD, .offset = OF(tax), .record = &lq_tax_record, .read = lq_read_tax, .doc = "Default: the file's."},
    {.key = "role", .kind = LQ_FIELD_CHOICE, .offset = OF(role), .fallback = "letter", .choices = roles, .unit = "1", .doc = "In resolved files: what the offer is a variant of its letter in."},
    {.key = "letter", .kind = LQ_FIELD_ID, .offset = OF(letter_id), .unit = "1", .doc = "In resolved files: the letter that the offer is a variant of."},
    {.key = "severance", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version."},
    {.key = "layoff", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version: lay-offs."},
    {.key = "match", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version: retirement match."},
    {.key = "one_off", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "money", .doc = "Not in this version: relocation and other one-off payments."},
    {.key = "promotion", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version."},
    {.key = "quit", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version: optimal quitting."},
    {.key = NULL}};
const lq_record lq_offer_record = {"offer", "A letter: pay, equity and its terms.", sizeof(lq_offer_input), offer_fields};

/* clang-format on */

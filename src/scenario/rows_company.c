#include "scenario/rows.h"

#include <stddef.h>

/* Rows are written as tables; the formatter would break each over six lines. */
/* clang-format off */

static const char *const listings[] = {"public", "private", NULL};
static const char *const monitorings[] = {"monthly", "continuous", NULL};
static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const proceeds[] = {"retained", "none", NULL};
static const char *const sale_prices[] = {"preferred", "fair", "409a", NULL};
static const char *const residuals[] = {"opm", "fair", "zero", "sale", NULL};

#define CO(m) offsetof(lq_company, m)

/* What every hazard has; h is the member of lq_company that holds it, eta its default exponent.
 * Nested groups without a struct of their own write into the company by absolute offsets. */
#define HAZARD_ROWS(h, eta) \
    {.key = "probability", .kind = LQ_FIELD_CUSTOM, .offset = CO(h), .read = lq_read_hazard_probability, .unit = "fraction by years", .varies = LQ_VARIES_WORLD, .doc = "25% by 5y: the cumulative incidence that the intensity is solved for; may be {uncertain: 15% to 35% by 5y}.", .json_type = "{\"type\": [\"string\", \"object\"]}"}, \
    {.key = "rate", .kind = LQ_FIELD_CUSTOM, .offset = CO(h), .read = lq_read_hazard_rate, .unit = "a year", .varies = LQ_VARIES_WORLD, .doc = "Constant intensity, 0.3/y.", .json_type = "{\"type\": [\"string\", \"number\", \"object\"]}"}, \
    {.key = "weibull", .kind = LQ_FIELD_CUSTOM, .offset = CO(h), .read = lq_read_hazard_weibull, .unit = "1", .doc = "{shape: 1.4, scale: 9y}: intensity by the company's age.", .json_type = "{\"type\": \"object\"}"}, \
    {.key = "table", .kind = LQ_FIELD_CUSTOM, .offset = CO(h), .read = lq_read_hazard_table, .unit = "a year", .doc = "{0y: 0.02/y, 1y: 0.10/y}: intensity from the given age on.", .json_type = "{\"type\": \"object\"}"}, \
    {.key = "every", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(h.every), .fallback = "1mo", .min = 1.0 / 12, .max = 1, .unit = "years", .doc = "How often the lottery is drawn: 1mo, or 12mo: once at the end of each year, on its whole intensity."}, \
    {.key = "value_exponent", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CO(h.value_exponent), .fallback = eta, .min = -5, .max = 5, .unit = "1", .varies = LQ_VARIES_WORLD, .doc = "Intensity moves with (V / V_0) to this power; for rounds V_0 is the value after the last one."}, \
    {.key = "market_exponent", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CO(h.market_exponent), .fallback = "0", .min = -10, .max = 10, .unit = "1", .varies = LQ_VARIES_WORLD, .doc = "Intensity moves with exp(this x the market's trailing 12-month excess log return)."}

static const lq_field ipo_fields[] = {
    HAZARD_ROWS(ipo.hazard, "0"),
    {.key = "discount", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(ipo.discount), .fallback = "15%", .min = 0, .max = 0.9, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of the offer price under the first close; new shares are sold at it, employees never. The default is an assumption."},
    {.key = "primary", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(ipo.primary), .fallback = "15%", .min = 0, .max = 2, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "New money raised at the IPO, of the value before it. The default is an assumption."},
    {.key = "direct_listing", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(ipo.direct_listing), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of listings, those that are direct: no new money, no discount, no lockup."},
    {.key = NULL}};
static const lq_record ipo_record = {"ipo", "Going public.", sizeof(lq_company), ipo_fields};

static const lq_field escrow_fields[] = {
    {.key = "fraction", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(acquisition.escrow.fraction), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of what holders are paid at the close, what comes later; not of what vests after it."},
    {.key = "months", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(acquisition.escrow.months), .fallback = "15mo", .min = 0, .max = 10, .unit = "years", .doc = "When it comes, from the close."},
    {.key = "released", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(acquisition.escrow.released), .fallback = "90%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "Of it, what comes at all; the rest pays the buyer's claims. The default is an assumption."},
    {.key = NULL}};
static const lq_record escrow_record = {"escrow", "What is held back of what the close pays.", sizeof(lq_company), escrow_fields};

/* of: the member of lq_company that holds it. */
#define RETENTION_ROWS(of) \
    {.key = "revest", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(of.revest), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of what has vested by the close and is held by who works there, what vests once more: its money of the close is paid monthly to who stays."}, \
    {.key = "over", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(of.over), .fallback = "24mo", .min = 1.0 / 12, .max = 10, .unit = "years", .doc = "How long that takes."}

static const lq_field sale_retention_fields[] = {RETENTION_ROWS(acquisition.retention), {.key = NULL}};
static const lq_field deal_retention_fields[] = {RETENTION_ROWS(deal.retention), {.key = NULL}};
static const lq_record sale_retention_record = {"retention", "What is paid only to who stays.", sizeof(lq_company), sale_retention_fields};
static const lq_record deal_retention_record = {"retention", "What is paid only to who stays.", sizeof(lq_company), deal_retention_fields};

static const lq_field acquisition_fields[] = {
    HAZARD_ROWS(acquisition.hazard, "0"),
    {.key = "premium", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(acquisition.premium), .fallback = "0%", .min = -0.9, .max = 5, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Price over the value at the time."},
    {.key = "fees", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(acquisition.fees), .fallback = "0%", .min = 0, .max = 0.5, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of the proceeds, first."},
    {.key = "escrow", .kind = LQ_FIELD_RECORD, .record = &escrow_record, .doc = "What is held back of what the close pays."},
    {.key = "retention", .kind = LQ_FIELD_RECORD, .record = &sale_retention_record, .doc = "What is paid only to who stays."},
    {.key = "layoff", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(acquisition.layoff), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Chance of being let go after it: the job ends, a search and then the fallback's pay follow."},
    {.key = "layoff_after", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(acquisition.layoff_after), .fallback = "0mo", .min = 0, .max = 5, .unit = "years", .varies = LQ_VARIES_EVENT, .doc = "When that is, from the close, rounded up to months; 0mo to 18mo: any time in it."},
    {.key = NULL}};
static const lq_record acquisition_record = {"acquisition", "Being bought.", sizeof(lq_company), acquisition_fields};

static const lq_field failure_fields[] = {
    HAZARD_ROWS(failure.hazard, "0"),
    {.key = "floor", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_floor, .unit = "fraction or money", .varies = LQ_VARIES_WORLD, .doc = "25% of the opening value, or money: under it the company fails, on top of the intensity. Not beside a deal, which holds the value until it closes or breaks.", .json_type = "{\"type\": [\"string\", \"number\", \"object\"]}"},
    {.key = "monitoring", .kind = LQ_FIELD_CHOICE, .offset = CO(floor_continuous), .fallback = "monthly", .choices = monitorings, .unit = "1", .doc = "Of the floor: monthly, at the end of each month, or continuous, in between too, by the chance of a Brownian bridge; then what fails fails at the floor, and compensate is no."},
    {.key = "recovery", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(failure.recovery), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of the value, left for the preferences and then the rest."},
    {.key = "acqui_hire", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(failure.acqui_hire), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of failures, those in which a buyer takes the team on: pay and vesting go on; holders are paid the recovery, and so is what vests later."},
    {.key = NULL}};
static const lq_record failure_record = {"failure", "Closing down.", sizeof(lq_company), failure_fields};

static const lq_field exits_fields[] = {
    {.key = "ipo", .kind = LQ_FIELD_RECORD, .record = &ipo_record, .doc = "Going public."},
    {.key = "acquisition", .kind = LQ_FIELD_RECORD, .record = &acquisition_record, .doc = "Being bought."},
    {.key = "failure", .kind = LQ_FIELD_RECORD, .record = &failure_record, .doc = "Closing down."},
    {.key = NULL}};
static const lq_record exits_record = {"exits", "How a private company ends being one; at most one happens on a path.", sizeof(lq_company), exits_fields};

static const lq_field rounds_fields[] = {
    HAZARD_ROWS(rounds.hazard, "1"),
    {.key = "dilution", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(rounds.dilution), .fallback = "10%", .min = 0, .max = 0.9, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "New shares over all shares after the round."},
    {.key = "dilution_if_down", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(rounds.dilution_if_down), .min = 0, .max = 0.9, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "The same where a share is worth less than the last round paid; default: dilution."},
    {.key = "pool_top_up", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(rounds.pool_top_up), .fallback = "0%", .min = 0, .max = 0.5, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "New pool over all shares after the round."},
    {.key = "proceeds", .kind = LQ_FIELD_CHOICE, .offset = CO(rounds.proceeds), .fallback = "retained", .choices = proceeds, .unit = "1", .doc = "retained: the new money adds to the value; none: it dilutes only, the value is the post-money."},
    {.key = "phi", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CO(rounds.phi), .min = 0.01, .max = 100, .word = "solve", .unit = "1", .varies = LQ_VARIES_WORLD, .doc = "Headline post-money over value at a round; default: that of the last round, beside a fair_value at most 1.48, what terms explain on average (Gornall and Strebulaev 2020). solve: each round is priced so that its class, with its terms, is worth its price by the option pricing method on the path's own stack; one that finds no such phi in the range is not held."},
    {.key = "premium", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(rounds.premium), .fallback = "0%", .min = -0.9, .max = 10, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "Of a round's price over phi x the value of a share before it, whether phi is a number or solved."},
    {.key = "terms", .kind = LQ_FIELD_RECORD, .offset = CO(rounds.terms), .record = &lq_round_terms_record, .doc = "Rights of the preferred that a round adds; default: 1x, not participating."},
    {.key = "pay_to_play", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(rounds.pay_to_play), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of earlier preferred, what does not follow in a down round and becomes common."},
    {.key = NULL}};
static const lq_record rounds_record = {"rounds", "Funding rounds.", sizeof(lq_company), rounds_fields};

static const lq_field tenders_fields[] = {
    HAZARD_ROWS(tenders.hazard, "0"),
    {.key = "cap", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(tenders.cap), .fallback = "15%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "Part of vested holdings that may be sold."},
    {.key = "proration", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(tenders.proration), .fallback = "100%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "Of what is offered, the part that is bought: below 100 % where sellers offer more than the buyers take."},
    {.key = "discount", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(tenders.discount), .fallback = "0% to 25%", .min = -1, .max = 0.99, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "Off the price that `price` names."},
    {.key = "min_tenure", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(tenders.min_tenure), .fallback = "1y", .min = 0, .max = 10, .unit = "years", .doc = "Only for those employed this long."},
    {.key = "settles", .kind = LQ_FIELD_BOOL, .offset = CO(tenders.settles), .fallback = "false", .unit = "1", .doc = "Whether double-trigger units may be sold in it."},
    {.key = "price", .kind = LQ_FIELD_CHOICE, .offset = CO(tenders.price), .fallback = "preferred", .choices = sale_prices, .unit = "1", .doc = "preferred: the last preferred price; fair: fair common value of the day; 409a: what the last appraisal says."},
    {.key = NULL}};
static const lq_record tenders_record = {"tenders", "Tenders that the company runs.", sizeof(lq_company), tenders_fields};

static const lq_field secondary_fields[] = {
    {.key = "allowed", .kind = LQ_FIELD_BOOL, .offset = CO(secondary.allowed), .fallback = "false", .unit = "1", .doc = "Default true where anything else of it is written."},
    {.key = "every", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(secondary.every), .fallback = "12mo", .min = 1.0 / 12, .max = 10, .unit = "years", .doc = "From window to window, the first that long after the start."},
    {.key = "share", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(secondary.share), .fallback = "20%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of the shares held in a window, what is sold in it. Units of a double trigger are not owned before an exit, and those paid in money never are."},
    {.key = "discount", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(secondary.discount), .fallback = "30% to 50%", .min = -1, .max = 0.99, .unit = "fraction", .varies = LQ_VARIES_EVENT, .doc = "Off the price that `price` names, drawn for each window; the default is an assumption."},
    {.key = "fee", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(secondary.fee), .fallback = "5%", .min = 0, .max = 0.5, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of what the buyer pays, for who brings them together."},
    {.key = "rofr_delay", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(secondary.rofr_delay), .fallback = "2mo", .min = 0, .max = 2, .unit = "years", .doc = "The company's right of first refusal: the sale is agreed in its window at the price of then and paid this much later, by the company or the buyer."},
    {.key = "from_tenure", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(secondary.from_tenure), .fallback = "1y", .min = 0, .max = 10, .unit = "years", .doc = "Only for those who have served this long, also once they have left."},
    {.key = "price", .kind = LQ_FIELD_CHOICE, .offset = CO(secondary.price), .fallback = "preferred", .choices = sale_prices, .unit = "1", .doc = "What the discount is off: preferred, fair or 409a, as in tenders."},
    {.key = NULL}};
const lq_record lq_secondary_record = {"secondary", "An employee's own sales while the company is private. Not beside a deal: while the whole is being sold its price holds, and nobody sells a part below it.", sizeof(lq_company), secondary_fields};

#define LS(m) offsetof(lq_lockup_stage, m)
static const lq_field stage_fields[] = {
    {.key = "after", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = LS(after), .required = true, .min = 0, .max = 5, .unit = "years", .doc = "The listing."},
    {.key = "release", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = LS(release), .required = true, .min = 0, .max = 1, .unit = "fraction", .doc = "What may be sold from then on, of all that the lockup holds; the stages sum to 100 %."},
    {.key = NULL}};
static const lq_record stage_record = {"stage", "A part of a lockup.", sizeof(lq_lockup_stage), stage_fields};

static const lq_field trigger_fields[] = {
    {.key = "above", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(price_trigger.above), .fallback = "133%", .min = 0.01, .max = 100, .unit = "fraction", .doc = "Of the first close."},
    {.key = "for", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(price_trigger.months), .fallback = "1mo", .min = 1.0 / 12, .max = 2, .unit = "years", .doc = "How long: that many monthly closes in a row, after the first."},
    {.key = "release", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(price_trigger.release), .min = 0, .max = 1, .unit = "fraction", .doc = "What may be sold then, once, on top of the stages so far; not given: nothing."},
    {.key = NULL}};
static const lq_record trigger_record = {"price_trigger", "An early release where the price is high.", sizeof(lq_company), trigger_fields};

/* The first row is what a bare figure means. */
static const lq_field lockup_fields[] = {
    {.key = "ends", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(lockup), .fallback = "6mo", .min = 0, .max = 5, .unit = "years", .doc = "After the IPO; with stages it is the last of them."},
    {.key = "stages", .kind = LQ_FIELD_LIST, .offset = CO(lockup_stages), .record = &stage_record, .doc = "[{after: 3mo, release: 25%}, {after: 6mo, release: 75%}]. Shares that are held are sold so; units that are taxed and delivered when the lockup ends, or paid in money, wait for the last."},
    {.key = "price_trigger", .kind = LQ_FIELD_RECORD, .record = &trigger_record, .doc = "{above: 133%, for: 1mo, release: 25%}."},
    {.key = NULL}};
const lq_record lq_lockup_record = {"lockup", "How long employees may not sell after an IPO.", sizeof(lq_company), lockup_fields};

static const lq_field last_round_fields[] = {
    {.key = "post_money", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CO(last_round.post_money), .min = 0.01, .max = 1e14, .unit = "money", .varies = LQ_VARIES_WORLD, .doc = "Preferred price x all shares after the round."},
    {.key = "price", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CO(last_round.price), .fallback = "10", .min = 1e-6, .max = 1e7, .unit = "money a share", .doc = "Preferred price; only ratios to it matter, so a made-up one serves where it is not known."},
    {.key = "date", .kind = LQ_FIELD_DATE, .offset = CO(last_round.date), .unit = "date", .doc = "Of the round."},
    {.key = NULL}};
static const lq_record last_round_record = {"last_round", "The last priced round.", sizeof(lq_company), last_round_fields};

/* The third row is what a bare figure means. */
static const lq_field opening_fields[] = {
    {.key = "method", .kind = LQ_FIELD_CUSTOM, .offset = CO(opening_value.method), .read = lq_read_opening_method, .fallback = "haircut", .unit = "1", .doc = "fair_value: as given; face: the post-money; haircut: a fraction off it (default); backsolve: the value at which a series is worth its price by the option pricing method.", .json_type = "{\"enum\": [\"fair_value\", \"face\", \"haircut\", \"backsolve\"]}"},
    {.key = "haircut", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(opening_value.haircut), .fallback = "32.4%", .min = -5, .max = 0.99, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Off the post-money, with method haircut; default 1 - 1 / 1.48 (Gornall and Strebulaev 2020, average of 135 unicorns)."},
    {.key = "fair_value", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CO(opening_value.fair_value), .min = 0.01, .max = 1e14, .unit = "money", .varies = LQ_VARIES_WORLD, .doc = "Value of all shares today."},
    {.key = "roll", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CO(opening_value.roll), .fallback = "1", .min = 0.01, .max = 100, .unit = "1", .varies = LQ_VARIES_WORLD, .doc = "Factor on the value from the round's date to the start."},
    {.key = "series", .kind = LQ_FIELD_TEXT, .offset = CO(opening_value.series), .unit = "1", .doc = "backsolve: the series whose price is known; default: the last one listed."},
    {.key = "price", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CO(opening_value.price), .min = 1e-6, .max = 1e9, .unit = "money a share", .varies = LQ_VARIES_WORLD, .doc = "backsolve: what a share of it is worth; default: the price of the last round."},
    {.key = "term", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(opening_value.term), .min = 1.0 / 12, .max = 30, .unit = "years", .varies = LQ_VARIES_WORLD, .doc = "Until the exit, in the option pricing method; default: the company's own exits."},
    {.key = NULL}};
const lq_record lq_opening_record = {"opening_value", "What all shares are worth on the first day.", sizeof(lq_company), opening_fields};

static const lq_field residual_fields[] = {
    {.key = "method", .kind = LQ_FIELD_CHOICE, .offset = CO(residual.method), .fallback = "opm", .choices = residuals, .unit = "1", .doc = "opm: option value of common in the stack, less dlom; fair: share of the value, less dlom; sale: what a sale at the value on that day would pay, less dlom; zero."},
    {.key = "dlom", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(residual.dlom), .fallback = "20%", .min = 0, .max = 0.99, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Discount for lack of marketability on what is still stuck at the liquidity horizon, and in appraisals (409A); nowhere else."},
    {.key = NULL}};
static const lq_record residual_record = {"residual", "What is stuck at the liquidity horizon.", sizeof(lq_company), residual_fields};

static const lq_field appraisal_fields[] = {
    {.key = "every", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(appraisal.every), .fallback = "12mo", .min = 1.0 / 12, .max = 5, .unit = "years", .doc = "From one to the next, the first at the start; US tax law lets one stand for a year at most (26 CFR 1.409A-1(b)(5)(iv)(B))."},
    {.key = "after_round", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(appraisal.after_round), .fallback = "2mo", .min = 0, .max = 1, .unit = "years", .doc = "A funding round asks for another, so long after it; until then the old number stands. The default is an assumption."},
    {.key = NULL}};
static const lq_record appraisal_record = {"appraisal", "When common is appraised, fair common value less residual.dlom (a 409A): what grants at 409a, sales at 409a and the income of single-trigger vests go by until the next one.", sizeof(lq_company), appraisal_fields};

static const lq_field deal_fields[] = {
    {.key = "price", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CO(deal.price), .min = 0.01, .max = 1e14, .unit = "money", .varies = LQ_VARIES_WORLD, .doc = "For all shares and preferences, paid down the waterfall after exits.acquisition.fees; no premium comes on top."},
    {.key = "closes", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(deal.closes), .fallback = "3mo to 9mo", .min = 0, .max = 5, .unit = "years", .varies = LQ_VARIES_EVENT, .doc = "After the start: when it closes, or breaks; rounded up to months. The default is an assumption."},
    {.key = "break_probability", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(deal.break_probability), .fallback = "5%", .min = 0, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "That it breaks; 5 % of 2,614 signed deals for US public targets did, 2010 to 2022 (insidearbitrage.com 2023)."},
    {.key = "on_close", .kind = LQ_FIELD_TEXT, .offset = CO(deal.on_close), .fallback = "cash", .unit = "1", .doc = "cash: paid then, what has not vested as it vests; `roll into COMPANY`: what has not vested becomes that listed company's shares at its price of that day, and vests on."},
    {.key = "break_value", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CO(deal.break_value), .min = 0.01, .max = 1e14, .unit = "money", .varies = LQ_VARIES_EVENT, .doc = "What all shares are worth once it has broken; from there the company goes on as exits, rounds and tenders say, priced at its value."},
    {.key = "issued", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(deal.issued), .fallback = "0%", .min = 0, .max = 10, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Shares issued since the last round, over all shares of then: the price is shared with them."},
    {.key = "retention", .kind = LQ_FIELD_RECORD, .record = &deal_retention_record, .doc = "What is paid only to who stays; exits.acquisition.retention is that of later sales and does not count here."},
    {.key = NULL}};
static const lq_record deal_record = {"deal", "An announced acquisition, signed and open.", sizeof(lq_company), deal_fields};

static const lq_field jumps_fields[] = {
    {.key = "rate", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = CO(jumps.rate), .min = 0, .max = 50, .unit = "a year", .varies = LQ_VARIES_WORLD, .doc = "Jumps a year, at any time (a Poisson process)."},
    {.key = "mean", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(jumps.mean), .min = -3, .max = 3, .unit = "log return", .varies = LQ_VARIES_WORLD, .doc = "Mean log return of a jump; the growth is compensated for it."},
    {.key = "sd", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(jumps.sd), .min = 0, .max = 2, .unit = "log return", .varies = LQ_VARIES_WORLD, .doc = "Standard deviation of a jump's log return."},
    {.key = NULL}};
static const lq_record jumps_record = {"jumps", "Sudden moves of the company's own, normal in log return; after an IPO they scale with the rest of what is its own.", sizeof(lq_company), jumps_fields};

static const lq_field heston_fields[] = {
    {.key = "speed", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = CO(heston.speed), .min = 0.01, .max = 50, .unit = "a year", .varies = LQ_VARIES_WORLD, .doc = "How fast the variance comes back to its long run (kappa): a gap halves in ln 2 / speed years."},
    {.key = "vol_of_vol", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(heston.vol_of_vol), .min = 0.01, .max = 5, .unit = "fraction a year", .varies = LQ_VARIES_WORLD, .doc = "Volatility of the variance: dv = speed (volatility^2 - v) dt + this sqrt(v) dW."},
    {.key = "correlation", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CO(heston.correlation), .min = -0.999, .max = 0, .unit = "1", .varies = LQ_VARIES_WORLD, .doc = "Of price and variance: negative where a fall makes the stock wilder. At most 0: above, the expected price can be infinite."},
    {.key = "start", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(heston.start), .min = 0.001, .max = 5, .unit = "fraction a year", .varies = LQ_VARIES_WORLD, .doc = "Volatility at the start; default: volatility, that of the long run."},
    {.key = NULL}};
static const lq_record heston_record = {"heston", "Volatility that moves and comes back (Heston 1993).", sizeof(lq_company), heston_fields};

LQ_RETURNS_ROWS(company_returns, CO);
static const lq_record company_returns_record = {"returns", "A history of monthly returns.", sizeof(lq_company), company_returns};

static const lq_field company_fields[] = {
    {.key = "name", .kind = LQ_FIELD_TEXT, .offset = CO(name), .unit = "1", .doc = "For people; default the id."},
    {.key = "like", .kind = LQ_FIELD_ID, .offset = CO(like), .unit = "1", .doc = "Archetype that fills what is not written: seed, series-a, growth, late-stage, public-large; none: no pack at all."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = CO(source), .unit = "1", .doc = "Where these figures come from."},
    {.key = "listing", .kind = LQ_FIELD_CHOICE, .offset = CO(listing), .fallback = "public", .choices = listings, .unit = "1", .doc = "public or private."},
    {.key = "model", .kind = LQ_FIELD_CUSTOM, .offset = CO(model), .read = lq_read_model, .unit = "1", .doc = "gbm: geometric Brownian motion; merton: with jumps; listed companies also heston: volatility that moves; regime: what is its own is as wild as the market's state; bootstrap: months of its history.", .json_type = "{\"enum\": [\"gbm\", \"merton\", \"heston\", \"regime\", \"bootstrap\"]}"},
    {.key = "currency", .kind = LQ_FIELD_CUSTOM, .offset = CO(currency), .read = lq_read_currency, .unit = "1", .doc = "Of its price; default the report's.", .json_type = "{\"type\": \"string\", \"pattern\": \"^[A-Z]{3}$\"}"},
    {.key = "volatility", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(volatility), .min = 0, .max = 5, .unit = "fraction a year", .varies = LQ_VARIES_WORLD, .doc = "Total, jumps included, of log value (private) or price (public)."},
    {.key = "beta", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CO(beta), .min = -10, .max = 10, .unit = "1", .varies = LQ_VARIES_WORLD, .doc = "With the market; correlation = beta x market volatility / volatility."},
    {.key = "correlation", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CO(correlation), .min = -0.999, .max = 0.999, .unit = "1", .varies = LQ_VARIES_WORLD, .doc = "With the market; instead of beta; 0.5 where neither is known."},
    {.key = "sector", .kind = LQ_FIELD_ID, .offset = CO(sector), .unit = "1", .doc = "One of market.sectors: what the company shares with the others that name it, beside the market."},
    {.key = "sector_share", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(sector_share), .min = 0, .max = 0.99, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Of what beta leaves of its variance, the part that is the sector's; default: the sector's share."},
    {.key = "dividend_yield", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(dividend_yield), .fallback = "0%", .min = 0, .max = 0.5, .unit = "fraction a year", .varies = LQ_VARIES_WORLD, .doc = "Continuous."},
    {.key = "growth", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = CO(growth), .min = -2, .max = 5, .unit = "fraction a year", .varies = LQ_VARIES_WORLD, .doc = "Arithmetic drift applied continuously, before dilution: E[V_t] = V_0 exp(growth t); default rate + beta x premium + alpha. A log drift is lower by half the squared volatility."},
    {.key = "alpha", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = CO(alpha), .fallback = "0%", .min = -2, .max = 5, .unit = "fraction a year", .varies = LQ_VARIES_WORLD, .doc = "Added to the default growth."},
    {.key = "price", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CO(price), .fallback = "100", .min = 1e-6, .max = 1e9, .unit = "money a share", .doc = "Public: share price today; only ratios to it matter unless a grant is in units."},
    {.key = "post_money", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CO(last_round.post_money), .min = 0.01, .max = 1e14, .unit = "money", .varies = LQ_VARIES_WORLD, .doc = "Short for last_round.post_money."},
    {.key = "last_round", .kind = LQ_FIELD_RECORD, .record = &last_round_record, .doc = "The last priced round."},
    {.key = "opening_value", .kind = LQ_FIELD_RECORD, .record = &lq_opening_record, .read = lq_read_opening, .doc = "What all shares are worth on the first day: money, or how to tell. Not beside a deal, whose price and break_value say it.", .json_type = "{\"anyOf\": [{\"type\": [\"string\", \"number\"]}, {\"type\": \"object\", \"required\": [\"uncertain\"]}]}"},
    {.key = "common_factor", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(common_factor), .min = 0.01, .max = 1, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Common share over preferred price today; instead of preferences."},
    {.key = "preferences", .kind = LQ_FIELD_LIST, .offset = CO(preferences), .record = &lq_preference_record, .doc = "What investors are paid first in a sale."},
    {.key = "cap_table", .kind = LQ_FIELD_RECORD, .offset = CO(cap_table), .record = &lq_cap_table_record, .doc = "All shares, where they are known; its preferred replace preferences."},
    {.key = "exits", .kind = LQ_FIELD_RECORD, .record = &exits_record, .doc = "IPO, acquisition, failure."},
    {.key = "floor", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_floor, .unit = "fraction or money", .varies = LQ_VARIES_WORLD, .doc = "Short for exits.failure.floor.", .json_type = "{\"type\": [\"string\", \"number\", \"object\"]}"},
    {.key = "compensate", .kind = LQ_FIELD_CHOICE, .offset = CO(compensate), .fallback = "yes", .choices = no_yes, .unit = "1", .doc = "yes: growth includes failures and premiums, so survivors grow faster."},
    {.key = "rounds", .kind = LQ_FIELD_RECORD, .record = &rounds_record, .doc = "Funding rounds."},
    {.key = "tenders", .kind = LQ_FIELD_RECORD, .record = &tenders_record, .doc = "Tenders that the company runs."},
    {.key = "lockup", .kind = LQ_FIELD_RECORD, .record = &lq_lockup_record, .read = lq_read_lockup, .short_key = "ends", .doc = "After an IPO: how long, or in which stages.", .json_type = "{\"type\": \"string\"}"},
    {.key = "post_ipo_volatility", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CO(post_ipo_volatility), .fallback = "50%", .min = 0, .max = 5, .unit = "fraction a year", .varies = LQ_VARIES_WORLD, .doc = "Once public; beta stays, the correlation is worked out anew."},
    {.key = "age", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = CO(age), .fallback = "0y", .min = 0, .max = 200, .unit = "years", .doc = "At the start; for intensities by age."},
    {.key = "residual", .kind = LQ_FIELD_RECORD, .record = &residual_record, .doc = "What is stuck at the liquidity horizon."},
    {.key = "appraisal", .kind = LQ_FIELD_RECORD, .record = &appraisal_record, .doc = "When common is appraised (409A)."},
    {.key = "deal", .kind = LQ_FIELD_RECORD, .record = &deal_record, .doc = "An acquisition that is signed and open: until it closes or breaks there are no other exits, rounds or tenders."},
    {.key = "jumps", .kind = LQ_FIELD_RECORD, .record = &jumps_record, .doc = "Model merton: {rate: 0.5/y, mean: -3%, sd: 14%}."},
    {.key = "student_t", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CO(student_t), .min = 2.5, .max = 200, .unit = "degrees of freedom", .varies = LQ_VARIES_WORLD, .doc = "Model gbm: what is its own has the tails of a Student-t law, at the same volatility; not given: normal."},
    {.key = "heston", .kind = LQ_FIELD_RECORD, .record = &heston_record, .doc = "Model heston: {speed: 3/y, vol_of_vol: 60%, correlation: -0.6}."},
    {.key = "returns", .kind = LQ_FIELD_RECORD, .record = &company_returns_record, .doc = "Model bootstrap: the company's history; instead of volatility and beta."},
    {.key = "secondary", .kind = LQ_FIELD_RECORD, .record = &lq_secondary_record, .read = lq_read_secondary, .doc = "Sales of vested shares to outsiders, by the employee: no (default), yes, or how.", .json_type = "{\"enum\": [\"no\", \"yes\"]}"},
    {.key = "dlom", .kind = LQ_FIELD_CUSTOM, .read = lq_read_dlom, .unit = "fraction", .doc = "Refused: waiting is simulated (lockup, tenders, exits), a discount on top would charge it twice; residual.dlom is for what is stuck at the end."},
    {.key = NULL}};
const lq_record lq_company_record = {"company", "An employer.", sizeof(lq_company), company_fields};

/* clang-format on */

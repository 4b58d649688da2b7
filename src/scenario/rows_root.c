#include "scenario/rows.h"

#include <stddef.h>

/* Rows are written as tables; the formatter would break each over six lines. */
/* clang-format off */

static const char *const samplings[] = {"random", "sobol", NULL};
static const char *const expansions[] = {"auto", "on", "off", NULL};
static const char *const tolerances[] = {"certainty_equivalent", "mean", "median", "p_a_beats_b", NULL};
static const char *const precisions[] = {"fast", "reference", NULL};
static const char *const measures[] = {"real", "pricing", NULL};
static const char *const after_horizon[] = {"stay", NULL};
static const char *const utilities[] = {"crra", "cara", NULL};
static const char *const filings[] = {"single", "married_joint", NULL};
static const char *const fx_drifts[] = {"forward", "none", NULL};
static const char *const market_models[] = {"gbm", "regime", "bootstrap", NULL};
static const char *const repairs[] = {"none", "nearest", NULL};
static const char *const pairs[] = {"baseline", "all", NULL};

#define SIM(m) offsetof(lq_simulation, m)
static const lq_field simulation_fields[] = {
    {.key = "paths", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_COUNT, .offset = SIM(paths), .fallback = "1e6", .min = 1, .max = 1e12, .unit = "paths", .doc = "Simulated futures; every offer sees the same ones. In several worlds rounded up to whole blocks of 64 in each."},
    {.key = "seed", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_COUNT, .offset = SIM(seed), .fallback = "1", .min = 0, .max = 0x1p53 - 1.0, .unit = "1", .doc = "Key of every random number; 0 is an ordinary seed."},
    {.key = "start", .kind = LQ_FIELD_DATE, .offset = SIM(start), .unit = "date", .doc = "First day of the job; default: the 1 January after the date of the market pack, never the clock."},
    {.key = "horizon", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = SIM(horizon), .fallback = "4y", .min = 1.0 / 12, .max = 15, .unit = "years", .doc = "Pay earned in this window is compared."},
    {.key = "liquidity_horizon", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = SIM(liquidity_horizon), .fallback = "10y", .min = 1.0 / 12, .max = 30, .unit = "years", .doc = "Paths run on until equity is cash or gone, at most this long; what is stuck then is settled by the company's residual."},
    {.key = "measure", .kind = LQ_FIELD_CHOICE, .offset = SIM(measure), .fallback = "real", .choices = measures, .unit = "1", .doc = "real: assets earn rate + beta x premium, for decisions; pricing: they earn the rate, for fair values."},
    {.key = "sampling", .kind = LQ_FIELD_CHOICE, .offset = SIM(sampling), .fallback = "random", .choices = samplings, .unit = "1", .doc = "random: independent paths; sobol: scrambled Sobol points in 32 replicates, fewer paths for the same error; paths are rounded up to 2,048 times a power of two in every world."},
    {.key = "expansion", .kind = LQ_FIELD_CHOICE, .offset = SIM(expansion), .fallback = "auto", .choices = expansions, .unit = "1", .doc = "Exits of private companies: on: on every path all of them with their odds (8 of them, evenly spread, where there are more than 15), instead of one drawn; off: one drawn; auto: on with sampling: sobol where nothing is uncertain (or in one world), where it gives the smaller error in the same time, otherwise off."},
    {.key = "tolerance", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = SIM(tolerance), .min = 1e-7, .max = 0.5, .unit = "fraction", .doc = "Standard error wanted of `tolerance_of`, as a fraction of it (of p_a_beats_b: as a probability): from `paths` on, paths are added until the worst of the offers or pairs has it."},
    {.key = "tolerance_money", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = SIM(tolerance_money), .min = 1e-2, .max = 1e12, .unit = "money", .doc = "The same, in money."},
    {.key = "tolerance_of", .kind = LQ_FIELD_CHOICE, .offset = SIM(tolerance_of), .fallback = "certainty_equivalent", .choices = tolerances, .unit = "1", .doc = "The figure whose standard error is wanted: what each offer is worth to you, its mean or median total, or the chance that one beats the other."},
    {.key = "max_paths", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_COUNT, .offset = SIM(max_paths), .fallback = "1e8", .min = 1, .max = 1e12, .unit = "paths", .doc = "Where growing to the tolerance stops, reached or not; where it is smaller than the default of paths, growing begins there."},
    {.key = "precision", .kind = LQ_FIELD_CHOICE, .offset = SIM(precision), .fallback = "fast", .choices = precisions, .unit = "1", .doc = "fast: uniforms of 32 bits and functions to 1e-10, far below any Monte Carlo error; reference: 52 bits and 1e-15 on the same draws, two to ten times slower, to check that."},
    {.key = "antithetic", .kind = LQ_FIELD_BOOL, .offset = SIM(antithetic), .fallback = "false", .unit = "1", .doc = "true: paths come in pairs, the second on mirrored draws (1 - u, -z); errors come from 32 replicates. Only with sampling: random; paths are rounded up to a multiple of 64 in every world."},
    {.key = "controls", .kind = LQ_FIELD_BOOL, .offset = SIM(controls), .fallback = "false", .unit = "1", .doc = "true: means of totals and of differences, and who beats whom, by regression on control variates, whose means are known exactly (listed shares at their vests, values without events, exits); quantiles and certainty equivalents stay plain. Only with sampling: random."},
    {.key = "worlds", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_COUNT, .offset = SIM(worlds), .fallback = "32", .min = 1, .max = 4096, .unit = "worlds", .doc = "Outer draws of `uncertain` inputs: how many states of ignorance the paths are spread over."},
    {.key = "after_horizon", .kind = LQ_FIELD_CHOICE, .offset = SIM(after_horizon), .fallback = "stay", .choices = after_horizon, .unit = "1", .doc = "stay: employment goes on after the horizon, and later pay counts for nobody. Not in this version: leave."},
    {.key = NULL}};
const lq_record lq_simulation_record = {"simulation", "How many futures, from when, for how long.", sizeof(lq_simulation), simulation_fields};

#define PER(m) offsetof(lq_person, m)
static const lq_field person_fields[] = {
    {.key = "wealth", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = PER(wealth), .fallback = "$400K", .min = 0, .max = 1e12, .unit = "money", .doc = "Savings and home equity outside these offers; risk weighs less on the wealthy."},
    {.key = "risk_aversion", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = PER(risk_aversion), .fallback = "2", .min = 0, .max = 50, .unit = "1", .doc = "gamma of constant relative risk aversion on total wealth: 0 ignores risk, 2 just takes a coin toss that doubles wealth or loses a third of it."},
    {.key = "utility", .kind = LQ_FIELD_CHOICE, .offset = PER(utility), .fallback = "crra", .choices = utilities, .unit = "1", .doc = "crra: constant relative risk aversion; cara: constant absolute, risk_aversion / wealth per dollar."},
    {.key = "wealth_in_market", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = PER(wealth_in_market), .fallback = "60%", .min = 0, .max = 1, .unit = "fraction", .doc = "Part of outside wealth that moves with the stock market."},
    {.key = "spending", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = PER(spending), .fallback = "$0", .min = 0, .max = 1e12, .unit = "money", .doc = "Present value of what is spent until the liquidity horizon, taken off wealth."},
    {.key = "residence", .kind = LQ_FIELD_TEXT, .offset = PER(residence), .unit = "1", .doc = "Where tax is paid, e.g. us-ca; carried along, not yet used by tax none and flat."},
    {.key = "filing", .kind = LQ_FIELD_CHOICE, .offset = PER(filing), .fallback = "single", .choices = filings, .unit = "1", .doc = "Filing status, carried along like residence."},
    {.key = "income_before", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "money", .doc = "Not in this version: earlier income of the first tax year."},
    {.key = NULL}};
const lq_record lq_person_record = {"person", "Whose decision it is.", sizeof(lq_person), person_fields};

#define TAX(m) offsetof(lq_tax_rule, m)
static const lq_field tax_fields[] = {
    {.key = "flat", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_tax_flat, .unit = "fraction", .doc = "One rate on pay and on vested units.", .json_type = "{\"type\": [\"string\", \"number\"]}"},
    {.key = "gains", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = TAX(gains), .min = 0, .max = 0.99, .unit = "fraction", .doc = "Rate on gains after the income date; default: the flat rate. A year's gains and losses are netted; a year that ends in a loss brings no refund, and the loss is not carried over."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = TAX(source), .unit = "1", .doc = "Where the rates come from."},
    {.key = NULL}};
const lq_record lq_tax_record = {"tax", "none, one rate, or {flat: 41%, gains: 25%}.", sizeof(lq_tax_rule), tax_fields};

#define FX(m) offsetof(lq_fx, m)
static const lq_field fx_fields[] = {
    {.key = "spot", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = FX(spot), .min = 1e-6, .max = 1e6, .unit = "1", .doc = "EURUSD 1.15: dollars per euro.", .varies = LQ_VARIES_WORLD},
    {.key = "volatility", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = FX(volatility), .fallback = "8%", .min = 0, .max = 2, .unit = "fraction a year", .doc = "Annual volatility of the rate.", .varies = LQ_VARIES_WORLD},
    {.key = "rate", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = FX(rate), .min = -0.2, .max = 1, .unit = "fraction a year", .doc = "Risk-free rate of the foreign currency, effective annual."},
    {.key = "correlation", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = FX(correlation), .fallback = "0", .min = -0.999, .max = 0.999, .unit = "1", .doc = "With the stock market.", .varies = LQ_VARIES_WORLD},
    {.key = "drift", .kind = LQ_FIELD_CHOICE, .offset = FX(drift), .fallback = "forward", .choices = fx_drifts, .unit = "1", .doc = "Real measure: forward, by the difference of rates, or none of the level."},
    {.key = NULL}};
const lq_record lq_fx_record = {"fx", "One currency against the report's, keyed by the pair, e.g. EURUSD.", sizeof(lq_fx), fx_fields};

#define COR(m) offsetof(lq_pair_correlation, m)
static const lq_field correlation_fields[] = {
    {.key = "pair", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_pair, .required = true, .unit = "1", .doc = "Two company ids.", .json_type = "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 2, \"maxItems\": 2}"},
    {.key = "value", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = COR(value), .required = true, .min = -0.999, .max = 0.999, .unit = "1", .doc = "Correlation of monthly log returns.", .varies = LQ_VARIES_WORLD},
    {.key = NULL}};
const lq_record lq_correlation_record = {"correlation", "A pair of companies whose correlation is not rho_i rho_j.", sizeof(lq_pair_correlation), correlation_fields};

#define SEC(m) offsetof(lq_sector, m)
static const lq_field sector_fields[] = {
    {.key = "share", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = SEC(share), .required = true, .min = 0, .max = 0.99, .unit = "fraction", .doc = "Of what beta leaves of a member's variance, the part that is the sector's: two members correlate by rho_i rho_j + sqrt((1 - rho_i^2) share_i (1 - rho_j^2) share_j), volatilities and betas as they are.", .varies = LQ_VARIES_WORLD},
    {.key = NULL}};
const lq_record lq_sector_record = {"sector", "A factor that companies which name it have in common, beside the market.", sizeof(lq_sector), sector_fields};

#define MKT(m) offsetof(lq_market, m)
LQ_RETURNS_ROWS(market_returns, MKT);
static const lq_record market_returns_record = {"returns", "A history of monthly returns.", sizeof(lq_market), market_returns};

#define REG(m) offsetof(lq_regime, m)
static const lq_field regime_fields[] = {
    {.key = "id", .kind = LQ_FIELD_ID, .offset = REG(id), .required = true, .unit = "1", .doc = "calm, bear, ..."},
    {.key = "volatility", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = REG(volatility), .required = true, .min = 1e-4, .max = 2, .unit = "fraction a year", .doc = "Of the stock market in this state."},
    {.key = "premium", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = REG(premium), .fallback = "0%", .min = -2, .max = 2, .unit = "fraction a year", .doc = "What the stock market earns over the rate in this state, arithmetic; only its distance from the long run's average counts, equity_premium says the level."},
    {.key = "next", .kind = LQ_FIELD_VALUES, .measure = LQ_MEASURE_FRACTION, .offset = REG(next), .required = true, .min = 0, .max = 1, .unit = "fraction", .doc = "Chance of each state in the month after, in the order of the list; they sum to 100 %."},
    {.key = NULL}};
const lq_record lq_regime_record = {"regime", "A state of the stock market that lasts: months in it have this law.", sizeof(lq_regime), regime_fields};

static const lq_field market_fields[] = {
    {.key = "rate", .kind = LQ_FIELD_CUSTOM, .offset = MKT(rates), .read = lq_read_rates, .unit = "fraction a year", .doc = "Risk-free rate of the report's currency, effective annual: 4.4%, or a table of tenors {1y: 4%, 5y: 4.4%}.", .json_type = "{\"type\": [\"string\", \"number\", \"object\"]}"},
    {.key = "equity_premium", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = MKT(equity_premium), .min = -0.2, .max = 0.5, .unit = "fraction a year", .doc = "What the stock market earns over the rate, arithmetic.", .varies = LQ_VARIES_WORLD},
    {.key = "volatility", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = MKT(volatility), .min = 1e-4, .max = 2, .unit = "fraction a year", .doc = "Of the stock market.", .varies = LQ_VARIES_WORLD},
    {.key = "fx", .kind = LQ_FIELD_MAP, .offset = MKT(fx), .record = &lq_fx_record, .doc = "Currencies, keyed by pair."},
    {.key = "correlations", .kind = LQ_FIELD_LIST, .offset = MKT(correlations), .record = &lq_correlation_record, .doc = "Pairs that differ from rho_i rho_j, and from what a sector adds to it."},
    {.key = "model", .kind = LQ_FIELD_CHOICE, .offset = MKT(model), .fallback = "gbm", .choices = market_models, .unit = "1", .doc = "gbm: independent months; regime: states that last, one for all; bootstrap: blocks of months of a history."},
    {.key = "student_t", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = MKT(student_t), .min = 2.5, .max = 200, .unit = "degrees of freedom", .varies = LQ_VARIES_WORLD, .doc = "Model gbm: months have the tails of a Student-t law, at the same volatility; not given: normal."},
    {.key = "regimes", .kind = LQ_FIELD_LIST, .offset = MKT(regimes), .record = &lq_regime_record, .doc = "Model regime: two to eight states; instead of volatility."},
    {.key = "starts_in", .kind = LQ_FIELD_ID, .offset = MKT(starts_in), .unit = "1", .doc = "Model regime: the state at the start; default: any, by the shares of the long run."},
    {.key = "returns", .kind = LQ_FIELD_RECORD, .record = &market_returns_record, .doc = "Model bootstrap: the market's history; instead of volatility."},
    {.key = "block", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = MKT(block), .fallback = "12mo", .min = 1.0 / 12, .max = 20, .unit = "years", .doc = "Model bootstrap: mean length of a block of months, the same for all histories."},
    {.key = "sectors", .kind = LQ_FIELD_MAP, .offset = MKT(sectors), .record = &lq_sector_record, .doc = "By id: what companies that say `sector: ID` have in common beside the market; a pair in correlations wins over it, and it over those of the market pack."},
    {.key = "repair", .kind = LQ_FIELD_CHOICE, .offset = MKT(repair), .fallback = "none", .choices = repairs, .unit = "1", .doc = "Of correlations that cannot hold together: none: an error says why; nearest: the nearest ones that can (Higham 2002), told by the run."},
    {.key = NULL}};
const lq_record lq_market_record = {"market", "Rates, the stock market, currencies.", sizeof(lq_market), market_fields};

#define DEC(m) offsetof(lq_decide, m)
static const lq_field decide_fields[] = {
    {.key = "baseline", .kind = LQ_FIELD_ID, .offset = DEC(baseline), .unit = "1", .doc = "Offer that the others are compared with; default: the best other one."},
    {.key = "pairs", .kind = LQ_FIELD_CHOICE, .offset = DEC(pairs), .fallback = "baseline", .choices = pairs, .unit = "1", .doc = "Compare each offer with the baseline, or all with all."},
    {.key = "solve", .kind = LQ_FIELD_CUSTOM, .read = lq_read_ignored, .unit = "1", .doc = "Accepted, not computed by this version."},
    {.key = "levers", .kind = LQ_FIELD_CUSTOM, .read = lq_read_ignored, .unit = "1", .doc = "Accepted, not computed by this version."},
    {.key = "goals", .kind = LQ_FIELD_CUSTOM, .read = lq_read_ignored, .unit = "1", .doc = "Accepted, not computed by this version."},
    {.key = NULL}};
const lq_record lq_decide_record = {"decide", "What is compared with what.", sizeof(lq_decide), decide_fields};

#define ROOT(m) offsetof(lq_root_input, m)
static const lq_field root_fields[] = {
    {.key = "schema", .kind = LQ_FIELD_CUSTOM, .offset = ROOT(schema), .read = lq_read_schema_id, .required = true, .unit = "1", .doc = "liquidus/1: what this file is.", .json_type = "{\"const\": \"liquidus/1\"}"},
    {.key = "title", .kind = LQ_FIELD_TEXT, .offset = ROOT(title), .unit = "1", .doc = "For people."},
    {.key = "currency", .kind = LQ_FIELD_CUSTOM, .offset = ROOT(currency), .read = lq_read_currency, .unit = "1", .doc = "Of the report: USD, EUR, ...; default USD.", .json_type = "{\"type\": \"string\", \"pattern\": \"^[A-Z]{3}$\"}"},
    {.key = "output", .kind = LQ_FIELD_TEXT, .offset = ROOT(output), .unit = "1", .doc = "Result file; default results/STEM.h5."},
    {.key = "simulation", .kind = LQ_FIELD_RECORD, .offset = ROOT(simulation), .record = &lq_simulation_record, .doc = "How many futures, from when, for how long."},
    {.key = "person", .kind = LQ_FIELD_RECORD, .offset = ROOT(person), .record = &lq_person_record, .doc = "Whose decision it is."},
    {.key = "tax", .kind = LQ_FIELD_RECORD, .offset = ROOT(tax), .record = &lq_tax_record, .read = lq_read_tax, .doc = "none (default), 41%, or {flat: 41%, gains: 25%}; an offer may have its own."},
    {.key = "market", .kind = LQ_FIELD_RECORD, .offset = ROOT(market), .record = &lq_market_record, .doc = "Rates, the stock market, currencies; default: the market pack."},
    {.key = "stress", .kind = LQ_FIELD_RECORD, .offset = ROOT(stress), .record = &lq_stress_record, .doc = "A bad time that the futures go through; `--stress NAME` sets it from a file."},
    {.key = "companies", .kind = LQ_FIELD_MAP, .offset = ROOT(companies), .named_by = "offers.company", .record = &lq_company_record, .doc = "Employers, keyed by id; what is not written comes from the data pack of that id, or of `like`."},
    {.key = "offers", .kind = LQ_FIELD_LIST, .offset = ROOT(offers), .record = &lq_offer_record, .doc = "The letters; only `waterfall` and `value` do without."},
    {.key = "decide", .kind = LQ_FIELD_RECORD, .offset = ROOT(decide), .record = &lq_decide_record, .doc = "What is compared with what."},
    {.key = "vary", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version: grids of scenarios."},
    {.key = "scenarios", .kind = LQ_FIELD_CUSTOM, .read = lq_read_refused, .unit = "1", .doc = "Not in this version: named sets of changes."},
    {.key = NULL}};
const lq_record lq_root_record = {"config", "A decision between job offers.", sizeof(lq_root_input), root_fields};

/* clang-format on */

const lq_record *lq_scenario_schema(void)
{
    return &lq_root_record;
}

const lq_record *lq_stress_schema(void)
{
    return &lq_stress_file_record;
}

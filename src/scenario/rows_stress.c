#include "scenario/rows.h"

#include <stddef.h>

/* Rows are written as tables; the formatter would break each over six lines. */
/* clang-format off */

#define ST(m) offsetof(lq_stress, m)

/* A group without a struct of its own writes into the stress by absolute offsets. */
#define WINDOW(w, what) \
    static const lq_field w##_fields[] = { \
        {.key = "times", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = ST(w.times), .min = 0, .max = 100, .unit = "1", .varies = LQ_VARIES_WORLD, .doc = "Factor on the intensity, as it is written or was solved for without the stress; 0: none happen."}, \
        {.key = "over", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = ST(w.over), .min = 1.0 / 12, .max = 30, .unit = "years", .doc = "From the start; default: always."}, \
        {.key = NULL}}; \
    static const lq_record w##_record = {"stress_" #w, what, sizeof(lq_stress), w##_fields}

WINDOW(ipo, "How much likelier listings are.");
WINDOW(acquisition, "How much likelier sales are.");
WINDOW(failure, "How much likelier failures are.");
WINDOW(rounds, "How much likelier funding rounds are.");
WINDOW(tenders, "How much likelier tenders are.");

static const lq_field market_fields[] = {
    {.key = "fall", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = ST(market.fall), .min = -5, .max = 0.95, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "What the stock market loses in all, on average; companies lose it by their beta. In the real measure only."},
    {.key = "over", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = ST(market.over), .min = 1.0 / 12, .max = 30, .unit = "years", .doc = "From the start, evenly; default 12mo. After it the market earns its premium again."},
    {.key = NULL}};
static const lq_record market_record = {"stress_market", "A fall of the stock market.", sizeof(lq_stress), market_fields};

static const lq_field stress_fields[] = {
    {.key = "name", .kind = LQ_FIELD_TEXT, .offset = ST(name), .unit = "1", .doc = "For people."},
    {.key = "market", .kind = LQ_FIELD_RECORD, .record = &market_record, .doc = "The stock market."},
    {.key = "private_fall", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = ST(private_fall), .min = -5, .max = 0.95, .unit = "fraction", .varies = LQ_VARIES_WORLD, .doc = "Off the opening value of every private company without an open deal; what the last round paid stays what it was."},
    {.key = "ipo", .kind = LQ_FIELD_RECORD, .record = &ipo_record, .doc = "Listings."},
    {.key = "acquisition", .kind = LQ_FIELD_RECORD, .record = &acquisition_record, .doc = "Sales."},
    {.key = "failure", .kind = LQ_FIELD_RECORD, .record = &failure_record, .doc = "Failures; growth goes on counting them (compensate), so that those that live grow faster: what is lost beyond is in the falls."},
    {.key = "rounds", .kind = LQ_FIELD_RECORD, .record = &rounds_record, .doc = "Funding rounds."},
    {.key = "tenders", .kind = LQ_FIELD_RECORD, .record = &tenders_record, .doc = "Tenders."},
    {.key = NULL}};
const lq_record lq_stress_record = {"stress", "A bad time that the futures go through. Intensities given as a probability are solved without it. A file for `--stress` is a list of changes as after `--set`, so it may change any other figure for the whole run too: a volatility (`market.volatility`, `companies.google.volatility`), at which those intensities are then solved, since they follow it.", sizeof(lq_stress), stress_fields};

/* ---- a file of it ---- */

#define CH(m) offsetof(lq_stress_change, m)
static const lq_field change_fields[] = {
    {.key = "key", .kind = LQ_FIELD_TEXT, .offset = CH(key), .required = true, .unit = "1", .doc = "Address of a figure of the config."},
    {.key = "value", .kind = LQ_FIELD_TEXT, .offset = CH(value), .required = true, .unit = "1", .doc = "As after --set."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = CH(source), .required = true, .unit = "1", .doc = "Page, paper, or assumption."},
    {.key = "date", .kind = LQ_FIELD_TEXT, .offset = CH(date), .unit = "1", .doc = "Of the source."},
    {.key = NULL}};
static const lq_record change_record = {"change", "A figure that a stress file changes: `{key: stress.market.fall, value: 51%, source: ..., date: 2026-11}`.", sizeof(lq_stress_change), change_fields};

#define SF(m) offsetof(lq_stress_file, m)
static const lq_field file_fields[] = {
    {.key = "schema", .kind = LQ_FIELD_TEXT, .offset = SF(schema), .required = true, .unit = "1", .doc = "liquidus-stress/1."},
    {.key = "name", .kind = LQ_FIELD_TEXT, .offset = SF(name), .required = true, .unit = "1", .doc = "For people."},
    {.key = "about", .kind = LQ_FIELD_TEXT, .offset = SF(about), .unit = "1", .doc = "What happens, in a sentence: for help stress."},
    {.key = "set", .kind = LQ_FIELD_LIST, .offset = SF(set), .required = true, .record = &change_record, .doc = "What it changes: figures of `stress`, or any other of a config."},
    {.key = NULL}};
const lq_record lq_stress_file_record = {"stress_file", "A file of its own, for `--stress FILE` of `run` and `check`; those that `help stress` names are in configs/data/stress.", sizeof(lq_stress_file), file_fields};

/* clang-format on */

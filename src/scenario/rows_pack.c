#include "scenario/rows.h"

#include <stddef.h>

/* Rows are written as tables; the formatter would break each over six lines. */
/* clang-format off */

static const char *const triggers[] = {"single", "double", NULL};

#define FI(m) offsetof(lq_figure, m)
static const lq_field figure_fields[] = {
    {.key = "figure", .kind = LQ_FIELD_TEXT, .offset = FI(figure), .required = true, .unit = "1", .doc = "Address in the pack."},
    {.key = "range", .kind = LQ_FIELD_TEXT, .offset = FI(range), .unit = "1", .doc = "What is plausible."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = FI(source), .required = true, .unit = "1", .doc = "Page, paper, or assumption."},
    {.key = "date", .kind = LQ_FIELD_TEXT, .offset = FI(date), .required = true, .unit = "1", .doc = "Of the source."},
    {.key = "confidence", .kind = LQ_FIELD_TEXT, .offset = FI(confidence), .required = true, .unit = "1", .doc = "high, medium, low or none."},
    {.key = NULL}};
static const lq_record figure_record = {"figure", "Where a figure comes from.", sizeof(lq_figure), figure_fields};

#define NO(m) offsetof(lq_note, m)
static const lq_field note_fields[] = {
    {.key = "text", .kind = LQ_FIELD_TEXT, .offset = NO(text), .required = true, .unit = "1", .doc = "The remark."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = NO(source), .required = true, .unit = "1", .doc = "Where it comes from."},
    {.key = "date", .kind = LQ_FIELD_TEXT, .offset = NO(date), .required = true, .unit = "1", .doc = "Of the source."},
    {.key = "reports_deal", .kind = LQ_FIELD_BOOL, .offset = NO(reports_deal), .fallback = "false", .unit = "1", .doc = "Reports a sale: stands on the first screen of `run` while the config has no `deal` for the company."},
    {.key = NULL}};
static const lq_record note_record = {"note", "A remark that feeds no number.", sizeof(lq_note), note_fields};

#define TE(m) offsetof(lq_terms, m)
static const lq_field terms_fields[] = {
    {.key = "trigger", .kind = LQ_FIELD_CHOICE, .offset = TE(trigger), .fallback = "single", .choices = triggers, .unit = "1", .doc = "Usual trigger."},
    {.key = "expiry", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_DURATION, .offset = TE(expiry), .min = 0, .max = 30, .unit = "years", .doc = "Usual expiry of units."},
    {.key = "vesting", .kind = LQ_FIELD_RECORD, .offset = TE(vesting), .record = &lq_vesting_record, .doc = "Usual schedule."},
    {.key = "bonus", .kind = LQ_FIELD_RECORD, .offset = TE(bonus), .record = &lq_bonus_record, .doc = "Usual target and payout."},
    {.key = "refresh", .kind = LQ_FIELD_RECORD, .offset = TE(refresh), .record = &lq_refresh_record, .doc = "Usual refreshers."},
    {.key = NULL}};
static const lq_record terms_record = {"terms", "What the company usually offers.", sizeof(lq_terms), terms_fields};

#define PA(m) offsetof(lq_pack, m)
static const lq_field pack_fields[] = {
    {.key = "schema", .kind = LQ_FIELD_TEXT, .offset = PA(schema), .required = true, .unit = "1", .doc = "liquidus-pack/1."},
    {.key = "id", .kind = LQ_FIELD_ID, .offset = PA(id), .required = true, .unit = "1", .doc = "The file's stem."},
    {.key = "name", .kind = LQ_FIELD_TEXT, .offset = PA(name), .required = true, .unit = "1", .doc = "For people."},
    {.key = "date", .kind = LQ_FIELD_DATE, .offset = PA(date), .required = true, .unit = "date", .doc = "When the figures were gathered."},
    {.key = "company", .kind = LQ_FIELD_RECORD, .offset = PA(company), .record = &lq_company_record, .doc = "As in a config."},
    {.key = "terms", .kind = LQ_FIELD_RECORD, .offset = PA(terms), .record = &terms_record, .doc = "What it usually offers."},
    {.key = "sources", .kind = LQ_FIELD_LIST, .offset = PA(sources), .record = &figure_record, .doc = "Where each figure comes from."},
    {.key = "notes", .kind = LQ_FIELD_LIST, .offset = PA(notes), .record = &note_record, .doc = "Remarks."},
    {.key = NULL}};
const lq_record lq_pack_record = {"pack", "A company's data pack.", sizeof(lq_pack), pack_fields};

#define MP(m) offsetof(lq_market_pack, m)
static const lq_field market_pack_fields[] = {
    {.key = "schema", .kind = LQ_FIELD_TEXT, .offset = MP(schema), .required = true, .unit = "1", .doc = "liquidus-market/1."},
    {.key = "date", .kind = LQ_FIELD_DATE, .offset = MP(date), .required = true, .unit = "date", .doc = "When the figures were gathered; the next 1 January is the default start."},
    {.key = "market", .kind = LQ_FIELD_RECORD, .offset = MP(market), .record = &lq_market_record, .doc = "As in a config."},
    {.key = "sources", .kind = LQ_FIELD_LIST, .offset = MP(sources), .record = &figure_record, .doc = "Where each figure comes from."},
    {.key = "notes", .kind = LQ_FIELD_LIST, .offset = MP(notes), .record = &note_record, .doc = "Remarks."},
    {.key = NULL}};
const lq_record lq_market_pack_record = {"market pack", "The market's data pack.", sizeof(lq_market_pack), market_pack_fields};

#define PE(m) offsetof(lq_peer, m)
static const lq_field peer_fields[] = {
    {.key = "company", .kind = LQ_FIELD_ID, .offset = PE(company), .required = true, .unit = "1", .doc = "Company id."},
    {.key = "title", .kind = LQ_FIELD_TEXT, .offset = PE(title), .required = true, .unit = "1", .doc = "Its name for the level."},
    {.key = NULL}};
static const lq_record peer_record = {"peer", "The same level elsewhere.", sizeof(lq_peer), peer_fields};

#define LB(m) offsetof(lq_level_band, m)
static const lq_field level_band_fields[] = {
    {.key = "company", .kind = LQ_FIELD_ID, .offset = LB(company), .required = true, .unit = "1", .doc = "Company id."},
    {.key = "region", .kind = LQ_FIELD_ID, .offset = LB(region), .required = true, .unit = "1", .doc = "e.g. san-francisco."},
    {.key = "residence", .kind = LQ_FIELD_TEXT, .offset = LB(residence), .unit = "1", .doc = "e.g. us-ca: of those whose offer names no region."},
    {.key = "band", .kind = LQ_FIELD_RECORD, .offset = LB(band), .record = &lq_band_record, .doc = "The range."},
    {.key = "stated_total", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = LB(stated_total), .varies = LQ_VARIES_EVENT, .unit = "money a year", .doc = "What the source says it adds up to."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = LB(source), .required = true, .unit = "1", .doc = "Where it comes from."},
    {.key = "date", .kind = LQ_FIELD_TEXT, .offset = LB(date), .required = true, .unit = "1", .doc = "Of the source."},
    {.key = "confidence", .kind = LQ_FIELD_TEXT, .offset = LB(confidence), .required = true, .unit = "1", .doc = "high, medium, low or none."},
    {.key = NULL}};
static const lq_record level_band_record = {"level band", "An employer's band in a region.", sizeof(lq_level_band), level_band_fields};

#define LE(m) offsetof(lq_level, m)
static const lq_field level_fields[] = {
    {.key = "peers", .kind = LQ_FIELD_LIST, .offset = LE(peers), .record = &peer_record, .doc = "The same level elsewhere."},
    {.key = "bands", .kind = LQ_FIELD_LIST, .offset = LE(bands), .record = &level_band_record, .doc = "Employers' bands."},
    {.key = "source", .kind = LQ_FIELD_TEXT, .offset = LE(source), .required = true, .unit = "1", .doc = "Of the mapping."},
    {.key = "date", .kind = LQ_FIELD_TEXT, .offset = LE(date), .required = true, .unit = "1", .doc = "Of the source."},
    {.key = "confidence", .kind = LQ_FIELD_TEXT, .offset = LE(confidence), .required = true, .unit = "1", .doc = "high, medium, low or none."},
    {.key = NULL}};
static const lq_record level_record = {"level", "A level and its peers.", sizeof(lq_level), level_fields};

#define LP(m) offsetof(lq_levels_pack, m)
static const lq_field levels_fields[] = {
    {.key = "schema", .kind = LQ_FIELD_TEXT, .offset = LP(schema), .required = true, .unit = "1", .doc = "liquidus-levels/1."},
    {.key = "date", .kind = LQ_FIELD_DATE, .offset = LP(date), .required = true, .unit = "date", .doc = "When the figures were gathered."},
    {.key = "levels", .kind = LQ_FIELD_MAP, .offset = LP(levels), .record = &level_record, .doc = "Keyed by level."},
    {.key = NULL}};
const lq_record lq_levels_record = {"levels", "Which level is which elsewhere.", sizeof(lq_levels_pack), levels_fields};

/* clang-format on */

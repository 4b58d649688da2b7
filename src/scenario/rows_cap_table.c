#include "scenario/rows.h"

#include <stddef.h>

/* Rows are written as tables; the formatter would break each over six lines. */
/* clang-format off */

static const char *const anti_dilutions[] = {"none", "broad", "full", NULL};
static const char *const seniorities[] = {"pari_passu", "standard", NULL};

#define PR(m) offsetof(lq_preference, m)
#define ANTI_DILUTION \
    {.key = "anti_dilution", .kind = LQ_FIELD_CHOICE, .offset = PR(anti_dilution), .fallback = "none", .choices = anti_dilutions, .unit = "1", .doc = "In a round priced below what a share as converted cost it: broad: its conversion price becomes the weighted average over all shares, options and pool among them; full: the price of the round (full ratchet)."}

static const lq_field preference_fields[] = {
    {.key = "series", .kind = LQ_FIELD_TEXT, .offset = PR(series), .unit = "1", .doc = "A, B, ...; default P1, P2, ..., by which `--set` knows it too"},
    {.key = "shares", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = PR(shares), .min = 0, .max = 1e13, .above_min = true, .unit = "shares", .doc = "Outstanding; outside a cap table the default is invested / price of the last round."},
    {.key = "invested", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = PR(invested), .required = true, .min = 0, .max = 1e13, .unit = "money", .doc = "Money put in."},
    {.key = "multiple", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = PR(multiple), .fallback = "1", .min = 0, .max = 10, .unit = "1", .doc = "Preference, times invested."},
    {.key = "participation", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_participation, .unit = "1", .doc = "none (default): the claim, or a share if that is more; full: the claim, and a share of the rest; 3x: likewise up to three times what was invested, or a share if that is more.", .json_type = "{\"anyOf\": [{\"enum\": [\"none\", \"full\"]}, {\"type\": \"string\", \"pattern\": \"^[0-9.]+x$\"}]}"},
    {.key = "rank", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_COUNT, .offset = PR(rank), .fallback = "1", .min = 1, .max = 99, .unit = "1", .doc = "1 is the most junior; equal ranks share in proportion to what is due. Of several series of a cap table each needs its own; preferences without any are all of rank 1."},
    {.key = "conversion", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = PR(conversion), .fallback = "1", .min = 0, .max = 1e6, .above_min = true, .unit = "1", .doc = "Shares of common that a share becomes."},
    {.key = "accrued", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = PR(accrued), .fallback = "0", .min = 0, .max = 1e13, .unit = "money", .doc = "Cumulative dividends due at the start, on top of the multiple."},
    {.key = "dividend", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = PR(dividend), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction a year", .doc = "Cumulative dividend of what was invested, simple, due on top from the start on."},
    {.key = "ratchet", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = PR(ratchet), .min = 0, .max = 10, .unit = "1", .doc = "In an IPO it is given shares until they are worth this many times what was invested; default: none."},
    {.key = "veto", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = PR(veto), .min = 0, .max = 1e9, .unit = "money a share", .doc = "Of common, under which it bars an IPO; default: it bars none."},
    ANTI_DILUTION,
    {.key = NULL}};
const lq_record lq_preference_record = {"preference", "A series of preferred: what its investors are paid before common in a sale.", sizeof(lq_preference), preference_fields};

static const lq_field round_terms_fields[] = {
    {.key = "multiple", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = PR(multiple), .fallback = "1", .min = 0, .max = 10, .unit = "1", .doc = "Preference, times invested."},
    {.key = "participation", .kind = LQ_FIELD_CUSTOM, .offset = 0, .read = lq_read_participation, .unit = "1", .doc = "none (default), full, or a cap such as 3x: as for a series.", .json_type = "{\"anyOf\": [{\"enum\": [\"none\", \"full\"]}, {\"type\": \"string\", \"pattern\": \"^[0-9.]+x$\"}]}"},
    {.key = "seniority", .kind = LQ_FIELD_CHOICE, .offset = offsetof(lq_round_terms, seniority), .fallback = "pari_passu", .choices = seniorities, .unit = "1", .doc = "pari_passu: with the highest rank of the first day; standard: before all earlier series. Common is paid after all of them."},
    {.key = "dividend", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_RATE, .offset = PR(dividend), .fallback = "0%", .min = 0, .max = 1, .unit = "fraction a year", .doc = "Cumulative dividend of what was invested, simple, due on top from the round on."},
    {.key = "ratchet", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = PR(ratchet), .min = 0, .max = 10, .unit = "1", .doc = "In an IPO it is given shares until they are worth this many times what was invested; default: none."},
    {.key = "veto", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = PR(veto), .min = 0, .max = 10, .unit = "1", .doc = "It bars an IPO in which a share of common is worth less than this many times its price; default: it bars none."},
    ANTI_DILUTION,
    {.key = NULL}};
const lq_record lq_round_terms_record = {"round_terms", "Rights of the preferred that a round adds.", sizeof(lq_round_terms), round_terms_fields};

#define OP(m) offsetof(lq_option_row, m)
static const lq_field option_fields[] = {
    {.key = "id", .kind = LQ_FIELD_TEXT, .offset = OP(id), .unit = "1", .doc = "Default O1, O2, ..."},
    {.key = "shares", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = OP(shares), .required = true, .min = 1e-6, .max = 1e13, .unit = "shares", .doc = "Granted."},
    {.key = "strike", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = OP(strike), .required = true, .min = 0, .max = 1e9, .unit = "money a share", .doc = "They are exercised where a share of common is worth more."},
    {.key = NULL}};
static const lq_record option_record = {"options", "Options on common of one strike.", sizeof(lq_option_row), option_fields};

#define CT(m) offsetof(lq_cap_table, m)
static const lq_field cap_table_fields[] = {
    {.key = "common", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CT(common), .required = true, .min = 1e-6, .max = 1e13, .unit = "shares", .doc = "Common outstanding."},
    {.key = "pool", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_NUMBER, .offset = CT(pool), .fallback = "0", .min = 0, .max = 1e13, .unit = "shares", .doc = "Unissued: counts where a round or a grant is priced, and takes no part in an exit."},
    {.key = "options", .kind = LQ_FIELD_LIST, .offset = CT(options), .record = &option_record, .doc = "Options granted, by strike."},
    {.key = "preferred", .kind = LQ_FIELD_LIST, .offset = CT(preferred), .record = &lq_preference_record, .doc = "The series, oldest first; without this key those of preferences."},
    {.key = "debt", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_MONEY, .offset = CT(debt), .fallback = "0", .min = 0, .max = 1e13, .unit = "money", .doc = "Repaid after fees, before everybody else, in a sale and in a failure; the value of the company is then before debt, and so is --exit of waterfall. After an IPO the company still owes it, and its shares are worth the rest."},
    {.key = "fees", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CT(fees), .min = 0, .max = 0.5, .unit = "fraction", .doc = "Of a sale, first; default: exits.acquisition.fees."},
    {.key = "carve_out", .kind = LQ_FIELD_VALUE, .measure = LQ_MEASURE_FRACTION, .offset = CT(carve_out), .fallback = "0%", .min = 0, .max = 0.9, .unit = "fraction", .doc = "For managers, of what fees and debt leave."},
    {.key = NULL}};
const lq_record lq_cap_table_record = {"cap_table", "All shares of a company, and who is paid in which order when it is sold.", sizeof(lq_cap_table), cap_table_fields};

/* clang-format on */

#include "scenario/resolve.h"

#include "scenario/write_hazard.h"

#include <string.h>

/* Canonical YAML: every figure written out, in the order of the schema. What it says loads
 * again to the same scenario, whatever the data packs say then. */

typedef struct writer {
    lq_buffer out;
    const lq_scenario *scenario;
    const lq_company *company; /* the one under way */
} writer;

static void emit_record(writer *w, const lq_record *record, const void *struct_, int indent);

static void emit_key(writer *w, int indent, const char *key)
{
    lq_buffer_add(&w->out, "%*s%s:", indent, "", key);
}

static const char *figure(const lq_value *value, lq_measure measure, char text[512])
{
    return lq_value_format(value, measure, text, 512);
}

static void emit_quoted(writer *w, const char *text)
{
    lq_buffer_add(&w->out, "\"");
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            lq_buffer_add(&w->out, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            lq_buffer_add(&w->out, "\\x%02X", (unsigned)(unsigned char)*c);
        else
            lq_buffer_add(&w->out, "%c", *c);
    }
    lq_buffer_add(&w->out, "\"");
}

static void emit_word(writer *w, const char *key, const char *word, int indent)
{
    emit_key(w, indent, key);
    lq_buffer_add(&w->out, " %s\n", word);
}

static void emit_value(writer *w, const char *key, const lq_value *value, lq_measure measure,
                       int indent)
{
    char text[512];
    if (value->word) emit_word(w, key, value->word, indent);
    if (!value->given) return;
    emit_key(w, indent, key);
    if (!value->source || value->is_default) {
        lq_buffer_add(&w->out, " %s\n", figure(value, measure, text));
        return;
    }
    lq_buffer_add(&w->out, " {value: %s, source: ", figure(value, measure, text));
    emit_quoted(w, value->source);
    lq_buffer_add(&w->out, "}\n");
}

static void emit_text(writer *w, const char *key, const char *text, int indent)
{
    if (!text) return;
    emit_key(w, indent, key);
    lq_buffer_add(&w->out, " ");
    emit_quoted(w, text);
    lq_buffer_add(&w->out, "\n");
}

/* A group is written only when something stands in it. */
static void emit_group(writer *w, const char *key, const lq_record *record, const void *struct_,
                       int indent)
{
    const size_t before = w->out.len;
    emit_key(w, indent, key);
    lq_buffer_add(&w->out, "\n");
    const size_t opened = w->out.len;
    emit_record(w, record, struct_, indent + 2);
    if (w->out.len == opened) lq_buffer_cut(&w->out, before);
}

static void emit_list(writer *w, const lq_field *field, const lq_list *list, int indent)
{
    if (list->len == 0) return;
    emit_key(w, indent, field->key);
    lq_buffer_add(&w->out, "\n");
    for (size_t i = 0; i < list->len; i++) {
        const char *item = (const char *)list->items + i * field->record->size;
        const size_t at = w->out.len;
        if (field->kind == LQ_FIELD_MAP) {
            emit_group(w, *(const char *const *)(const void *)item, field->record, item,
                       indent + 2);
            continue;
        }
        emit_record(w, field->record, item, indent + 4);
        if (w->out.text && w->out.len > at) w->out.text[at + (size_t)indent + 2] = '-';
    }
}

static void emit_tenors(writer *w, const lq_list *rates, int indent)
{
    const lq_tenor *tenors = rates->items;
    char text[512], years[512];
    emit_key(w, indent, "rate");
    for (size_t i = 0; i < rates->len; i++) {
        const lq_value rate = lq_value_constant(tenors[i].rate);
        const lq_value at = lq_value_constant(tenors[i].years);
        if (tenors[i].years > 0.0)
            lq_buffer_add(&w->out, "%s%s: ", i ? ", " : " {",
                          figure(&at, LQ_MEASURE_DURATION, years));
        else
            lq_buffer_add(&w->out, " ");
        lq_buffer_add(&w->out, "%s", figure(&rate, LQ_MEASURE_RATE, text));
    }
    lq_buffer_add(&w->out, "%s\n", tenors[0].years > 0.0 ? "}" : "");
}

static void emit_rows(writer *w, const char *key, const lq_list *list, int indent)
{
    const lq_vesting_row *rows = list->items;
    char text[512];
    if (list->len == 0) return;
    emit_key(w, indent, key);
    for (size_t i = 0; i < list->len; i++) {
        const lq_value fraction = lq_value_constant(rows[i].fraction);
        lq_buffer_add(&w->out, "%s%dmo: %s", i ? ", " : " {", (int)rows[i].months,
                      figure(&fraction, LQ_MEASURE_FRACTION, text));
    }
    lq_buffer_add(&w->out, "}\n");
}

static void emit_years(writer *w, const lq_vesting_rule *rule, int indent)
{
    const double *years = rule->years.items;
    char text[512];
    emit_key(w, indent, "years");
    for (size_t y = 0; y < rule->years.len; y++) {
        const lq_value fraction = lq_value_constant(years[y]);
        lq_buffer_add(&w->out, "%s%s", y ? ", " : " [",
                      figure(&fraction, LQ_MEASURE_FRACTION, text));
    }
    lq_buffer_add(&w->out, "]\n");
}

/* Twelve to a line: a year of months. */
static void emit_values(writer *w, const lq_field *field, const lq_list *list, int indent)
{
    const lq_value *values = list->items;
    char text[512];
    if (list->len == 0) return;
    emit_key(w, indent, field->key);
    for (size_t i = 0; i < list->len; i++) {
        if (i && i % 12 == 0)
            lq_buffer_add(&w->out, ",\n%*s", indent + 2, "");
        else
            lq_buffer_add(&w->out, i ? ", " : " [");
        lq_buffer_add(&w->out, "%s", figure(&values[i], field->measure, text));
    }
    lq_buffer_add(&w->out, "]\n");
}

static void emit_hazard(writer *w, const lq_field *field, const lq_hazard *h, int indent)
{
    if (field->read == lq_read_hazard_rate && h->kind == LQ_HAZARD_RATE)
        emit_value(w, "rate", &h->rate, LQ_MEASURE_RATE, indent);
    else
        lq_write_hazard(&w->out, field, h, indent);
}

static void emit_vesting(writer *w, const lq_field *field, const lq_vesting_rule *rule,
                         int indent)
{
    if (field->read == lq_read_vesting_years && rule->kind == LQ_VESTING_YEARS)
        emit_years(w, rule, indent);
    if (field->read == lq_read_vesting_over && rule->kind == LQ_VESTING_OVER)
        emit_value(w, "over", &rule->over, LQ_MEASURE_DURATION, indent);
    if (field->read == lq_read_vesting_table && rule->kind == LQ_VESTING_TABLE)
        emit_rows(w, "table", &rule->table, indent);
}

static void emit_participation(writer *w, const lq_preference *p, int indent)
{
    char text[512];
    const char *word = p->participation == LQ_RIGHTS_NONE ? "none" : "full";
    if (p->participation == LQ_RIGHTS_CAPPED) {
        emit_key(w, indent, "participation");
        lq_buffer_add(&w->out, " %sx\n", figure(&p->cap, LQ_MEASURE_NUMBER, text));
    } else {
        emit_word(w, "participation", word, indent);
    }
}

static void emit_company_custom(writer *w, const lq_field *field, const void *member,
                                int indent)
{
    static const char *const methods[] = {"fair_value", "face", "haircut", "backsolve"};
    const lq_company *c = member;
    if (field->read == lq_read_floor)
        emit_value(w, "floor", &c->floor,
                   c->floor_is_money ? LQ_MEASURE_MONEY : LQ_MEASURE_FRACTION, indent);
    if (field->read == lq_read_model)
        emit_word(w, "model", lq_model_names[*(const int *)member], indent);
    if (field->read == lq_read_participation) emit_participation(w, member, indent);
    if (field->read == lq_read_opening_method)
        emit_word(w, "method", methods[*(const int *)member], indent);
}

static void emit_words(writer *w, const lq_field *field, const void *member, int indent)
{
    if (field->read == lq_read_schema_id) emit_word(w, "schema", "liquidus/1", indent);
    if (field->read == lq_read_instrument)
        emit_word(w, "instrument",
                  *(const int *)member == LQ_INSTRUMENT_UNITS ? "units" : "rsu", indent);
    if (field->read == lq_read_currency) emit_word(w, field->key, member, indent);
    if (field->read == lq_read_company)
        emit_word(w, field->key, *(const char *const *)member, indent);
    if (field->read == lq_read_pair) {
        const lq_pair_correlation *pair = member;
        emit_key(w, indent, "pair");
        lq_buffer_add(&w->out, " [%s, %s]\n", pair->a, pair->b);
    }
    if (field->read == lq_read_granted) {
        emit_key(w, indent, field->key);
        lq_buffer_add(&w->out, " %d mo\n", *(const int *)member);
    }
}

static void emit_custom(writer *w, const lq_field *field, const void *member, int indent)
{
    const lq_tax_rule *tax = member;
    if (field->read == lq_read_refused || field->read == lq_read_ignored) return;
    emit_words(w, field, member, indent);
    emit_company_custom(w, field, member, indent);
    emit_hazard(w, field, member, indent);
    emit_vesting(w, field, member, indent);
    if (field->read == lq_read_rates) emit_tenors(w, member, indent);
    if (field->read == lq_read_instalments) emit_rows(w, field->key, member, indent);
    if (field->read == lq_read_tax_flat && tax->method == LQ_TAX_FLAT)
        emit_value(w, field->key, &tax->flat, LQ_MEASURE_FRACTION, indent);
}

/* A figure of the opening value that its method does not use. */
static bool is_unused(const lq_company *c, const char *key)
{
    if (strcmp(key, "haircut") == 0)
        return c->opening_value.method != LQ_OPENING_HAIRCUT || c->common_factor.given;
    if (strcmp(key, "fair_value") == 0) return c->opening_value.method != LQ_OPENING_FAIR_VALUE;
    return strcmp(key, "method") != 0 && strcmp(key, "roll") != 0 &&
           c->opening_value.method != LQ_OPENING_BACKSOLVE;
}

/* Keys of another law than the market's. */
static bool is_not_of_market(const lq_market *m, const char *key)
{
    if (strcmp(key, "volatility") == 0) return m->model != LQ_MARKET_GBM;
    if (strcmp(key, "block") == 0) return m->model != LQ_MARKET_BOOTSTRAP;
    if (strcmp(key, "model") == 0) return m->model == LQ_MARKET_GBM;
    return strcmp(key, "repair") == 0 && m->repair == 0;
}

static bool is_not_of_model(const lq_company *c, const char *key)
{
    const bool follows = c->model == LQ_MODEL_BOOTSTRAP;
    if (strcmp(key, "jumps") == 0) return c->model != LQ_MODEL_MERTON;
    if (strcmp(key, "heston") == 0) return c->model != LQ_MODEL_HESTON;
    return follows && (strcmp(key, "volatility") == 0 || strcmp(key, "beta") == 0);
}

/* It ends with the last stage; a trigger that releases nothing is none. */
static bool is_not_of_lockup(const lq_company *c, const char *key)
{
    if (strcmp(key, "ends") == 0) return c->lockup_stages.len > 0;
    return strcmp(key, "price_trigger") == 0 && !c->price_trigger.release.given;
}

/* Keys that say again what another one says, that a listed company does not have, or that are
 * not used. */
static bool is_left_out(const writer *w, const lq_record *record, const lq_field *field)
{
    static const char *const private_only[] = {
        "last_round", "opening_value", "common_factor", "preferences", "exits",
        "rounds",     "tenders",       "cap_table",     "secondary",   "appraisal"};
    if (field->record == &lq_refresh_record || field->record == &lq_stock_record)
        return true; /* written out as grants */
    if (record == &lq_market_record) return is_not_of_market(&w->scenario->market, field->key);
    if (record == &lq_opening_record) return is_unused(w->company, field->key);
    if (record == &lq_lockup_record) return is_not_of_lockup(w->company, field->key);
    if (record != &lq_company_record) return false;
    if (strcmp(field->key, "post_money") == 0 || strcmp(field->key, "floor") == 0) return true;
    if (is_not_of_model(w->company, field->key)) return true;
    if (strcmp(field->key, "cap_table") == 0 && !w->company->cap_table.common.given)
        return true;
    if (strcmp(field->key, w->company->deal.price.given ? "opening_value" : "deal") == 0)
        return true; /* of the two, one says what the company is worth */
    for (size_t i = 0;
         w->company->listing == 0 && i < sizeof private_only / sizeof private_only[0]; i++)
        if (strcmp(field->key, private_only[i]) == 0) return true;
    return false;
}

static void emit_nested(writer *w, const lq_field *field, const void *member, int indent)
{
    const lq_tax_rule *tax = member;
    if (field->record == &lq_tax_record && tax->method == LQ_TAX_NONE)
        emit_word(w, field->key, "none", indent);
    else if (field->record == &lq_acceleration_record &&
             ((const lq_grant *)member)->acceleration.trigger == LQ_ACCELERATES_NOT)
        return; /* as in most letters */
    else if (field->record == &lq_lockup_record && !w->company->lockup_stages.len &&
             !w->company->price_trigger.release.given)
        emit_value(w, field->key, &w->company->lockup, LQ_MEASURE_DURATION, indent);
    else if (field->record == &lq_secondary_record && !w->company->secondary.allowed)
        emit_word(w, field->key, "no", indent);
    else
        emit_group(w, field->key, field->record, member, indent);
}

static void emit_field(writer *w, const lq_field *field, const void *member, int indent)
{
    char date[LQ_DATE_CHARS];
    switch (field->kind) {
    case LQ_FIELD_VALUE:
        emit_value(w, field->key, member, field->measure, indent);
        return;
    case LQ_FIELD_DATE:
        if (((const lq_date *)member)->year)
            emit_word(w, field->key, lq_date_format(*(const lq_date *)member, date), indent);
        return;
    case LQ_FIELD_TEXT:
    case LQ_FIELD_ID:
        emit_text(w, field->key, *(const char *const *)member, indent);
        return;
    case LQ_FIELD_BOOL:
        emit_word(w, field->key, *(const bool *)member ? "true" : "false", indent);
        return;
    case LQ_FIELD_CHOICE:
        emit_word(w, field->key, field->choices[*(const int *)member], indent);
        return;
    case LQ_FIELD_RECORD:
        emit_nested(w, field, member, indent);
        return;
    case LQ_FIELD_LIST:
    case LQ_FIELD_MAP:
        emit_list(w, field, member, indent);
        return;
    case LQ_FIELD_CUSTOM:
        emit_custom(w, field, member, indent);
        return;
    case LQ_FIELD_VALUES:
        emit_values(w, field, member, indent);
        return;
    }
}

static void emit_record(writer *w, const lq_record *record, const void *struct_, int indent)
{
    if (record == &lq_company_record) w->company = struct_;
    for (const lq_field *field = record->fields; field->key; field++)
        if (!is_left_out(w, record, field))
            emit_field(w, field, (const char *)struct_ + field->offset, indent);
}

const char *lq_scenario_write(const lq_scenario *scenario, lq_arena *arena)
{
    writer w = {.scenario = scenario, .out = {.arena = arena}};
    const lq_root_input *root = lq_scenario_unresolve(scenario, arena);
    if (!root) return NULL;
    emit_record(&w, &lq_root_record, root, 0);
    return w.out.failed ? NULL : w.out.text;
}

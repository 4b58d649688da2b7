#include "scenario/rows.h"

#include "config/schema_value.h"

#include <string.h>

bool lq_read_refused(const lq_node *node, lq_reader *reader, void *member)
{
    (void)member;
    const char *found = lq_arena_printf(reader->arena, "`%s`, which this version does not have",
                                        node->key ? node->key : "it");
    lq_node_problem(
        node, reader->problems, "a key of this version", found,
        "it belongs to a later version; `liquidus schema --markdown` lists what exists");
    return false;
}

bool lq_read_ignored(const lq_node *node, lq_reader *reader, void *member)
{
    (void)node, (void)reader, (void)member;
    return true;
}

bool lq_read_dlom(const lq_node *node, lq_reader *reader, void *member)
{
    (void)member;
    lq_node_problem(
        node, reader->problems, "no discount for lack of marketability here",
        "a discount on top of a simulated wait, charged twice",
        "lockup, tenders and exits are simulated; residual.dlom is for what is stuck "
        "at the liquidity horizon");
    return false;
}

bool lq_read_refresh_value(const lq_node *node, lq_reader *reader, void *member)
{
    (void)member;
    lq_node_problem(
        node, reader->problems, "grants: or vests:", "a bare value",
        "`grants: $140K/y` is the face of each yearly grant, `vests: $140K/y` is what "
        "vests each year: over four years they differ by half as much again");
    return false;
}

/* The scalar's place among `allowed`, or -1 after adding a problem. `later` are the names that
 * exist elsewhere in the design and not in this version. */
static int choose(const lq_node *node, lq_reader *reader, const char *const *allowed,
                  const char *const *later)
{
    const char *text = node->kind == LQ_NODE_SCALAR ? node->text : "";
    for (int i = 0; allowed[i]; i++)
        if (strcmp(text, allowed[i]) == 0) return i;

    const char *expected = allowed[0];
    size_t n_allowed = 1;
    for (; allowed[n_allowed]; n_allowed++)
        expected = lq_arena_printf(reader->arena, "%s, %s", expected, allowed[n_allowed]);
    for (size_t i = 0; later[i]; i++) {
        if (strcmp(text, later[i]) != 0) continue;
        const char *found =
            lq_arena_printf(reader->arena, "%s, which this version does not have", text);
        lq_node_problem(node, reader->problems, expected, found, NULL);
        return -1;
    }
    const char *near = lq_suggest(text, allowed, n_allowed);
    const char *hint = near ? lq_arena_printf(reader->arena, "did you mean %s?", near) : NULL;
    lq_node_problem(node, reader->problems, expected,
                    node->kind == LQ_NODE_SCALAR ? text : "a group or list", hint);
    return -1;
}

static bool store_choice(int chosen, void *member)
{
    if (chosen < 0) return false;
    *(int *)member = chosen;
    return true;
}

const char *const lq_model_names[LQ_MODELS + 1] = {"gbm",    "merton",    "heston",
                                                   "regime", "bootstrap", NULL};

bool lq_read_model(const lq_node *node, lq_reader *reader, void *member)
{
    static const char *const later[] = {NULL};
    return store_choice(choose(node, reader, lq_model_names, later), member);
}

bool lq_read_instrument(const lq_node *node, lq_reader *reader, void *member)
{
    static const char *const allowed[] = {"rsu", "units", NULL};
    static const char *const later[] = {"iso",     "nso",     "bspce", "rsa", "ppu",
                                        "sar",     "aga",     "espp",  "psu", "option",
                                        "options", "phantom", NULL};
    return store_choice(choose(node, reader, allowed, later), member);
}

/* none, full, or how many times what was invested it may take in all. */
bool lq_read_participation(const lq_node *node, lq_reader *reader, void *member)
{
    static const char *const words[] = {"none", "full"};
    lq_preference *p = member;
    const char *text = node->kind == LQ_NODE_SCALAR ? node->text : "";
    for (int i = 0; i < 2; i++) {
        if (strcmp(text, words[i]) != 0) continue;
        p->participation = i;
        return true;
    }
    lq_value cap = {0};
    const size_t len = strlen(text);
    if (len > 1 && text[len - 1] == 'x' && !lq_value_parse(text, LQ_MEASURE_NUMBER, &cap) &&
        lq_value_is_constant(&cap) && cap.p[0] > 0.0 && cap.p[0] <= 100.0) {
        p->participation = LQ_RIGHTS_CAPPED;
        p->cap = cap;
        p->cap.mark = node->mark;
        return true;
    }
    const char *near = lq_suggest(text, words, 2);
    lq_node_problem(node, reader->problems, "none, full, or a cap such as 3x",
                    lq_node_described(node),
                    near ? lq_arena_printf(reader->arena, "did you mean %s?", near)
                         : "3x: it takes part until it has three times what was invested");
    return false;
}

bool lq_read_opening_method(const lq_node *node, lq_reader *reader, void *member)
{
    static const char *const allowed[] = {"fair_value", "face", "haircut", "backsolve", NULL};
    static const char *const later[] = {NULL};
    return store_choice(choose(node, reader, allowed, later), member);
}

bool lq_read_schema_id(const lq_node *node, lq_reader *reader, void *member)
{
    static const char *const allowed[] = {"liquidus/1", NULL}, *const later[] = {NULL};
    if (choose(node, reader, allowed, later) < 0) return false;
    *(const char **)member = "liquidus/1";
    return true;
}

bool lq_read_currency(const lq_node *node, lq_reader *reader, void *member)
{
    const char *text = node->kind == LQ_NODE_SCALAR ? node->text : "";
    if (strlen(text) != 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3) {
        lq_node_problem(node, reader->problems, "a currency of three capitals, e.g. USD or EUR",
                        node->kind == LQ_NODE_SCALAR ? text : "a group or list", NULL);
        return false;
    }
    memcpy(member, text, 4);
    return true;
}

bool lq_read_tax_flat(const lq_node *node, lq_reader *reader, void *member)
{
    lq_tax_rule *rule = member;
    lq_value rate;
    if (!lq_value_read(node, LQ_MEASURE_FRACTION, reader->problems, &rate)) return false;
    if (!lq_value_is_constant(&rate) || rate.p[0] < 0.0 || rate.p[0] > 0.99) {
        lq_node_problem(node, reader->problems, "one rate from 0 % to 99 %", node->text, NULL);
        return false;
    }
    rule->method = LQ_TAX_FLAT;
    rule->flat = rate;
    return true;
}

bool lq_read_tax(const lq_node *node, lq_reader *reader, void *member)
{
    static const char *const later[] = {"us-ca", "us-ny", "us-ny-nyc", "us-wa",
                                        "us",    "fr",    NULL};
    lq_tax_rule *rule = member;
    if (node->kind != LQ_NODE_SCALAR) {
        lq_node_problem(node, reader->problems, "none, a rate, or {flat: 41%, gains: 25%}",
                        lq_node_described(node), NULL);
        return false;
    }
    if (strcmp(node->text, "none") == 0) {
        *rule = (lq_tax_rule){.method = LQ_TAX_NONE};
        return true;
    }
    for (size_t i = 0; later[i]; i++) {
        if (strcmp(node->text, later[i]) != 0) continue;
        lq_node_problem(node, reader->problems, "none, a rate, or {flat: 41%, gains: 25%}",
                        "a jurisdiction, which this version does not have", NULL);
        return false;
    }
    return lq_read_tax_flat(node, reader, member);
}

static bool read_tenor(const lq_node *node, lq_reader *reader, double years, lq_tenor *out)
{
    lq_value rate;
    if (!lq_value_read(node, LQ_MEASURE_RATE, reader->problems, &rate)) return false;
    if (!lq_value_is_constant(&rate) || rate.p[0] <= -0.5 || rate.p[0] > 1.0) {
        lq_node_problem(node, reader->problems, "one rate from -50 % to 100 % a year",
                        node->text, NULL);
        return false;
    }
    *out = (lq_tenor){years, rate.p[0]};
    return true;
}

static bool read_years(const lq_node *node, lq_reader *reader, double above, double *out)
{
    lq_value years = {0};
    const char *why = lq_value_parse(node->key, LQ_MEASURE_DURATION, &years);
    if (why) {
        lq_node_problem(node, reader->problems, "a tenor such as 5y", node->key, why);
        return false;
    }
    if (!lq_value_is_constant(&years) || years.p[0] <= above) {
        lq_node_problem(node, reader->problems, "tenors above 0y, rising", node->key, NULL);
        return false;
    }
    *out = years.p[0];
    return true;
}

static bool read_curve(const lq_node *node, lq_reader *reader, lq_list *out)
{
    lq_tenor *tenors = lq_arena_calloc(reader->arena, node->n_children + 1, sizeof *tenors);
    size_t n = 0;
    if (!tenors) return false;
    for (const lq_node *child = node->first; child; child = child->next, n++) {
        double years;
        if (!read_years(child, reader, n ? tenors[n - 1].years : 0.0, &years)) return false;
        if (!read_tenor(child, reader, years, &tenors[n])) return false;
    }
    if (n == 0) {
        lq_node_problem(node, reader->problems, "at least one tenor", "an empty group", NULL);
        return false;
    }
    *out = (lq_list){tenors, n};
    return true;
}

bool lq_read_rates(const lq_node *node, lq_reader *reader, void *member)
{
    lq_list *out = member;
    if (node->kind == LQ_NODE_GROUP) return read_curve(node, reader, out);
    lq_tenor *tenor = lq_arena_calloc(reader->arena, 1, sizeof *tenor);
    if (!tenor || !read_tenor(node, reader, 0.0, tenor)) return false;
    *out = (lq_list){tenor, 1};
    return true;
}

bool lq_read_pair(const lq_node *node, lq_reader *reader, void *member)
{
    lq_pair_correlation *pair = member;
    const lq_node *a = node->first, *b = a ? a->next : NULL;
    if (node->kind != LQ_NODE_LIST || node->n_children != 2 || a->kind != LQ_NODE_SCALAR ||
        b->kind != LQ_NODE_SCALAR) {
        lq_node_problem(node, reader->problems, "two company ids, [google, meta]",
                        node->kind == LQ_NODE_SCALAR ? node->text : "something else", NULL);
        return false;
    }
    pair->a = lq_arena_strdup(reader->arena, a->text);
    pair->b = lq_arena_strdup(reader->arena, b->text);
    pair->mark = node->mark;
    return true;
}

bool lq_read_floor(const lq_node *node, lq_reader *reader, void *member)
{
    lq_company *company = member;
    lq_value value;
    const lq_node *inner = node->kind == LQ_NODE_GROUP ? lq_node_get(node, "uncertain") : node;
    const char *text = inner && inner->kind == LQ_NODE_SCALAR ? inner->text : "";
    const bool is_money = strpbrk(text, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
    const lq_measure measure = is_money ? LQ_MEASURE_MONEY : LQ_MEASURE_FRACTION;
    double low, high;
    if (!lq_value_read(node, measure, reader->problems, &value)) return false;
    if (!value.uncertain && !lq_value_is_constant(&value)) {
        lq_node_problem(node, reader->problems, "one fraction, or money",
                        lq_node_described(node), "not known? wrap it in {uncertain: ...}");
        return false;
    }
    lq_value_range(&value, &low, &high);
    if (low < 0.0 || (!is_money && high >= 1.0)) {
        lq_node_problem(node, reader->problems, "a fraction under 100 %, or money",
                        lq_node_described(node), NULL);
        return false;
    }
    company->floor = value;
    company->floor_is_money = is_money;
    return true;
}

/* The whole length for short; it replaces the stages of a pack. */
bool lq_read_lockup(const lq_node *node, lq_reader *reader, void *member)
{
    lq_company *company = member;
    if (!lq_schema_read_value(&lq_lockup_record.fields[0], node, reader, &company->lockup))
        return false;
    company->lockup_stages = (lq_list){0};
    return true;
}

/* The trigger for short. */
bool lq_read_acceleration(const lq_node *node, lq_reader *reader, void *member)
{
    static const char *const words[] = {"none", "single", "double", NULL}, *const later[] = {
                                                                               NULL};
    lq_grant *grant = member;
    return store_choice(choose(node, reader, words, later), &grant->acceleration.trigger);
}

/* `no` or `yes` for short. */
bool lq_read_secondary(const lq_node *node, lq_reader *reader, void *member)
{
    static const char *const words[] = {"no", "yes", NULL}, *const later[] = {NULL};
    lq_company *company = member;
    const int chosen = choose(node, reader, words, later);
    if (chosen >= 0) company->secondary.allowed = chosen == 1;
    return chosen >= 0;
}

bool lq_read_opening(const lq_node *node, lq_reader *reader, void *member)
{
    /* The record writes by absolute offsets, so member is the company. */
    lq_company *company = member;
    if (!lq_schema_read_value(&lq_opening_record.fields[2], node, reader,
                              &company->opening_value.fair_value))
        return false;
    company->opening_value.method = LQ_OPENING_FAIR_VALUE;
    return true;
}

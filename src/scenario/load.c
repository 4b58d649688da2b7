#include "scenario/returns.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* The tree lives as long as the scenario: marks point into it. */
typedef struct loaded {
    lq_scenario scenario; /* first: the two share an address */
    lq_tree tree;
} loaded;

static const char *default_output(lq_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *stem = slash ? slash + 1 : path;
    const char *dot = strrchr(stem, '.');
    const size_t len = dot && dot > stem ? (size_t)(dot - stem) : strlen(stem);
    return lq_arena_printf(arena, "results/%.*s.h5", (int)len, stem);
}

static bool any_uncertain(const lq_record *record, const void *struct_);

static bool field_is_uncertain(const lq_field *field, const void *member)
{
    const lq_list *list = member;
    switch (field->kind) {
    case LQ_FIELD_VALUE:
        return ((const lq_value *)member)->given && ((const lq_value *)member)->uncertain;
    case LQ_FIELD_RECORD:
        return any_uncertain(field->record, member);
    case LQ_FIELD_LIST:
    case LQ_FIELD_MAP:
        for (size_t i = 0; i < list->len; i++)
            if (any_uncertain(field->record, (char *)list->items + i * field->record->size))
                return true;
        return false;
    default:
        return false;
    }
}

static bool any_uncertain(const lq_record *record, const void *struct_)
{
    for (const lq_field *field = record->fields; field->key; field++)
        if (field_is_uncertain(field, (const char *)struct_ + field->offset)) return true;
    return false;
}

static bool hazard_is_uncertain(const lq_hazard *h)
{
    return (h->kind == LQ_HAZARD_RATE && h->rate.uncertain) ||
           (h->kind == LQ_HAZARD_PROBABILITY && h->probability.uncertain);
}

static bool company_is_uncertain(const lq_company *c)
{
    return any_uncertain(&lq_company_record, c) || c->floor.uncertain ||
           hazard_is_uncertain(&c->ipo.hazard) || hazard_is_uncertain(&c->acquisition.hazard) ||
           hazard_is_uncertain(&c->failure.hazard) || hazard_is_uncertain(&c->rounds.hazard) ||
           hazard_is_uncertain(&c->tenders.hazard);
}

static bool offer_is_uncertain(const lq_offer *o)
{
    const lq_value *terms[] = {&o->base,    &o->raise,    &o->bonus.target,  &o->bonus.payout,
                               &o->leaving, &o->fallback, &o->sign_on.amount};
    const lq_grant *grants = o->grants.items;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
        if (terms[i]->uncertain) return true;
    for (size_t i = 0; i < o->grants.len; i++)
        if (any_uncertain(&lq_grant_record, &grants[i])) return true;
    return false;
}

static bool is_uncertain(const lq_scenario *s)
{
    const lq_company *companies = s->companies.items;
    const lq_offer *offers = s->offers.items;
    bool found = any_uncertain(&lq_market_record, &s->market) ||
                 any_uncertain(&lq_stress_record, &s->stress);
    for (size_t i = 0; i < s->companies.len && !found; i++)
        found = company_is_uncertain(&companies[i]);
    for (size_t i = 0; i < s->offers.len && !found; i++)
        found = offer_is_uncertain(&offers[i]);
    return found;
}

/* How many companies and offers there can be at most: lists do not move while others point in.
 */
static lq_status make_room(lq_resolver *r, lq_error *err)
{
    const lq_node *companies = lq_child(r->root, "companies");
    const lq_node *offers = lq_child(r->root, "offers");
    lq_scenario *s = r->scenario;
    r->cap_companies =
        2 * (companies ? companies->n_children : 0) + (offers ? offers->n_children : 0) + 1;
    s->companies.items = lq_arena_calloc(s->arena, r->cap_companies, sizeof(lq_company));
    r->pack_of = lq_arena_calloc(s->arena, r->cap_companies, sizeof *r->pack_of);
    if (!s->companies.items || !r->pack_of)
        return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the companies");
    return LQ_OK;
}

/* Top-level words; the groups are read in layers by the resolver. */
static void take_words(lq_scenario *s, const lq_root_input *root)
{
    s->stress = root->stress;
    s->title = root->title ? root->title : "";
    s->output = root->output ? root->output : default_output(s->arena, s->path);
    memcpy(s->currency, root->currency[0] ? root->currency : "USD", 4);
}

/* A run is about offers; a company can be looked at without any. */
static bool offers_written(lq_resolver *r)
{
    if (r->companies_only || lq_child(r->root, "offers")) return true;
    lq_schema_missing(&lq_root_record, "offers", r->root, &r->reader);
    return false;
}

static lq_status resolve(lq_resolver *r, lq_error *err)
{
    lq_scenario *s = r->scenario;
    lq_root_input *root = lq_arena_calloc(s->arena, 1, sizeof *root);
    if (!root) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the config");
    lq_schema_defaults(&lq_root_record, &r->reader, root);
    r->clean = lq_schema_read(&lq_root_record, r->root, &r->reader, root) && offers_written(r);
    take_words(s, root);
    LQ_TRY(make_room(r, err));
    LQ_TRY(lq_resolve_frame(r, err));
    LQ_TRY(lq_resolve_offers(r, err));
    if (r->companies_only) LQ_TRY(lq_resolve_companies(r, err));
    LQ_TRY(lq_resolve_deals(r, err));
    lq_check_changes(r);
    LQ_TRY(lq_resolve_returns(r, err));
    LQ_TRY(lq_scenario_check(r, err));
    s->packs = lq_packs_digests(&r->packs);
    s->has_uncertain = is_uncertain(s);
    lq_scenario_assume(r);
    s->resolved = lq_scenario_write(s, s->arena);
    return LQ_OK;
}

static lq_status told(const lq_problems *problems, lq_error *err)
{
    const lq_problem *first = lq_problems_first(problems);
    if (!first) return LQ_OK;
    return LQ_FAIL(err, LQ_ECONFIG, .file = first->mark.file, .line = first->mark.line,
                   .column = first->mark.column, .key = first->key, .expected = first->expected,
                   .got = first->found);
}

typedef struct request {
    const char *name, *text; /* text NULL: read the file of that name */
    size_t len;
    bool companies_only;
    lq_changes changes; /* without their record */
} request;

/* Takes the tree over; on failure everything is freed. */
static lq_status build(const request *q, loaded *all, lq_problems *problems, lq_error *err)
{
    const char *name = q->name;
    lq_scenario *s = &all->scenario;
    lq_problems *sink = lq_problems_create();
    lq_resolver r = {
        .scenario = s, .root = all->tree.root, .companies_only = q->companies_only};
    if (!sink) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the config");
    r.reader = (lq_reader){.arena = s->arena, .problems = problems, .context = s};
    r.quiet = (lq_reader){.arena = s->arena, .problems = sink, .context = s};
    s->path = lq_arena_strdup(s->arena, name);
    s->config_text = all->tree.text;
    s->config_len = all->tree.text_len;
    lq_packs_open(&r.packs, s->arena, problems);
    lq_status status = all->tree.root ? resolve(&r, err) : LQ_OK;
    lq_problems_destroy(sink);
    if (lq_arena_failed(s->arena))
        return LQ_FAIL(err, LQ_ENOMEM, .file = name, .expected = "memory for the scenario");
    if (lq_problems_count(problems) > 0 && status != LQ_ENOMEM) return told(problems, err);
    if (status == LQ_OK && !all->tree.root)
        return LQ_FAIL(err, LQ_ECONFIG, .file = name, .expected = "a config");
    return status;
}

static lq_status load(const request *q, lq_problems *problems, lq_scenario **out, lq_error *err)
{
    *out = NULL;
    loaded *all = lq_calloc(1, sizeof *all);
    lq_status status = LQ_OK;
    lq_changes changes = q->changes;
    changes.record = &lq_root_record;
    if (!all)
        return LQ_FAIL(err, LQ_ENOMEM, .file = q->name, .expected = "memory for a scenario");
    all->scenario.arena = lq_arena_create();
    if (!all->scenario.arena)
        status = LQ_FAIL(err, LQ_ENOMEM, .file = q->name, .expected = "memory for a scenario");
    else if (q->text)
        status = lq_tree_parse(q->name, q->text, q->len, &changes, problems, &all->tree, err);
    else
        status = lq_tree_load(q->name, &changes, problems, &all->tree, err);
    if (status == LQ_OK) status = build(q, all, problems, err);
    if (status == LQ_OK)
        *out = &all->scenario;
    else
        lq_scenario_destroy(&all->scenario);
    return status;
}

lq_status lq_scenario_load(const char *path, const char *const *overrides, size_t n_overrides,
                           lq_problems *problems, lq_scenario **out, lq_error *err)
{
    const request q = {.name = path, .changes = {.items = overrides, .len = n_overrides}};
    return load(&q, problems, out, err);
}

lq_status lq_scenario_load_changed(const char *path, const lq_changes *changes,
                                   lq_problems *problems, lq_scenario **out, lq_error *err)
{
    const request q = {.name = path, .changes = *changes};
    return load(&q, problems, out, err);
}

lq_status lq_scenario_load_companies(const char *path, const lq_changes *changes,
                                     lq_problems *problems, lq_scenario **out, lq_error *err)
{
    const request q = {.name = path, .changes = *changes, .companies_only = true};
    return load(&q, problems, out, err);
}

lq_status lq_scenario_parse(const char *name, const char *text, size_t len,
                            const char *const *overrides, size_t n_overrides,
                            lq_problems *problems, lq_scenario **out, lq_error *err)
{
    const request q = {.name = name,
                       .text = text,
                       .len = len,
                       .changes = {.items = overrides, .len = n_overrides}};
    return load(&q, problems, out, err);
}

static bool same_line(const lq_mark *mark, const lq_error *err)
{
    return mark->file && mark->line == err->line && strcmp(mark->file, err->file) == 0;
}

/* The line of the place, from the first node that stands on it; NULL when none does. */
static const char *line_of(const lq_node *node, const lq_error *err)
{
    if (!node || err->line == 0) return NULL;
    if (node->source_line && same_line(&node->mark, err)) return node->source_line;
    if (node->key_line && same_line(&node->key_mark, err)) return node->key_line;
    for (const lq_node *child = node->first; child; child = child->next) {
        const char *line = line_of(child, err);
        if (line) return line;
    }
    return NULL;
}

/* What changes made of the group or the list at the address that the error names. */
static const char *changes_at(const loaded *all, const lq_error *err)
{
    const lq_node *node = err->key[0] ? lq_tree_find(&all->tree, err->key) : NULL;
    return node ? lq_node_changes(node, all->scenario.arena) : NULL;
}

void lq_scenario_problem(const lq_scenario *scenario, const lq_error *err,
                         lq_problems *problems)
{
    const loaded *all = (const loaded *)scenario;
    const lq_problem problem = {
        .mark = {err->file[0] ? err->file : NULL, err->line, err->column},
        .key = err->key,
        .expected = err->expected,
        .found = err->got,
        .hint = changes_at(all, err),
        .source_line = line_of(all->tree.root, err)};
    lq_problems_add(problems, &problem);
}

void lq_scenario_destroy(lq_scenario *scenario)
{
    if (!scenario) return;
    loaded *all = (loaded *)scenario;
    lq_tree_clear(&all->tree);
    lq_arena_destroy(all->scenario.arena);
    lq_free(all);
}

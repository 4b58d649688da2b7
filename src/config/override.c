#include "config/address.h"
#include "config/load.h"
#include "config/parse.h"
#include "config/places.h"
#include "config/quantity.h"

#include <stdio.h>
#include <string.h>

enum { MAX_OVERRIDE_BYTES = 65536 };

/* One `key=value`, with what messages about it need. */
typedef struct request {
    lq_budget *budget;
    const lq_record *record; /* of the root; NULL: none is known */
    const char *whole, *key; /* the line that is told, the address */
    lq_mark mark;            /* of the key */
    lq_mark value_mark;
    const char *by; /* --set key=value, or the place in a file */
    lq_address address;
} request;

static void complain(const request *r, const char *expected, const char *found,
                     const char *hint)
{
    lq_problems_add(r->budget->problems, &(lq_problem){.mark = r->mark,
                                                       .key = r->key,
                                                       .expected = expected,
                                                       .found = found,
                                                       .hint = hint,
                                                       .source_line = r->whole});
}

/* "a, b, c" of addresses, with what remains of the key after the anchor. */
static const char *list_hits(const request *r, const lq_hits *hits, const char *rest)
{
    lq_arena *arena = r->budget->arena;
    const char *text = "";
    for (size_t i = 0; i < hits->count && i < LQ_MAX_HITS && text; i++)
        text = lq_arena_printf(arena, "%s%s%s%s", text, i ? ", " : "",
                               lq_node_address(hits->node[i], arena), rest);
    if (hits->count > LQ_MAX_HITS && text) text = lq_arena_printf(arena, "%s, ...", text);
    return text;
}

static const char *list_places(const request *r, const lq_places *places)
{
    const char *text = "";
    for (size_t i = 0; i < places->count && i < LQ_MAX_HITS && text; i++)
        text =
            lq_arena_printf(r->budget->arena, "%s%s%s", text, i ? ", " : "", places->text[i]);
    if (places->count > LQ_MAX_HITS && text)
        text = lq_arena_printf(r->budget->arena, "%s, ...", text);
    return text;
}

static void complain_of_choice(const request *r, size_t count, const char *all)
{
    complain(r, "a key that means one thing",
             lq_arena_printf(r->budget->arena, "%zu that end so", count),
             lq_arena_printf(r->budget->arena, "write one of %s", all));
}

static const char *id_hint(const request *r, const lq_node *list, const lq_step *step)
{
    lq_id_index ids;
    lq_arena *arena = r->budget->arena;
    const char *word = step->name ? lq_arena_strndup(arena, step->name, step->name_len) : NULL;
    if (!word || !lq_id_index_build(list, arena, &ids)) return NULL;
    const char *near = lq_suggest(word, ids.id, ids.len);
    return near ? lq_arena_printf(arena, "did you mean %s?", near) : NULL;
}

/* The list has no such item: what it has. */
static const char *items_hint(const request *r, const lq_node *list, const lq_step *step)
{
    const char *near = id_hint(r, list, step), *text = "";
    size_t n = 0;
    for (const lq_node *item = list->first; item && text && n < LQ_MAX_HITS;
         item = item->next, n++) {
        const char *name = lq_node_called(item, r->budget->arena);
        text = name ? lq_arena_printf(r->budget->arena, "%s%s%s", text, n ? ", " : "", name)
                    : lq_arena_printf(r->budget->arena, "%s%s[%zu]", text, n ? ", " : "", n);
    }
    if (near || !text || !text[0]) return near;
    return lq_arena_printf(r->budget->arena, "what is there: %s%s", text,
                           list->n_children > n ? ", ..." : "");
}

/* No list stands there: what does. */
static const char *keys_hint(const request *r, const lq_node *at)
{
    enum { MAX_NAMED = 14 };
    const char *text = "";
    size_t n = 0;
    for (const lq_node *key = at->parent ? at->parent->first : NULL; key && text;
         key = key->next)
        if (key->key && key != at && n++ < MAX_NAMED)
            text =
                lq_arena_printf(r->budget->arena, "%s%s%s", text, n > 1 ? ", " : "", key->key);
    if (!at->key || !text || !text[0]) return NULL;
    return lq_arena_printf(r->budget->arena, "no %s there; what is: %s%s", at->key, text,
                           n > MAX_NAMED ? ", ..." : "");
}

/* `bonus: 20%` becomes `bonus: {target: 20%}`, so that it can be said how much is paid. */
static bool write_out(const request *r, lq_node *at)
{
    lq_quantity figure;
    const lq_field *row = r->record ? lq_places_row(r->record, at) : NULL;
    if (!row || !row->short_key || lq_quantity_parse(at->text, strlen(at->text), &figure))
        return false;
    lq_node *child = lq_node_create(r->budget, LQ_NODE_SCALAR, at->mark);
    if (!child) return false;
    child->text = at->text;
    child->source_line = at->source_line;
    child->key = row->short_key;
    child->key_mark = at->key_mark;
    child->key_line = at->key_line;
    at->kind = LQ_NODE_GROUP;
    lq_node_append(at, child);
    return true;
}

/* What the schema reads as a list; it may be empty, or not there. */
static bool is_list(const request *r, const lq_node *at)
{
    const lq_field *row = r->record && at->key ? lq_places_row(r->record, at) : NULL;
    return at->kind == LQ_NODE_LIST ||
           (row && row->kind == LQ_FIELD_LIST && (at->kind == LQ_NODE_GROUP || !at->text[0]));
}

/* A new group at one more step; NULL after a problem. */
static lq_node *grow(const request *r, lq_node *at, const lq_step *step)
{
    if (is_list(r, at) || !step->name) {
        complain(r, "an item of the list", "none that is so called",
                 at->first ? items_hint(r, at, step) : keys_hint(r, at));
        return NULL;
    }
    if (at->kind == LQ_NODE_SCALAR && at->text[0] && !write_out(r, at)) {
        complain(r, "a group to set a part of", at->text, "write it out in the file first");
        return NULL;
    }
    lq_node *child = lq_node_create(r->budget, LQ_NODE_GROUP, r->mark);
    if (!child) return NULL;
    child->source_line = r->whole;
    child->key = lq_arena_strndup(r->budget->arena, step->name, step->name_len);
    child->key_mark = r->mark;
    child->key_line = r->whole;
    child->grown = true;
    if (!child->key) return NULL;
    at->kind = LQ_NODE_GROUP; /* `simulation:` with nothing after it */
    lq_node_append(at, child);
    return child;
}

/* The node at the rest of the address, made of new groups where there is none; NULL after a
 * problem, of which no group is left to be complained of again. */
static lq_node *reach(const request *r, lq_node *from, const lq_address *address,
                      size_t first_step)
{
    lq_node *at = from, *grown = NULL;
    for (size_t i = first_step; i < address->len && at; i++) {
        lq_node *child = lq_node_step(at, &address->step[i]);
        at = child ? child : grow(r, at, &address->step[i]);
        if (at && !child && !grown) grown = at;
    }
    if (!at && grown) lq_node_detach(grown);
    return at;
}

/* By the schema: a key that the file leaves out, under what it has. *told: a problem. */
static lq_node *locate_new(const request *r, lq_node *root, bool *told)
{
    lq_places places = {.count = 0};
    lq_address address;
    lq_places_find(r->record, root, r->key, &r->address, r->budget->arena, &places);
    *told = places.count > 1;
    if (*told) complain_of_choice(r, places.count, list_places(r, &places));
    if (places.count != 1 || !places.text[0] || !lq_address_parse(places.text[0], &address))
        return NULL;
    lq_node *found = reach(r, root, &address, 0);
    *told = !found;
    return found;
}

/* Where the key leads: as written, else by a short form that is unique, else a new key. */
static lq_node *locate(const request *r, lq_node *root)
{
    bool told = false;
    if (lq_node_step(root, &r->address.step[0])) return reach(r, root, &r->address, 0);
    lq_hits hits = {.count = 0};
    lq_address_matches(root, &r->address, &hits);
    if (hits.count == 1) return hits.node[0];
    if (hits.count > 1) {
        complain_of_choice(r, hits.count, list_hits(r, &hits, ""));
        return NULL;
    }
    lq_node *found = r->record ? locate_new(r, root, &told) : NULL;
    if (found || told) return found;
    lq_address_anchors(root, &r->address, &hits);
    if (hits.count == 1 && r->address.len > 1) return reach(r, hits.node[0], &r->address, 1);
    if (hits.count > 1 && r->address.len > 1) {
        complain_of_choice(r, hits.count,
                           list_hits(r, &hits, r->key + r->address.step[0].name_len));
        return NULL;
    }
    return reach(r, root, &r->address, 0);
}

static lq_node *parse_value(const request *r, const char *text)
{
    lq_source source = {.name = r->value_mark.file,
                        .text = text,
                        .len = strlen(text),
                        .first_line = r->value_mark.line,
                        .first_column = r->value_mark.column - 1,
                        .whole = r->whole};
    const size_t before = lq_problems_count(r->budget->problems);
    if (!lq_source_check(&source, r->budget->arena, r->budget->problems)) return NULL;
    lq_node *value = lq_parse_yaml(&source, r->budget);
    if (!value && lq_problems_count(r->budget->problems) == before)
        complain(r, "a value after =", "nothing", NULL);
    return value;
}

/* `+$15K` and `-10%` change a figure that is there; everything else replaces it. */
static bool change_figure(const request *r, const lq_node *old, lq_node *value)
{
    const char *changed = NULL;
    if (old->kind != LQ_NODE_SCALAR || value->kind != LQ_NODE_SCALAR || value->quoted)
        return true;
    const char *reason = lq_value_change(old->text, value->text, r->budget->arena, &changed);
    if (reason) {
        complain(r, "a change that fits the figure", value->text, reason);
        return false;
    }
    if (changed) value->text = changed;
    return true;
}

static bool is_null(const lq_node *value)
{
    return value->kind == LQ_NODE_SCALAR && !value->quoted && strcmp(value->text, "null") == 0;
}

/* `KEY=null`: the key goes, and with it what it said in one of several forms. */
static void take_away(const request *r, lq_node *root)
{
    lq_hits hits = {.count = 0};
    lq_node *found = lq_node_walk(root, r->address.step, r->address.len);
    if (!found) lq_address_matches(root, &r->address, &hits);
    if (hits.count > 1)
        complain_of_choice(r, hits.count, list_hits(r, &hits, ""));
    else if (!found && hits.count == 0)
        complain(r, "a key that is there, to take away", "none", NULL);
    else
        lq_node_detach(found ? found : hits.node[0]);
}

static void apply(const request *r, lq_node *root, const char *text)
{
    lq_node *value = parse_value(r, text);
    if (value && is_null(value)) {
        take_away(r, root);
        return;
    }
    lq_node *place = value ? locate(r, root) : NULL;
    if (!place || !change_figure(r, place, value)) return;
    value->key_mark = r->mark;
    value->key_line = r->whole;
    value->changed_by = r->by;
    lq_node_replace(place, value);
}

/* Where the change stands, and what messages about it show. */
static bool place_of(const lq_changes *changes, size_t index, const char *override, request *r)
{
    lq_arena *arena = r->budget->arena;
    if (index < changes->n_origins) {
        const lq_change_origin *o = &changes->origins[index];
        r->mark = o->key;
        r->value_mark = o->value;
        r->mark.file = r->value_mark.file = lq_arena_strdup(arena, o->key.file);
        r->whole = lq_arena_strdup(arena, o->line);
        r->by = lq_arena_printf(arena, "%s:%d", o->key.file, o->key.line);
    } else {
        const int number = (int)(index - changes->n_origins) + 1;
        r->mark = (lq_mark){"--set", number, 1};
        r->value_mark = (lq_mark){"--set", number, (int)strlen(r->key) + 2};
        r->whole = lq_arena_strdup(arena, override);
        r->by = lq_arena_printf(arena, "--set %s", override);
    }
    return r->mark.file && r->whole && r->by;
}

static void override_one(lq_loader *loader, lq_node *root, const lq_changes *changes,
                         size_t index)
{
    const char *override = changes->items[index];
    const int number = (int)(index - changes->n_origins) + 1; /* of a --set */
    request r = {.budget = &loader->budget,
                 .record = changes->record,
                 .whole = override,
                 .key = "",
                 .mark = {.file = "--set", .line = number, .column = 1}};
    const size_t len = strnlen(override, MAX_OVERRIDE_BYTES + 1);
    const char *equals = memchr(override, '=', len);
    if (len > MAX_OVERRIDE_BYTES || !equals) {
        complain(&r, "key=value", len > MAX_OVERRIDE_BYTES ? "more than 64 KiB" : "no = sign",
                 NULL);
        return;
    }
    r.key = lq_arena_strndup(loader->budget.arena, override, (size_t)(equals - override));
    if (!r.key || !place_of(changes, index, override, &r)) return;
    if (!lq_address_parse(r.key, &r.address)) {
        complain(&r, "an address such as offers.google.base", r.key, NULL);
        return;
    }
    apply(&r, root, equals + 1);
}

void lq_load_changes(lq_loader *loader, lq_node *root, const lq_changes *changes)
{
    for (size_t i = 0; i < changes->len; i++)
        override_one(loader, root, changes, i);
}

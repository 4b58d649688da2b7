#include "config/places.h"

#include <string.h>

typedef struct search {
    const lq_node *root;
    const lq_address *address;
    const char *tail; /* of the key, after its first step */
    lq_arena *arena;
    enum { ITEMS_THERE, ITEMS_OF_LISTS_THERE, ANY_ITEMS } items; /* that lead on */
    lq_places *out;
} search;

static bool is_step(const lq_step *step, const char *name)
{
    return step->name && strlen(name) == step->name_len &&
           memcmp(name, step->name, step->name_len) == 0;
}

static const lq_field *field_at(const lq_record *record, const lq_step *step)
{
    for (const lq_field *f = record->fields; f->key; f++)
        if (is_step(step, f->key)) return f;
    return NULL;
}

/* The first item of `named_by` (list.key) from `from` on whose text names no item of the map;
 * NULL when there is none. */
static const lq_node *named_item(const search *s, const lq_field *f, const lq_node *map,
                                 const lq_node *from)
{
    const char *dot = f->named_by ? strchr(f->named_by, '.') : NULL;
    if (!dot) return NULL;
    if (!from) {
        const char *list = lq_arena_strndup(s->arena, f->named_by, (size_t)(dot - f->named_by));
        const lq_node *items = list ? lq_node_get(s->root, list) : NULL;
        from = items && items->kind == LQ_NODE_LIST ? items->first : NULL;
    }
    for (; from; from = from->next) {
        const lq_node *text = lq_node_get(from, dot + 1);
        if (text && text->kind == LQ_NODE_SCALAR && !lq_node_get(map, text->text)) return from;
    }
    return NULL;
}

static const char *name_in(const lq_field *f, const lq_node *item)
{
    return lq_node_get(item, strchr(f->named_by, '.') + 1)->text;
}

static bool in_record(const search *s, const lq_record *record, const lq_node *node, size_t n);

static bool in_map(const search *s, const lq_field *f, const lq_node *map, size_t n)
{
    const lq_step *step = &s->address->step[n];
    const lq_node *child = map ? lq_node_step(map, step) : NULL;
    const lq_node *item = child ? NULL : named_item(s, f, map, NULL);
    while (item && !is_step(step, name_in(f, item)))
        item = item->next ? named_item(s, f, map, item->next) : NULL;
    return (child || item) && in_record(s, f->record, child, n + 1);
}

/* True when the steps from n on lead on from a field; node is what is written of it, or NULL.
 */
static bool leads_on(const search *s, const lq_field *f, const lq_node *node, size_t n)
{
    if (n == s->address->len) return true;
    if (!f->record || (f->kind == LQ_FIELD_CUSTOM && !node)) return false;
    if (f->kind == LQ_FIELD_MAP) return in_map(s, f, node, n);
    if (f->kind != LQ_FIELD_LIST) return in_record(s, f->record, node, n);
    const lq_node *item = node ? lq_node_step(node, &s->address->step[n]) : NULL;
    const bool fits = item || (node ? s->items != ITEMS_THERE : s->items == ANY_ITEMS);
    return fits && in_record(s, f->record, item, n + 1);
}

static bool in_record(const search *s, const lq_record *record, const lq_node *node, size_t n)
{
    if (n == s->address->len) return true;
    const lq_field *f = field_at(record, &s->address->step[n]);
    return f && leads_on(s, f, lq_node_get(node, f->key), n + 1);
}

/* The steps down to a key or an item: an address is printed where one is found. */
typedef struct trail {
    const struct trail *up; /* NULL: the root */
    const char *name;       /* NULL: an item that has none */
    size_t index;
} trail;

static const char *printed(const search *s, const trail *at)
{
    if (!at) return "";
    const char *above = printed(s, at->up);
    if (!above) return NULL;
    if (!at->name) return lq_arena_printf(s->arena, "%s[%zu]", above, at->index);
    return lq_arena_printf(s->arena, "%s%s%s", above, above[0] ? "." : "", at->name);
}

/* Two offers may name one company. */
static void add(const search *s, const trail *at)
{
    lq_places *out = s->out;
    const char *address = printed(s, at);
    const char *text = address ? lq_arena_printf(s->arena, "%s%s", address, s->tail) : NULL;
    for (size_t i = 0; text && i < out->count && i < LQ_MAX_HITS; i++)
        if (strcmp(out->text[i], text) == 0) return;
    if (!text) return;
    if (out->count < LQ_MAX_HITS) out->text[out->count] = text;
    out->count++;
}

static void visit(const search *s, const lq_record *record, const lq_node *node,
                  const trail *above);

static void visit_item(const search *s, const lq_field *f, const lq_node *item,
                       const trail *here)
{
    const lq_step *first = &s->address->step[0];
    const bool meant = item ? lq_node_answers(item, first) : is_step(first, here->name);
    if (meant && s->address->len > 1 && in_record(s, f->record, item, 1)) add(s, here);
    visit(s, f->record, item, here);
}

static void visit_items(const search *s, const lq_field *f, const lq_node *node,
                        const trail *above)
{
    const bool fits =
        node && node->kind == (f->kind == LQ_FIELD_LIST ? LQ_NODE_LIST : LQ_NODE_GROUP);
    trail here = {.up = above};
    for (const lq_node *item = fits ? node->first : NULL; item;
         item = item->next, here.index++) {
        here.name = item->key ? item->key : lq_node_name(item);
        visit_item(s, f, item, &here);
    }
    const lq_node *naming = f->kind == LQ_FIELD_MAP ? named_item(s, f, node, NULL) : NULL;
    while (naming) {
        here.name = name_in(f, naming);
        visit_item(s, f, NULL, &here);
        naming = naming->next ? named_item(s, f, node, naming->next) : NULL;
    }
}

static void visit(const search *s, const lq_record *record, const lq_node *node,
                  const trail *above)
{
    for (const lq_field *f = record->fields; f->key; f++) {
        const lq_node *child = lq_node_get(node, f->key);
        const trail here = {.up = above, .name = f->key};
        if (is_step(&s->address->step[0], f->key) && leads_on(s, f, child, 1)) add(s, &here);
        if (!f->record) continue;
        if (f->kind == LQ_FIELD_LIST || f->kind == LQ_FIELD_MAP)
            visit_items(s, f, child, &here);
        else if (f->kind == LQ_FIELD_RECORD || child) /* an ask that is not there is none */
            visit(s, f->record, child, &here);
    }
}

void lq_places_find(const lq_record *record, const lq_node *root, const char *key,
                    const lq_address *address, lq_arena *arena, lq_places *out)
{
    search s = {root, address, key + address->step[0].name_len, arena, ITEMS_THERE, out};
    *out = (lq_places){.count = 0};
    if (in_record(&s, record, root, 0)) { /* it is one in full: it means itself */
        *out = (lq_places){.text = {key}, .count = 1};
        return;
    }
    for (; out->count == 0 && s.items <= ANY_ITEMS; s.items++)
        visit(&s, record, root, NULL);
}

/* What the children of a node are read by. */
typedef struct spot {
    const lq_field *row;
    const lq_record *record; /* NULL: none */
    bool holds_items;        /* of that record, and no keys of it */
} spot;

static spot spot_of(const lq_record *root, const lq_node *node)
{
    if (!node->parent) return (spot){.record = root};
    const spot above = spot_of(root, node->parent);
    if (above.holds_items) return (spot){.record = above.record};
    const lq_step step = {.name = node->key, .name_len = node->key ? strlen(node->key) : 0};
    const lq_field *f = above.record ? field_at(above.record, &step) : NULL;
    if (!f) return (spot){.row = NULL};
    return (spot){f, f->record, f->kind == LQ_FIELD_LIST || f->kind == LQ_FIELD_MAP};
}

const lq_field *lq_places_row(const lq_record *record, const lq_node *node)
{
    return spot_of(record, node).row;
}

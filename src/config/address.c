#include "config/address.h"

#include <ctype.h>
#include <string.h>

enum { MAX_INDEX_DIGITS = 6, MAX_NUMBER_DIGITS = 3 };

/* "[12]" at text; the number of characters read, or 0. */
static size_t parse_index(const char *text, size_t *index)
{
    size_t n = 1;
    *index = 0;
    while (n <= MAX_INDEX_DIGITS && isdigit((unsigned char)text[n]))
        *index = *index * 10 + (size_t)(text[n++] - '0');
    return n > 1 && text[n] == ']' ? n + 1 : 0;
}

bool lq_address_parse(const char *text, lq_address *out)
{
    out->len = 0;
    for (const char *at = text; out->len < LQ_TREE_MAX_DEPTH;) {
        lq_step *step = &out->step[out->len++];
        *step = (lq_step){.name = NULL};
        size_t n;
        if (*at == '[' && out->len > 1) {
            n = parse_index(at, &step->index);
        } else {
            n = strcspn(at, ".[]");
            step->name = at;
            step->name_len = n;
        }
        if (n == 0) return false;
        at += n;
        if (*at == '\0') return true;
        if (*at == ']') return false;
        if (*at == '.') at++;
        if (*at == '\0' || (at[-1] == '.' && *at == '[')) return false;
    }
    return false;
}

static bool is_named(const char *name, const lq_step *step)
{
    return name && step->name && strlen(name) == step->name_len &&
           memcmp(name, step->name, step->name_len) == 0;
}

const char *lq_node_name(const lq_node *item)
{
    const char *id = lq_node_id(item);
    const lq_node *series = id ? NULL : lq_node_get(item, "series");
    return series && series->kind == LQ_NODE_SCALAR && series->text[0] ? series->text : id;
}

static const char *name_of(const lq_node *child)
{
    return child->key ? child->key : lq_node_name(child);
}

static size_t position(const lq_node *item)
{
    size_t i = 0;
    for (const lq_node *n = item->parent->first; n && n != item; n = n->next)
        i++;
    return i;
}

/* Lists whose nameless items are called by their number. */
static const struct numbered {
    const char *list, *word;
} numbered[] = {
    {"preferences", "P"}, {"preferred", "P"}, {"options", "O"}, {"grants", "grant-"}};

/* The number in "P12", of a list that numbers its items so; else 0. */
static size_t number_in(const lq_node *list, const lq_step *step)
{
    const size_t n_lists = sizeof numbered / sizeof *numbered;
    size_t i = 0, number = 0;
    if (!step->name || !list || !list->key || list->kind != LQ_NODE_LIST) return 0;
    while (i < n_lists && strcmp(numbered[i].list, list->key) != 0)
        i++;
    const size_t skip = i < n_lists ? strlen(numbered[i].word) : step->name_len;
    if (step->name_len <= skip || step->name_len > skip + MAX_NUMBER_DIGITS ||
        memcmp(step->name, numbered[i].word, skip) != 0 || step->name[skip] == '0')
        return 0;
    for (size_t k = skip; k < step->name_len; k++) {
        if (!isdigit((unsigned char)step->name[k])) return 0;
        number = number * 10 + (size_t)(step->name[k] - '0');
    }
    return number;
}

static lq_node *nameless_item(const lq_node *list, size_t number)
{
    lq_node *item = number ? list->first : NULL;
    while (item && --number)
        item = item->next;
    return item && !lq_node_name(item) ? item : NULL;
}

const char *lq_node_called(const lq_node *item, lq_arena *arena)
{
    const char *name = name_of(item);
    const lq_node *list = item->parent;
    for (size_t i = 0; !name && list->key && i < sizeof numbered / sizeof *numbered; i++)
        if (strcmp(numbered[i].list, list->key) == 0)
            return lq_arena_printf(arena, "%s%zu", numbered[i].word, position(item) + 1);
    return name;
}

bool lq_node_answers(const lq_node *child, const lq_step *step)
{
    return is_named(name_of(child), step) ||
           nameless_item(child->parent, number_in(child->parent, step)) == child;
}

lq_node *lq_node_step(const lq_node *node, const lq_step *step)
{
    size_t i = 0;
    if (node->kind == LQ_NODE_SCALAR || (!step->name && node->kind != LQ_NODE_LIST))
        return NULL;
    for (lq_node *child = node->first; child; child = child->next, i++)
        if (step->name ? is_named(name_of(child), step) : i == step->index) return child;
    return nameless_item(node, number_in(node, step));
}

lq_node *lq_node_walk(const lq_node *node, const lq_step *from, size_t n)
{
    lq_node *at = NULL;
    for (size_t i = 0; i < n; i++) {
        at = lq_node_step(i ? at : node, &from[i]);
        if (!at) return NULL;
    }
    return at;
}

static void hit(lq_hits *hits, lq_node *node)
{
    if (hits->count < LQ_MAX_HITS) hits->node[hits->count] = node;
    hits->count++;
}

void lq_address_matches(const lq_node *root, const lq_address *address, lq_hits *hits)
{
    lq_node *found = lq_node_walk(root, address->step, address->len);
    if (found) hit(hits, found);
    for (const lq_node *child = root->first; child; child = child->next)
        if (child->kind != LQ_NODE_SCALAR) lq_address_matches(child, address, hits);
}

void lq_address_anchors(const lq_node *root, const lq_address *address, lq_hits *hits)
{
    for (lq_node *child = root->first; child; child = child->next) {
        if (child->kind == LQ_NODE_SCALAR) continue;
        if (lq_node_answers(child, &address->step[0])) hit(hits, child);
        lq_address_anchors(child, address, hits);
    }
}

lq_node *lq_tree_find(const lq_tree *tree, const char *text)
{
    lq_address address;
    if (!tree->root || !lq_address_parse(text, &address)) return NULL;
    return lq_node_walk(tree->root, address.step, address.len);
}

static bool is_plain_id(const char *id)
{
    return id && id[0] && strlen(id) <= 64 && strcspn(id, ".[] \t\n") == strlen(id);
}

/* Two series of one name are told apart by their numbers. */
static bool is_alone(const lq_node *item, const char *name)
{
    for (const lq_node *n = item->parent->first; n; n = n->next) {
        const char *other = n == item ? NULL : lq_node_name(n);
        if (other && strcmp(other, name) == 0) return false;
    }
    return true;
}

const char *lq_node_address(const lq_node *node, lq_arena *arena)
{
    const char *text = "";
    for (const lq_node *n = node; n && n->parent && text; n = n->parent) {
        const char *name = name_of(n);
        const char *dot = text[0] && text[0] != '[' ? "." : "";
        if (n->key || (is_plain_id(name) && (lq_node_id(n) || is_alone(n, name))))
            text = lq_arena_printf(arena, "%s%s%s", name, dot, text);
        else
            text = lq_arena_printf(arena, "[%zu]%s%s", position(n), dot, text);
    }
    return text ? text : "";
}

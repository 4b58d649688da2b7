#include "config_test.h"

#include "config/node.h"

typedef struct workshop {
    lq_arena *arena;
    lq_budget budget;
} workshop;

static workshop open_workshop(void)
{
    workshop w = {.arena = lq_arena_create()};
    w.budget = (lq_budget){.arena = w.arena, .problems = lq_problems_create()};
    return w;
}

static void close_workshop(workshop *w)
{
    lq_problems_destroy(w->budget.problems);
    lq_arena_destroy(w->arena);
}

static lq_node *group(workshop *w)
{
    return lq_node_create(&w->budget, LQ_NODE_GROUP, (lq_mark){0});
}

static lq_node *put(workshop *w, lq_node *parent, const char *key, const char *text)
{
    lq_node *child = text ? lq_node_create(&w->budget, LQ_NODE_SCALAR, (lq_mark){0}) : group(w);
    child->text = text;
    child->key = key;
    lq_node_append(parent, child);
    return child;
}

/* Children counted, linked both ways, the last one last. */
static void assert_sound(const lq_node *node)
{
    size_t n = 0;
    const lq_node *last = NULL;
    for (const lq_node *child = node->first; child; child = child->next, n++) {
        assert_ptr_equal(child->parent, node);
        assert_sound(child);
        last = child;
    }
    assert_int_equal(n, node->n_children);
    assert_ptr_equal(node->last, last);
}

static void children_come_and_go(void **state)
{
    (void)state;
    workshop w = open_workshop();
    lq_node *g = group(&w);
    lq_node *a = put(&w, g, "a", "1"), *b = put(&w, g, "b", "2"), *c = put(&w, g, "c", "3");
    assert_sound(g);
    lq_node_detach(b);
    assert_sound(g);
    lq_node_detach(c);
    assert_sound(g);
    assert_ptr_equal(g->last, a);
    lq_node *next = lq_node_create(&w.budget, LQ_NODE_SCALAR, (lq_mark){0});
    lq_node_replace(a, next);
    assert_sound(g);
    assert_ptr_equal(lq_node_get(g, "a"), next);
    lq_node_detach(next);
    assert_sound(g);
    assert_null(g->first);
    close_workshop(&w);
}

static void a_copy_is_deep_and_an_overlay_wins(void **state)
{
    (void)state;
    workshop w = open_workshop();
    lq_node *base = group(&w), *over = group(&w);
    put(&w, put(&w, base, "g", NULL), "x", "1");
    put(&w, base, "y", "2");
    lq_node *copy = lq_node_copy(&w.budget, base);
    assert_sound(copy);
    lq_node *g = put(&w, over, "g", NULL);
    put(&w, g, "x", "3");
    put(&w, g, "z", "4");
    lq_node_overlay(&w.budget, base, over);
    assert_sound(base);
    assert_string_equal(lq_node_get(lq_node_get(base, "g"), "x")->text, "3");
    assert_string_equal(lq_node_get(lq_node_get(base, "g"), "z")->text, "4");
    assert_string_equal(lq_node_get(base, "y")->text, "2");
    assert_string_equal(lq_node_get(lq_node_get(copy, "g"), "x")->text, "1");
    lq_node_inherit(&w.budget, copy, base);
    assert_sound(copy);
    assert_string_equal(lq_node_get(lq_node_get(copy, "g"), "x")->text, "1");
    assert_string_equal(lq_node_get(lq_node_get(copy, "g"), "z")->text, "4");
    close_workshop(&w);
}

static void ids_are_found_and_the_first_of_two_wins(void **state)
{
    (void)state;
    workshop w = open_workshop();
    lq_node *list = lq_node_create(&w.budget, LQ_NODE_LIST, (lq_mark){0});
    assert_false(lq_node_is_id_list(list));
    static const char *const ids[] = {"m", "a", "z", "a"};
    for (size_t i = 0; i < LQ_COUNT(ids); i++) {
        lq_node *item = group(&w);
        put(&w, item, "id", ids[i]);
        lq_node_append(list, item);
    }
    assert_true(lq_node_is_id_list(list));
    lq_id_index index;
    assert_true(lq_id_index_build(list, w.arena, &index));
    assert_ptr_equal(index.node[lq_id_index_find(&index, "a")], list->first->next);
    assert_ptr_equal(index.node[lq_id_index_find(&index, "m")], list->first);
    assert_int_equal(lq_id_index_find(&index, "b"), index.len);
    lq_node_append(list, group(&w));
    assert_false(lq_node_is_id_list(list));
    close_workshop(&w);
}

static void the_budget_is_told_once(void **state)
{
    (void)state;
    workshop w = open_workshop();
    w.budget.n_nodes = LQ_TREE_MAX_NODES - 1;
    assert_non_null(group(&w));
    assert_null(group(&w));
    assert_null(group(&w));
    assert_true(w.budget.spent);
    assert_int_equal(lq_problems_count(w.budget.problems), 1);
    close_workshop(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_come_and_go),
        cmocka_unit_test(a_copy_is_deep_and_an_overlay_wins),
        cmocka_unit_test(ids_are_found_and_the_first_of_two_wins),
        cmocka_unit_test(the_budget_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

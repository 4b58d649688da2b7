/* What the tests of this folder share: trees from text, and problems as one text. */
#ifndef CONFIG_TEST_H
#define CONFIG_TEST_H

#include "lq_test.h"

#include "config/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct fixture {
    lq_problems *problems;
    lq_tree tree;
} fixture;

static inline fixture fixture_with(const char *text, const lq_changes *changes)
{
    fixture f = {.problems = lq_problems_create()};
    assert_non_null(f.problems);
    assert_int_equal(
        lq_tree_parse("t.yaml", text, strlen(text), changes, f.problems, &f.tree, NULL), LQ_OK);
    return f;
}

static inline fixture fixture_of(const char *text, const char *const *sets, size_t n_sets)
{
    return fixture_with(text, &(lq_changes){.items = sets, .len = n_sets});
}

static inline void fixture_clear(fixture *f)
{
    lq_tree_clear(&f->tree);
    lq_problems_destroy(f->problems);
}

/* What lq_problems_print prints; free it. */
static inline char *printed(const lq_problems *problems)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    lq_problems_print(problems, out);
    fclose(out);
    return text;
}

/* Fails with the whole text unless the part is in it. */
static inline void assert_part(const char *text, const char *part, const char *name)
{
    if (strstr(text, part)) return;
    print_error("%s: no \"%s\" in:\n%s\n", name, part, text);
    fail();
}

static inline void assert_problem(const fixture *f, const char *part, const char *name)
{
    char *text = printed(f->problems);
    assert_part(text, part, name);
    free(text);
}

static inline const char *text_at(const fixture *f, const char *address)
{
    const lq_node *node = f->tree.root ? lq_tree_find(&f->tree, address) : NULL;
    return node && node->kind == LQ_NODE_SCALAR ? node->text : NULL;
}

static inline double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#endif

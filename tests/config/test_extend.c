#include "config_test.h"

static const struct extend_case {
    const char *name, *text;
    const char *address, *want; /* NULL want: nothing is there */
    const char *message;
} cases[] = {
    {"what is not said is inherited",
     "offers: [{id: a, base: 1, x: 2}, {id: b, extends: a, base: 3}]", "offers.b.x", "2", NULL},
    {"what is said stays", "offers: [{id: a, base: 1}, {id: b, extends: a, base: 3}]",
     "offers.b.base", "3", NULL},
    {"the id stays", "offers: [{id: a}, {id: b, extends: a}]", "offers[1].id", "b", NULL},
    {"groups merge", "offers: [{id: a, g: {x: 1, y: 2}}, {id: b, extends: a, g: {x: 3}}]",
     "offers.b.g.y", "2", NULL},
    {"lists are replaced", "offers: [{id: a, l: [1, 2]}, {id: b, extends: a, l: [3]}]",
     "offers.b.l[1]", NULL, NULL},
    {"a figure replaces a group", "offers: [{id: a, g: {x: 1}}, {id: b, extends: a, g: 5}]",
     "offers.b.g", "5", NULL},
    {"order does not matter", "offers: [{id: b, extends: a}, {id: a, base: 1}]",
     "offers.b.base", "1", NULL},
    {"chains", "offers: [{id: c, extends: b}, {id: b, extends: a}, {id: a, base: 1}]",
     "offers.c.base", "1", NULL},
    {"companies", "companies: {a: {beta: 1}, b: {extends: a}}", "companies.b.beta", "1", NULL},
    {"the parent is untouched", "offers: [{id: a, g: {x: 1}}, {id: b, extends: a, g: {y: 2}}]",
     "offers.a.g.y", NULL, NULL},
    {"without an id of its own", "offers: [{id: a, base: 1}, {extends: a}]", "offers[1].base",
     "1", NULL},
    {"the key is taken out", "offers: [{id: a}, {id: b, extends: a}]", "offers.b.extends", NULL,
     NULL},
    {"itself", "offers: [{id: a, extends: a}]", NULL, NULL,
     "t.yaml:1:27: offers.a.extends: expected an id to inherit from, found one that inherits "
     "from this"},
    {"a ring", "offers: [{id: a, extends: b}, {id: b, extends: a}]", NULL, NULL,
     "found one that inherits from this"},
    {"unknown", "offers: [{id: google}, {id: b, extends: gogle}]", NULL, NULL,
     "expected an id of this file, found gogle\n   1 | offers: [{id: google}, {id: b, extends: "
     "gogle}]\n     |                                         ^ did you mean google?"},
    {"no id", "offers: [{id: b, extends: [a]}]", NULL, NULL,
     "expected the id of one to inherit from"},
    {"across sections", "offers: [{id: a, extends: c}]\ncompanies: {c: {x: 1}}", NULL, NULL,
     "expected an id of this file, found c"},
};

static void extends_inherits(void **state)
{
    const struct extend_case *c = *state;
    fixture f = fixture_of(c->text, NULL, 0);
    if (c->message) {
        assert_problem(&f, c->message, c->name);
    } else {
        const char *got = text_at(&f, c->address);
        assert_int_equal(lq_problems_count(f.problems), 0);
        if (c->want) {
            assert_non_null(got);
            assert_string_equal(got, c->want);
        } else {
            assert_null(got);
        }
    }
    fixture_clear(&f);
}

static void a_long_chain_and_many_copies_are_bounded(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    fputs("offers:\n- id: o0\n  x: [", out);
    for (int i = 0; i < 2000; i++)
        fputs("1, ", out);
    fputs("]\n", out);
    for (int i = 1; i < 4000; i++)
        fprintf(out, "- {id: o%d, extends: o%d}\n", i, i % 2 ? 0 : i - 1);
    fclose(out);
    const double start = seconds();
    fixture f = fixture_of(text, NULL, 0);
    assert_true(seconds() - start < 5.0);
    assert_problem(&f, "at most 200,000 values", "copies");
    fixture_clear(&f);
    free(text);

    out = open_memstream(&text, &len);
    fputs("offers:\n- id: o0\n", out);
    for (int i = 1; i < 100; i++)
        fprintf(out, "- {id: o%d, extends: o%d}\n", i, i - 1);
    fprintf(out, "- {id: a, extends: o99}\n"); /* first by id: enters the chain at its end */
    fclose(out);
    f = fixture_of(text, NULL, 0);
    assert_problem(&f, "a chain of more than 32", "chain");
    fixture_clear(&f);
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(cases) + 1] = {
        cmocka_unit_test(a_long_chain_and_many_copies_are_bounded),
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        tests[i + 1] = (struct CMUnitTest){.name = cases[i].name,
                                           .test_func = extends_inherits,
                                           .initial_state = (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "config_test.h"

#include "small_schema.h"

static const char config[] = "offers:\n"
                             "- id: google\n"
                             "  base: $285K\n"
                             "  bonus: 20%\n"
                             "  raise: 0.03\n"
                             "  grants: [{value: $530K, vesting: {cliff: 12mo}}]\n"
                             "- {id: meta, base: EUR 290K, refresh: {grants: $140K/y}}\n"
                             "companies: {google: {volatility: 30%}, meta: {volatility: 38%}}\n"
                             "person:\n";

static const struct set_case {
    const char *name, *set, *address, *want, *message;
} cases[] = {
    {"full address", "offers.google.base=$300K", "offers.google.base", "$300K", NULL},
    {"by index", "offers[0].grants[0].value=$1M", "offers.google.grants[0].value", "$1M", NULL},
    {"short form", "google.base=$300K", "offers.google.base", "$300K", NULL},
    {"short form of another section", "google.volatility=50%", "companies.google.volatility",
     "50%", NULL},
    {"one word", "cliff=6mo", "offers.google.grants[0].vesting.cliff", "6mo", NULL},
    {"a new key in a section", "simulation.paths=1e4", "simulation.paths", "1e4", NULL},
    {"a new key in an empty section", "person.wealth=$1", "person.wealth", "$1", NULL},
    {"a new key of an offer", "offers.google.sign_on=$5K", "offers.google.sign_on", "$5K",
     NULL},
    {"deep and new", "offers.meta.sign_on.amount=$5K", "offers.meta.sign_on.amount", "$5K",
     NULL},
    {"a group", "offers.google.bonus={target: 10%}", "offers.google.bonus.target", "10%", NULL},
    {"a list", "offers.google.grants=[]", "offers.google.grants[0].value", NULL, NULL},
    {"= in the value", "title=a=b", "title", "a=b", NULL},
    {"more money", "google.base=+$15K", "offers.google.base", "USD 300000", NULL},
    {"less money", "google.base=-$15K", "offers.google.base", "USD 270000", NULL},
    {"a tenth less", "google.base=-10%", "offers.google.base", "USD 256500", NULL},
    {"a tenth more a year", "refresh.grants=+10%", "offers.meta.refresh.grants", "USD 154000/y",
     NULL},
    {"points more", "google.bonus=+2.5%", "offers.google.bonus", "22.5%", NULL},
    {"other currency", "meta.base=+$1K", NULL, NULL, "the figure is in another currency"},
    {"a sign that says nothing", "google.bonus=-5%", NULL, NULL,
     "write {value: -5%} to set it so, or 15% to lower it"},
    {"the way out", "google.bonus={value: -5%}", "offers.google.bonus.value", "-5%", NULL},
    {"a change of a bare figure", "google.raise=+1%", NULL, NULL,
     "write the figure that is changed with its unit"},
    {"money on a fraction", "google.bonus=+$5", NULL, NULL,
     "a fraction changes by a percentage"},
    {"ambiguous", "base=$1", NULL, NULL,
     "--set:1:1: base: expected a key that means one thing, found 2 that end so\n   1 | "
     "base=$1\n"
     "     | ^ write one of offers.google.base, offers.meta.base"},
    {"ambiguous and new", "google.new=1", NULL, NULL,
     "write one of offers.google.new, companies.google.new"},
    {"no such offer", "offers.gogle.base=1", NULL, NULL, "did you mean google?"},
    {"no such item", "offers[2].base=1", NULL, NULL, "expected an item of the list"},
    {"below a figure", "offers.google.bonus.payout=1", NULL, NULL,
     "expected a group to set a part of, found 20%"},
    {"no sign", "google.base", NULL, NULL, "--set:1:1: expected key=value, found no = sign"},
    {"no key", "=1", NULL, NULL, "expected an address such as"},
    {"no value", "google.base=", NULL, NULL, "expected a value after =, found nothing"},
    {"taken away", "google.base=null", "offers.google.base", NULL, NULL},
    {"a whole group taken away", "offers.google=null", "offers.google", NULL, NULL},
    {"text that says null", "google.base='null'", "offers.google.base", "null", NULL},
    {"nothing to take away", "google.bsae=null", NULL, NULL,
     "--set:1:1: google.bsae: expected a key that is there, to take away, found none"},
    {"several to take away", "base=null", NULL, NULL, "expected a key that means one thing"},
    {"bad YAML", "google.base=[1", NULL, NULL, "--set:1:13: expected well-formed YAML"},
    {"an alias", "google.base=*x", NULL, NULL, "found the alias *x"},
    {"bad UTF-8", "google.base=\xFF", NULL, NULL, "--set:1:13: expected text in UTF-8"},
};

static void overrides_are_applied(void **state)
{
    const struct set_case *c = *state;
    fixture f = fixture_of(config, &c->set, 1);
    if (c->message) {
        assert_problem(&f, c->message, c->name);
    } else {
        const char *got = text_at(&f, c->address);
        char *text = printed(f.problems);
        assert_string_equal(text, "");
        free(text);
        if (c->want)
            assert_string_equal(got, c->want);
        else
            assert_null(got);
    }
    fixture_clear(&f);
}

static const char of_schema[] = "offers:\n"
                                "- {id: a, name: acme, base: $1, bonus: 20%}\n"
                                "- {id: b, name: acme, base: $2, bonus: 10% to 20%}\n"
                                "paths: 64\n";

static const struct set_case schema_cases[] = {
    {"a key that is not there", "fast=false", "fast", "false", NULL},
    {"the end of one", "a.bonus.payout=1", "offers.a.bonus.payout", "1", NULL},
    {"a short form is written out", "a.bonus.payout=1", "offers.a.bonus.target", "20%", NULL},
    {"an item that is named elsewhere", "haircut=30%", "companies.acme.haircut", "30%", NULL},
    {"several", "payout=1", NULL, NULL,
     "write one of offers.a.bonus.payout, offers.b.bonus.payout"},
    {"what is there comes first", "paths=128", "paths", "128", NULL},
    {"a range is not written out", "b.bonus.payout=1", NULL, NULL,
     "expected a group to set a part of, found 10% to 20%"},
    {"no list", "a.grants[0].value=$1", NULL, NULL,
     "no grants there; what is: id, name, base, bonus"},
};

/* A company and an offer of one id; one grant with a name, which is a number elsewhere. */
static const char of_items[] = "offers:\n"
                               "- {id: a, name: a, base: $1}\n"
                               "- {id: c, name: c, base: $3, grants: [{value: $1}, {value: "
                               "$2}, {id: grant-1, value: $3}]}\n"
                               "companies: {c: {volatility: 1}}\n";

static const struct set_case item_cases[] = {
    {"an item by its number", "c.grants.grant-2.value=$9", "offers.c.grants[1].value", "$9",
     NULL},
    {"an item by its number alone", "grant-2.value=$9", "offers.c.grants[1].value", "$9", NULL},
    {"a number that is a name", "c.grants.grant-1.value=$9", "offers.c.grants[2].value", "$9",
     NULL},
    {"a key of an item by its number", "c.grants.grant-2.instrument=options",
     "offers.c.grants[1].instrument", "options", NULL},
    {"an item that the list lacks", "c.grants.grant-4.value=$1", NULL, NULL,
     "--set:1:1: c.grants.grant-4.value: expected an item of the list, found none that is so "
     "called\n   1 | c.grants.grant-4.value=$1\n     | ^ did you mean grant-1?"},
    {"an item that only one section has a list for", "c.grants[7].value=$1", NULL, NULL,
     "what is there: grant-1, grant-2, grant-1"},
    {"a list that is not there", "a.grants.x.value=$1", NULL, NULL,
     "expected an item of the list, found none that is so called"},
};

static void one_problem(fixture *f, const struct set_case *c)
{
    assert_problem(f, c->message, c->name);
    assert_int_equal(lq_problems_count(f->problems), 1);
}

static void items_have_names_and_numbers(void **state)
{
    const struct set_case *c = *state;
    const lq_changes changes = {.items = &c->set, .len = 1, .record = &small_record};
    fixture f = fixture_with(of_items, &changes);
    if (c->message)
        one_problem(&f, c);
    else
        assert_string_equal(text_at(&f, c->address), c->want);
    assert_null(lq_tree_find(&f.tree, "offers.a.grants")); /* nothing half made stays */
    fixture_clear(&f);
}

static void keys_of_the_schema_may_be_new(void **state)
{
    const struct set_case *c = *state;
    const lq_changes changes = {.items = &c->set, .len = 1, .record = &small_record};
    fixture f = fixture_with(of_schema, &changes);
    if (c->message)
        one_problem(&f, c);
    else
        assert_string_equal(text_at(&f, c->address), c->want);
    fixture_clear(&f);
}

static void later_ones_see_earlier_ones_after_extends(void **state)
{
    (void)state;
    static const char *const sets[] = {"b.base=$200K", "b.base=+$10K", "x="};
    fixture f = fixture_of("offers: [{id: a, base: $1}, {id: b, extends: a}]", sets, 3);
    assert_string_equal(text_at(&f, "offers.b.base"), "USD 210000");
    assert_string_equal(text_at(&f, "offers.a.base"), "$1");
    assert_problem(&f, "--set:3:1: x: expected a value", "numbered");
    fixture_clear(&f);
}

static void changes_of_a_file_are_told_at_their_places(void **state)
{
    (void)state;
    static const char *const sets[] = {"a.x=[1", "a.base=+$5", "a.y=*z"};
    static const char line[] = "  - {key: a.x, value: '[1'}";
    const lq_change_origin origins[] = {
        {{"bad.yaml", 4, 11}, {"bad.yaml", 4, 23}, line},
        {{"bad.yaml", 5, 11}, {"bad.yaml", 5, 26}, "  - {key: a.base, value: +$5}"}};
    const lq_changes changes = {
        .items = sets, .len = 3, .origins = origins, .n_origins = LQ_COUNT(origins)};
    fixture f = fixture_with("offers: [{id: a, base: EUR 1}]", &changes);
    assert_problem(&f, "bad.yaml:4:23: expected well-formed YAML", "the value's place");
    assert_problem(&f, line, "its line");
    assert_problem(&f, "bad.yaml:5:11: a.base: expected a change that fits", "the key's place");
    assert_problem(&f, "--set:1:5: ", "the first after those of the file");
    fixture_clear(&f);
}

static void a_problem_of_a_group_names_what_changed_in_it(void **state)
{
    (void)state;
    static const char *const sets[] = {"a.base=$2", "a.pay.low=$3"};
    fixture f = fixture_of("offers: [{id: a, base: $1}, {id: b, base: $1}]", sets, 2);
    lq_arena *arena = lq_arena_create();
    const char *const at[] = {"offers.a", "offers.a.base", "offers.b", "offers.a.pay"};
    const char *const want[] = {"changed in it: --set a.base=$2, --set a.pay.low=$3", NULL,
                                NULL, NULL};
    for (size_t i = 0; i < LQ_COUNT(at); i++) {
        const char *said = lq_node_changes(lq_tree_find(&f.tree, at[i]), arena);
        if (want[i])
            assert_string_equal(said, want[i]);
        else
            assert_null(said);
    }
    assert_null(lq_node_changes(f.tree.root, arena));
    lq_node_problem(lq_tree_find(&f.tree, "offers.a"), f.problems, "less", "more", "pay less");
    assert_problem(&f, "^ pay less; changed in it: --set a.base=$2", "beside the hint");
    lq_arena_destroy(arena);
    fixture_clear(&f);
}

static size_t add(struct CMUnitTest *tests, const struct set_case *rows, size_t n,
                  CMUnitTestFunction test)
{
    for (size_t i = 0; i < n; i++)
        tests[i] = (struct CMUnitTest){.name = rows[i].name,
                                       .test_func = test,
                                       .initial_state = (void *)(uintptr_t)&rows[i]};
    return n;
}

int main(void)
{
    enum { SINGLE = 3 };
    struct CMUnitTest
        tests[SINGLE + LQ_COUNT(cases) + LQ_COUNT(schema_cases) + LQ_COUNT(item_cases)] = {
            cmocka_unit_test(later_ones_see_earlier_ones_after_extends),
            cmocka_unit_test(changes_of_a_file_are_told_at_their_places),
            cmocka_unit_test(a_problem_of_a_group_names_what_changed_in_it),
        };
    size_t n = SINGLE;
    n += add(tests + n, cases, LQ_COUNT(cases), overrides_are_applied);
    n += add(tests + n, schema_cases, LQ_COUNT(schema_cases), keys_of_the_schema_may_be_new);
    add(tests + n, item_cases, LQ_COUNT(item_cases), items_have_names_and_numbers);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

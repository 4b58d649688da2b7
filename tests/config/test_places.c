#include "config_test.h"

#include "config/places.h"
#include "small_schema.h"

static const char config[] = "offers:\n"
                             "- {id: a, name: acme, base: $1, bonus: 20%}\n"
                             "- {id: b, name: acme, base: $2, grants: [{value: $1}]}\n"
                             "companies: {globex: {}}\n";

static const struct place_case {
    const char *key, *want; /* the addresses, with a blank after each */
} cases[] = {
    {"title", "title "}, /* and offers have one too */
    {"a.title", "offers.a.title "},
    {"fast", "fast "},
    {"payout", "offers.a.bonus.payout offers.b.bonus.payout "},
    {"a.bonus.payout", "offers.a.bonus.payout "},
    {"offers.b.bonus", "offers.b.bonus "},
    {"offers[0].bonus", "offers[0].bonus "},
    {"instrument", "offers.b.grants[0].instrument "},
    {"grants[0].instrument", "offers.b.grants[0].instrument "},
    {"haircut", "companies.globex.haircut companies.acme.haircut "},
    {"acme.haircut", "companies.acme.haircut "},
    {"companies.acme.haircut", "companies.acme.haircut "},
    {"acme.base", ""},
    {"companies.other.haircut", ""},
    {"a.haircut", ""},
    {"grants[1].instrument", "offers.b.grants[1].instrument "},   /* the list lacks it */
    {"a.grants[1].instrument", "offers.a.grants[1].instrument "}, /* there is no list */
    {"grant-1.instrument", "offers.b.grants[0].instrument "},
    {"grants.grant-1.instrument", "offers.b.grants.grant-1.instrument "},
    {"title.more", ""},
    {"nonsense", ""},
};

static void keys_of_the_schema_are_found_under_what_is_written(void **state)
{
    const struct place_case *c = *state;
    fixture f = fixture_of(config, NULL, 0);
    lq_address address;
    lq_places places;
    char got[256] = "";
    assert_true(lq_address_parse(c->key, &address));
    lq_places_find(&small_record, f.tree.root, c->key, &address, f.tree.arena, &places);
    for (size_t i = 0; i < places.count; i++) {
        strcat(got, places.text[i]);
        strcat(got, " ");
    }
    assert_string_equal(got, c->want);
    fixture_clear(&f);
}

static void more_than_a_few_are_counted(void **state)
{
    (void)state;
    fixture f = fixture_of("offers: [{}, {}, {}, {}, {}, {}, {}]", NULL, 0);
    lq_address address;
    lq_places places;
    assert_true(lq_address_parse("payout", &address));
    lq_places_find(&small_record, f.tree.root, "payout", &address, f.tree.arena, &places);
    assert_int_equal(places.count, 7);
    assert_string_equal(places.text[LQ_MAX_HITS - 1], "offers[4].bonus.payout");
    fixture_clear(&f);
}

static void a_node_knows_its_row(void **state)
{
    (void)state;
    fixture f = fixture_of(config, NULL, 0);
    const struct {
        const char *address, *key; /* NULL: no row of its own */
    } rows[] = {{"offers", "offers"},
                {"offers.a", NULL},
                {"offers.a.bonus", "bonus"},
                {"offers.b.grants[0].value", "value"},
                {"companies.globex", NULL}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        const lq_field *row =
            lq_places_row(&small_record, lq_tree_find(&f.tree, rows[i].address));
        if (rows[i].key)
            assert_string_equal(row->key, rows[i].key);
        else
            assert_null(row);
    }
    assert_null(lq_places_row(&small_record, f.tree.root));
    fixture_clear(&f);
}

/* Hostile lists cost time in proportion to their length. */
static void long_lists_take_no_longer_than_their_length(void **state)
{
    (void)state;
    enum { N = 60000 };
    char *text = malloc(16 * N);
    assert_non_null(text);
    size_t len = (size_t)sprintf(text, "offers:\n");
    for (int i = 0; i < N; i++)
        len += (size_t)sprintf(text + len, "- {name: x}\n");
    fixture f = fixture_of(text, NULL, 0);
    lq_address address;
    lq_places places;
    const double before = seconds();
    assert_true(lq_address_parse("haircut", &address));
    lq_places_find(&small_record, f.tree.root, "haircut", &address, f.tree.arena, &places);
    assert_true(seconds() - before < 5.0);
    assert_int_equal(places.count, 1);
    free(text);
    fixture_clear(&f);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(cases) + 3] = {
        cmocka_unit_test(more_than_a_few_are_counted),
        cmocka_unit_test(a_node_knows_its_row),
        cmocka_unit_test(long_lists_take_no_longer_than_their_length),
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        tests[i + 3] =
            (struct CMUnitTest){.name = cases[i].key,
                                .test_func = keys_of_the_schema_are_found_under_what_is_written,
                                .initial_state = (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

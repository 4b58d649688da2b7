#include "config_test.h"
#include "small_schema.h"

typedef struct reading {
    fixture f;
    lq_reader reader;
    small_config config;
    bool fine;
} reading;

static reading read_config(const char *text)
{
    reading r = {.f = fixture_of(text, NULL, 0)};
    r.reader = (lq_reader){.arena = lq_arena_create(), .problems = r.f.problems};
    lq_schema_defaults(&small_record, &r.reader, &r.config);
    r.fine = lq_schema_read(&small_record, r.f.tree.root, &r.reader, &r.config);
    return r;
}

static void reading_clear(reading *r)
{
    fixture_clear(&r->f);
    lq_arena_destroy(r->reader.arena);
}

static void defaults_stand_where_nothing_is_written(void **state)
{
    (void)state;
    reading r = read_config("offers: [{id: a, base: $1}]\ncompanies: {x: {}}\n");
    assert_true(r.fine);
    assert_int_equal(lq_problems_count(r.f.problems), 0);
    assert_string_equal(r.config.title, "A run");
    assert_true(r.config.fast);
    assert_int_equal(r.config.start.year, 2027);
    assert_near(r.config.paths.p[0], 1e6, 0);
    assert_true(r.config.paths.is_default && r.config.paths.given && !r.config.paths.mark.file);
    assert_int_equal(r.config.levels.len, 2);
    const small_offer *offer = r.config.offers.items;
    assert_int_equal(offer->bonus.payout.dist, LQ_DIST_TRIANGULAR);
    assert_false(offer->bonus.target.given);
    assert_false(offer->base.is_default);
    const small_company *company = r.config.companies.items;
    assert_string_equal(company->id, "x");
    assert_true(company->haircut.uncertain && company->haircut.is_default);
    reading_clear(&r);
}

static void what_is_written_replaces_defaults_and_outlives_the_tree(void **state)
{
    (void)state;
    reading r =
        read_config("title: Two\npaths: 40_000\nstart: 2028-02-29\nfast: no\n"
                    "levels: [1%, 50%, 99%]\ntwice: 21\n"
                    "offers:\n- {id: a, base: {value: $300K/y, source: letter}, bonus: 20%,\n"
                    "   grants: [{value: $530K}, {value: $1M, instrument: options}]}\n"
                    "- {id: b, base: $2, bonus: {target: 10%, payout: 100%}}\n"
                    "companies: {x: {volatility: {uncertain: 50% to 90%}}, EURUSD: {}}\n");
    fixture_clear(&r.f);
    r.f = (fixture){0};
    assert_true(r.fine);
    assert_string_equal(r.config.title, "Two");
    assert_near(r.config.paths.p[0], 40000, 0);
    assert_int_equal(r.config.start.day, 29);
    assert_false(r.config.fast);
    assert_int_equal(r.config.levels.len, 3);
    assert_near(r.config.twice, 42, 0);
    assert_int_equal(r.config.offers.len, 2);
    const small_offer *offer = r.config.offers.items;
    assert_string_equal(offer[0].id, "a");
    assert_string_equal(offer[0].base.source, "letter");
    assert_string_equal(offer[0].base.mark.file, "t.yaml");
    assert_near(offer[0].bonus.target.p[0], 0.2, 0);
    assert_near(offer[1].bonus.payout.p[0], 1.0, 0);
    const small_grant *grant = offer[0].grants.items;
    assert_int_equal(offer[0].grants.len, 2);
    assert_int_equal(grant[0].instrument, 0);
    assert_int_equal(grant[1].instrument, 1);
    const small_company *company = r.config.companies.items;
    assert_true(company[0].volatility.uncertain);
    assert_string_equal(company[1].id, "EURUSD");
    lq_arena_destroy(r.reader.arena);
}

#define OFFER "offers: [{id: a, base: $1}]\n"
static const struct bad_case {
    const char *name, *text, *message;
} bad_cases[] = {
    {"misspelt", OFFER "pahts: 3\n",
     "t.yaml:2:1: pahts: expected a key of config, found pahts\n   2 | pahts: 3\n     | ^ did "
     "you "
     "mean paths?"},
    {"misspelt below", "offers: [{id: a, base: $1, bonsu: 3%}]\n",
     "t.yaml:1:28: offers.a.bonsu: expected a key of offer, found bonsu"},
    {"unknown", OFFER "zzz: 3\n", "keys: title, paths, start"},
    {"unknown with a group", OFFER "zzz:\n  a: 1\n", "   2 | zzz:\n     | ^"},
    {"missing", "offers: [{id: a}]\n",
     "t.yaml:1:10: offers.a.base: expected money a year such as $140K/y, found nothing"},
    {"missing id", "offers: [{base: $1}]\n", "offers[0].id: expected an id, found nothing"},
    {"missing at the top", "paths: 3\n", "t.yaml:1:1: offers: expected a list, found nothing"},
    {"out of range", OFFER "paths: 0\n", "paths: expected 1 to 1e12, found 0"},
    {"out of range with unit", "offers: [{id: a, base: -$5}]\n",
     "expected 0 to 1bn (money a year), found -$5"},
    {"one-sided range", "offers: [{id: a, base: $1, grants: [{value: -$5}]}]\n",
     "offers.a.grants[0].value: expected at least 0, found -$5"},
    {"range reaches out", OFFER "companies: {x: {haircut: 50% to 150%}}\n",
     "companies.x.haircut: expected 0 % to 100 %, found 50% to 150%"},
    {"tail reaches out", OFFER "companies: {x: {haircut: {normal: [30%, 10%]}}}\n",
     "once in a billion draws it is -29"},
    {"lottery where none may be", "offers: [{id: a, base: $1 to $2}]\n",
     "found $1 to $2\n   1 | offers: [{id: a, base: $1 to $2}]\n     |                        "
     "^ a "
     "negotiating range is written band:"},
    {"ignorance where none may be", OFFER "paths: {uncertain: 1 to 2}\n",
     "this one cannot vary"},
    {"chance for ignorance", OFFER "companies: {x: {volatility: 50% to 90%}}\n",
     "wrap it in {uncertain: ...}"},
    {"wrong type", OFFER "paths: [1]\n",
     "paths: expected a whole number such as 40_000 or 1e6, found a list"},
    {"group for text", OFFER "title: {a: 1}\n", "title: expected text, found a group"},
    {"nothing for text", OFFER "title:\n", "title: expected text, found nothing"},
    {"text for a group", "offers: [hello]\n",
     "offers[0]: expected a group with the keys of offer, found hello"},
    {"group for a list", "offers: {a: 1}\n",
     "offers: expected a list of items of type offer, found a group"},
    {"list for a map", OFFER "companies: [a]\n",
     "companies: expected a group of ids, each of type company"},
    {"choice", "offers: [{id: a, base: $1, grants: [{value: $1, instrument: rus}]}]\n",
     "expected rsu or options, found rus"},
    {"choice near", "offers: [{id: a, base: $1, grants: [{value: $1, instrument: rus}]}]\n",
     "did you mean rsu?"},
    {"bool", OFFER "fast: maybe\n", "fast: expected true or false, found maybe"},
    {"date", OFFER "start: 2027-02-30\n",
     "start: expected a date such as 2027-01-31, found 2027-02-30"},
    {"id", "offers: [{id: Big Co, base: $1}]\n",
     "expected an id of small letters, digits, - and _, found Big Co"},
    {"map id", OFFER "companies: {-x: {}}\n",
     "expected an id of letters, digits, - and _, found -x"},
    {"id twice", "offers: [{id: a, base: $1}, {id: a, base: $2}]\n",
     "t.yaml:1:34: offers.a.id: expected each id once, found a again, first at t.yaml:1:15"},
    {"figures in a list", OFFER "levels: [5%, 7]\n", "levels[1]: expected a fraction"},
    {"shorthand", "offers: [{id: a, base: $1, bonus: 20}]\n",
     "20 would mean 2000 %; write 20%"},
    {"custom", OFFER "twice: x\n", "twice: expected a number"},
    {"thousands in braces", "offers: [{id: a, base: $285,000}]\n",
     "inside { } a comma ends the value"},
    {"below the right group", OFFER "target: 5\n", "expected a key of config, found target"},
};

static void what_is_wrong_is_told(void **state)
{
    const struct bad_case *c = *state;
    reading r = read_config(c->text);
    assert_false(r.fine);
    assert_true(lq_problems_count(r.f.problems) >= 1);
    assert_problem(&r.f, c->message, c->name);
    reading_clear(&r);
}

/* One mistake, one problem: what follows from it is not told again. */
static void what_follows_from_a_problem_is_not_told(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "offers: [{id: a, extends: b}]\n",
        "offers: [{id: a, base: *x}]\n",
        "offers: [{id: a, base: $1, <<: {bonus: 5}}]\n",
    };
    for (size_t i = 0; i < LQ_COUNT(texts); i++) {
        reading r = read_config(texts[i]);
        assert_false(r.fine);
        assert_int_equal(lq_problems_count(r.f.problems), 1);
        reading_clear(&r);
    }
}

static void all_of_it_is_told_in_one_go(void **state)
{
    (void)state;
    reading r =
        read_config("pahts: 3\nfast: maybe\noffers: [{id: a}, {id: b, base: 3%}]\nstart: x\n");
    assert_int_equal(lq_problems_count(r.f.problems), 5);
    reading_clear(&r);
    lq_reader reader = {0};
    assert_false(lq_schema_read(&small_record, NULL, &reader, NULL));
}

static void every_failed_allocation_is_survived(void **state)
{
    (void)state;
    static const char text[] = "offers: [{id: a, base: $1, bonus: 20%}]\nzzz: 1\n";
    for (int permitted = 0; permitted < 40; permitted++) {
        lq_heap_permit(permitted);
        lq_problems *problems = lq_problems_create();
        lq_arena *arena = lq_arena_create();
        lq_tree tree = {0};
        small_config config = {0};
        if (problems && arena &&
            lq_tree_parse("t", text, sizeof text - 1, NULL, problems, &tree, NULL) == LQ_OK) {
            lq_reader reader = {.arena = arena, .problems = problems};
            lq_schema_defaults(&small_record, &reader, &config);
            assert_false(lq_schema_read(&small_record, tree.root, &reader, &config));
        }
        lq_tree_clear(&tree);
        lq_arena_destroy(arena);
        lq_problems_destroy(problems);
        lq_heap_restore();
        assert_int_equal(lq_heap_live(), 0);
    }
}

int main(void)
{
    enum { FIRST = 5 };
    struct CMUnitTest tests[LQ_COUNT(bad_cases) + FIRST] = {
        cmocka_unit_test(defaults_stand_where_nothing_is_written),
        cmocka_unit_test(what_is_written_replaces_defaults_and_outlives_the_tree),
        cmocka_unit_test(all_of_it_is_told_in_one_go),
        cmocka_unit_test(what_follows_from_a_problem_is_not_told),
        cmocka_unit_test(every_failed_allocation_is_survived),
    };
    for (size_t i = 0; i < LQ_COUNT(bad_cases); i++)
        tests[i + FIRST] =
            (struct CMUnitTest){.name = bad_cases[i].name,
                                .test_func = what_is_wrong_is_told,
                                .initial_state = (void *)(uintptr_t)&bad_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

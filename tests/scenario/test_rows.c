#include "scenario_test.h"

#include "scenario/rows.h"

#include <stdlib.h>

/* Every record of the schema, each once. */
static const lq_record *const records[] = {
    &lq_root_record,    &lq_simulation_record,  &lq_person_record,      &lq_market_record,
    &lq_fx_record,      &lq_correlation_record, &lq_decide_record,      &lq_tax_record,
    &lq_company_record, &lq_offer_record,       &lq_ask_record,         &lq_grant_record,
    &lq_vesting_record, &lq_refresh_record,     &lq_bonus_record,       &lq_sign_on_record,
    &lq_band_record,    &lq_pack_record,        &lq_market_pack_record, &lq_levels_record};

static void check_row(const lq_record *record, const lq_field *field)
{
    print_message("%s.%s\n", record->name, field->key);
    assert_non_null(field->doc);
    assert_true(field->doc[strlen(field->doc) - 1] == '.');
    assert_true(field->offset < record->size);
    if (field->kind == LQ_FIELD_CUSTOM) assert_non_null(field->read);
    if (field->kind == LQ_FIELD_CHOICE) assert_non_null(field->choices);
    if (field->kind == LQ_FIELD_VALUE) assert_non_null(field->unit);
    if (field->kind == LQ_FIELD_RECORD || field->kind == LQ_FIELD_LIST ||
        field->kind == LQ_FIELD_MAP)
        assert_non_null(field->record);
}

static void rows_are_whole_and_their_keys_differ(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(records); i++)
        for (const lq_field *f = records[i]->fields; f->key; f++) {
            check_row(records[i], f);
            for (const lq_field *g = records[i]->fields; g != f; g++)
                assert_string_not_equal(g->key, f->key);
        }
}

static void every_record_has_defaults_that_can_be_read(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_problems *problems = lq_problems_create();
    lq_reader reader = {.arena = arena, .problems = problems};
    for (size_t i = 0; i < LQ_COUNT(records); i++) {
        void *out = lq_arena_calloc(arena, 1, records[i]->size);
        lq_schema_defaults(records[i], &reader, out);
    }
    assert_int_equal(lq_problems_count(problems), 0);
    lq_problems_destroy(problems);
    lq_arena_destroy(arena);
}

static void the_schema_prints(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_int_equal(lq_schema_print_json(lq_scenario_schema(), out, NULL), LQ_OK);
    assert_int_equal(lq_schema_print_markdown(lq_scenario_schema(), out, NULL), LQ_OK);
    assert_int_equal(fclose(out), 0);
    assert_holds(text, "liquidity_horizon");
    assert_holds(text, "value_exponent");
    free(text);
}

static void defaults_are_those_of_the_handbook(void **state)
{
    (void)state;
    lq_scenario *s = must_load("offers:\n  - {id: a, company: google, base: $1}\n");
    const lq_offer *a = offer_of(s, "a");
    assert_near(s->simulation.paths.p[0], 1e6, 0.0);
    assert_near(s->simulation.horizon.p[0], 4.0, 0.0);
    assert_near(s->simulation.liquidity_horizon.p[0], 10.0, 0.0);
    assert_int_equal(s->simulation.measure, LQ_MEASURE_REAL);
    assert_int_equal(s->simulation.after_horizon, 0);
    assert_near(s->person.risk_aversion.p[0], 2.0, 0.0);
    assert_near(s->person.wealth_in_market.p[0], 0.6, 0.0);
    assert_int_equal(s->person.filing, 0);
    assert_near(a->leaving.p[0], 0.1, 0.0);
    assert_true(a->leaving.is_default);
    assert_near(a->raise.p[0], 0.0, 0.0);
    assert_int_equal(a->tax.method, LQ_TAX_NONE);
    assert_null(s->decide.baseline);
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_whole_and_their_keys_differ),
        cmocka_unit_test(every_record_has_defaults_that_can_be_read),
        cmocka_unit_test(the_schema_prints),
        cmocka_unit_test(defaults_are_those_of_the_handbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "config_test.h"
#include "small_schema.h"

#include "config/catalogue.h"

static void every_record_is_listed_once_where_it_first_stands(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_catalogue c;
    assert_true(lq_catalogue_build(&small_record, arena, &c));
    static const char *const paths[] = {"", "offers[]", "offers[].bonus", "offers[].grants[]",
                                        "companies.ID"};
    assert_int_equal(c.len, LQ_COUNT(paths));
    for (size_t i = 0; i < c.len; i++)
        assert_string_equal(c.path[i], paths[i]);
    lq_arena_destroy(arena);
}

static void two_records_of_one_name_are_told_apart(void **state)
{
    (void)state;
    const lq_record one = {"tax rule", "", 1, (const lq_field[]){{0}}};
    const lq_record two = {"tax rule", "", 1, (const lq_field[]){{0}}};
    const lq_catalogue c = {.record = {&one, &two}, .path = {"", "x"}, .len = 2};
    char name[LQ_NAME_CHARS];
    assert_string_equal(lq_catalogue_name(&c, &one, name), "tax-rule");
    assert_string_equal(lq_catalogue_name(&c, &two, name), "tax-rule-2");
    assert_true(lq_inherits("offers") && lq_inherits("companies") && !lq_inherits("market"));
}

/* A record that holds itself ends. */
static void a_ring_of_records_ends(void **state)
{
    (void)state;
    lq_record ring = {.name = "ring"};
    const lq_field fields[] = {{.key = "again", .kind = LQ_FIELD_LIST, .record = &ring}, {0}};
    ring.fields = fields;
    lq_arena *arena = lq_arena_create();
    lq_catalogue c;
    assert_true(lq_catalogue_build(&ring, arena, &c));
    assert_int_equal(c.len, 1);
    lq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_record_is_listed_once_where_it_first_stands),
        cmocka_unit_test(two_records_of_one_name_are_told_apart),
        cmocka_unit_test(a_ring_of_records_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

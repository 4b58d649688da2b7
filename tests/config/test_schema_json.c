#include "config_test.h"
#include "small_schema.h"

#include <jansson.h>
#include <regex.h>

static json_t *schema(void)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_int_equal(lq_schema_print_json(&small_record, out, NULL), LQ_OK);
    fclose(out);
    json_error_t error;
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    if (!root) print_error("%d: %s\n", error.line, error.text);
    assert_non_null(root);
    free(text);
    return root;
}

static const json_t *at(const json_t *root, const char *const *keys, size_t n)
{
    const json_t *node = root;
    for (size_t i = 0; i < n; i++)
        node = json_object_get(node, keys[i]);
    return node;
}
#define AT(root, ...)                                                                          \
    at(root, (const char *const[]){__VA_ARGS__}, LQ_COUNT(((const char *const[]){__VA_ARGS__})))

static void every_row_is_a_property(void **state)
{
    (void)state;
    json_t *root = schema();
    assert_string_equal(json_string_value(AT(root, "$schema")),
                        "https://json-schema.org/draft/2020-12/schema");
    for (const lq_field *f = small_fields; f->key; f++) {
        assert_non_null(AT(root, "properties", f->key));
        assert_part(json_string_value(AT(root, "properties", f->key, "description")), f->doc,
                    f->key);
    }
    assert_true(json_is_false(AT(root, "additionalProperties")));
    assert_non_null(AT(root, "properties", "include"));
    assert_non_null(AT(root, "$defs", "offer", "properties", "extends"));
    assert_null(AT(root, "$defs", "bonus", "properties", "extends"));
    assert_string_equal(json_string_value(AT(root, "properties", "paths", "default")), "1e6");
    assert_true(json_is_true(AT(root, "properties", "fast", "default")));
    assert_string_equal(
        json_string_value(AT(root, "$defs", "company", "properties", "volatility", "$ref")),
        "#/$defs/fraction.world");
    assert_int_equal(
        json_array_size(AT(root, "$defs", "grant", "properties", "instrument", "enum")), 2);
    const json_t *paths = AT(root, "properties", "paths");
    assert_near(json_number_value(AT(paths, "minimum")), 1, 0);
    assert_near(json_number_value(AT(paths, "maximum")), 1e12, 0);
    assert_null(AT(root, "$defs", "grant", "properties", "value", "maximum"));
    assert_int_equal(json_array_size(AT(root, "anyOf")), 2);
    assert_int_equal(json_array_size(AT(root, "$defs", "grant", "required")), 1);
    json_decref(root);
}

/* Every reference leads somewhere. */
static void check_references(const json_t *root, const json_t *node)
{
    const char *ref = json_string_value(json_object_get(node, "$ref"));
    if (ref) assert_non_null(AT(root, "$defs", ref + strlen("#/$defs/")));
    const char *key;
    json_t *child;
    json_object_foreach((json_t *)(uintptr_t)node, key, child) check_references(root, child);
    size_t i;
    json_array_foreach(node, i, child) check_references(root, child);
}

static void references_lead_somewhere(void **state)
{
    (void)state;
    json_t *root = schema();
    check_references(root, root);
    json_decref(root);
}

static bool matches(const json_t *root, const char *measure, const char *text)
{
    const json_t *any = AT(root, "$defs", measure, "anyOf");
    regex_t regex;
    assert_int_equal(regcomp(&regex, json_string_value(AT(json_array_get(any, 0), "pattern")),
                             REG_EXTENDED | REG_NOSUB),
                     0);
    const bool fine = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return fine;
}

/* An editor accepts what the reader accepts. */
static void patterns_take_the_documented_forms(void **state)
{
    (void)state;
    static const struct {
        const char *measure, *text;
        bool fine;
    } cases[] = {
        {"money", "$285K", true},
        {"money", "EUR 209K", true},
        {"money", "EUR209K", true},
        {"money",
         "\xE2\x82\xAC"
         "209K",
         true},
        {"money", "4.5bn", true},
        {"money", "-$5K", true},
        {"money", "$285,000", true},
        {"money", "35%", false},
        {"money", "18mo", false},
        {"money-a-year", "$140K/y", true},
        {"money-a-year", "$140K/yr", true},
        {"fraction", "35%", true},
        {"fraction", "35 %", true},
        {"fraction", "$35", false},
        {"rate", "10%/y", true},
        {"rate", "0.4/y", true},
        {"duration", "18mo", true},
        {"duration", "4y", true},
        {"duration", "4", false},
        {"count", "40_000", true},
        {"number", "1.5x", true},
        {"number", "many", false},
    };
    json_t *root = schema();
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        print_message("%s\n", cases[i].text);
        assert_int_equal(matches(root, cases[i].measure, cases[i].text), cases[i].fine);
    }
    json_decref(root);
}

static void a_full_disk_and_a_full_heap_are_reported(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    assert_int_equal(lq_schema_print_json(&small_record, full, NULL), LQ_EIO);
    (void)fclose(full); /* fails again, as it must */
    FILE *null = fopen("/dev/null", "w");
    for (int permitted = 0; permitted < 2; permitted++) {
        lq_heap_permit(permitted);
        assert_int_equal(lq_schema_print_json(&small_record, null, NULL), LQ_ENOMEM);
        lq_heap_restore();
        assert_int_equal(lq_heap_live(), 0);
    }
    fclose(null);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_a_property),
        cmocka_unit_test(references_lead_somewhere),
        cmocka_unit_test(patterns_take_the_documented_forms),
        cmocka_unit_test(a_full_disk_and_a_full_heap_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

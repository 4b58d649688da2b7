#include "lq_test.h"

#include "config/json.h"

#include <jansson.h>
#include <stdlib.h>

static void what_is_written_is_json(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    lq_json j = {.out = out};
    lq_json_open(&j, NULL, '{');
    lq_json_text(&j, "quote \"\\\n", "tab\tend\x01");
    lq_json_open(&j, "list", '[');
    lq_json_raw(&j, NULL, "1");
    lq_json_text(&j, NULL, "two");
    lq_json_open(&j, NULL, '{');
    lq_json_close(&j, '}');
    lq_json_close(&j, ']');
    lq_json_raw(&j, "last", "true");
    lq_json_close(&j, '}');
    fclose(out);
    json_t *root = json_loadb(text, len, 0, NULL);
    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(root, "quote \"\\\n")),
                        "tab\tend\x01");
    json_t *list = json_object_get(root, "list");
    assert_int_equal(json_array_size(list), 3);
    assert_int_equal(json_object_size(json_array_get(list, 2)), 0);
    assert_true(json_is_true(json_object_get(root, "last")));
    assert_int_equal(text[len - 1], '\n');
    json_decref(root);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_written_is_json)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "decide_test.h"

#include "decide/outputs.h"

#include <stdlib.h>

static const char *const body =
    "simulation: {paths: 4096, seed: 3, worlds: 4}\nperson: {wealth: $400K}\ncompanies:\n"
    "  listed: {" LISTED "}\n  startup: {growth: {uncertain: 0% to 20%}, " PRIVATE "}\n"
    "offers:\n"
    "  - {id: new, company: startup, base: $200K, bonus: 10%, stock: $400K, ask: {base: "
    "$250K}}\n"
    "  - {id: old, company: listed, base: $210K, bonus: 15%, stock: $300K}\n";

static int run_study(void **state)
{
    *state = must_run_with(body, &(lq_study_options){.turning_points = true});
    return *state == NULL;
}

static int drop_study(void **state)
{
    lq_frame_destroy(*state);
    return 0;
}

/* A row whose dimensions are all there: packs and warnings may not be. */
static bool should_exist(const lq_frame *f, const lq_output *row)
{
    char dims[128];
    snprintf(dims, sizeof dims, "%s %s", lq_output_dimension(row->set), row->dims);
    for (char *rest = dims, *name; (name = strtok_r(rest, " ", &rest));)
        if (!lq_frame_find_dimension(f, name)) return false;
    return true;
}

static void the_frame_is_complete_by_the_registry(void **state)
{
    const lq_frame *f = *state;
    size_t n = 0;
    for (const lq_output *row = lq_outputs; row->group; row++) {
        if (!should_exist(f, row)) continue;
        const lq_variable *v = must_find(f, row->group, row->name);
        assert_string_equal(v->long_name, row->long_name);
        assert_true(strcmp(row->units, "money") != 0 || strcmp(v->units, "USD") == 0);
        n++;
        if (row->kind != LQ_OUTPUT_ESTIMATE) continue;
        char name[96];
        snprintf(name, sizeof name, "%s_se", row->name);
        const lq_variable *se = must_find(f, row->group, name);
        assert_int_equal(se->n_dims, v->n_dims);
        assert_string_equal(se->units, v->units);
        n++;
    }
    assert_int_equal(lq_frame_n_variables(f), n);
}

static void every_dimension_of_the_registry_exists(void **state)
{
    static const struct {
        const char *name;
        size_t len;
    } dims[] = {{"offer", 3},         {"quantile", 9},        {"gamma", 8},
                {"year", 10},         {"month", 121},         {"pair", 2},
                {"company", 2},       {"exit_kind", 4},       {"world", 4},
                {"bridge_term", 8},   {"bin", 200},           {"path", 200},
                {"turning_point", 4}, {"bin_difference", 200}};
    const lq_frame *f = *state;
    for (size_t i = 0; i < LQ_COUNT(dims); i++) {
        if (length(f, dims[i].name) != dims[i].len) print_error("%s\n", dims[i].name);
        assert_int_equal(length(f, dims[i].name), dims[i].len);
    }
    assert_int_equal(index_of(f, "exit_kind", "ipo"), LQ_EXIT_IPO);
    assert_int_equal(index_of(f, "bridge_term", "worth"), LQ_BRIDGE_WORTH);
    assert_int_equal(index_of(f, "offer", "new-ask"), 1);
}

static void what_depends_on_the_run_stands_apart(void **state)
{
    const lq_frame *f = *state;
    assert_true(number(f, "/manifest/run", "seconds", 0) > 0.0);
    assert_string_equal(text_at(f, "/manifest", "schema", 0), "liquidus-result/1");
    assert_near(number(f, "/manifest", "complete", 0), 1.0, 0.0);
}

static void names_are_unique_and_lower_case(void **state)
{
    (void)state;
    for (const lq_output *a = lq_outputs; a->group; a++) {
        assert_int_equal(strspn(a->name, "abcdefghijklmnopqrstuvwxyz0123456789_"),
                         strlen(a->name));
        assert_true(strlen(a->long_name) > 3);
        for (const lq_output *b = a + 1; b->group; b++)
            assert_false(strcmp(a->group, b->group) == 0 && strcmp(a->name, b->name) == 0);
    }
}

/* docs/results.md is the registry's own page. LQ_RENEW=1 writes it anew. */
static void the_reference_page_is_the_registry(void **state)
{
    (void)state;
    const char *path = LQ_SOURCE_DIR "/docs/results.md";
    char *page = NULL;
    size_t len = 0;
    lq_error err;
    FILE *memory = open_memstream(&page, &len);
    assert_non_null(memory);
    assert_int_equal(lq_outputs_print(memory, &err), LQ_OK);
    fclose(memory);
    FILE *file = fopen(path, getenv("LQ_RENEW") ? "w+" : "r");
    assert_non_null(file);
    if (getenv("LQ_RENEW")) {
        fwrite(page, 1, len, file);
        rewind(file);
    }
    char *have = calloc(1, len + 2);
    const size_t n = fread(have, 1, len + 1, file);
    fclose(file);
    if (n != len || memcmp(have, page, len) != 0)
        fail_msg("docs/results.md is old; LQ_RENEW=1 and this test renew it");
    free(have);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_frame_is_complete_by_the_registry),
                                       cmocka_unit_test(every_dimension_of_the_registry_exists),
                                       cmocka_unit_test(what_depends_on_the_run_stands_apart),
                                       cmocka_unit_test(names_are_unique_and_lower_case),
                                       cmocka_unit_test(the_reference_page_is_the_registry)};
    return cmocka_run_group_tests(tests, run_study, drop_study);
}

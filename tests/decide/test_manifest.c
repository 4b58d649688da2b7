#include "decide_test.h"

#include "liquidus/version.h"

#define BODY(seed)                                                                             \
    "title: A test\nsimulation: {paths: 1000, seed: " seed                                     \
    ", start: 2027-03-01, horizon: 3y}\n"                                                      \
    "person: {wealth: $400K, risk_aversion: 3}\ncompanies:\n  listed: {" LISTED "}\n"          \
    "offers:\n  - {id: old, company: listed, base: $210K, stock: $300K}\n"

static void the_manifest_says_what_was_run(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
    } texts[] = {{"title", "A test"},
                 {"currency", "USD"},
                 {"measure", "real"},
                 {"start_date", "2027-03-01"},
                 {"baseline", ""},
                 {"sampling", "random"},
                 {"schema", "liquidus-result/1"}};
    static const struct {
        const char *name;
        double value;
    } numbers[] = {{"seed", 9.0},          {"paths", 1000.0},      {"worlds", 1.0},
                   {"error_degrees", 0.0}, {"horizon_years", 3.0}, {"risk_aversion", 3.0},
                   {"wealth", 400e3},      {"complete", 1.0}};
    lq_frame *f = must_run_with(BODY("9"), &(lq_study_options){.output = "x.h5"});
    for (size_t i = 0; i < LQ_COUNT(texts); i++)
        assert_string_equal(text_at(f, "/manifest", texts[i].name, 0), texts[i].text);
    for (size_t i = 0; i < LQ_COUNT(numbers); i++)
        assert_near(number(f, "/manifest", numbers[i].name, 0), numbers[i].value, 0.0);
    assert_holds(text_at(f, "/manifest", "unit_basis", 0), "2027-03-01");
    assert_holds(text_at(f, "/manifest", "config_text", 0), "title: A test");
    assert_string_equal(text_at(f, "/manifest", "version", 0), lq_version());
    assert_string_equal(text_at(f, "/manifest/run", "output", 0), "x.h5");
    assert_int_equal(strlen(text_at(f, "/manifest/run", "started", 0)), 20);
    assert_true(number(f, "/manifest/run", "peak_memory_bytes", 0) > 1e6);
    lq_frame_destroy(f);
}

static void digests_follow_the_config_and_the_plan(void **state)
{
    (void)state;
    lq_frame *a = must_run(BODY("9")), *b = must_run(BODY("9")), *c = must_run(BODY("8"));
    static const char *const names[] = {"config_sha256", "plan_sha256"};
    for (size_t i = 0; i < LQ_COUNT(names); i++) {
        const char *x = text_at(a, "/manifest", names[i], 0);
        assert_int_equal(strlen(x), 64);
        assert_string_equal(x, text_at(b, "/manifest", names[i], 0));
        assert_string_not_equal(x, text_at(c, "/manifest", names[i], 0));
    }
    lq_frame_destroy(a);
    lq_frame_destroy(b);
    lq_frame_destroy(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manifest_says_what_was_run),
        cmocka_unit_test(digests_follow_the_config_and_the_plan)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

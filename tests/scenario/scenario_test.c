#include "scenario_test.h"

#include <stdlib.h>

static char *text_of(const lq_problems *problems)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    lq_problems_print(problems, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static lq_scenario *parse(const char *body, lq_problems *problems)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    lq_scenario *scenario = NULL;
    lq_error err = {0};
    assert_non_null(out);
    fprintf(out, "schema: liquidus/1\n%s", body);
    assert_int_equal(fclose(out), 0);
    const lq_status status =
        lq_scenario_parse("test.yaml", text, len, NULL, 0, problems, &scenario, &err);
    assert_int_equal(status == LQ_OK, scenario != NULL);
    assert_true(status == LQ_OK || status == LQ_ECONFIG);
    free(text);
    return scenario;
}

lq_scenario *must_load(const char *body)
{
    lq_problems *problems = lq_problems_create();
    lq_scenario *scenario = parse(body, problems);
    if (!scenario) {
        char *text = text_of(problems);
        print_message("%s", text);
        free(text);
    }
    assert_non_null(scenario);
    assert_int_equal(lq_problems_count(problems), 0);
    lq_problems_destroy(problems);
    return scenario;
}

char *must_refuse(const char *body)
{
    lq_problems *problems = lq_problems_create();
    lq_scenario *scenario = parse(body, problems);
    if (scenario) print_message("loaded: %s\n", body);
    assert_null(scenario);
    assert_true(lq_problems_count(problems) > 0);
    char *text = text_of(problems);
    lq_problems_destroy(problems);
    return text;
}

lq_scenario *must_load_file(const char *name)
{
    char path[512];
    lq_problems *problems = lq_problems_create();
    lq_scenario *scenario = NULL;
    lq_error err = {0};
    snprintf(path, sizeof path, "%s/configs/%s", LQ_SOURCE_DIR, name);
    const lq_status status = lq_scenario_load(path, NULL, 0, problems, &scenario, &err);
    if (status != LQ_OK) {
        char *text = text_of(problems);
        print_message("%s%s", name, text);
        free(text);
    }
    assert_int_equal(status, LQ_OK);
    lq_problems_destroy(problems);
    return scenario;
}

char *printed(lq_status (*print)(const lq_scenario *, FILE *, lq_error *),
              const lq_scenario *scenario)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    assert_int_equal(print(scenario, out, NULL), LQ_OK);
    assert_int_equal(fclose(out), 0);
    return text;
}

const lq_offer *offer_of(const lq_scenario *s, const char *id)
{
    const lq_offer *offers = s->offers.items;
    for (size_t i = 0; i < s->offers.len; i++)
        if (strcmp(offers[i].id, id) == 0) return &offers[i];
    fail_msg("no offer %s", id);
    return NULL;
}

const lq_company *company_of(const lq_scenario *s, const char *id)
{
    const lq_company *companies = s->companies.items;
    for (size_t i = 0; i < s->companies.len; i++)
        if (strcmp(companies[i].id, id) == 0) return &companies[i];
    fail_msg("no company %s", id);
    return NULL;
}

const lq_grant *grant_of(const lq_offer *offer, size_t i)
{
    assert_true(i < offer->grants.len);
    return (const lq_grant *)offer->grants.items + i;
}

bool warns_of(const lq_scenario *s, const char *text)
{
    const lq_warning *rows = s->warnings.items;
    for (size_t i = 0; i < s->warnings.len; i++)
        if (strstr(rows[i].text, text)) return true;
    return false;
}

bool assumes(const lq_scenario *s, const char *key, const char *text)
{
    const lq_assumption *rows = s->assumptions.items;
    for (size_t i = 0; i < s->assumptions.len; i++)
        if (strcmp(rows[i].key, key) == 0 && strstr(rows[i].text, text)) return true;
    return false;
}

void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part)) return;
    print_message("expected: %s\nin: %s\n", part, text);
    fail();
}

#include "scenario_test.h"

#include "scenario/resolve.h"

#include <string.h>

/* Each form of a hazard is written as it was given. */
static void a_form_is_written_as_it_was_given(void **state)
{
    (void)state;
    static const struct {
        const char *given, *written;
    } rows[] = {
        {"probability: 25% by 5y", "probability: 25 % by 5 y"},
        {"probability: {uncertain: 10% to 20% by 4y}",
         "probability: {uncertain: 10 % to 20 % by 4 y}"},
        {"weibull: {shape: 1.5, scale: 9y}", "weibull: {shape: 1.5, scale: 9 y}"},
        {"table: {0y: 0.02/y, 2y: 0.1/y}", "table: {0 y: 2 %/y, 2 y: 10 %/y}"},
        {"rate: 0.3/y", "rate: 30 %/y"},
    };
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "companies:\n  acme: {listing: private, volatility: 70%%, post_money: $1bn, "
                 "exits: {ipo: {%s}}}\noffers:\n  - {id: a, company: acme, base: $1}\n",
                 rows[i].given);
        lq_scenario *s = must_load(text);
        lq_arena *arena = lq_arena_create();
        const char *out = lq_scenario_write(s, arena);
        if (!strstr(out, rows[i].written)) fail_msg("no %s in\n%s", rows[i].written, out);
        lq_arena_destroy(arena);
        lq_scenario_destroy(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_form_is_written_as_it_was_given)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

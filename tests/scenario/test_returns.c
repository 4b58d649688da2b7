#include "scenario_test.h"

#include "scenario/regimes.h"

#include <math.h>
#include <stdlib.h>

#define FILE_NAME "test_returns.csv"
#define OTHER     "test_returns_other.csv"

/* Months from `first` on (12 year + month - 1); what stands in month `hole` is `in_hole`. */
static void write_csv(const char *name, int first, int n, int hole, const char *in_hole)
{
    FILE *f = fopen(name, "w");
    assert_non_null(f);
    fputs("# a remark\nmonth, market ,\"stock\"\n", f);
    for (int i = 0; i < n; i++) {
        const int month = first + i;
        if (i == hole)
            fputs(in_hole, f);
        else
            fprintf(f, "%04d-%02d,%d.%02d%%,%s0.0%03d\n", month / 12, month % 12 + 1, i % 7 - 3,
                    i % 5, i % 3 ? "" : "-", 10 + i);
    }
    fclose(f);
}

#define HISTORY(name, column) "returns: {file: " name ", column: " column "}"
#define BODY(market, stock)                                                                    \
    "market: {model: bootstrap, " market "}\n"                                                 \
    "companies: {acme: {listing: public, model: bootstrap, " stock "}}\n"                      \
    "offers: [{id: a, company: acme, base: $1}]\n"

static const char both[] = BODY(HISTORY(FILE_NAME, "market"), HISTORY(FILE_NAME, "stock"));

static void a_file_is_read_with_its_remarks_spaces_and_quotes(void **state)
{
    (void)state;
    write_csv(FILE_NAME, 12 * 2007 + 10, 40, -1, NULL);
    lq_scenario *s = must_load(both);
    const lq_returns *m = &s->market.returns, *c = &company_of(s, "acme")->returns;
    assert_int_equal(m->n, 40);
    assert_int_equal(m->first_month, 12 * 2007 + 10);
    assert_near(m->simple[0], -0.0300, 1e-15);
    assert_near(m->simple[8], (8 % 7 - 3) * 0.01 + (8 % 7 - 3 < 0 ? -1 : 1) * 0.0003, 1e-15);
    assert_near(c->simple[0], -0.0010, 1e-15);
    assert_near(c->log_return[1], log(1.0011), 1e-15);
    assert_near(company_of(s, "acme")->volatility.p[0], sqrt(12.0) * lq_returns_sd(c), 1e-15);
    assert_near(company_of(s, "acme")->beta.p[0], lq_returns_beta(c, m), 1e-15);
    lq_scenario_destroy(s);
}

/* R19: all share the months that all have. */
static void histories_are_cut_to_the_months_that_they_share(void **state)
{
    (void)state;
    write_csv(FILE_NAME, 12 * 2008, 60, -1, NULL);
    write_csv(OTHER, 12 * 2009 + 6, 60, -1, NULL);
    lq_scenario *s = must_load(BODY(HISTORY(FILE_NAME, "market"), HISTORY(OTHER, "stock")));
    const lq_returns *m = &s->market.returns, *c = &company_of(s, "acme")->returns;
    assert_int_equal(m->n, 42);
    assert_int_equal(c->n, 42);
    assert_int_equal(m->first_month, 12 * 2009 + 6);
    assert_int_equal(c->first_month, 12 * 2009 + 6);
    assert_near(c->simple[0], -0.0010, 1e-15);
    assert_near(m->simple[0], (18 % 7 - 3) * 0.01 + 0.0003, 1e-15);
    remove(OTHER);
    lq_scenario_destroy(s);
}

/* What was read is written out, so that the file is not needed again. */
static void a_resolved_config_holds_the_history(void **state)
{
    (void)state;
    write_csv(FILE_NAME, 12 * 2007 + 10, 40, -1, NULL);
    lq_scenario *s = must_load(both);
    remove(FILE_NAME);
    const char *body = strchr(s->resolved, '\n') + 1; /* after the schema's line */
    lq_scenario *again = must_load(body);
    assert_string_equal(again->resolved, s->resolved);
    assert_memory_equal(again->market.returns.log_return, s->market.returns.log_return,
                        40 * sizeof(double));
    lq_scenario_destroy(again);
    lq_scenario_destroy(s);
}

static void check_told(const char *body, const char *place, const char *words)
{
    char *text = must_refuse(body);
    assert_holds(text, place);
    assert_holds(text, words);
    free(text);
}

static void holes_are_told_with_line_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *line, *place, *words;
    } rows[] = {
        {"2008-08,,0.01\n", FILE_NAME ":12:9: market.returns.file", "found an empty cell"},
        {"2008-08\n", FILE_NAME ":12:8:", "found an empty cell"},
        {"2008-08,n/a,0.01\n", FILE_NAME ":12:9:", "found n/a"},
        {"2008-08,-100%,0.01\n", FILE_NAME ":12:9:", "above -100 %"},
        {"2008-08,12,0.01\n", FILE_NAME ":12:9:", "found 12"},
        {"August,1%,0.01\n", FILE_NAME ":12:1:", "a month such as 2008-09"},
        {"2008-13,1%,0.01\n", FILE_NAME ":12:1:", "found 2008-13"},
        {"", FILE_NAME ":12:1:", "expected 2008-10, the month that follows, found 2008-11"},
        {"2008-09,1%,0.01\n", FILE_NAME ":12:1:", "expected 2008-10, the month that follows"},
    };
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        write_csv(FILE_NAME, 12 * 2008, 40, 9, rows[i].line);
        check_told(BODY(HISTORY(FILE_NAME, "market"), HISTORY(FILE_NAME, "stock")),
                   rows[i].place, rows[i].words);
    }
}

/* Twenty columns, over 200 bytes a line. */
static void long_lines_are_read_whole(void **state)
{
    (void)state;
    FILE *f = fopen(FILE_NAME, "w");
    assert_non_null(f);
    fputs("month", f);
    for (int c = 0; c < 20; c++)
        fprintf(f, ",a-rather-long-name-%d", c);
    for (int i = 0; i < 30; i++) {
        fprintf(f, "\n%04d-%02d", 2001 + i / 12, i % 12 + 1);
        for (int c = 0; c < 20; c++)
            fprintf(f, ", %d.%015d%%", c, i);
    }
    fclose(f);
    lq_scenario *s = must_load(BODY(HISTORY(FILE_NAME, "a-rather-long-name-0"),
                                    HISTORY(FILE_NAME, "a-rather-long-name-19")));
    assert_near(company_of(s, "acme")->returns.simple[29], 0.19 + 29e-17, 1e-15);
    lq_scenario_destroy(s);
}

static void what_cannot_be_a_history_is_told(void **state)
{
    (void)state;
    write_csv(FILE_NAME, 12 * 2008, 40, -1, NULL);
    check_told(BODY(HISTORY(FILE_NAME, "markt"), HISTORY(FILE_NAME, "stock")),
               FILE_NAME ":2:1: market.returns.file",
               "expected a column named markt, found market, stock");
    check_told(BODY(HISTORY("nowhere.csv", "x"), HISTORY(FILE_NAME, "stock")),
               "market.returns.file", "nowhere.csv");
    write_csv(OTHER, 12 * 2011 + 1, 40, -1, NULL);
    check_told(BODY(HISTORY(FILE_NAME, "market"), HISTORY(OTHER, "stock")),
               "companies.acme.returns",
               "share at least 24 months, found market 2008-01 to 2011-04, acme 2011-02 to "
               "2014-05");
    check_told(BODY("returns: {values: [1%, 2%]}", HISTORY(OTHER, "stock")), "market.returns",
               "from: the month of the first value");
    check_told(BODY("returns: {file: a.csv, values: [1%]}", HISTORY(OTHER, "stock")),
               "market.returns", "file or values");
    remove(OTHER);
    remove(FILE_NAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_with_its_remarks_spaces_and_quotes),
        cmocka_unit_test(histories_are_cut_to_the_months_that_they_share),
        cmocka_unit_test(a_resolved_config_holds_the_history),
        cmocka_unit_test(holes_are_told_with_line_and_column),
        cmocka_unit_test(long_lines_are_read_whole),
        cmocka_unit_test(what_cannot_be_a_history_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

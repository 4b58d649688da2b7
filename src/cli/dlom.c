/* `dlom`: what selling later costs, by every usual formula, as text or JSON. No config. */
#include "cli/cli.h"

#include "company/dlom.h"
#include "config/quantity.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* A figure of an option as a config would hold it; `fallback` where it was not given. */
static lq_status figure(const lq_call *call, const char *option, lq_measure measure,
                        double fallback, double *out)
{
    const char *text = lq_call_value(call, option);
    *out = fallback;
    if (!text) return LQ_OK;
    lq_quantity q;
    lq_fault fault = lq_quantity_parse(text, strlen(text), &q);
    if (fault == LQ_FAULT_NONE) fault = lq_quantity_convert(&q, measure, out);
    if (fault == LQ_FAULT_NONE) return LQ_OK;
    return lq_usage(call->command, "--%s: expected %s, found %.40s", option,
                    lq_measure_example(measure), text);
}

static lq_status read_restriction(const lq_call *call, lq_restriction *out)
{
    double effective;
    LQ_TRY(figure(call, "volatility", LQ_MEASURE_FRACTION, (double)NAN, &out->volatility));
    LQ_TRY(figure(call, "term", LQ_MEASURE_DURATION, (double)NAN, &out->years));
    LQ_TRY(figure(call, "rate", LQ_MEASURE_FRACTION, 0.0, &effective));
    LQ_TRY(figure(call, "dividend", LQ_MEASURE_FRACTION, 0.0, &out->dividend));
    if (isnan(out->volatility) || isnan(out->years))
        return lq_usage(call->command, "--volatility and --term are needed, e.g. "
                                       "--volatility 60%% --term 2y");
    if (!(out->volatility > 0.0 && out->volatility <= 5.0))
        return lq_usage(call->command,
                        "--volatility: expected above 0 %% and up to 500 %% a year, "
                        "found %s",
                        lq_call_value(call, "volatility"));
    if (!(out->years > 0.0 && out->years <= 50.0))
        return lq_usage(call->command,
                        "--term: expected more than nothing and up to 50y, found %s",
                        lq_call_value(call, "term"));
    if (!(effective > -0.5 && effective <= 1.0))
        return lq_usage(call->command, "--rate: expected -50 %% to 100 %% a year, found %s",
                        lq_call_value(call, "rate"));
    if (!(out->dividend >= 0.0 && out->dividend <= 0.5))
        return lq_usage(call->command, "--dividend: expected 0 %% to 50 %% a year, found %s",
                        lq_call_value(call, "dividend"));
    out->rate = log1p(effective);
    return LQ_OK;
}

static const struct {
    const char *key;
    double (*of)(const lq_restriction *);
    const char *what;
} methods[] = {
    {"chaffe", lq_dlom_chaffe, "a put at the money, Chaffe (1993)"},
    {"longstaff", lq_dlom_longstaff,
     "selling at the very top: an upper bound, Longstaff (1995)"},
    {"finnerty", lq_dlom_finnerty, "average-strike put, Finnerty (2012); at most 32.3 %"},
    {"ghaidarov", lq_dlom_ghaidarov, "average-strike put, Ghaidarov (2009)"},
    {"average_strike", lq_dlom_average_strike, "what these two approximate, exactly"}};

enum { N_METHODS = sizeof methods / sizeof *methods };

static lq_status print_json(const double *discount, lq_error *err)
{
    json_t *root = json_object();
    bool whole = root != NULL;
    for (size_t i = 0; i < N_METHODS; i++)
        whole = whole && json_object_set_new(root, methods[i].key, json_real(discount[i])) == 0;
    whole = whole && json_dumpf(root, stdout, JSON_INDENT(1)) == 0;
    putchar('\n');
    json_decref(root);
    if (whole || ferror(stdout)) return LQ_OK; /* the stream remembers a failed write */
    return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for JSON");
}

static void print_text(const lq_restriction *r, const double *discount)
{
    printf("Discount for lack of marketability: %.4g %% volatility a year, %.4g years, rate "
           "%.4g %%"
           " and\ndividend %.4g %% a year, continuous. Fraction of the value of a share.\n\n",
           100.0 * r->volatility, r->years, 100.0 * r->rate, 100.0 * r->dividend);
    for (size_t i = 0; i < N_METHODS; i++)
        printf("  %-14s %6.1f %%  %s\n", methods[i].key, 100.0 * discount[i], methods[i].what);
    puts("\nFormulas, no simulation. Not financial, tax or legal advice.");
}

lq_status lq_cmd_dlom(const lq_call *call, lq_error *err)
{
    lq_restriction r;
    double discount[N_METHODS];
    LQ_TRY(read_restriction(call, &r));
    for (size_t i = 0; i < N_METHODS; i++) {
        discount[i] = methods[i].of(&r);
        if (isnan(discount[i]))
            return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a discount");
    }
    if (lq_call_value(call, "json")) return print_json(discount, err);
    print_text(&r, discount);
    return LQ_OK;
}

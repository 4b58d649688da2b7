/* `dlom`: what selling later costs, by every usual formula, as text or JSON. No config. */
#include "cli/cli.h"

#include "company/dlom.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static lq_status read_restriction(const lq_call *call, lq_restriction *out)
{
    double effective;
    LQ_TRY(
        lq_call_figure(call, "volatility", LQ_MEASURE_FRACTION, (double)NAN, &out->volatility));
    LQ_TRY(lq_call_figure(call, "term", LQ_MEASURE_DURATION, (double)NAN, &out->years));
    LQ_TRY(lq_call_figure(call, "rate", LQ_MEASURE_FRACTION, 0.0, &effective));
    LQ_TRY(lq_call_figure(call, "dividend", LQ_MEASURE_FRACTION, 0.0, &out->dividend));
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

static lq_status print_json(const double *discount, lq_error *err)
{
    json_t *root = json_object();
    bool whole = root != NULL;
    for (size_t i = 0; i < LQ_DLOM_METHODS; i++)
        whole = whole &&
                json_object_set_new(root, lq_dlom_methods[i].name, json_real(discount[i])) == 0;
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
    for (size_t i = 0; i < LQ_DLOM_METHODS; i++)
        printf("  %-14s %6.1f %%  %s\n", lq_dlom_methods[i].name, 100.0 * discount[i],
               lq_dlom_methods[i].what);
    puts("\nFormulas, no simulation. Not financial, tax or legal advice.");
}

lq_status lq_cmd_dlom(const lq_call *call, lq_error *err)
{
    lq_restriction r;
    double discount[LQ_DLOM_METHODS];
    LQ_TRY(read_restriction(call, &r));
    for (size_t i = 0; i < LQ_DLOM_METHODS; i++) {
        discount[i] = lq_dlom_methods[i].of(&r);
        if (isnan(discount[i]))
            return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a discount");
    }
    if (lq_call_value(call, "json")) return print_json(discount, err);
    print_text(&r, discount);
    return LQ_OK;
}

/* `schedule`: what vests when, as text or JSON. */
#include "cli/load.h"

#include "plan/plan.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static const lq_company *company_of(const lq_scenario *s, const lq_offer *offer)
{
    return (const lq_company *)s->companies.items + offer->company;
}

/* Units of a grant where they are known today: as given, or its value at a price that somebody
 * stated; NaN for all else. */
static double units_of(const lq_scenario *s, const lq_offer *offer, const lq_grant *grant)
{
    if (grant->units.given) return lq_value_mean(&grant->units);
    if (!grant->value.given || grant->granted_month > 0) return (double)NAN;
    const lq_company *c = company_of(s, offer);
    if (strcmp(offer->currency, c->currency) != 0) return (double)NAN;
    const bool listed = c->listing == 0;
    const lq_value *price = listed ? &c->price : &c->last_round.price;
    const bool made_up = listed ? price->is_default : lq_share_price_is_made_up(c);
    if (!price->given || made_up) return (double)NAN;
    if (!listed && grant->priced_at != LQ_PRICED_AT_PREFERRED) return (double)NAN;
    return lq_value_mean(&grant->value) / lq_value_mean(price);
}

static double units_after(const lq_grant *grant, double units, const lq_vest *vest)
{
    if (grant->vesting.rounding == 1)
        return lq_vesting_whole_units(units, vest->cumulative_frac);
    return units * vest->cumulative_frac;
}

typedef struct dated {
    int month;
    char date[LQ_DATE_CHARS];
    double units, cumulative; /* NaN: not known today */
} dated;

/* `before` is what had vested until then, and is moved on. */
static dated date_vest(const lq_scenario *s, const lq_grant *grant, double units,
                       const lq_vest *vest, double *before)
{
    const double now = units_after(grant, units, vest);
    dated d = {
        .month = grant->granted_month + vest->month, .units = now - *before, .cumulative = now};
    lq_date_format(lq_date_of_month(s->simulation.start, d.month), d.date);
    *before = now;
    return d;
}

static json_t *number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static bool append(json_t *list, json_t *item)
{
    return json_array_append_new(list, item) == 0;
}

static json_t *grant_json(const lq_scenario *s, const lq_offer *offer, const lq_grant *grant)
{
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    const size_t n = lq_plan_vests(grant, vests);
    const double units = units_of(s, offer, grant);
    json_t *list = json_array();
    bool whole = true;
    double before = 0.0;
    for (size_t i = 0; i < n; i++) {
        const dated d = date_vest(s, grant, units, &vests[i], &before);
        whole &= append(list, json_pack("{s:i, s:s, s:o, s:o, s:f, s:f}", "month", d.month,
                                        "date", d.date, "units", number(d.units), "cumulative",
                                        number(d.cumulative), "fraction", vests[i].fraction,
                                        "cumulative_fraction", vests[i].cumulative_frac));
    }
    if (!whole) {
        json_decref(list);
        return NULL;
    }
    return json_pack("{s:s, s:o, s:i, s:b, s:o}", "id", grant->id, "units", number(units),
                     "granted_month", grant->granted_month, "refresh", grant->is_refresh,
                     "vests", list);
}

static lq_status print_json(const lq_scenario *s, const char *only, lq_error *err)
{
    json_t *offers = json_array();
    bool whole = true;
    const lq_offer *all = s->offers.items;
    for (size_t i = 0; i < s->offers.len; i++) {
        if (only && strcmp(all[i].id, only) != 0) continue;
        json_t *grants = json_array();
        const lq_grant *g = all[i].grants.items;
        for (size_t k = 0; k < all[i].grants.len; k++)
            whole &= append(grants, grant_json(s, &all[i], &g[k]));
        whole &= append(offers, json_pack("{s:s, s:o}", "id", all[i].id, "grants", grants));
    }
    json_t *root = json_pack("{s:o}", "offers", offers);
    whole = whole && root && json_dumpf(root, stdout, JSON_INDENT(1)) == 0;
    putchar('\n');
    json_decref(root);
    if (whole || ferror(stdout)) return LQ_OK; /* the stream remembers a failed write */
    return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for JSON");
}

static void print_grant(const lq_scenario *s, const lq_offer *offer, const lq_grant *grant)
{
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    const size_t n = lq_plan_vests(grant, vests);
    const double units = units_of(s, offer, grant);
    printf("%s  %s", offer->id, grant->id);
    if (grant->value.given) {
        char text[96];
        printf("  %s", lq_value_format(&grant->value, LQ_MEASURE_MONEY, text, sizeof text));
    }
    if (isfinite(units)) printf("  %.6g units", units);
    printf("\n  month  date              share  cumulative%s\n",
           isfinite(units) ? "         units    cumulative" : "");
    double before = 0.0;
    for (size_t i = 0; i < n; i++) {
        const dated d = date_vest(s, grant, units, &vests[i], &before);
        printf("  %5d  %s  %9.4f %%  %8.4f %%", d.month, d.date, 100.0 * vests[i].fraction,
               100.0 * vests[i].cumulative_frac);
        if (isfinite(units)) printf("  %12.2f  %12.2f", d.units, d.cumulative);
        putchar('\n');
    }
}

/* Whether some grant would have units if a share of the company had a price. */
static bool lacks_price(const lq_scenario *s, size_t company, const char *only)
{
    const lq_offer *all = s->offers.items;
    for (size_t i = 0; i < s->offers.len; i++) {
        const lq_grant *g = all[i].grants.items;
        if (all[i].company != company || (only && strcmp(all[i].id, only) != 0)) continue;
        for (size_t k = 0; k < all[i].grants.len; k++)
            if (g[k].value.given && !g[k].granted_month &&
                g[k].priced_at == LQ_PRICED_AT_PREFERRED)
                return lq_share_price_is_made_up(company_of(s, &all[i]));
    }
    return false;
}

static void print_unpriced(const lq_scenario *s, const char *only)
{
    const lq_company *companies = s->companies.items;
    char name[128];
    for (size_t c = 0; c < s->companies.len; c++) {
        if (!lacks_price(s, c, only)) continue;
        lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
        lq_wrap_printf(
            &wrap,
            "No units of %s: nobody has said what a share costs "
            "(companies.%s.last_round.price); a run takes a made-up one, of which only "
            "ratios matter.",
            lq_text_clean(companies[c].name, name, sizeof name), companies[c].id);
        lq_wrap_end(&wrap);
    }
}

static void print_text(const lq_scenario *s, const char *only)
{
    const lq_offer *all = s->offers.items;
    for (size_t i = 0; i < s->offers.len; i++) {
        if (only && strcmp(all[i].id, only) != 0) continue;
        const lq_grant *g = all[i].grants.items;
        if (all[i].grants.len == 0) printf("%s  no grants\n", all[i].id);
        for (size_t k = 0; k < all[i].grants.len; k++)
            print_grant(s, &all[i], &g[k]);
    }
    print_unpriced(s, only);
}

static lq_status unknown_offer(const lq_call *call, const lq_scenario *s, const char *id)
{
    const char *ids[64];
    size_t n = 0;
    const lq_offer *all = s->offers.items;
    for (size_t i = 0; i < s->offers.len && n < 64; i++)
        ids[n++] = all[i].id;
    const char *near = lq_suggest(id, ids, n);
    return lq_usage(call->command, "no offer %.60s in %s%s%s%s", id, call->operands[0],
                    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

static bool has_offer(const lq_scenario *s, const char *id)
{
    const lq_offer *all = s->offers.items;
    for (size_t i = 0; i < s->offers.len; i++)
        if (strcmp(all[i].id, id) == 0) return true;
    return false;
}

lq_status lq_cmd_schedule(const lq_call *call, lq_error *err)
{
    lq_scenario *s = NULL;
    LQ_TRY(lq_load_config(call, NULL, 0, &s, err));
    const char *only = lq_call_value(call, "offer");
    lq_status status = LQ_OK;
    if (only && !has_offer(s, only))
        status = unknown_offer(call, s, only);
    else if (lq_call_value(call, "json"))
        status = print_json(s, only, err);
    else
        print_text(s, only);
    lq_scenario_destroy(s);
    return status;
}

/* `waterfall`: who is paid what at an exit, as text or JSON. No simulation. */
#include "cli/deal.h"
#include "cli/load.h"

#include "config/quantity.h"
#include "plan/paper.h"
#include "show/figure.h"
#include "show/text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

enum { MAX_EXITS = 64, BLOCK = 3, NAME_WIDTH = 12, NAME_CHARS = 64 };

typedef struct fall {
    const lq_call *call;
    const lq_company *company;
    bool ipo;
    double years;                        /* after the start */
    lq_scale_of_money unit, shares_unit; /* of the exits, and of the shares */
    lq_claims claims;
    lq_pieces pieces;
    size_t n_exits;
    double exit[MAX_EXITS], price[MAX_EXITS]; /* price of a share of common */
    double payout[MAX_EXITS][LQ_MAX_CLAIMANTS];
    lq_deal_paid deal;
} fall;

/* One figure of the list. Three digits behind a comma are the rest of a number. */
static lq_status read_exit(fall *f, const char *text, size_t len)
{
    lq_quantity q;
    double x = 0.0;
    lq_fault fault = lq_quantity_parse(text, len, &q);
    if (fault == LQ_FAULT_NONE) fault = lq_quantity_convert(&q, LQ_MEASURE_MONEY, &x);
    if (f->n_exits > 0 && len == 3 && strspn(text, "0123456789") >= 3)
        return lq_usage(f->call->command, "--exit: a comma ends a figure: write 130M,150M");
    if (fault != LQ_FAULT_NONE || !(x > 0.0))
        return lq_usage(f->call->command,
                        "--exit: expected values above 0 such as 130M,150M, found %.*s",
                        (int)(len < 40 ? len : 40), text);
    if (q.currency[0] && strcmp(q.currency, f->company->currency) != 0)
        return lq_usage(f->call->command, "--exit: expected the company's %s, found %s",
                        f->company->currency, q.currency);
    if (f->n_exits == MAX_EXITS)
        return lq_usage(f->call->command, "--exit: at most %d values", MAX_EXITS);
    f->exit[f->n_exits++] = x;
    return LQ_OK;
}

static lq_status read_exits(fall *f)
{
    const char *text = lq_call_value(f->call, "exit");
    if (!text) return lq_usage(f->call->command, "--exit is needed, e.g. --exit 130M,150M");
    for (;;) {
        const size_t len = strcspn(text, ",");
        LQ_TRY(read_exit(f, text, len));
        if (!text[len]) return LQ_OK;
        text += len + 1;
    }
}

static lq_status pay(fall *f, const lq_scenario *scenario, lq_error *err)
{
    const lq_paper paper = {scenario, f->company, LQ_WORLD_MEAN};
    LQ_TRY(lq_call_figure(f->call, "after", LQ_MEASURE_DURATION, 0.0, &f->years));
    if (!(f->years >= 0.0 && f->years <= 50.0))
        return lq_usage(f->call->command, "--after: expected 0y to 50y");
    LQ_TRY(lq_paper_claims(&paper, f->years, &f->claims, err));
    LQ_TRY(lq_paper_deal(&paper, &f->deal, err));
    f->ipo = lq_call_value(f->call, "ipo") != NULL;
    (f->ipo ? lq_stack_listing : lq_stack_sale)(&f->claims.stack, &f->pieces);
    for (size_t i = 0; i < f->n_exits; i++)
        f->price[i] = lq_pieces_pay(&f->pieces, f->exit[i], f->payout[i]);
    return LQ_OK;
}

/* ---- what a claimant is ---- */

typedef enum kind { COMMON, PREFERRED, OPTIONS, CARVE_OUT, DEBT, FEES } kind;

static kind kind_of(const fall *f, size_t k)
{
    const lq_stack *s = &f->claims.stack;
    if (k == LQ_CLAIM_COMMON) return COMMON;
    if (k < lq_claim_tranche(s)) return PREFERRED;
    if (k < lq_claim_carve_out(s)) return OPTIONS;
    return k == lq_claim_carve_out(s) ? CARVE_OUT : k == lq_claim_debt(s) ? DEBT : FEES;
}

/* Shareholders, and those of the others that the config names; in an IPO nothing is paid out.
 */
static bool is_shown(const fall *f, size_t k)
{
    const lq_stack *s = &f->claims.stack;
    switch (kind_of(f, k)) {
    case CARVE_OUT:
        return !f->ipo && s->carve_out > 0.0;
    case DEBT:
        return s->debt > 0.0;
    case FEES:
        return !f->ipo && s->fees > 0.0;
    default:
        return true;
    }
}

static bool converts(const fall *f, size_t k, size_t exit)
{
    const lq_stack *s = &f->claims.stack;
    if (kind_of(f, k) == OPTIONS)
        return f->price[exit] > s->tranche[k - lq_claim_tranche(s)].strike;
    if (kind_of(f, k) != PREFERRED) return false;
    return f->ipo || lq_preferred_converts(&s->preferred[k - 1], f->price[exit]);
}

static double sum_of(const fall *f, size_t exit)
{
    double sum = 0.0;
    for (size_t k = 0; k < lq_claim_count(&f->claims.stack); k++)
        sum += f->payout[exit][k];
    return sum;
}

/* ---- JSON ---- */

/* To a hundredth of a cent: what is beyond is the arithmetic's. */
static double amount(double money)
{
    return round(money * 1e4) / 1e4;
}

static json_t *class_json(const fall *f, size_t k, size_t exit)
{
    static const char *const kinds[] = {
        [COMMON] = "common", [PREFERRED] = "preferred", [OPTIONS] = "options",
        [DEBT] = "debt",     [CARVE_OUT] = "carve_out", [FEES] = "fees"};
    const kind what = kind_of(f, k);
    const double shares = f->claims.shares[k], payout = f->payout[exit][k];
    const bool chooses = what == PREFERRED || what == OPTIONS;
    return json_pack("{s:s, s:s, s:o, s:f, s:o, s:o}", "id", f->claims.name[k], "kind",
                     kinds[what], "shares", shares > 0.0 ? json_real(shares) : json_null(),
                     "payout", amount(payout), "per_share",
                     shares > 0.0 ? json_real(payout / shares) : json_null(), "converted",
                     chooses ? json_boolean(converts(f, k, exit)) : json_null());
}

static json_t *barred_json(const fall *f, size_t exit)
{
    const lq_stack *s = &f->claims.stack;
    json_t *list = json_array();
    for (size_t i = 0; i < s->n_preferred && f->ipo; i++)
        if (f->price[exit] < s->preferred[i].ipo_veto)
            json_array_append_new(list, json_string(f->claims.name[LQ_CLAIM_PREFERRED + i]));
    return list;
}

static json_t *exit_json(const fall *f, size_t exit)
{
    json_t *classes = json_array();
    for (size_t k = 0; k < lq_claim_count(&f->claims.stack); k++)
        if (is_shown(f, k) && json_array_append_new(classes, class_json(f, k, exit)) != 0) {
            json_decref(classes);
            return NULL;
        }
    return json_pack("{s:f, s:o, s:f, s:o}", "exit", f->exit[exit], "classes", classes, "sum",
                     amount(sum_of(f, exit)), "barred_by", barred_json(f, exit));
}

static lq_status print_json(const fall *f, lq_error *err)
{
    json_t *exits = json_array(), *breakpoints = json_array();
    bool whole = true;
    for (size_t i = 0; i < f->n_exits; i++)
        whole &= json_array_append_new(exits, exit_json(f, i)) == 0;
    for (size_t i = 0; i < f->pieces.n; i++)
        whole &= json_array_append_new(breakpoints, json_real(amount(f->pieces.from[i]))) == 0;
    json_t *root =
        json_pack("{s:s, s:s, s:s, s:s, s:f, s:o, s:o, s:o}", "company", f->company->id, "name",
                  f->company->name, "currency", f->company->currency, "how",
                  f->ipo ? "ipo" : "sale", "after_years", f->years, "exits", exits,
                  "breakpoints", breakpoints, "deal", lq_deal_json(&f->deal));
    whole = whole && root &&
            json_dumpf(root, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(15)) == 0;
    putchar('\n');
    json_decref(root);
    if (whole || ferror(stdout)) return LQ_OK; /* the stream remembers a failed write */
    return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for JSON");
}

/* ---- text ---- */

static void print_class(const fall *f, size_t k, size_t from, size_t to,
                        lq_scale_of_money scale)
{
    char name[NAME_CHARS], shares[LQ_FIGURE_CHARS], text[LQ_FIGURE_CHARS];
    const double held = f->claims.shares[k];
    lq_text_shorten(f->claims.name[k], NAME_WIDTH - 1, name, sizeof name);
    printf("  %-*s%8s", NAME_WIDTH, name,
           held > 0.0 ? lq_figure_listed(held, f->shares_unit, "", shares) : "");
    for (size_t i = from; i < to; i++) {
        const bool last = i + 1 == to;
        const char *mark = converts(f, k, i) && !f->ipo ? "*" : " ";
        printf(" %9s", lq_figure_scaled(f->payout[i][k], scale, text));
        if (held > 0.0)
            printf("%s%8s", mark, lq_figure_price(f->payout[i][k] / held, text));
        else
            printf("%*s", last ? 0 : 9, "");
    }
    putchar('\n');
}

static void print_block(const fall *f, size_t from, size_t to)
{
    char sign[LQ_FIGURE_CHARS], text[LQ_FIGURE_CHARS], unit[2 * LQ_FIGURE_CHARS];
    double largest = 0.0;
    for (size_t i = from; i < to; i++)
        largest = fmax(largest, f->exit[i]);
    const lq_scale_of_money scale = lq_scale_choose(largest);
    lq_currency_sign(f->company->currency, sign);
    snprintf(unit, sizeof unit, "%s%.8s%s", strlen(sign) > 1 ? "" : "all, ", sign,
             scale.suffix);
    printf("\n%*s", NAME_WIDTH + 10, "");
    for (size_t i = from; i < to; i++)
        printf(" %18s", lq_figure_listed(f->exit[i], f->unit, f->company->currency, text));
    printf("\n  %-*s%8s", NAME_WIDTH, "class", "shares");
    for (size_t i = from; i < to; i++)
        printf(" %9s %8s", unit, "a share");
    putchar('\n');
    for (size_t k = 0; k < lq_claim_count(&f->claims.stack); k++)
        if (is_shown(f, k)) print_class(f, k, from, to, scale);
    printf("  %-*s", NAME_WIDTH + 8, "sum");
    for (size_t i = from; i < to; i++)
        printf(" %9s%*s", lq_figure_scaled(sum_of(f, i), scale, text), i + 1 == to ? 0 : 9, "");
    putchar('\n');
}

static void print_bends(const fall *f)
{
    char text[LQ_FIGURE_CHARS];
    const lq_scale_of_money unit = lq_scale_of_list(f->pieces.from[f->pieces.n - 1]);
    if (f->pieces.n == 1) return;
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    lq_wrap_words(&wrap, "Who gets the next dollar changes at");
    for (size_t i = 0; i < f->pieces.n; i++)
        lq_wrap_printf(&wrap, "%s%s",
                       lq_figure_listed(f->pieces.from[i], unit, f->company->currency, text),
                       i + 1 < f->pieces.n ? "," : ".");
    lq_wrap_end(&wrap);
}

static void print_vetoes(const fall *f)
{
    const lq_stack *s = &f->claims.stack;
    char at[LQ_FIGURE_CHARS];
    for (size_t i = 0; i < f->n_exits && f->ipo; i++)
        for (size_t k = 0; k < s->n_preferred; k++) {
            if (f->price[i] >= s->preferred[k].ipo_veto) continue;
            printf("At %s %s can bar the IPO.\n",
                   lq_figure_listed(f->exit[i], f->unit, f->company->currency, at),
                   f->claims.name[LQ_CLAIM_PREFERRED + k]);
        }
}

static void print_notes(const fall *f)
{
    const lq_company *c = f->company;
    const bool known = c->cap_table.common.given;
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    if (f->ipo)
        lq_wrap_words(&wrap,
                      "All preferred are common, but for what a ratchet adds; nothing is paid "
                      "out, these are values of shares before new money.");
    else
        lq_wrap_words(&wrap, "* converted to common, or exercised and net of the strike.");
    lq_wrap_end(&wrap);
    if (known) return;
    wrap = lq_wrap_begin(stdout, 0, 0);
    if (c->preferences.len == 0)
        lq_wrap_words(&wrap, "Neither cap_table nor preferences are known: common is paid all, "
                             "which is too much.");
    else
        lq_wrap_words(&wrap,
                      "No cap_table is known: shares follow from the last round's post-money "
                      "and price, and common has what the preferences leave.");
    lq_shares_note(&wrap, c);
    lq_wrap_end(&wrap);
}

/* Which series time has made dearer. */
static void print_dividends(const fall *f)
{
    const lq_preference *series = f->company->preferences.items;
    size_t n = 0;
    if (f->years == 0.0) return;
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    for (size_t i = 0; i < f->company->preferences.len; i++)
        if (lq_value_mean(&series[i].dividend) > 0.0)
            lq_wrap_printf(&wrap, n++ ? ", %s" : "Cumulative dividends have run until then: %s",
                           series[i].series);
    lq_wrap_words(&wrap, n ? "." : "No series has a cumulative dividend: all is due as today.");
    lq_wrap_end(&wrap);
}

static void print_text(const fall *f)
{
    char name[NAME_CHARS * 2], years[LQ_FIGURE_CHARS];
    printf("%s: %s%s%s\n", lq_text_clean(f->company->name, name, sizeof name),
           f->ipo ? "whose shares are worth what when it is listed"
                  : "who is paid what when it is sold",
           f->years > 0.0 ? " in " : "",
           f->years > 0.0 ? lq_figure_years(f->years, years) : "");
    print_dividends(f);
    for (size_t i = 0; i < f->n_exits; i += BLOCK)
        print_block(f, i, i + BLOCK < f->n_exits ? i + BLOCK : f->n_exits);
    putchar('\n');
    print_bends(f);
    print_vetoes(f);
    lq_deal_print(f->company, &f->deal, "");
    print_notes(f);
    puts("Formulas, no simulation. Not financial, tax or legal advice.");
}

static void choose_units(fall *f)
{
    double exit = 0.0, shares = 0.0;
    for (size_t i = 0; i < f->n_exits; i++)
        exit = fmax(exit, f->exit[i]);
    for (size_t k = 0; k < lq_claim_count(&f->claims.stack); k++)
        if (is_shown(f, k)) shares = fmax(shares, f->claims.shares[k]);
    f->unit = lq_scale_of_list(exit);
    f->shares_unit = lq_scale_of_list(shares);
}

static lq_status fall_of(fall *f, const lq_scenario *scenario, lq_error *err)
{
    LQ_TRY(lq_pick_company(f->call, scenario, &f->company));
    LQ_TRY(read_exits(f));
    LQ_TRY(pay(f, scenario, err));
    choose_units(f);
    if (lq_call_value(f->call, "json")) return print_json(f, err);
    print_text(f);
    return LQ_OK;
}

lq_status lq_cmd_waterfall(const lq_call *call, lq_error *err)
{
    fall f = {.call = call};
    lq_scenario *scenario = NULL;
    LQ_TRY(lq_load_companies(call, &scenario, err));
    const lq_status status = lq_tell_config(scenario, fall_of(&f, scenario, err), err);
    lq_scenario_destroy(scenario);
    return status;
}

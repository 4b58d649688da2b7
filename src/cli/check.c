#include "cli/load.h"

#include "decide/run.h"
#include "plan/paper.h"
#include "show/figure.h"
#include "show/pick.h"
#include "show/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHECK_PATHS = 16384 };

/* Beyond half the lowest and twice the usual observed share, down rounds are warned of. */
static const double DOWN_LOW = 0.08, DOWN_HIGH = 0.40;

/* A figure in percent with its error: "23.4 +- 0.6". */
typedef struct told {
    char text[48];
} told;

static told percent(const lq_frame *frame, double share, double se)
{
    told t;
    if (se > 0.0)
        snprintf(t.text, sizeof t.text, "%.1f +- %.1f", 100.0 * share,
                 100.0 * lq_pick_half_width(frame) * se);
    else
        snprintf(t.text, sizeof t.text, "%.1f", 100.0 * share);
    return t;
}

static double of_company(const lq_frame *frame, const char *name, size_t i)
{
    return lq_pick(frame, "/companies", name, i);
}

static told percent_of_company(const lq_frame *frame, const char *name, size_t i)
{
    char se[64];
    snprintf(se, sizeof se, "%s_se", name);
    return percent(frame, of_company(frame, name, i), of_company(frame, se, i));
}

/* R7: how often a round is over, at and under the last one's price, beside what is seen of
 * companies: in 2025 16 to 20 % under it and 3 to 7 % at it, 29 % under it in the worst year of
 * the worst series. What was observed is of ordinary times. */
static void print_rounds(const lq_frame *frame, size_t i, bool stressed)
{
    const double down = of_company(frame, "down_round_share", i);
    if (isnan(down)) return;
    const double flat = of_company(frame, "flat_round_share", i);
    lq_wrap wrap = lq_wrap_comment(stdout, 6, 6);
    lq_wrap_printf(
        &wrap,
        "%.2f +- %.2f rounds before the exit: %.1f %% up, %s %% flat, %s %% down (observed%s "
        "16 to "
        "20 %% down, 3 to 7 %% flat: PitchBook 2025, Cooley Q2 and Q3 2025; 29 %% down at the "
        "peak of series C in 2024: Aumni).",
        of_company(frame, "rounds_mean", i),
        lq_pick_half_width(frame) * of_company(frame, "rounds_mean_se", i),
        100.0 * (1.0 - flat - down), percent_of_company(frame, "flat_round_share", i).text,
        percent_of_company(frame, "down_round_share", i).text,
        stressed ? " in ordinary times:" : "");
    lq_wrap_end(&wrap);
    if (stressed || (down >= DOWN_LOW && down <= DOWN_HIGH)) return;
    wrap = lq_wrap_comment(stdout, 6, 6);
    lq_wrap_printf(
        &wrap,
        "warning: %s down rounds than are observed: rounds.value_exponent says how "
        "much likelier a round is once the value has risen since the last one, growth "
        "how it rises.",
        down < DOWN_LOW ? "far fewer" : "far more");
    lq_wrap_end(&wrap);
}

/* Rounds that no price makes worth their class (phi: solve). */
static void print_unpriced(const lq_frame *frame, size_t i)
{
    const double n = of_company(frame, "unpriced_rounds_mean", i);
    const double held = of_company(frame, "rounds_mean", i);
    if (!(n > 0.0)) return;
    lq_wrap wrap = lq_wrap_comment(stdout, 6, 6);
    lq_wrap_printf(&wrap,
                   "warning: %.2g %% of its rounds are not held, because no price from 0.01 to "
                   "100 times the value of a share makes their class worth it.",
                   100.0 * n / (n + held));
    lq_wrap_end(&wrap);
}

/* How the company's private life ends, by the first offer of it. */
static void print_ends(const lq_frame *frame, const char *id)
{
    const size_t offers = lq_pick_len(frame, "offer"), kinds = lq_pick_len(frame, "exit_kind");
    size_t o = 0;
    while (o < offers && strcmp(lq_pick_text(frame, "/offers", "company", o), id) != 0)
        o++;
    if (o == offers) return;
    lq_wrap wrap = lq_wrap_comment(stdout, 6, 6);
    for (size_t k = 0; k < kinds; k++)
        lq_wrap_printf(&wrap, "%s %s %%%s", lq_pick_label(frame, "exit_kind", k),
                       percent(frame, lq_pick2(frame, "/offers", "exit_share", o, k),
                               lq_pick2(frame, "/offers", "exit_share_se", o, k))
                           .text,
                       k + 1 < kinds ? "," : ".");
    lq_wrap_end(&wrap);
}

static void print_company(const lq_frame *frame, const char *id, size_t i, bool stressed)
{
    lq_wrap wrap = lq_wrap_comment(stdout, 4, 6);
    lq_wrap_printf(&wrap,
                   "%s: grows %.1f %% a year with failures and premiums counted, %.1f %% while "
                   "nothing happens to it.",
                   id, 100.0 * of_company(frame, "all_in_growth", i),
                   100.0 * of_company(frame, "survival_growth", i));
    lq_wrap_end(&wrap);
    print_ends(frame, id);
    print_rounds(frame, i, stressed);
    print_unpriced(frame, i);
}

/* A small run, for what only a simulation shows (R5, R7), and for what only the arithmetic
 * refuses. */
static lq_status simulate(lq_scenario *scenario, lq_frame **out, lq_error *err)
{
    if (scenario->simulation.paths.p[0] > CHECK_PATHS)
        scenario->simulation.paths.p[0] = CHECK_PATHS;
    return lq_run_study(scenario, &(lq_study_options){0}, out, err);
}

/* R27: how many of a company's exits a path takes, and why. */
static void print_exits(const lq_frame *frame)
{
    lq_wrap wrap = lq_wrap_comment(stdout, 4, 6);
    lq_wrap_printf(&wrap, "Exits a path takes: %s.",
                   lq_frame_text(frame, "/manifest", "exits"));
    lq_wrap_end(&wrap);
}

static void print_simulated(const lq_scenario *scenario, const lq_frame *frame)
{
    const lq_company *companies = scenario->companies.items;
    char paths[LQ_FIGURE_CHARS];
    bool any = false;
    for (size_t i = 0; i < scenario->companies.len; i++) {
        if (companies[i].listing == 0) continue;
        if (!any)
            printf(
                "\n# Private companies in %s futures, by the liquidity horizon (+-: 95 %%):\n",
                lq_figure_count(lq_pick_scalar(frame, "/manifest", "paths"), paths));
        any = true;
        print_company(frame, companies[i].id, i, lq_stress_is_on(&scenario->stress));
    }
    if (any) print_exits(frame);
}

/* ---- an announced deal: what a share is paid, and what that makes of each grant ---- */

/* "$1.1bn", as the config is printed. */
static told money(double x, const char *currency)
{
    told t;
    char digits[32];
    snprintf(digits, sizeof digits, "%.4g", x); /* a figure for the eye */
    lq_value value = lq_value_constant(strtod(digits, NULL));
    memcpy(value.currency, currency, sizeof value.currency);
    lq_value_format(&value, LQ_MEASURE_MONEY, t.text, sizeof t.text);
    return t;
}

/* "$24.19" */
static told price(double x, const char *currency)
{
    told t;
    char sign[LQ_FIGURE_CHARS], digits[LQ_FIGURE_CHARS];
    snprintf(t.text, sizeof t.text, "%.8s%.32s", lq_currency_sign(currency, sign),
             lq_figure_price(x, digits));
    return t;
}

/* Every grant counted at the last round's price, and at what the deal pays for a share. */
static void print_grants(const lq_scenario *scenario, size_t company, double times)
{
    const lq_offer *offers = scenario->offers.items;
    for (size_t i = 0; i < scenario->offers.len; i++) {
        const lq_grant *grants = offers[i].grants.items;
        for (size_t g = 0; offers[i].company == company && g < offers[i].grants.len; g++) {
            const double face = lq_value_mean(&grants[g].value);
            const char *currency = grants[g].value.currency;
            if (!grants[g].value.given || grants[g].is_refresh) continue;
            lq_wrap wrap = lq_wrap_comment(stdout, 6, 8);
            lq_wrap_printf(&wrap,
                           "%s %s of %s: the deal pays %s for its units if they are counted at "
                           "the last round's price, %s if at the deal's.",
                           offers[i].id, grants[g].id, money(face, currency).text,
                           money(face * times, currency).text, money(face, currency).text);
            lq_wrap_end(&wrap);
        }
    }
}

static lq_status print_deal(const lq_scenario *scenario, size_t company,
                            const lq_company_plan *plan, lq_error *err)
{
    const lq_company *c = (const lq_company *)scenario->companies.items + company;
    const lq_paper paper = {scenario, c, LQ_WORLD_MEAN};
    lq_deal_paid deal;
    if (!plan->deal.is_open) return LQ_OK;
    LQ_TRY(lq_paper_deal(&paper, &deal, err));
    const double times = deal.per_share / plan->start_price;
    printf("\n# Announced sale of %s for %s (%s).\n", c->name,
           money(deal.price, c->currency).text, c->deal.on_close);
    lq_wrap wrap = lq_wrap_comment(stdout, 6, 6);
    lq_wrap_printf(
        &wrap,
        "It breaks in %.3g %% of futures; the company is worth %s then, on average. A "
        "share of common is paid %s, %.3g times the last round's %s.",
        100.0 * plan->deal.break_probability,
        money(plan->deal.break_value.mean, c->currency).text,
        price(deal.per_share, c->currency).text, times,
        price(plan->start_price, c->currency).text);
    lq_wrap_end(&wrap);
    print_grants(scenario, company, times);
    return LQ_OK;
}

/* ---- rounds at the worth of their class ---- */

/* Where the last headline is above what its terms are worth, the next rounds look down. */
static void print_solved(const lq_scenario *scenario, const lq_plan *plan)
{
    static const double FAR = 0.1;
    const lq_company *companies = scenario->companies.items;
    for (size_t i = 0; i < plan->n_companies; i++) {
        const lq_company_plan *c = &plan->companies[i];
        const double last = c->start_price * c->stack.diluted / exp2(c->start_log2);
        if (!c->solves_phi || c->deal.is_open) continue;
        printf("\n# Rounds of %s sell a class for what it is worth (phi: solve).\n",
               companies[i].name);
        lq_wrap wrap = lq_wrap_comment(stdout, 6, 6);
        lq_wrap_printf(
            &wrap,
            "Today that is %.3g times the value of a share before the round; the last "
            "round's price is %.3g times it.",
            c->phi, last);
        if (fabs(last / c->phi - 1.0) > FAR)
            lq_wrap_printf(
                &wrap,
                "Its terms do not explain that: a round at the same value would be "
                "%.0f %% %s.%s",
                100.0 * fabs(c->phi / last - 1.0), c->phi < last ? "down" : "up",
                companies[i].opening_value.method == LQ_OPENING_BACKSOLVE
                    ? ""
                    : " opening_value: backsolve starts at the value where they do.");
        lq_wrap_end(&wrap);
    }
}

/* What a run says among its notes. */
static void print_repaired(const lq_plan *plan)
{
    if (!plan->repaired) return;
    putchar('\n');
    lq_wrap wrap = lq_wrap_comment(stdout, 2, 6);
    lq_wrap_printf(&wrap,
                   "The correlations cannot hold together (market.repair: nearest); the "
                   "nearest that can, and in brackets what is written: %s.",
                   plan->repaired);
    lq_wrap_end(&wrap);
}

static lq_status print_planned(const lq_scenario *scenario, lq_error *err)
{
    const lq_plan_options options = {.world = LQ_WORLD_MEAN};
    lq_plan *plan = NULL;
    LQ_TRY(lq_plan_build(scenario, &options, &plan, err));
    lq_status status = LQ_OK;
    print_repaired(plan);
    print_solved(scenario, plan);
    for (size_t i = 0; status == LQ_OK && i < plan->n_companies; i++)
        status = print_deal(scenario, i, &plan->companies[i], err);
    lq_plan_destroy(plan);
    return status;
}

/* ---- a stress: what it changes, and where that is from ---- */

/* --set goes after a stress; its key may be the end of one. */
static bool is_set_again(const lq_call *call, const char *key)
{
    const size_t len = strlen(key);
    for (size_t i = 0; i < call->n_repeated; i++) {
        const size_t n = strcspn(call->repeated[i], "=");
        const bool ends = n <= len && memcmp(key + len - n, call->repeated[i], n) == 0;
        if (ends && (n == len || key[len - n - 1] == '.')) return true;
    }
    return false;
}

static void print_change(const lq_call *call, const lq_assumption *row)
{
    const bool again = is_set_again(call, row->key);
    printf("  %s: %s\n", row->key, row->value);
    lq_wrap wrap = lq_wrap_begin(stdout, 4, 4);
    lq_wrap_printf(&wrap, "%s%s", row->source, again ? "; changed by --set" : "");
    lq_wrap_end(&wrap);
}

static lq_status print_changes(const lq_call *call, const char *name, lq_arena *arena,
                               lq_error *err)
{
    lq_list changes = {0};
    lq_problems *problems = lq_problems_create();
    if (!problems) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a stress");
    const lq_status status = lq_stress_sources(name, arena, problems, &changes, err);
    lq_problems_destroy(problems); /* loading the config has told them */
    const lq_assumption *rows = changes.items;
    if (changes.len) printf("\nStress %s: what it changes, and where that is from\n", name);
    for (size_t i = 0; i < changes.len; i++)
        print_change(call, &rows[i]);
    return status;
}

static lq_status print_stress(const lq_call *call, lq_error *err)
{
    const char *name = lq_call_value(call, "stress");
    if (!name) return LQ_OK;
    lq_arena *arena = lq_arena_create();
    if (!arena) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a stress");
    const lq_status status = print_changes(call, name, arena, err);
    lq_arena_destroy(arena);
    return status;
}

/* Nothing is printed of a config that is refused. */
static lq_status check(const lq_call *call, lq_scenario *scenario, lq_frame **frame,
                       lq_error *err)
{
    const lq_status status = simulate(scenario, frame, err);
    if (status == LQ_ECONFIG) return status;
    lq_error print_err;
    const lq_status printed = lq_scenario_print(scenario, stdout, &print_err);
    if (printed != LQ_OK) *err = print_err;
    LQ_TRY(printed);
    LQ_TRY(print_stress(call, err));
    LQ_TRY(status);
    print_simulated(scenario, *frame);
    return print_planned(scenario, err);
}

lq_status lq_cmd_check(const lq_call *call, lq_error *err)
{
    lq_scenario *scenario = NULL;
    lq_frame *frame = NULL;
    LQ_TRY(lq_load_config(call, NULL, 0, &scenario, err));
    const lq_status status = lq_tell_config(scenario, check(call, scenario, &frame, err), err);
    lq_frame_destroy(frame);
    lq_scenario_destroy(scenario);
    return status;
}

#include "cli/load.h"

#include "decide/run.h"
#include "plan/paper.h"
#include "show/text.h"

#include <math.h>
#include <string.h>

enum { CHECK_PATHS = 16384 };

/* Beyond half the lowest and twice the usual observed share, down rounds are warned of. */
static const double DOWN_LOW = 0.08, DOWN_HIGH = 0.40;

static double of_company(const lq_frame *frame, const char *name, size_t i)
{
    const lq_variable *v = lq_frame_find(frame, "/companies", name);
    return v ? v->data.f64[i] : (double)NAN;
}

/* R7: how often a round is over, at and under the last one's price, beside what is seen of
 * companies: in 2025 16 to 20 % under it and 3 to 7 % at it, 29 % under it in the worst year of
 * the worst series. */
static void print_rounds(const lq_frame *frame, size_t i)
{
    const double down = of_company(frame, "down_round_share", i);
    if (isnan(down)) return;
    const double flat = of_company(frame, "flat_round_share", i);
    printf(
        "\n#     %.1f rounds before the exit: %.0f %% up, %.0f %% flat, %.0f %% down (observed "
        "16 to 20 %%\n"
        "#     down, 3 to 7 %% flat: PitchBook 2025, Cooley Q2 and Q3 2025; 29 %% down at the "
        "peak of\n#     series C in 2024: Aumni).",
        of_company(frame, "rounds_mean", i), 100.0 * (1.0 - flat - down), 100.0 * flat,
        100.0 * down);
    if (down >= DOWN_LOW && down <= DOWN_HIGH) return;
    printf("\n#     warning: %s down rounds than are observed: rounds.value_exponent says "
           "how much\n"
           "#     likelier a round is once the value has risen since the last one, growth how "
           "it rises.",
           down < DOWN_LOW ? "far fewer" : "far more");
}

/* Rounds that no price makes worth their class (phi: solve). */
static void print_unpriced(const lq_frame *frame, size_t i)
{
    const double n = of_company(frame, "unpriced_rounds_mean", i);
    const double held = of_company(frame, "rounds_mean", i);
    if (!(n > 0.0)) return;
    printf("\n#     warning: %.2g %% of its rounds are not held, because no price from 0.01 to "
           "100 "
           "times the\n#     value of a share makes their class worth it.",
           100.0 * n / (n + held));
}

static void print_company(const lq_frame *frame, const char *id, size_t i)
{
    const lq_dimension *kinds = lq_frame_find_dimension(frame, "exit_kind");
    const lq_variable *by_month = lq_frame_find(frame, "/companies", "exit_by_month");
    printf("#   %s: grows %.1f %% a year with failures and premiums counted, %.1f %% while "
           "nothing\n"
           "#     happens to it.",
           id, 100.0 * of_company(frame, "all_in_growth", i),
           100.0 * of_company(frame, "survival_growth", i));
    const size_t months = by_month ? by_month->dims[2]->len : 0;
    for (size_t k = 0; by_month && k < kinds->len; k++) {
        double share = 0.0;
        for (size_t m = 0; m < months; m++)
            share += by_month->data.f64[(i * kinds->len + k) * months + m];
        printf(" %s %.0f %%%s", kinds->values.text[k], 100.0 * share,
               k + 1 < kinds->len ? "," : ".");
    }
    print_rounds(frame, i);
    print_unpriced(frame, i);
    printf("\n");
}

/* A small run, for what only a simulation shows (R5, R7), and for what only the arithmetic
 * refuses. */
static lq_status simulate(lq_scenario *scenario, lq_frame **out, lq_error *err)
{
    if (scenario->simulation.paths.p[0] > CHECK_PATHS)
        scenario->simulation.paths.p[0] = CHECK_PATHS;
    return lq_run_study(scenario, &(lq_study_options){0}, out, err);
}

/* Words of a comment, folded. */
static void print_comment(const char *text)
{
    static const char indent[] = "\n#     ";
    size_t column = 0;
    for (size_t n; *text; text += n) {
        text += strspn(text, " ");
        n = strcspn(text, " ");
        if (column == 0 || column + 1 + n > LQ_SCREEN_COLUMNS) {
            fputs(column ? indent : "#   ", stdout);
            column = column ? sizeof indent - 2 : 4;
        } else {
            putchar(' ');
            column++;
        }
        fwrite(text, 1, n, stdout);
        column += n;
    }
    putchar('\n');
}

/* R27: how many of a company's exits a path takes, and why. */
static void print_exits(const lq_frame *frame)
{
    char text[2048];
    const int n = snprintf(text, sizeof text, "Exits a path takes: %s.",
                           lq_frame_text(frame, "/manifest", "exits"));
    if (n > 0) print_comment(text);
}

static void print_simulated(const lq_scenario *scenario, const lq_frame *frame)
{
    const lq_company *companies = scenario->companies.items;
    bool any = false;
    for (size_t i = 0; i < scenario->companies.len; i++) {
        if (companies[i].listing == 0) continue;
        if (!any)
            printf("\n# Private companies in %d futures, by the liquidity horizon:\n",
                   (int)lq_frame_i64(frame, "/manifest", "paths", 0));
        any = true;
        print_company(frame, companies[i].id, i);
    }
    if (any) print_exits(frame);
}

/* ---- an announced deal: what a share is paid, and what that makes of each grant ---- */

/* Every grant counted at the last round's price, and at what the deal pays for a share. */
static void print_grants(const lq_scenario *scenario, size_t company, double paid, double round)
{
    const lq_offer *offers = scenario->offers.items;
    for (size_t i = 0; i < scenario->offers.len; i++) {
        const lq_grant *grants = offers[i].grants.items;
        for (size_t g = 0; offers[i].company == company && g < offers[i].grants.len; g++) {
            const double face = lq_value_mean(&grants[g].value);
            if (!grants[g].value.given || grants[g].is_refresh) continue;
            printf("#     %s %s of %.0fK %s: the deal pays %.0fK for its units if they are "
                   "counted "
                   "at the\n#       last round's price, %.0fK if at the deal's.\n",
                   offers[i].id, grants[g].id, face / 1e3, grants[g].value.currency,
                   face * paid / round / 1e3, face / 1e3);
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
    printf("\n# Announced sale of %s for %.5g million %s (%s).\n"
           "#     It breaks in %.3g %% of futures; the company is worth %.5g million then, on "
           "average.\n"
           "#     A share of common is paid %.4g, %.3g times the last round's %.4g.\n",
           c->name, deal.price / 1e6, c->currency, c->deal.on_close,
           100.0 * plan->deal.break_probability, plan->deal.break_value.mean / 1e6,
           deal.per_share, deal.per_share / plan->start_price, plan->start_price);
    print_grants(scenario, company, deal.per_share, plan->start_price);
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
        printf("\n# Rounds of %s sell a class for what it is worth (phi: solve).\n"
               "#     Today that is %.3g times the value of a share before the round; the last "
               "round's price\n#     is %.3g times it.",
               companies[i].name, c->phi, last);
        if (fabs(last / c->phi - 1.0) > FAR)
            printf(
                " Its terms do not explain that: a round at the same value\n"
                "#     would be %.0f %% %s. opening_value: backsolve starts at the value where "
                "they do.",
                100.0 * fabs(c->phi / last - 1.0), c->phi < last ? "down" : "up");
        printf("\n");
    }
}

static lq_status print_planned(const lq_scenario *scenario, lq_error *err)
{
    const lq_plan_options options = {.world = LQ_WORLD_MEAN};
    lq_plan *plan = NULL;
    LQ_TRY(lq_plan_build(scenario, &options, &plan, err));
    lq_status status = LQ_OK;
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

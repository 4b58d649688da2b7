/* What holds whatever the offers are: on random configs, path by path. */
#include "lq_case.h"

#include <malloc.h>
#include <math.h>
#include <stdlib.h>

#include "random_config.h"

enum { N_CONFIGS = LQ_JUDGES_CHANCE ? 50 : 8 }; /* per test */

static const int all[RANDOM_OFFERS] = {0, 1, 2, 3}, reversed[RANDOM_OFFERS] = {3, 2, 1, 0};

static lq_case run_number(uint64_t number, const int *offers, size_t n, const char *change)
{
    random_config config;
    char text[RANDOM_TEXT];
    random_config_make(number, &config);
    random_config_text(&config, offers, n, text);
    const char *const changes[] = {change, NULL};
    return lq_case_run(text, change ? changes : NULL, 1);
}

/* Says which config it was before it fails. */
static void holds(bool law, const char *what, uint64_t number)
{
    if (law) return;
    random_config config;
    char text[RANDOM_TEXT];
    random_config_make(number, &config);
    random_config_text(&config, all, RANDOM_OFFERS, text);
    fail_msg("%s, in config %llu:\n%s", what, (unsigned long long)number, text);
}

/* ---- schedules ---- */

static void check_vests(const lq_grant *grant, uint64_t number)
{
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    const size_t n = lq_plan_vests(grant, vests);
    double sum = 0.0;
    int before = 0;
    for (size_t i = 0; i < n; i++) {
        sum += vests[i].fraction;
        holds(vests[i].fraction >= 0.0 && vests[i].month > before &&
                  vests[i].cumulative_frac <= 1.0,
              "vests come in order", number);
        before = vests[i].month;
    }
    holds(n > 0 && vests[n - 1].cumulative_frac == 1.0 && fabs(sum - 1.0) < 1e-12,
          "vesting sums to 1", number);
}

static void check_grant_plan(const lq_grant_plan *g, double granted, uint64_t number)
{
    double sum = 0.0;
    for (size_t i = 0; i < g->n_vests; i++) {
        sum += g->vest_weight[i];
        holds(g->vest_weight[i] >= 0.0 && g->vest_month[i] <= g->horizon,
              "what counts vests by the horizon", number);
    }
    holds(sum <= granted * (1.0 + 1e-12), "no more vests than is granted", number);
    for (size_t k = 1; k <= g->n_months; k++)
        holds(g->vested[k] >= g->vested[k - 1] && g->vested[k] <= granted * (1.0 + 1e-12),
              "what has vested never falls and stays within the grant", number);
}

/* Units of a grant that is sized today: value or units or share over today's price. */
static double units_of(const lq_plan *plan, const lq_scenario *s, const lq_offer *o,
                       const lq_grant *g, const lq_grant_plan *p)
{
    const lq_company *c = &((const lq_company *)s->companies.items)[o->company];
    const bool is_private = c->listing == 1;
    if (p->priced_on_path) return 1.0;
    if (g->units.given) return g->units.p[0];
    if (g->share.given) return g->share.p[0] * plan->companies[o->company].stack.diluted;
    const double price = is_private ? c->last_round.price.p[0] : c->price.p[0];
    double rate = 1.0;
    const lq_fx *euro = s->market.fx.items;
    if (strcmp(o->currency, "EUR") == 0) rate *= euro->spot.p[0];
    if (strcmp(c->currency, "EUR") == 0) rate /= euro->spot.p[0];
    return g->value.p[0] * rate / price;
}

static void check_schedules(const lq_case *c, uint64_t number)
{
    const lq_offer *offers = c->scenario->offers.items;
    for (size_t i = 0; i < c->plan->n_offers; i++) {
        const lq_grant *grants = offers[i].grants.items;
        for (size_t g = 0; g < offers[i].grants.len; g++) {
            const lq_grant_plan *p = &c->plan->offers[i].grants[g];
            check_vests(&grants[g], number);
            check_grant_plan(p, units_of(c->plan, c->scenario, &offers[i], &grants[g], p),
                             number);
        }
    }
}

/* ---- money and exits on every path ---- */

static void check_money(const lq_case *c, uint64_t number)
{
    for (size_t i = 0; i < c->plan->n_offers; i++) {
        double *const *part = c->column + 4 * i;
        for (size_t p = 0; p < c->n; p++) {
            holds(isfinite(part[0][p]), "a total is finite", number);
            holds(part[0][p] == part[1][p] + part[2][p], "a total is cash and equity", number);
            holds(part[2][p] >= -1e-6, "paper is worth nothing at worst", number);
            holds(part[3][p] >= 0.0, "nobody is paid a tax", number);
        }
    }
}

static void check_exits(const lq_case *c, uint64_t number)
{
    const double never = (double)(c->plan->grid.n_months + 1);
    for (size_t i = 0; i < c->plan->n_companies; i++) {
        const lq_company_result *r = &c->result->companies[i];
        if (!c->plan->companies[i].is_private) continue;
        uint64_t sum = 0, paths[LQ_EXIT_KINDS] = {0};
        const double *kind = c->column[4 * c->plan->n_offers + 2 * i];
        const double *month = c->column[4 * c->plan->n_offers + 2 * i + 1];
        for (size_t p = 0; p < c->n; p++) {
            paths[(int)kind[p]]++;
            holds((kind[p] == LQ_EXIT_NONE) == (month[p] == never) && month[p] >= 1.0,
                  "a company has a month of exit if it has one", number);
        }
        for (int e = 0; e < LQ_EXIT_KINDS; e++) {
            const uint64_t at = lq_counts_total(r->exit_month[e], -1) -
                                lq_counts_at(r->exit_month[e], -1, LQ_NEVER);
            holds(at == paths[e], "exits are counted as they happened", number);
            sum += at;
        }
        holds(sum == c->n, "exit shares sum to 1", number);
    }
}

/* ---- one config against a changed one ---- */

static bool same_columns(const lq_case *a, const lq_case *b, const char *id)
{
    for (int part = 0; part < 4; part++)
        if (memcmp(lq_case_offer(a, id, part), lq_case_offer(b, id, part),
                   a->n * sizeof(double)) != 0)
            return false;
    return true;
}

/* R20: draws have addresses, so an offer reads the same ones wherever it stands and whoever
 * stands beside it. */
static void check_neighbours(const lq_case *c, uint64_t number)
{
    lq_case turned = run_number(number, reversed, RANDOM_OFFERS, NULL);
    lq_case fewer = run_number(number, all + 1, 2, NULL);
    for (size_t i = 0; i < c->plan->n_offers; i++)
        holds(same_columns(c, &turned, c->plan->offers[i].id), "order changes nothing", number);
    for (size_t i = 0; i < fewer.plan->n_offers; i++)
        holds(same_columns(c, &fewer, fewer.plan->offers[i].id),
              "offers beside it change nothing", number);
    lq_case_clear(&turned);
    lq_case_clear(&fewer);
}

/* Base, and the bonus that is a part of it, on every path; paper to the bit. */
static void check_more_base(const lq_case *before, uint64_t number)
{
    lq_case after = run_number(number, all, RANDOM_OFFERS, "offers.o0.base=600K");
    const double *a = lq_case_offer(before, "o0", 0), *b = lq_case_offer(&after, "o0", 0);
    for (size_t p = 0; p < before->n; p++)
        holds(b[p] > a[p], "more base pays more", number);
    holds(memcmp(lq_case_offer(before, "o0", 2), lq_case_offer(&after, "o0", 2),
                 before->n * sizeof(double)) == 0,
          "base leaves paper alone", number);
    holds(same_columns(before, &after, "o1"), "base leaves other offers alone", number);
    lq_case_clear(&after);
}

/* Units that would have been lost are kept: a later expiry pays no less on any path. */
static void check_longer_expiry(const lq_case *before, uint64_t number)
{
    const lq_offer *o = before->scenario->offers.items;
    const lq_grant *first = o->grants.items;
    if (strcmp(o->id, "o0") != 0 || first->trigger != 1) return;
    lq_case after = run_number(number, all, RANDOM_OFFERS, "offers.o0.grants[0].expiry=30y");
    const double *a = lq_case_offer(before, "o0", 2), *b = lq_case_offer(&after, "o0", 2);
    for (size_t p = 0; p < before->n; p++)
        holds(b[p] >= a[p] - 1e-6, "a later expiry pays no less", number);
    holds(same_columns(before, &after, "o1"), "an expiry leaves other offers alone", number);
    lq_case_clear(&after);
}

static void laws_hold_on_random_configs(void **state)
{
    const uint64_t first = *(const uint64_t *)*state;
    for (uint64_t number = first; number < first + N_CONFIGS; number++) {
        lq_case c = run_number(number, all, RANDOM_OFFERS, NULL);
        check_schedules(&c, number);
        check_money(&c, number);
        check_exits(&c, number);
        check_neighbours(&c, number);
        check_more_base(&c, number);
        check_longer_expiry(&c, number);
        lq_case_clear(&c);
    }
}

int main(void)
{
    static uint64_t first[] = {0, N_CONFIGS, 2 * N_CONFIGS, 3 * N_CONFIGS};
    static const char *const name[] = {"laws hold on the first quarter of the configs",
                                       "laws hold on the second", "laws hold on the third",
                                       "laws hold on the fourth"};
    struct CMUnitTest tests[LQ_COUNT(first)];
    /* Tallies come and go a thousand times: keep their pages instead of asking for new ones. */
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    for (size_t i = 0; i < LQ_COUNT(first); i++)
        tests[i] = (struct CMUnitTest){.name = name[i],
                                       .test_func = laws_hold_on_random_configs,
                                       .initial_state = &first[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "decide_test.h"

#include "decide/measure.h"

#define STUDY                                                                                  \
    "simulation: {paths: 2e4, seed: 3}\nperson: {wealth: $400K}\ntax: 41%\n"                   \
    "companies:\n  listed: {" LISTED "}\n  startup: {" PRIVATE "}\n"
#define LETTERS                                                                                \
    "offers:\n"                                                                                \
    "  - {id: new, company: startup, base: $200K, bonus: 10%, stock: $400K}\n"                 \
    "  - {id: old, company: listed, base: $210K, bonus: 15%, stock: $300K}\n"                  \
    "  - {id: cash, company: listed, base: $260K}\n"

static double row_sum(const lq_frame *f, const char *group, const char *name, size_t first,
                      size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += number(f, group, name, first + i);
    return sum;
}

/* ---- laws ---- */

static void shares_sum_to_one(void **state)
{
    const lq_frame *f = *state;
    assert_near(row_sum(f, "/offers", "exit_share", 0, 4), 1.0, 1e-12);
    assert_true(isnan(offer(f, "exit_share", 4))); /* listed */
    assert_near(row_sum(f, "/offers", "p_best", 0, 3), 1.0, 1e-12);
    for (size_t p = 0; p < length(f, "pair"); p++)
        assert_near(pair(f, "p_a_beats_b", p) + pair(f, "p_tie", p) + pair(f, "p_b_beats_a", p),
                    1.0, 1e-12);
    const size_t row = 4 * length(f, "month");
    const size_t startup = index_of(f, "company", "startup");
    assert_near(row_sum(f, "/companies", "exit_by_month", startup * row, row), 1.0, 1e-12);
}

static void histograms_hold_every_path(void **state)
{
    const lq_frame *f = *state;
    const double paths = number(f, "/manifest", "paths", 0);
    const size_t bins = length(f, "bin");
    for (size_t i = 0; i < 3; i++)
        assert_near(row_sum(f, "/offers", "total_histogram_count", i * bins, bins) +
                        offer(f, "total_histogram_under", i) +
                        offer(f, "total_histogram_over", i),
                    paths, 0.0);
    for (size_t i = 0; i < 2; i++)
        assert_near(row_sum(f, "/pairs", "difference_histogram_count", i * bins, bins) +
                        pair(f, "difference_histogram_under", i) +
                        pair(f, "difference_histogram_over", i),
                    paths, 0.0);
    for (size_t b = 1; b < bins; b++)
        assert_near(offer(f, "bin_low", b), offer(f, "bin_high", b - 1), 1e-6);
}

static void the_bridge_sums_exactly_to_the_worth(void **state)
{
    const lq_frame *f = *state;
    for (size_t i = 0; i < 3; i++) {
        double sum = 0.0;
        for (size_t t = 0; t < LQ_BRIDGE_WORTH; t++)
            sum += offer(f, "bridge", i * LQ_BRIDGE_TERMS + t);
        const size_t worth = i * LQ_BRIDGE_TERMS + LQ_BRIDGE_WORTH;
        assert_true(sum == offer(f, "bridge", worth));
        assert_near(sum, offer(f, "certainty_equivalent_chosen", i), 0.01);
        assert_near(offer(f, "bridge", i * LQ_BRIDGE_TERMS), offer(f, "headline_total", i),
                    0.0);
        assert_true(offer(f, "bridge", worth - 1) < 0.0); /* risk costs */
        assert_near(offer(f, "bridge", worth - 2), -offer(f, "tax_mean", i), 0.02);
    }
    /* Only private paper is priced at preferred and is worth less as common. */
    const size_t common = LQ_BRIDGE_PREFERRED_TO_COMMON;
    assert_true(offer(f, "bridge", common) < -1000.0);
    assert_near(offer(f, "bridge", LQ_BRIDGE_TERMS + common), 0.0, 1e-6);
    assert_near(offer(f, "bridge", 2 * LQ_BRIDGE_TERMS + common), 0.0, 0.0);
}

static void parts_add_up_to_the_total(void **state)
{
    const lq_frame *f = *state;
    for (size_t i = 0; i < 3; i++) {
        assert_near(offer(f, "cash_mean", i) + offer(f, "equity_mean", i),
                    offer(f, "total_mean", i), 0.02);
        if (i > 0) /* sold at vest: no gains and losses of its own */
            assert_near(offer(f, "equity_mean", i), 0.59 * offer(f, "gross_equity_mean", i),
                        0.5);
        double years = 0.0;
        for (size_t y = 0; y < length(f, "year"); y++)
            years += offer(f, "by_year_mean", i * length(f, "year") + y);
        /* nominal, not discounted; by year only part of the paths may be counted */
        assert_true(years > offer(f, "total_mean", i));
        assert_true(years < 1.4 * offer(f, "total_mean", i));
    }
}

static void figures_are_ordered_as_they_must_be(void **state)
{
    const lq_frame *f = *state;
    const size_t levels = length(f, "quantile"), gammas = length(f, "gamma");
    for (size_t i = 0; i < 3; i++) {
        for (size_t q = 1; q < levels; q++)
            assert_true(offer(f, "total_quantiles", i * levels + q) >=
                        offer(f, "total_quantiles", i * levels + q - 1));
        for (size_t g = 1; g < gammas; g++)
            assert_true(offer(f, "certainty_equivalent", i * gammas + g) <=
                        offer(f, "certainty_equivalent", i * gammas + g - 1));
        assert_true(offer(f, "cvar_05", i) <= offer(f, "var_05", i) + 0.01);
        assert_near(offer(f, "var_05", i), offer(f, "total_quantiles", i * levels + 1), 0.0);
        /* risk aversion 2 is on the grid: one number, two names */
        assert_near(offer(f, "certainty_equivalent_chosen", i),
                    offer(f, "certainty_equivalent", i * gammas + 4), 1e-6);
        assert_near(offer(f, "certainty_equivalent", i * gammas), offer(f, "total_mean", i),
                    0.05);
    }
}

/* An offer without paper has no odds of it; a listed company's paper becomes cash at a vest. */
static void what_is_not_there_is_not_defined(void **state)
{
    const lq_frame *f = *state;
    const size_t levels = length(f, "quantile");
    assert_true(isnan(offer(f, "p_equity_zero", 2)));
    assert_true(isnan(offer(f, "time_to_cash_quantiles", 2 * levels + 4)));
    assert_near(offer(f, "time_to_cash_never", 1), 0.0, 0.05);
    assert_true(offer(f, "time_to_cash_never", 0) > 0.2);
    assert_true(
        isnan(number(f, "/companies", "survival_growth", index_of(f, "company", "listed"))));
    assert_true(isnan(offer(f, "worlds_low", 0))); /* one world */
}

static void differences_agree_with_their_offers(void **state)
{
    const lq_frame *f = *state;
    for (size_t p = 0; p < length(f, "pair"); p++) {
        const size_t a = index_of(f, "offer", text_at(f, "/pairs", "a", p));
        const size_t b = index_of(f, "offer", text_at(f, "/pairs", "b", p));
        assert_near(pair(f, "difference_mean", p),
                    offer(f, "total_mean", a) - offer(f, "total_mean", b), 0.02);
        assert_near(pair(f, "ce_difference", p),
                    offer(f, "certainty_equivalent_chosen", a) -
                        offer(f, "certainty_equivalent_chosen", b),
                    1e-6);
        assert_near(pair(f, "regret_b", p) - pair(f, "regret_a", p),
                    pair(f, "difference_mean", p), 0.02);
    }
}

static int run_study(void **state)
{
    *state = must_run(STUDY LETTERS);
    return *state == NULL;
}

static int drop_study(void **state)
{
    lq_frame_destroy(*state);
    return 0;
}

/* ---- check 7 of the model: symmetry ---- */

static void equal_terms_at_one_employer_are_equal_on_every_path(void **state)
{
    (void)state;
    static const char *const companies[] = {"startup", "listed"};
    for (size_t i = 0; i < LQ_COUNT(companies); i++) {
        char body[4096];
        snprintf(body, sizeof body,
                 "%soffers:\n  - {id: a, company: %s, base: $200K, bonus: 10%%, stock: $300K}\n"
                 "  - {id: b, company: %s, base: $200K, bonus: 10%%, stock: $300K}\n",
                 STUDY, companies[i], companies[i]);
        lq_frame *f = must_run(body);
        assert_near(pair(f, "p_tie", 0), 1.0, 0.0);
        assert_near(pair(f, "difference_sd", 0), 0.0, 0.0);
        assert_near(pair(f, "ce_difference", 0), 0.0, 0.0);
        assert_string_equal(text_at(f, "/pairs", "dominance", 0), "none");
        assert_true(isnan(pair(f, "gamma_crossover", 0)));
        assert_holds(text_at(f, "/verdict", "text", 0), "(the same: ");
        lq_frame_destroy(f);
    }
}

static void equal_terms_at_equal_employers_beat_each_other_as_often(void **state)
{
    (void)state;
    lq_frame *f =
        must_run("simulation: {paths: 4e4, seed: 4}\nperson: {wealth: $400K}\n"
                 "companies:\n  one: {" PRIVATE "}\n  two: {" PRIVATE "}\n"
                 "offers:\n  - {id: a, company: one, base: $200K, bonus: 10%, stock: $300K}\n"
                 "  - {id: b, company: two, base: $200K, bonus: 10%, stock: $300K}\n");
    const double p = pair(f, "p_a_beats_b", 0), q = pair(f, "p_b_beats_a", 0);
    assert_near(p, q, 4.0 * sqrt((p + q) / number(f, "/manifest", "paths", 0)));
    assert_near(pair(f, "difference_mean", 0), 0.0, 4.0 * pair(f, "difference_mean_se", 0));
    assert_true(pair(f, "difference_sd", 0) > 1000.0);
    lq_frame_destroy(f);
}

/* No volatility, listed in the first month, no discount, no lockup: a public company. */
static void a_sure_listing_is_a_listed_company_to_the_cent(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {paths: 1e3, seed: 5}\nperson: {wealth: $400K}\n"
        "companies:\n"
        "  soon: {listing: private, volatility: 0%, post_ipo_volatility: 0%, beta: 0, growth: "
        "7%, last_round: "
        "{post_money: $1bn, price: $100}, opening_value: {method: face}, exits: {ipo: {table: "
        "{0y: 1000/y}, discount: 0%, primary: 0%}}, lockup: 0mo}\n"
        "  now: {listing: public, volatility: 0%, beta: 0, growth: 7%, price: $100}\n"
        "offers:\n"
        "  - {id: a, company: soon, base: $0, leaving: 0/y, grants: [{instrument: rsu, "
        "trigger: "
        "double, value: $400K, vesting: {over: 48mo, every: 1mo, cliff: 12mo}}]}\n"
        "  - {id: b, company: now, base: $0, leaving: 0/y, grants: [{instrument: rsu, value: "
        "$400K, vesting: {over: 48mo, every: 1mo, cliff: 12mo}}]}\n");
    assert_near(offer(f, "total_mean", 0), offer(f, "total_mean", 1), 0.01);
    assert_near(pair(f, "p_tie", 0), 1.0, 0.0);
    lq_frame_destroy(f);
}

/* ---- monotone ---- */

static void more_base_never_lowers_anything(void **state)
{
    (void)state;
    double before = -1.0, cvar = -1.0;
    for (int base = 180; base <= 220; base += 20) {
        char body[4096];
        snprintf(body, sizeof body,
                 "%soffers:\n  - {id: a, company: startup, base: $%dK, bonus: 10%%, stock: "
                 "$300K}\n",
                 STUDY, base);
        lq_frame *f = must_run(body);
        assert_true(offer(f, "certainty_equivalent_chosen", 0) > before);
        assert_true(offer(f, "cvar_05", 0) >= cvar);
        before = offer(f, "certainty_equivalent_chosen", 0);
        cvar = offer(f, "cvar_05", 0);
        lq_frame_destroy(f);
    }
}

/* ---- worlds ---- */

/* What nobody knows spreads the worlds, and is no chance: errors hold the paths', and of the
 * worlds only what a hypercube of one input leaves open. */
static void ignorance_and_chance_are_told_apart(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {paths: 65536, seed: 6, worlds: 16}\nperson: {wealth: $400K}\n"
        "companies:\n  acme: {listing: public, volatility: 1%, beta: 0, growth: {uncertain: 0% "
        "to 20%}}\n"
        "offers:\n  - {id: a, company: acme, base: $0, leaving: 0/y, grants: [{instrument: "
        "rsu, "
        "value: $100K, vesting: {table: {48mo: 100%}}}]}\n");
    assert_near(number(f, "/manifest", "worlds", 0), 16.0, 0.0);
    assert_near(number(f, "/manifest", "error_degrees", 0), 13.0, 0.0);
    assert_true(offer(f, "ignorance_sd", 0) > 5.0 * offer(f, "chance_sd", 0));
    assert_true(offer(f, "worlds_high", 0) > 1.5 * offer(f, "worlds_low", 0));
    /* sd within a world / sqrt(paths), or twice it: replicates are only 16 */
    const double chance = offer(f, "chance_sd", 0) / sqrt(number(f, "/manifest", "paths", 0));
    const double ignorance = offer(f, "ignorance_sd", 0) / sqrt(16.0);
    assert_true(offer(f, "total_mean_se", 0) > chance);
    assert_true(offer(f, "total_mean_se", 0) < 0.15 * ignorance);
    assert_true(offer(f, "by_year_mean_se", 3) < 2.0 * chance * 1.3);
    for (size_t w = 1; w < 16; w++)
        assert_true(isfinite(number(f, "/worlds", "certainty_equivalent", w)));
    lq_frame_destroy(f);
}

/* Under the pricing measure what vests later is worth its face, of those who are still there; a
 * grant that is all vested leaves nothing behind. */
static void what_has_not_vested_is_worth_its_face(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {measure: pricing, seed: 7, paths: 2e4, horizon: 4y}\n"
        "person: {wealth: $400K}\ncompanies:\n  acme: {" LISTED "}\noffers:\n"
        "  - {id: stay, company: acme, base: $0, leaving: 0/y, grants: [{instrument: rsu, "
        "value: "
        "$400K, vesting: {over: 96mo, every: 3mo}}]}\n"
        "  - {id: leave, company: acme, base: $0, leaving: 20%/y, grants: [{instrument: rsu, "
        "value: $400K, vesting: {over: 96mo, every: 3mo}}]}\n"
        "  - {id: done, company: acme, base: $0, leaving: 0/y, grants: [{instrument: rsu, "
        "value: "
        "$400K, vesting: {over: 48mo, every: 3mo}}]}\n");
    const double still_there[] = {1.0, exp(-0.2 * 4.0), 0.0};
    for (size_t i = 0; i < 3; i++) {
        const double want = 200e3 * still_there[i], se = offer(f, "unvested_at_horizon_se", i);
        assert_near(offer(f, "unvested_at_horizon", i), want, 4.0 * se);
        assert_true(i == 2 ? se == 0.0 : se > 100.0 && se < 5000.0);
    }
    lq_frame_destroy(f);
}

int main(void)
{
    const struct CMUnitTest laws[] = {cmocka_unit_test(shares_sum_to_one),
                                      cmocka_unit_test(histograms_hold_every_path),
                                      cmocka_unit_test(the_bridge_sums_exactly_to_the_worth),
                                      cmocka_unit_test(parts_add_up_to_the_total),
                                      cmocka_unit_test(figures_are_ordered_as_they_must_be),
                                      cmocka_unit_test(what_is_not_there_is_not_defined),
                                      cmocka_unit_test(differences_agree_with_their_offers)};
    const struct CMUnitTest alone[] = {
        cmocka_unit_test(equal_terms_at_one_employer_are_equal_on_every_path),
        cmocka_unit_test(equal_terms_at_equal_employers_beat_each_other_as_often),
        cmocka_unit_test(a_sure_listing_is_a_listed_company_to_the_cent),
        cmocka_unit_test(more_base_never_lowers_anything),
        cmocka_unit_test(what_has_not_vested_is_worth_its_face),
        cmocka_unit_test(ignorance_and_chance_are_told_apart)};
    const int failed = cmocka_run_group_tests(laws, run_study, drop_study);
    return failed + cmocka_run_group_tests(alone, NULL, NULL);
}

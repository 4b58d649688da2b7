#include "decide_test.h"

/* Whether a warning about an offer holds the words. */
static bool warned(const lq_frame *f, const char *key, const char *words)
{
    for (size_t i = 0; i < length(f, "warning"); i++)
        if (strcmp(text_at(f, "/warnings", "key", i), key) == 0 &&
            strstr(text_at(f, "/warnings", "text", i), words))
            return true;
    return false;
}

/* R15: a company that never leads anywhere within a short horizon. */
static void stuck_paper_is_warned_of(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {paths: 4096, seed: 3, liquidity_horizon: 4y}\nperson: {wealth: $400K}\n"
        "companies:\n  startup: {listing: private, volatility: 50%, beta: 1, last_round: "
        "{post_money: $1bn, price: $10}, exits: {ipo: {rate: 0.02/y}}}\n"
        "offers:\n  - {id: new, company: startup, base: $50K, stock: $800K}\n"
        "  - {id: cash, company: startup, base: $50K}\n");
    assert_true(offer(f, "stuck_share", 0) > 0.1);
    assert_true(warned(f, "offers.new", "lengthen simulation.liquidity_horizon"));
    assert_false(warned(f, "offers.cash", "liquidity_horizon"));
    lq_frame_destroy(f);
}

/* A big salary hides it from the mean of everything, not from the mean of the paper. */
static void a_salary_does_not_hide_what_is_stuck(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {paths: 16384, seed: 3, liquidity_horizon: 4y}\n"
        "person: {wealth: $400K}\ncompanies:\n  startup: {listing: private, volatility: 50%, "
        "beta: 1, last_round: {post_money: $1bn, price: $10}, exits: {ipo: {rate: 0.05/y}}, "
        "lockup: 0mo}\noffers:\n"
        "  - {id: new, company: startup, base: $2M, leaving: 0/y, stock: $100K}\n"
        "  - {id: cash, company: startup, base: $2M}\n");
    const double alive = exp(-0.05 * 4.0);
    assert_near(offer(f, "p_stuck", 0), alive, 4.0 * sqrt(alive * (1.0 - alive) / 16384.0));
    assert_true(offer(f, "stuck_share", 0) < 0.1);
    assert_true(offer(f, "stuck_share_of_equity", 0) > 0.1);
    assert_true(warned(f, "offers.new", "lengthen simulation.liquidity_horizon"));
    assert_true(isnan(offer(f, "p_stuck", 1)));
    assert_true(isnan(offer(f, "stuck_share_of_equity", 1)));
    lq_frame_destroy(f);
}

/* R16: spending leaves next to nothing where the grant fails. */
static void floored_wealth_is_warned_of(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {paths: 4096, seed: 3}\nperson: {wealth: $400K, spending: $395K}\n"
        "companies:\n  startup: {" PRIVATE "}\n"
        "offers:\n  - {id: new, company: startup, base: $0, stock: $800K}\n");
    assert_true(offer(f, "ce_floored_share", 0) > 1e-4);
    assert_true(warned(f, "offers.new", "its worth to you is too high"));
    lq_frame_destroy(f);
}

/* More rounds than a path has room for. */
static void rounds_left_out_are_warned_of(void **state)
{
    (void)state;
    lq_frame *f =
        must_run("simulation: {paths: 1024, seed: 3, liquidity_horizon: 10y}\n"
                 "companies:\n  busy: {" PRIVATE ", rounds: {rate: 500/y, dilution: 0.1%}}\n"
                 "  calm: {" PRIVATE ", rounds: {rate: 1/y, dilution: 0.1%}}\n"
                 "offers:\n  - {id: a, company: busy, base: $1}\n  - {id: b, company: calm, "
                 "base: $1}\n");
    assert_true(warned(f, "companies.busy", "more than 64 rounds or tenders"));
    assert_false(warned(f, "companies.calm", "more than 64"));
    const lq_variable *share = lq_frame_find(f, "/companies", "cut_share");
    assert_true(share->data.f64[0] > 0.2 && share->data.f64[1] == 0.0);
    lq_frame_destroy(f);
}

/* Three times the money back, beside an old claim that takes nearly all of it today: once the
 * company is worth far more, no price is high enough. */
static void rounds_without_a_price_are_warned_of(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {paths: 1024, seed: 3, liquidity_horizon: 10y}\n"
        "companies:\n  owing: {listing: private, volatility: 35%, growth: 20%/y, last_round: "
        "{post_money: $1bn, price: $10}, preferences: [{invested: $300M, multiple: 8}], "
        "exits: "
        "{acquisition: {rate: 0.5/y}}, rounds: {rate: 1/y, phi: solve, terms: {multiple: 3}}}\n"
        "  calm: {" PRIVATE ", rounds: {rate: 1/y, phi: solve}}\n"
        "offers:\n  - {id: a, company: owing, base: $1}\n  - {id: b, company: calm, base: "
        "$1}\n");
    assert_true(warned(f, "companies.owing.rounds.phi", "of its rounds are not held"));
    assert_false(warned(f, "companies.calm.rounds.phi", "not held"));
    const lq_variable *n = lq_frame_find(f, "/companies", "unpriced_rounds_mean");
    assert_true(n->data.f64[0] > 0.01 && n->data.f64[1] == 0.0);
    lq_frame_destroy(f);
}

static void sound_offers_are_not(void **state)
{
    (void)state;
    lq_frame *f = must_run("simulation: {paths: 4096, seed: 3}\nperson: {wealth: $400K}\n"
                           "companies:\n  listed: {" LISTED "}\n"
                           "offers:\n  - {id: old, company: listed, base: $200K}\n");
    assert_false(warned(f, "offers.old", "liquidity_horizon"));
    assert_false(warned(f, "offers.old", "too high"));
    lq_frame_destroy(f);
}

static void one_world_of_many_is_warned_of(void **state)
{
    (void)state;
    static const struct {
        const char *simulation, *volatility;
        bool warns;
    } rows[] = {{"worlds: 1", "{uncertain: 20% to 40%}", true},
                {"worlds: 2", "{uncertain: 20% to 40%}", false},
                {"worlds: 1", "30%", false}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        char body[1024];
        snprintf(body, sizeof body,
                 "simulation: {paths: 4096, %s}\ncompanies:\n  listed: {listing: public, "
                 "volatility: %s, beta: 1}\noffers:\n  - {id: new, company: listed, base: "
                 "$200K, stock: $100K}\n",
                 rows[i].simulation, rows[i].volatility);
        lq_frame *f = must_run(body);
        assert_int_equal(warned(f, "simulation.worlds", "one draw"), rows[i].warns);
        lq_frame_destroy(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stuck_paper_is_warned_of),
                                       cmocka_unit_test(a_salary_does_not_hide_what_is_stuck),
                                       cmocka_unit_test(floored_wealth_is_warned_of),
                                       cmocka_unit_test(rounds_left_out_are_warned_of),
                                       cmocka_unit_test(rounds_without_a_price_are_warned_of),
                                       cmocka_unit_test(one_world_of_many_is_warned_of),
                                       cmocka_unit_test(sound_offers_are_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

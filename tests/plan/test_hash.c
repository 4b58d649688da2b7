#include "lq_plan_text.h"

static void hash_of(const char *override, unsigned char hash[32])
{
    const char *const o[] = {override, NULL};
    lq_planned p = lq_plan_text(lq_small_text, override ? o : NULL, 0);
    assert_non_null(p.plan);
    memcpy(hash, p.plan->hash, 32);
    lq_planned_clear(&p);
}

static void equal_scenarios_have_equal_hashes(void **state)
{
    (void)state;
    unsigned char a[32], b[32];
    hash_of(NULL, a);
    hash_of(NULL, b);
    assert_memory_equal(a, b, 32);
}

/* Every kind of number that moves results moves the hash. */
static const char *const changes[] = {
    "simulation.seed=6",
    "simulation.horizon=3y",
    "market.rate=4.5%",
    "market.volatility=17%",
    "companies.pub.volatility=31%",
    "companies.pri.volatility=71%",
    "companies.pri.lockup=7mo",
    "companies.pri.lockup={price_trigger: {release: 25%}}",
    "companies.pri.lockup={stages: [{after: 3mo, release: 25%}, {after: 6mo, release: 75%}]}",
    "companies.pri.exits.ipo.direct_listing=10%",
    "companies.pri.floor=20%",
    "companies.pri.exits.ipo.probability=26% by 5y",
    "companies.pri.rounds.dilution=5% to 10%",
    "companies.pri.tenders.cap=16%",
    "companies.pri.tenders.proration=60% to 100%",
    "companies.pri.tenders.price=409a",
    "companies.pri.residual.dlom=33%",
    "companies.pri.exits.acquisition.escrow.fraction=10%",
    "companies.pri.exits.acquisition.retention.revest=50%",
    "companies.pri.exits.acquisition.layoff=10%",
    "companies.pri.exits.failure.acqui_hire=10%",
    "offers.b.grants[0].acceleration=single",
    "offers.a.base=$201K",
    "offers.a.leaving=0.11/y",
    "offers.a.bonus={target: 11%}",
    "offers.b.grants[0].value=$501K",
    "offers.b.grants[0].expiry=6y",
    "offers.b.fallback=$1",
    "tax=10%",
    "person.wealth=$401K",
};

static void every_change_moves_the_hash(void **state)
{
    unsigned char a[32], b[32];
    hash_of(NULL, a);
    hash_of(*state, b);
    assert_memory_not_equal(a, b, 32);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(changes) + 1] = {
        cmocka_unit_test(equal_scenarios_have_equal_hashes)};
    for (size_t i = 0; i < LQ_COUNT(changes); i++)
        tests[i + 1] = (struct CMUnitTest){.name = changes[i],
                                           .test_func = every_change_moves_the_hash,
                                           .initial_state = (void *)(uintptr_t)changes[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

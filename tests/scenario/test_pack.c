#include "scenario_test.h"

#include "scenario/pack.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct fixture {
    lq_arena *arena;
    lq_problems *problems;
    lq_packs packs;
} fixture;

static void open_packs(fixture *f)
{
    f->arena = lq_arena_create();
    f->problems = lq_problems_create();
    lq_packs_open(&f->packs, f->arena, f->problems);
}

static void close_packs(fixture *f)
{
    lq_problems_destroy(f->problems);
    lq_arena_destroy(f->arena);
}

/* Figures that a pack must account for, wherever it gives them. */
static void check_sources(const lq_pack *pack)
{
    const lq_company *c = &pack->company;
    const struct {
        bool given;
        const char *figure;
    } rows[] = {
        {c->volatility.given, "company.volatility"},
        {c->beta.given, "company.beta"},
        {c->growth.given, "company.growth"},
        {c->last_round.post_money.given, "company.last_round"},
        {c->listing == 0, "company.dividend_yield"},
        {c->listing == 1, "company.opening_value.haircut"},
        {c->preferences.len > 0, "company.preferences"},
        {c->listing == 1, "company.exits.ipo.probability"},
        {c->listing == 1, "company.exits.acquisition.probability"},
        {c->listing == 1, "company.exits.failure.probability"},
        {c->listing == 1, "company.exits.ipo.value_exponent"},
        {c->listing == 1, "company.exits.failure.value_exponent"},
        {c->rounds.hazard.kind != LQ_HAZARD_NONE, "company.rounds"},
        {c->rounds.hazard.kind != LQ_HAZARD_NONE, "company.rounds.value_exponent"},
        {c->tenders.hazard.kind != LQ_HAZARD_NONE, "company.tenders"},
        {c->listing == 1, "company.lockup"},
        {c->listing == 1, "company.post_ipo_volatility"},
        {c->listing == 1, "company.age"},
        {c->listing == 1, "company.residual"},
        {true, "terms.trigger"},
        {pack->terms.expiry.given, "terms.expiry"},
        {true, "terms.vesting"},
        {pack->terms.bonus.target.p[0] > 0.0, "terms.bonus.target"},
        {true, "terms.bonus.payout"},
        {pack->terms.refresh.grants.given, "terms.refresh"},
    };
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        if (!rows[i].given) continue;
        if (!lq_figure_find(&pack->sources, rows[i].figure))
            fail_msg("%s has no source for %s", pack->id, rows[i].figure);
    }
}

static void check_words(const lq_list *sources)
{
    static const char *const words[] = {"high", "medium", "low", "none"};
    const lq_figure *rows = sources->items;
    assert_true(sources->len > 0);
    for (size_t i = 0; i < sources->len; i++) {
        size_t w = 0;
        while (w < LQ_COUNT(words) && strcmp(rows[i].confidence, words[w]) != 0)
            w++;
        assert_true(w < LQ_COUNT(words));
        assert_true(strlen(rows[i].source) > 10);
        assert_true(rows[i].date[0] == '2');
    }
}

static void every_pack_is_sound_and_accounts_for_its_figures(void **state)
{
    (void)state;
    fixture f;
    open_packs(&f);
    const lq_list ids = lq_packs_ids(&f.packs);
    assert_int_equal(ids.len, 14);
    for (size_t i = 0; i < ids.len; i++) {
        const lq_pack *pack = NULL;
        assert_int_equal(
            lq_packs_company(&f.packs, ((const char *const *)ids.items)[i], &pack, NULL),
            LQ_OK);
        if (!pack) lq_problems_print(f.problems, stderr);
        assert_non_null(pack);
        check_sources(pack);
        check_words(&pack->sources);
    }
    assert_int_equal(lq_problems_count(f.problems), 0);
    close_packs(&f);
}

static void what_nobody_knows_of_a_private_company_is_uncertain(void **state)
{
    static const char *const ids[] = {"hugging-face", "databricks", "openai", "anthropic",
                                      "seed",         "series-a",   "growth", "late-stage"};
    (void)state;
    fixture f;
    open_packs(&f);
    for (size_t i = 0; i < LQ_COUNT(ids); i++) {
        const lq_pack *pack = NULL;
        assert_int_equal(lq_packs_company(&f.packs, ids[i], &pack, NULL), LQ_OK);
        assert_non_null(pack);
        assert_true(pack->company.growth.uncertain);
        assert_true(pack->company.opening_value.haircut.uncertain);
        assert_true(pack->company.ipo.hazard.probability.uncertain);
        assert_true(pack->company.acquisition.hazard.probability.uncertain);
        assert_true(pack->company.failure.hazard.probability.uncertain);
        assert_true(pack->company.volatility.is_default);
        assert_null(pack->company.volatility.mark.file);
    }
    close_packs(&f);
}

static void the_guides_hugging_face_is_independent(void **state)
{
    (void)state;
    fixture f;
    const lq_pack *pack = NULL;
    double invested = 0.0;
    open_packs(&f);
    assert_int_equal(lq_packs_company(&f.packs, "hugging-face", &pack, NULL), LQ_OK);
    const lq_preference *rows = pack->company.preferences.items;
    for (size_t i = 0; i < pack->company.preferences.len; i++)
        invested += rows[i].invested.p[0];
    assert_near(invested, 395.2e6, 1.0);
    assert_near(pack->company.last_round.post_money.p[0], 4.5e9, 0.0);
    assert_int_equal(pack->company.last_round.date.year, 2023);
    assert_true(pack->notes.len > 0);
    close_packs(&f);
}

static void market_and_levels_are_sound(void **state)
{
    (void)state;
    fixture f;
    const lq_market_pack *market = NULL;
    const lq_levels_pack *levels = NULL;
    open_packs(&f);
    assert_int_equal(lq_packs_market(&f.packs, &market, NULL), LQ_OK);
    assert_int_equal(lq_packs_levels(&f.packs, &levels, NULL), LQ_OK);
    if (!market || !levels) lq_problems_print(f.problems, stderr);
    assert_non_null(market);
    assert_non_null(levels);
    check_words(&market->sources);
    assert_int_equal(levels->levels.len, 1);
    close_packs(&f);
}

static void a_pack_is_read_once_and_digested(void **state)
{
    (void)state;
    fixture f;
    const lq_pack *first = NULL, *again = NULL, *none = NULL;
    open_packs(&f);
    assert_int_equal(lq_packs_company(&f.packs, "google", &first, NULL), LQ_OK);
    assert_int_equal(lq_packs_company(&f.packs, "google", &again, NULL), LQ_OK);
    assert_ptr_equal(first, again);
    assert_int_equal(lq_packs_company(&f.packs, "no-such-company", &none, NULL), LQ_OK);
    assert_null(none);
    assert_int_equal(lq_packs_company(&f.packs, "../market", &none, NULL), LQ_OK);
    assert_null(none);
    const lq_list digests = lq_packs_digests(&f.packs);
    assert_int_equal(digests.len, 1);
    const lq_pack_digest *digest = digests.items;
    assert_string_equal(digest->file, "companies/google.yaml");
    assert_int_equal(strlen(digest->sha256), 64);
    close_packs(&f);
}

/* A folder of packs of one's own, made in a temporary place. */
static void write_file(const char *folder, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    assert_int_equal(fclose(out), 0);
}

static void a_broken_pack_is_told_like_a_broken_config(void **state)
{
    (void)state;
    char folder[] = "/tmp/lq-packs-XXXXXX", path[512];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/companies", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    write_file(folder, "companies/acme.yaml",
               "schema: liquidus-pack/1\nid: acme\nname: Acme\ndate: 2026-01-01\n"
               "company: {volatilty: 30%}\n");
    write_file(folder, "companies/other.yaml",
               "schema: liquidus-pack/1\nid: another\nname: Other\ndate: 2026-01-01\n");
    assert_int_equal(setenv("LIQUIDUS_DATA", folder, 1), 0);
    fixture f;
    const lq_pack *pack = NULL;
    open_packs(&f);
    assert_string_equal(f.packs.folder, folder);
    assert_int_equal(lq_packs_company(&f.packs, "acme", &pack, NULL), LQ_OK);
    assert_null(pack);
    assert_int_equal(lq_problems_count(f.problems), 1);
    assert_holds(lq_problems_first(f.problems)->key, "company.volatilty");
    assert_int_equal(lq_packs_company(&f.packs, "other", &pack, NULL), LQ_OK);
    assert_null(pack);
    assert_int_equal(lq_problems_count(f.problems), 2);
    const lq_market_pack *market = NULL;
    assert_int_not_equal(lq_packs_market(&f.packs, &market, NULL), LQ_OK);
    assert_null(market);
    close_packs(&f);
    assert_int_equal(unsetenv("LIQUIDUS_DATA"), 0);
    snprintf(path, sizeof path, "%s/companies/acme.yaml", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/companies/other.yaml", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/companies", folder);
    rmdir(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pack_is_sound_and_accounts_for_its_figures),
        cmocka_unit_test(what_nobody_knows_of_a_private_company_is_uncertain),
        cmocka_unit_test(the_guides_hugging_face_is_independent),
        cmocka_unit_test(market_and_levels_are_sound),
        cmocka_unit_test(a_pack_is_read_once_and_digested),
        cmocka_unit_test(a_broken_pack_is_told_like_a_broken_config),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

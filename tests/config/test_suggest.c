#include "lq_test.h"

#include "config/schema.h"

static const char *const keys[] = {"base",       "bonus",         "grants", "growth",
                                   "volatility", "beta",          "fx",     "id",
                                   "residence",  "risk_aversion", "listing"};

static void the_nearest_key_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *word, *want;
    } cases[] = {
        {"volatilty", "volatility"},
        {"volatlity", "volatility"},
        {"Base", "base"},
        {"bsae", "base"},
        {"bonsu", "bonus"},
        {"risk-aversion", "risk_aversion"},
        {"riskaversion", "risk_aversion"},
        {"vol", "volatility"},
        {"grant", "grants"},
        {"resid", "residence"},
        {"xyz", NULL},
        {"q", NULL},
        {"", NULL},
        {"nothing_like_it", NULL},
        {"gr", NULL},
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        const char *got = lq_suggest(cases[i].word, keys, LQ_COUNT(keys));
        if (cases[i].want) {
            assert_non_null(got);
            assert_string_equal(got, cases[i].want);
        } else {
            assert_null(got);
        }
    }
}

static void a_word_without_end_is_not_measured(void **state)
{
    (void)state;
    char word[5000];
    for (size_t i = 0; i + 1 < sizeof word; i++)
        word[i] = 'a';
    word[sizeof word - 1] = '\0';
    assert_null(lq_suggest(word, keys, LQ_COUNT(keys)));
    assert_null(lq_suggest("base", keys, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_key_is_named),
        cmocka_unit_test(a_word_without_end_is_not_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

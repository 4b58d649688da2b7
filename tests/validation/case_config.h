/* Parts of config texts that the validation tests share. */
#ifndef LQ_CASE_CONFIG_H
#define LQ_CASE_CONFIG_H

#include "lq_case.h"

#include "stats/utility.h"

#include <stdio.h>

/* Nobody has wealth, money has no price of time, nobody pays tax. */
#define HEAD                                                                                   \
    "schema: liquidus/1\n"                                                                     \
    "person: {wealth: $0, wealth_in_market: 0%%}\n"                                            \
    "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%}\n"                             \
    "tax: none\n"

/* An offer of units alone, by a person who stays. All texts are formats: 100%% is 100 %. */
#define OFFER(id, company, units, vesting)                                                     \
    "  - {id: " id ", company: " company ", base: $0, leaving: 0/y,\n"                         \
    "     grants: [{instrument: rsu, units: " units ", vesting: " vesting "}]}\n"

/* Everything vests, and is sold, at the end of a month. */
#define AT(month) "{table: {" month "mo: 100%%}}"

/* Runs the text that a format makes, on all processors. */
__attribute__((format(printf, 1, 2))) static inline lq_case run_text(const char *format, ...)
{
    char text[8192];
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    assert_true(n > 0 && (size_t)n < sizeof text);
    return lq_case_run(text, NULL, 0);
}

/* What the law of a tally is worth for sure at a CRRA of gamma. */
static inline lq_ce ce_of(const lq_tally *tally, double gamma, const lq_background *background)
{
    lq_stake *stake = lq_stake_create(tally, NULL);
    const lq_utility utility = {LQ_UTILITY_CRRA, gamma};
    const lq_ce ce = lq_certainty_equivalent(stake, background, &utility, NULL);
    lq_stake_destroy(stake);
    return ce;
}

#endif

/* Tables of configs that must be refused, each with the place and the words of the message. */
#ifndef REFUSALS_H
#define REFUSALS_H

#include "scenario_test.h"

#include <stdlib.h>
#include <string.h>

typedef struct refusal {
    const char *body;
    const char *place; /* "LINE:COLUMN: KEY:", or a part of it */
    const char *words;
} refusal;

static inline void check_refusals(const refusal *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *text = must_refuse(rows[i].body);
        assert_holds(text, rows[i].place);
        assert_holds(text, rows[i].words);
        free(text);
    }
}

/* Whether check says this of a config that it takes. */
static inline bool notes(const lq_scenario *s, const char *text)
{
    const lq_warning *rows = s->notes.items;
    for (size_t i = 0; i < s->notes.len; i++)
        if (strstr(rows[i].text, text)) return true;
    return false;
}

/* One offer at google, with these terms after its base. */
#define OFFER(terms) "offers:\n  - {id: a, company: google, base: $100K" terms "}\n"
/* One company and one offer of it. */
#define COMPANY(keys)                                                                          \
    "companies:\n  acme: {" keys "}\noffers:\n  - {id: a, company: acme, base: $100K}\n"
#define LISTED  "listing: public, volatility: 30%, beta: 1"
#define PRIVATE "listing: private, volatility: 70%, beta: 1, post_money: $1bn"

#endif

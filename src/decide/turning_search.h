/**
 * @file turning_search.h
 * The things that may be varied alone, as a table. Private to turning.
 */
#ifndef LQ_DECIDE_TURNING_SEARCH_H
#define LQ_DECIDE_TURNING_SEARCH_H

#include "decide/trial.h"

/* The odds, whose every value needs the hazards solved again, are scanned more coarsely. */
enum { LQ_SCAN = 8, LQ_SCAN_ODDS = 4, LQ_HALVINGS = 4, LQ_TURNING_THINGS = 4 };

/* The search for all points of one pair of offers. */
typedef struct lq_search {
    lq_study *study;
    size_t subject, against;
    lq_estimate gap;    /* of the study itself */
    lq_worth as_it_is;  /* the gap of the small run, nothing changed, */
    lq_worth the_other; /* and the worth of what is compared with */
    lq_trial trial;     /* room */
    const struct lq_thing *thing;
} lq_search;

/* One thing that may be varied. The number solved for is x; `shown` is what people read. */
typedef struct lq_thing {
    const char *key, *unit;
    bool (*applies)(const lq_search *s);
    double (*assumed)(const lq_search *s); /* as shown */
    void (*range)(const lq_search *s, double range[2]);
    lq_status (*set)(lq_trial *trial, double x, lq_error *err);
    lq_status (*shown)(lq_search *s, double x, double *out, lq_error *err);
    void (*words)(const lq_search *s, double shown, char *out, size_t cap); /* "39 % a year" */
    size_t n_scan;
    bool offer_only;            /* set changes trial->varied and nothing else */
    const char *noun;           /* "growth": for what is not there */
    bool names_company;         /* The sentence begins with its name. */
    const char *before, *after; /* what stands around the words */
} lq_thing;

extern const lq_thing lq_things[LQ_TURNING_THINGS];

/** The company of the offer that is varied. */
const lq_company *lq_search_company(const lq_search *search);

#endif

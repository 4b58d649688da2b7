/* A small schema with a row of every kind, for the tests of the engine that reads it. */
#ifndef SMALL_SCHEMA_H
#define SMALL_SCHEMA_H

#include "config/schema.h"

#include <math.h>
#include <stddef.h>

typedef struct small_bonus {
    lq_value target;
    lq_value payout;
} small_bonus;

typedef struct small_grant {
    lq_value value;
    int instrument;
} small_grant;

typedef struct small_offer {
    const char *id;
    const char *name, *title;
    lq_value base;
    small_bonus bonus;
    lq_list grants;
} small_offer;

typedef struct small_company {
    const char *id;
    lq_value volatility;
    lq_value haircut;
} small_company;

typedef struct small_config {
    const char *title;
    lq_value paths;
    lq_date start;
    bool fast;
    lq_list levels;    /* lq_value */
    lq_list offers;    /* small_offer */
    lq_list companies; /* small_company */
    double twice;
} small_config;

static inline bool read_small_bonus(const lq_node *node, lq_reader *reader, void *member)
{
    small_bonus *bonus = member;
    return lq_value_read(node, LQ_MEASURE_FRACTION, reader->problems, &bonus->target);
}

static inline bool read_small_twice(const lq_node *node, lq_reader *reader, void *member)
{
    lq_value v;
    if (!lq_value_read(node, LQ_MEASURE_NUMBER, reader->problems, &v)) return false;
    *(double *)member = 2.0 * v.p[0];
    return true;
}

static const lq_field small_bonus_fields[] = {{.key = "target",
                                               .kind = LQ_FIELD_VALUE,
                                               .measure = LQ_MEASURE_FRACTION,
                                               .offset = offsetof(small_bonus, target),
                                               .min = 0,
                                               .max = 3,
                                               .unit = "of base",
                                               .doc = "Target bonus."},
                                              {.key = "payout",
                                               .kind = LQ_FIELD_VALUE,
                                               .measure = LQ_MEASURE_FRACTION,
                                               .offset = offsetof(small_bonus, payout),
                                               .fallback = "{triangular: [0, 90%, 120%]}",
                                               .varies = LQ_VARIES_EVENT,
                                               .doc = "Of the target | each year."},
                                              {0}};
static const lq_record small_bonus_record = {"bonus", "A yearly bonus.", sizeof(small_bonus),
                                             small_bonus_fields};

static const char *const small_instruments[] = {"rsu", "options", NULL};
static const lq_field small_grant_fields[] = {{.key = "value",
                                               .kind = LQ_FIELD_VALUE,
                                               .measure = LQ_MEASURE_MONEY,
                                               .offset = offsetof(small_grant, value),
                                               .required = true,
                                               .max = INFINITY,
                                               .doc = "Face."},
                                              {.key = "instrument",
                                               .kind = LQ_FIELD_CHOICE,
                                               .offset = offsetof(small_grant, instrument),
                                               .fallback = "rsu",
                                               .choices = small_instruments,
                                               .doc = "What is granted."},
                                              {0}};
static const lq_record small_grant_record = {"grant", "Equity.", sizeof(small_grant),
                                             small_grant_fields};

static const lq_field small_offer_fields[] = {
    {.key = "id",
     .kind = LQ_FIELD_ID,
     .offset = offsetof(small_offer, id),
     .required = true,
     .doc = "Names the offer."},
    {.key = "name",
     .kind = LQ_FIELD_TEXT,
     .offset = offsetof(small_offer, name),
     .doc = "For people."},
    {.key = "base",
     .kind = LQ_FIELD_VALUE,
     .measure = LQ_MEASURE_MONEY_RATE,
     .offset = offsetof(small_offer, base),
     .required = true,
     .min = 0,
     .max = 1e9,
     .unit = "money a year",
     .doc = "Salary.",
     .range_hint = "a negotiating range is written band:"},
    {.key = "bonus",
     .kind = LQ_FIELD_RECORD,
     .offset = offsetof(small_offer, bonus),
     .record = &small_bonus_record,
     .read = read_small_bonus,
     .short_key = "target",
     .doc = "Bonus, or its target."},
    {.key = "title",
     .kind = LQ_FIELD_TEXT,
     .offset = offsetof(small_offer, title),
     .doc = "Of the job."},
    {.key = "grants",
     .kind = LQ_FIELD_LIST,
     .offset = offsetof(small_offer, grants),
     .record = &small_grant_record,
     .doc = "Grants."},
    {0}};
static const lq_record small_offer_record = {"offer", "One offer.", sizeof(small_offer),
                                             small_offer_fields};

static const lq_field small_company_fields[] = {{.key = "volatility",
                                                 .kind = LQ_FIELD_VALUE,
                                                 .measure = LQ_MEASURE_FRACTION,
                                                 .offset = offsetof(small_company, volatility),
                                                 .fallback = "70%",
                                                 .min = 0,
                                                 .max = 3,
                                                 .varies = LQ_VARIES_WORLD,
                                                 .doc = "Total, a year."},
                                                {.key = "haircut",
                                                 .kind = LQ_FIELD_VALUE,
                                                 .measure = LQ_MEASURE_FRACTION,
                                                 .offset = offsetof(small_company, haircut),
                                                 .fallback = "{uncertain: 20% to 50%}",
                                                 .min = 0,
                                                 .max = 1,
                                                 .varies = LQ_VARIES_PATH,
                                                 .doc = "Off the post-money."},
                                                {0}};
static const lq_record small_company_record = {"company", "An employer.", sizeof(small_company),
                                               small_company_fields};

static const lq_field small_fields[] = {{.key = "title",
                                         .kind = LQ_FIELD_TEXT,
                                         .offset = offsetof(small_config, title),
                                         .fallback = "A run",
                                         .doc = "Of the report."},
                                        {.key = "paths",
                                         .kind = LQ_FIELD_VALUE,
                                         .measure = LQ_MEASURE_COUNT,
                                         .offset = offsetof(small_config, paths),
                                         .fallback = "1e6",
                                         .min = 1,
                                         .max = 1e12,
                                         .doc = "Simulated futures."},
                                        {.key = "start",
                                         .kind = LQ_FIELD_DATE,
                                         .offset = offsetof(small_config, start),
                                         .fallback = "2027-01-01",
                                         .doc = "First day."},
                                        {.key = "fast",
                                         .kind = LQ_FIELD_BOOL,
                                         .offset = offsetof(small_config, fast),
                                         .fallback = "true",
                                         .doc = "Hurry."},
                                        {.key = "levels",
                                         .kind = LQ_FIELD_VALUES,
                                         .measure = LQ_MEASURE_FRACTION,
                                         .offset = offsetof(small_config, levels),
                                         .fallback = "[5%, 95%]",
                                         .min = 0,
                                         .max = 1,
                                         .doc = "Quantiles."},
                                        {.key = "offers",
                                         .kind = LQ_FIELD_LIST,
                                         .offset = offsetof(small_config, offers),
                                         .record = &small_offer_record,
                                         .required = true,
                                         .doc = "What is compared."},
                                        {.key = "companies",
                                         .kind = LQ_FIELD_MAP,
                                         .offset = offsetof(small_config, companies),
                                         .record = &small_company_record,
                                         .named_by = "offers.name",
                                         .doc = "By id."},
                                        {.key = "twice",
                                         .kind = LQ_FIELD_CUSTOM,
                                         .offset = offsetof(small_config, twice),
                                         .read = read_small_twice,
                                         .doc = "Doubled.",
                                         .json_type = "{\"type\": \"number\"}"},
                                        {0}};
static const lq_record small_record = {"config", "A small config.", sizeof(small_config),
                                       small_fields};

#endif

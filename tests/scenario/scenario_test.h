/* Scenarios from text, and what was found wrong with them. */
#ifndef SCENARIO_TEST_H
#define SCENARIO_TEST_H

#include "lq_test.h"

#include "scenario/scenario.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/** `schema: liquidus/1` and the body, read; the test fails unless it loads. Destroy it. */
lq_scenario *must_load(const char *body);

/** The same for a body that must not load; the problems, printed. Free with free(). */
char *must_refuse(const char *body);

/** A file of configs/. */
lq_scenario *must_load_file(const char *name);

/** The text that print writes; free with free(). */
char *printed(lq_status (*print)(const lq_scenario *, FILE *, lq_error *),
              const lq_scenario *scenario);

const lq_offer *offer_of(const lq_scenario *s, const char *id);
const lq_company *company_of(const lq_scenario *s, const char *id);
const lq_grant *grant_of(const lq_offer *offer, size_t i);

/** Whether a warning, or an assumption, holds the text. */
bool warns_of(const lq_scenario *s, const char *text);
bool assumes(const lq_scenario *s, const char *key, const char *text);

/** Fails, showing both, unless text holds part. */
void assert_holds(const char *text, const char *part);

#endif

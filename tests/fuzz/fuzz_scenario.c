/* Any bytes as a config: a scenario that can be printed, or at least one problem; no third way.
 */
#include "scenario/scenario.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print(const lq_scenario *scenario)
{
    FILE *nowhere = fopen("/dev/null", "w");
    if (!nowhere) return;
    if (lq_scenario_print(scenario, nowhere, NULL) != LQ_OK) abort();
    fclose(nowhere);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lq_problems *problems = lq_problems_create();
    lq_scenario *scenario = NULL;
    lq_error err;
    const lq_status status = lq_scenario_parse("fuzz.yaml", (const char *)data, size, NULL, 0,
                                               problems, &scenario, &err);
    const size_t n_problems = lq_problems_count(problems);
    if (status == LQ_OK && (!scenario || n_problems > 0)) abort();
    if (status != LQ_OK && scenario) abort();
    if (status == LQ_ECONFIG && n_problems == 0) abort();
    if (scenario) print(scenario);
    lq_scenario_destroy(scenario);
    lq_problems_destroy(problems);
    return 0;
}

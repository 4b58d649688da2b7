#include "cli/load.h"

lq_status lq_cmd_check(const lq_call *call, lq_error *err)
{
    lq_scenario *scenario = NULL;
    LQ_TRY(lq_load_config(call, NULL, 0, &scenario, err));
    const lq_status status = lq_scenario_print(scenario, stdout, err);
    lq_scenario_destroy(scenario);
    return status;
}

#include "cli/cli.h"

#include "scenario/scenario.h"

lq_status lq_cmd_schema(const lq_call *call, lq_error *err)
{
    const lq_record *root = lq_scenario_schema();
    if (!lq_call_value(call, "markdown")) return lq_schema_print_json(root, stdout, err);
    LQ_TRY(lq_schema_print_markdown(root, stdout, err));
    return lq_schema_print_sections(lq_stress_schema(), stdout, err);
}

#include "cli/cli.h"

#include "scenario/scenario.h"

lq_status lq_cmd_sources(const lq_call *call, lq_error *err)
{
    (void)call;
    return lq_sources_print(stdout, err);
}

#include "cli/cli.h"

#include "bench/bench.h"

lq_status lq_cmd_bench(const lq_call *call, lq_error *err)
{
    return lq_bench_run(stdout, lq_call_value(call, "json") != NULL,
                        lq_call_value(call, "quick") != NULL, err);
}

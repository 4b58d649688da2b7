#include "cli/load.h"

enum { MAX_OVERRIDES = LQ_MAX_REPEATS + 8 };

lq_status lq_load_config(const lq_call *call, const char *const *more, size_t n_more,
                         lq_scenario **out, lq_error *err)
{
    const char *overrides[MAX_OVERRIDES];
    size_t n = 0;
    for (size_t i = 0; i < call->n_repeated; i++)
        overrides[n++] = call->repeated[i];
    for (size_t i = 0; i < n_more && n < MAX_OVERRIDES; i++)
        overrides[n++] = more[i];
    lq_problems *problems = lq_problems_create();
    if (!problems) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a config");
    lq_error cause = {0};
    const lq_status status =
        lq_scenario_load(call->operands[0], overrides, n, problems, out, &cause);
    const bool told = lq_problems_count(problems) > 0;
    if (told)
        lq_problems_print(problems, stderr); /* with the cause among them */
    else if (status != LQ_OK)
        *err = cause;
    lq_problems_destroy(problems);
    /* A config that cannot be read is the caller's to put right, like one that is wrong. */
    return told && status == LQ_EIO ? LQ_ECONFIG : status;
}

lq_status lq_tell_config(const lq_scenario *scenario, lq_status status, lq_error *err)
{
    if (status != LQ_ECONFIG || err->status != LQ_ECONFIG || !scenario) return status;
    lq_problems *problems = lq_problems_create();
    if (!problems) return status; /* the caller tells it without its line */
    lq_scenario_problem(scenario, err, problems);
    lq_problems_print(problems, stderr);
    lq_problems_destroy(problems);
    *err = (lq_error){0};
    return status;
}

#include "liquidus/liquidus.h"

#include "scenario/scenario.h"

/* The first problem, as an error. */
static lq_status first_problem(const lq_problems *problems, lq_error *err)
{
    const lq_problem *p = lq_problems_first(problems);
    return LQ_FAIL(err, LQ_ECONFIG, .file = p->mark.file, .line = p->mark.line,
                   .column = p->mark.column, .key = p->key, .expected = p->expected,
                   .got = p->found);
}

lq_status lq_load(const char *path, const lq_load_settings *settings, lq_scenario **out,
                  lq_error *err)
{
    const lq_load_settings chosen = settings ? *settings : (lq_load_settings){0};
    *out = NULL;
    lq_problems *problems = lq_problems_create();
    if (!problems) return LQ_FAIL(err, LQ_ENOMEM, .file = path);
    lq_status status =
        lq_scenario_load(path, chosen.overrides, chosen.n_overrides, problems, out, err);
    if (status == LQ_ECONFIG && lq_problems_first(problems)) {
        status = first_problem(problems, err);
        if (chosen.problems) lq_problems_print(problems, chosen.problems);
    }
    lq_problems_destroy(problems);
    return status;
}

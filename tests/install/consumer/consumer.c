/* consumer CONFIG: what a program built on the installed library looks like. */
#include <liquidus/liquidus.h>

int main(int argc, char **argv)
{
    static const char *const small[] = {"simulation.paths=4000", "simulation.worlds=2"};
    const lq_load_settings load = {.overrides = small, .n_overrides = 2};
    const lq_run_settings run = {.no_turning_points = true};
    lq_scenario *scenario = NULL;
    lq_results *results = NULL;
    lq_error err = {0};
    lq_status status = lq_load(argc > 1 ? argv[1] : "offers.yaml", &load, &scenario, &err);
    if (status == LQ_OK) status = lq_run(scenario, &run, &results, &err);
    if (status == LQ_OK)
        printf("%s: %zu offers\n", lq_version(), lq_results_len(results, "offer"));
    else
        lq_error_print(&err, stderr);
    lq_results_destroy(results);
    lq_scenario_destroy(scenario);
    return lq_status_exit_code(status);
}

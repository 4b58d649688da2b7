/* `run`: config in, comparison and result file out. */
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/terminal.h"

#include "decide/run.h"
#include "show/json.h"
#include "show/screen.h"
#include "store/store.h"

#include <ctype.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_THREADS = 4096 };

/* Samples on their way to the file. The engine's threads call at once; the first failure is
 * kept. */
typedef struct sample_path {
    lq_store *store;
    atomic_flag failed;
    lq_error err;
} sample_path;

typedef struct job {
    const lq_call *call;
    lq_scenario *scenario;
    const char *output;
    int n_threads;
    lq_store *store;
    lq_arena *arena; /* of the sample columns */
    sample_path samples;
    lq_sample_sink sink;
    lq_frame *frame;
} job;

static bool asked(const job *j, const char *option)
{
    return lq_call_value(j->call, option) != NULL;
}

static lq_status read_threads(job *j)
{
    const char *text = lq_call_value(j->call, "threads");
    if (!text) return LQ_OK;
    char *end = NULL;
    errno = 0;
    const long n = strtol(text, &end, 10);
    if (errno || end == text || *end || n < 1 || n > MAX_THREADS)
        return lq_usage(j->call->command, "--threads needs a number from 1 to %d, not %.40s",
                        MAX_THREADS, text);
    j->n_threads = (int)n;
    return LQ_OK;
}

/* A share, or an amount with its currency; whether the figure is sensible is the config's
 * business. */
static bool is_tolerance(const char *text)
{
    const char *number = text + strcspn(text, "+-.0123456789");
    char *end;
    strtod(number, &end);
    if (end == number) return false;
    while (*end == ' ')
        end++;
    const bool has_unit = number > text || *end == '%' || isalpha((unsigned char)*end);
    return has_unit && strspn(end, "%ABCDEFGHIJKLMNOPQRSTUVWXYZkmbn ") == strlen(end);
}

/* Options that mean nothing without a tolerance; the config may have one. */
static lq_status check_tolerance(const job *j)
{
    static const char *const options[] = {"max-paths", "tolerance-of"};
    const lq_simulation *s = &j->scenario->simulation;
    if (s->tolerance.given || s->tolerance_money.given) return LQ_OK;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (lq_call_value(j->call, options[i]))
            return lq_usage(j->call->command,
                            "--%s goes with --tolerance; without one --paths N says how many",
                            options[i]);
    return LQ_OK;
}

/* Options that are figures of the config, and are checked like them. */
static lq_status load(job *j, lq_error *err)
{
    static const char *const figures[][2] = {{"paths", "simulation.paths"},
                                             {"seed", "simulation.seed"},
                                             {"tolerance-of", "simulation.tolerance_of"},
                                             {"max-paths", "simulation.max_paths"},
                                             {"tolerance", "simulation.tolerance"}};
    enum { N_FIGURES = sizeof figures / sizeof *figures };
    const char *tolerance = lq_call_value(j->call, "tolerance");
    if (tolerance && !is_tolerance(tolerance))
        return lq_usage(j->call->command,
                        "--tolerance needs a share (0.1%%) or an amount ($500), not %.40s",
                        *tolerance ? tolerance : "nothing");
    char text[N_FIGURES][128];
    const char *more[N_FIGURES];
    size_t n = 0;
    for (size_t i = 0; i < N_FIGURES; i++) {
        const char *given = lq_call_value(j->call, figures[i][0]);
        if (!given) continue;
        const bool money = strcmp(figures[i][0], "tolerance") == 0 && !strchr(given, '%');
        snprintf(text[n], sizeof text[n], "%s%s=%.64s", figures[i][1], money ? "_money" : "",
                 given);
        more[n] = text[n];
        n++;
    }
    LQ_TRY(lq_load_config(j->call, more, n, &j->scenario, err));
    return check_tolerance(j);
}

static lq_status write_samples(void *context, uint64_t first_path, size_t n,
                               const double *const *columns)
{
    sample_path *path = context;
    lq_error err = {0};
    const lq_status status = lq_store_samples_write(path->store, first_path, n, columns, &err);
    if (status != LQ_OK && !atomic_flag_test_and_set(&path->failed)) path->err = err;
    return status;
}

static lq_status begin_samples(job *j, lq_error *err)
{
    lq_sample_column *columns = NULL;
    size_t n = 0;
    uint64_t n_rows = 0;
    j->arena = lq_arena_create();
    if (!j->arena) return LQ_FAIL(err, LQ_ENOMEM, .key = "samples");
    LQ_TRY(lq_study_columns(j->scenario, j->arena, &columns, &n, &n_rows, err));
    lq_store_column *out = lq_arena_calloc(j->arena, n, sizeof *out);
    if (!out) return LQ_FAIL(err, LQ_ENOMEM, .key = "samples");
    for (size_t i = 0; i < n; i++)
        out[i] = (lq_store_column){.name = columns[i].name,
                                   .units = columns[i].units,
                                   .long_name = columns[i].long_name};
    j->samples.store = j->store;
    j->sink = (lq_sample_sink){.write = write_samples, .context = &j->samples};
    return lq_store_samples_begin(j->store, out, n, n_rows, err);
}

/* Before the simulation, so that a target that cannot be written costs nobody an hour. */
static lq_status open_target(job *j, lq_error *err)
{
    const char *given = lq_call_value(j->call, "output");
    const lq_store_options options = {.make_folder = !given, .compress = asked(j, "compress")};
    j->output = given ? given : j->scenario->output;
    LQ_TRY(lq_store_create(j->output, &options, &j->store, err));
    return asked(j, "samples") ? begin_samples(j, err) : LQ_OK;
}

static lq_status simulate(job *j, lq_error *err)
{
    lq_progress progress = lq_progress_begin(asked(j, "quiet") ? NULL : stderr);
    const lq_study_options options = {.n_threads = j->n_threads,
                                      .stop = lq_interrupt_watch(),
                                      .progress = lq_progress_show,
                                      .progress_context = &progress,
                                      .sink = j->sink.write ? &j->sink : NULL,
                                      .turning_points = !asked(j, "no-turning"),
                                      .output = j->output};
    lq_error cause = {0};
    const lq_status status = lq_run_study(j->scenario, &options, &j->frame, &cause);
    lq_progress_end(&progress);
    if (status != LQ_OK && status != LQ_EINTERRUPTED)
        *err = j->samples.err.status != LQ_OK ? j->samples.err : cause;
    return status;
}

/* What was done until the interruption goes into a file of its own. */
static lq_status keep_partial(job *j, lq_error *err)
{
    if (!j->frame) {
        fputs("liquidus run: interrupted before the first path; nothing is kept\n", stderr);
        return LQ_EINTERRUPTED;
    }
    LQ_TRY(lq_store_put(j->store, j->frame, err));
    LQ_TRY(lq_store_commit_partial(j->store, err));
    fprintf(stderr, "liquidus run: interrupted; what is done is in %s, %s is as it was\n",
            lq_store_partial_path(j->store), j->output);
    return LQ_EINTERRUPTED;
}

static lq_status print(const job *j, lq_error *err)
{
    const lq_screen_options options = {.colour = lq_terminal_has_colour(stdout),
                                       .config = j->call->operands[0],
                                       .saved = j->output};
    if (asked(j, "json")) return lq_json_print(j->frame, stdout, err);
    if (asked(j, "quiet")) return LQ_OK;
    return lq_screen_print(j->frame, &options, stdout, err);
}

static lq_status run_job(job *j, lq_error *err)
{
    LQ_TRY(read_threads(j));
    LQ_TRY(load(j, err));
    LQ_TRY(open_target(j, err));
    const lq_status status = simulate(j, err);
    if (status == LQ_EINTERRUPTED) return keep_partial(j, err);
    LQ_TRY(status);
    LQ_TRY(lq_store_put(j->store, j->frame, err));
    LQ_TRY(lq_store_commit(j->store, err));
    return print(j, err);
}

lq_status lq_cmd_run(const lq_call *call, lq_error *err)
{
    job j = {.call = call, .samples.failed = ATOMIC_FLAG_INIT};
    const lq_status ran = run_job(&j, err); /* loads the scenario */
    const lq_status status = lq_tell_config(j.scenario, ran, err);
    lq_frame_destroy(j.frame);
    lq_store_destroy(j.store);
    lq_arena_destroy(j.arena);
    lq_scenario_destroy(j.scenario);
    return status;
}

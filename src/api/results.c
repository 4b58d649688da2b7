#include "liquidus/liquidus.h"

#include "base/alloc.h"
#include "decide/run.h"
#include "show/json.h"
#include "show/pick.h"
#include "show/screen.h"
#include "store/store.h"

#include <math.h>
#include <string.h>

enum { GROUP_CHARS = 64 };

struct lq_results {
    lq_frame *frame;
};

/* Takes the frame, also when there is no memory for what holds it. */
static lq_status wrap(lq_frame *frame, lq_results **out, lq_error *err)
{
    lq_results *results = lq_calloc(1, sizeof *results);
    if (!results) {
        lq_frame_destroy(frame);
        return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    }
    results->frame = frame;
    *out = results;
    return LQ_OK;
}

lq_status lq_run(const lq_scenario *scenario, const lq_run_settings *settings, lq_results **out,
                 lq_error *err)
{
    const lq_run_settings chosen = settings ? *settings : (lq_run_settings){0};
    const lq_study_options options = {.n_threads = chosen.n_threads,
                                      .stop = chosen.stop,
                                      .turning_points = !chosen.no_turning_points};
    lq_frame *frame = NULL;
    *out = NULL;
    const lq_status status = lq_run_study(scenario, &options, &frame, err);
    if (frame) LQ_TRY(wrap(frame, out, err));
    return status;
}

static lq_status put_and_commit(lq_store *store, const lq_frame *frame, lq_error *err)
{
    LQ_TRY(lq_store_put(store, frame, err));
    return lq_store_commit(store, err);
}

lq_status lq_results_write(const lq_results *results, const char *path, lq_error *err)
{
    lq_store *store = NULL;
    LQ_TRY(lq_store_create(path, NULL, &store, err));
    const lq_status status = put_and_commit(store, results->frame, err);
    lq_store_destroy(store);
    return status;
}

lq_status lq_results_read(const char *path, lq_results **out, lq_error *err)
{
    lq_frame *frame = NULL;
    *out = NULL;
    LQ_TRY(lq_store_read(path, &frame, err));
    return wrap(frame, out, err);
}

void lq_results_destroy(lq_results *results)
{
    if (!results) return;
    lq_frame_destroy(results->frame);
    lq_free(results);
}

size_t lq_results_len(const lq_results *results, const char *dimension)
{
    return lq_pick_len(results->frame, dimension);
}

const char *lq_results_label(const lq_results *results, const char *dimension, size_t i)
{
    return lq_pick_label(results->frame, dimension, i);
}

double lq_results_coordinate(const lq_results *results, const char *dimension, size_t i)
{
    return lq_pick_coordinate(results->frame, dimension, i);
}

/* The variable "/group/name" and the place of an index in its data; NULL when there is none. */
static const lq_variable *locate(const lq_frame *frame, const char *variable,
                                 const size_t *index, size_t n_index, size_t *at)
{
    char group[GROUP_CHARS];
    const char *slash = strrchr(variable, '/');
    if (!slash || (size_t)(slash - variable) >= sizeof group) return NULL;
    memcpy(group, variable, (size_t)(slash - variable));
    group[slash - variable] = '\0';
    const lq_variable *v = lq_frame_find(frame, group, slash + 1);
    if (!v || v->n_dims != n_index) return NULL;
    *at = 0;
    for (size_t d = 0; d < n_index; d++) {
        if (index[d] >= v->dims[d]->len) return NULL;
        *at = *at * v->dims[d]->len + index[d];
    }
    return v;
}

double lq_results_number(const lq_results *results, const char *variable, const size_t *index,
                         size_t n_index)
{
    size_t at = 0;
    const lq_variable *v = locate(results->frame, variable, index, n_index, &at);
    if (v && v->cell == LQ_CELL_F64) return v->data.f64[at];
    return v && v->cell == LQ_CELL_I64 ? (double)v->data.i64[at] : (double)NAN;
}

const char *lq_results_text(const lq_results *results, const char *variable,
                            const size_t *index, size_t n_index)
{
    size_t at = 0;
    const lq_variable *v = locate(results->frame, variable, index, n_index, &at);
    return v && v->cell == LQ_CELL_TEXT ? v->data.text[at] : "";
}

/* Printers leave write errors to the stream; here somebody must ask it. */
static lq_status written(FILE *out, lq_error *err)
{
    if (fflush(out) == 0 && !ferror(out)) return LQ_OK;
    return LQ_FAIL(err, LQ_EIO, .expected = "a stream that can be written");
}

lq_status lq_results_print_json(const lq_results *results, FILE *out, lq_error *err)
{
    LQ_TRY(lq_json_print(results->frame, out, err));
    return written(out, err);
}

lq_status lq_results_print(const lq_results *results, FILE *out, lq_error *err)
{
    LQ_TRY(lq_screen_print(results->frame, &(lq_screen_options){0}, out, err));
    return written(out, err);
}

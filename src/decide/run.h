/**
 * @file run.h
 * A study: from a scenario to a frame of everything that was found.
 *
 * In this order: calibration of hazards (R4), the baseline if none is named, all worlds of what
 * nobody knows, turning points, the verdict, and the frame, whose names are those of
 * docs/results.md. Nothing here prints or writes a file.
 */
#ifndef LQ_DECIDE_RUN_H
#define LQ_DECIDE_RUN_H

#include "base/frame.h"
#include "engine/engine.h"

typedef struct lq_study_options {
    int n_threads;                     /**< 0: all processors */
    const volatile sig_atomic_t *stop; /**< Non-zero: finish what is under way; may be NULL */
    /** Paths done of the total, over all phases; from one thread at a time; may be NULL. */
    void (*progress)(void *context, uint64_t paths_done, uint64_t paths_total);
    void *progress_context;
    const lq_sample_sink *sink; /**< Every path of the main run; NULL: samples are not kept. */
    bool turning_points;
    const char *output; /**< File for /manifest/run; may be NULL. */
} lq_study_options;

/**
 * Runs a study.
 *
 * @param[out] out  On LQ_OK the caller owns the frame. On LQ_EINTERRUPTED too, with complete =
 * 0 and what is done; or NULL when no path was. Otherwise NULL.
 * @retval LQ_ECONFIG       What only the arithmetic shows (plan.h, calibrate.h).
 * @retval LQ_EINTERRUPTED  options->stop was set.
 * @retval LQ_ENUMERIC, LQ_EIO, LQ_ENOMEM, LQ_ECHECK, LQ_EMACHINE  As lq_engine_run.
 */
LQ_MUST_USE lq_status lq_run_study(const lq_scenario *scenario, const lq_study_options *options,
                                   lq_frame **out, lq_error *err);

/** One column of what options->sink gets. */
typedef struct lq_sample_column {
    const char *name; /**< "google-l6_total", "hugging-face_exit_kind" */
    const char *units;
    const char *long_name;
} lq_sample_column;

/**
 * The columns and the number of rows that a study of the scenario hands to its sink.
 *
 * @param[out] columns  [*n_columns] in the arena, in the order of lq_sample_sink.
 * @param[out] n_rows   Paths of all worlds, as run.
 * @retval LQ_ECONFIG, LQ_ENOMEM  As lq_plan_build.
 */
LQ_MUST_USE lq_status lq_study_columns(const lq_scenario *scenario, lq_arena *arena,
                                       lq_sample_column **columns, size_t *n_columns,
                                       uint64_t *n_rows, lq_error *err);

#endif

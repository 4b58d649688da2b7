/**
 * @file frame.h
 * Named arrays with dimensions, units and a sentence each: what a run found, on its way to
 * the file, the screen and JSON. A frame knows nothing of finance.
 *
 * `decide` fills a frame from the registry of outputs; `store` writes it as HDF5 and reads it
 * back into an equal frame; `show` prints from it. So `show RESULT` prints what `run` printed.
 */
#ifndef LQ_BASE_FRAME_H
#define LQ_BASE_FRAME_H

#include "base/arena.h"
#include "liquidus/status.h"

#include <stdint.h>

typedef enum lq_cell { LQ_CELL_F64, LQ_CELL_I64, LQ_CELL_TEXT } lq_cell;

enum { LQ_FRAME_MAX_DIMS = 4 };

/** A coordinate: offer ids, quantile levels, months ... */
typedef struct lq_dimension {
    const char *name;      /**< "offer", "quantile", "month", ... unique in the frame. */
    const char *units;     /**< "1", "month", "year"; never "years since ...". */
    const char *long_name; /**< One sentence. */
    size_t len;
    lq_cell cell;
    union {
        const double *f64;
        const int64_t *i64;
        const char *const *text;
    } values; /**< len coordinates; f64 == NULL: a dimension without coordinate values. */
} lq_dimension;

/** One array, row-major over its dimensions; n_dims = 0 is a scalar. NaN means: not defined. */
typedef struct lq_variable {
    const char *group;     /**< "/offers", "/pairs", "/manifest/run", ... */
    const char *name;      /**< Unique in its group; lower case with underscores. */
    const char *units;     /**< "USD", "1", "year", "month"; for text "". */
    const char *long_name; /**< One sentence: what it is, its date basis. */
    lq_cell cell;
    size_t n_dims;
    const lq_dimension *dims[LQ_FRAME_MAX_DIMS];
    union {
        double *f64;
        int64_t *i64;
        const char **text; /**< Entries are never NULL; "" when absent. */
    } data;
} lq_variable;

typedef struct lq_frame lq_frame;

lq_frame *lq_frame_create(void);        /**< NULL when out of memory. */
void lq_frame_destroy(lq_frame *frame); /**< NULL is fine. */
lq_arena *lq_frame_arena(lq_frame *frame);
/** True once an allocation in the frame has failed: what it holds is not to be used. */
bool lq_frame_failed(const lq_frame *frame);

/** Adds (copies) a dimension and returns it; NULL when out of memory. */
const lq_dimension *lq_frame_dimension(lq_frame *frame, const lq_dimension *dimension);

/** Adds a variable and returns it with data allocated (zero, or "" for text) for the product of
 *  its dimensions; NULL when out of memory. `like.data` is ignored. */
lq_variable *lq_frame_variable(lq_frame *frame, const lq_variable *like);

/** Shorthands for scalars. */
void lq_frame_put_f64(lq_frame *frame, const char *group, const char *name, const char *units,
                      const char *long_name, double value);
void lq_frame_put_i64(lq_frame *frame, const char *group, const char *name, const char *units,
                      const char *long_name, int64_t value);
void lq_frame_put_text(lq_frame *frame, const char *group, const char *name,
                       const char *long_name, const char *value);

/** Lookups; NULL when there is none. */
const lq_dimension *lq_frame_find_dimension(const lq_frame *frame, const char *name);
const lq_variable *lq_frame_find(const lq_frame *frame, const char *group, const char *name);

/** Scalars by name; NaN / fallback / "" when there is none. */
double lq_frame_f64(const lq_frame *frame, const char *group, const char *name);
int64_t lq_frame_i64(const lq_frame *frame, const char *group, const char *name,
                     int64_t fallback);
const char *lq_frame_text(const lq_frame *frame, const char *group, const char *name);

/** Iteration, in the order of adding. */
size_t lq_frame_n_dimensions(const lq_frame *frame);
size_t lq_frame_n_variables(const lq_frame *frame);
const lq_dimension *lq_frame_nth_dimension(const lq_frame *frame, size_t i);
const lq_variable *lq_frame_nth_variable(const lq_frame *frame, size_t i);

/** Product of the lengths of the dimensions (1 for a scalar). */
size_t lq_variable_len(const lq_variable *variable);

#endif

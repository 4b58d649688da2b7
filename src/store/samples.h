/**
 * @file samples.h
 * Per-path samples: columns of float64 that many threads fill and one order writes.
 *
 * Rows are gathered into slabs of LQ_STORE_CHUNK_ROWS. A slab goes to the file when it is full
 * and all before it are written, so the bytes and the hash do not depend on the threads, no
 * chunk is written twice, and memory is a few slabs: as many as the threads are apart.
 */
#ifndef LQ_STORE_SAMPLES_H
#define LQ_STORE_SAMPLES_H

#include "store/layout.h"
#include "store/store.h"

typedef struct lq_samples lq_samples;

/** The samples of a layout's file, which must outlive them; the name is for messages. */
typedef struct lq_samples_spec {
    lq_layout *layout;
    const char *file;
    const lq_store_column *columns;
    size_t n_columns;
    uint64_t n_rows;
    bool compress;
} lq_samples_spec;

/** Creates the datasets. @retval LQ_ENOMEM, LQ_EIO */
LQ_MUST_USE lq_status lq_samples_create(const lq_samples_spec *spec, lq_samples **out,
                                        lq_error *err);

/** As lq_store_samples_write; the first failure is repeated to every later caller. */
LQ_MUST_USE lq_status lq_samples_write(lq_samples *samples, uint64_t row0, size_t n_rows,
                                       const double *const *columns, lq_error *err);

/** Writes what is still gathered and closes the datasets; gives the hash of all columns. */
LQ_MUST_USE lq_status lq_samples_finish(lq_samples *samples, char hash[LQ_STORE_HASH_CHARS],
                                        lq_error *err);

/** True once a write has failed: the file must not be closed any more. */
bool lq_samples_failed(const lq_samples *samples);

/** Frees; after a failed write the datasets are left to the process's end. NULL is fine. */
void lq_samples_destroy(lq_samples *samples);

#endif

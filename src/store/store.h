/**
 * @file store.h
 * The result file: a frame as HDF5 that is at the same time a valid netCDF-4 file.
 *
 * A file appears whole or not at all. A store writes NAME.writing in the folder of NAME, holds
 * a lock on it, and publishes it by rename once every byte is on the disk. A killed run leaves
 * NAME.writing behind, which the next run of the same NAME takes over; NAME itself is as it
 * was.
 *
 * Groups of a frame become groups, dimensions become dimension scales at the root, every array
 * carries `units` and `long_name`. Equal frames give equal bytes. Four variables are the
 * store's own and are skipped in a frame that is put: /manifest/complete (1, or 0 in a partial
 * file), /manifest/samples_sha256 (where there are samples), /manifest/content_sha256
 * (everything but /manifest/run), /manifest/run/run_sha256 (the rest, to notice damage).
 *
 * HDF5 is not thread-safe: one thread at a time uses this module, but for
 * lq_store_samples_write, which many threads may call at once.
 */
#ifndef LQ_STORE_STORE_H
#define LQ_STORE_STORE_H

#include "base/frame.h"
#include "liquidus/status.h"

#include <stdbool.h>
#include <stdint.h>

/** What the root attribute `format` says; a file without it is not ours. */
#define LQ_STORE_FORMAT "liquidus-result/1"

enum {
    LQ_STORE_HASH_CHARS = 65,       /* sha256 in hexadecimal, terminated */
    LQ_STORE_CHUNK_ROWS = 64 * 1024 /* rows of a sample column that are written at once */
};

typedef struct lq_store lq_store;

typedef struct lq_store_options {
    bool make_folder; /**< Create the folder of the file if it is missing (one level). */
    bool compress; /**< Shuffle and deflate the samples; smaller by about a seventh, slower. */
} lq_store_options;

/** One column of per-path samples: /samples/NAME, float64, one value per path. */
typedef struct lq_store_column {
    const char *name, *units, *long_name;
} lq_store_column;

/**
 * Starts writing a result file.
 *
 * @param[in] path     Absent, or a regular file that is one of ours and will be replaced.
 * @param[in] options  NULL: no new folder, no compression.
 * @retval LQ_ECONFIG  path is a device, a link, a folder, a pipe or somebody else's file; its
 * folder is missing or not writable.
 * @retval LQ_EIO      The disk is full or fails, or another run is writing the same file.
 */
LQ_MUST_USE lq_status lq_store_create(const char *path, const lq_store_options *options,
                                      lq_store **out, lq_error *err);

/** Writes all of a frame; once per store. The frame is borrowed for the call. */
LQ_MUST_USE lq_status lq_store_put(lq_store *store, const lq_frame *frame, lq_error *err);

/**
 * Announces n_rows of samples in the group /samples; at most once, before any write.
 * Rows that are never written are NaN.
 */
LQ_MUST_USE lq_status lq_store_samples_begin(lq_store *store, const lq_store_column *columns,
                                             size_t n_columns, uint64_t n_rows, lq_error *err);

/**
 * Delivers rows [row0, row0 + n_rows) of every column, in any order, each row once.
 * Threads may call at the same time. What reaches the file does not depend on the order.
 *
 * @param[in] columns  [n_columns][n_rows], in the order of lq_store_samples_begin.
 */
LQ_MUST_USE lq_status lq_store_samples_write(lq_store *store, uint64_t row0, size_t n_rows,
                                             const double *const *columns, lq_error *err);

/** Publishes the file under its name, and removes a partial file that it supersedes. */
LQ_MUST_USE lq_status lq_store_commit(lq_store *store, lq_error *err);

/** Publishes what there is as PATH.partial.h5 with /manifest/complete = 0; PATH is untouched.
 */
LQ_MUST_USE lq_status lq_store_commit_partial(lq_store *store, lq_error *err);

/** Where lq_store_commit_partial writes; lives as long as the store. */
const char *lq_store_partial_path(const lq_store *store);

/** Releases the store; NULL is fine. Without a commit nothing is left on the disk. */
void lq_store_destroy(lq_store *store);

/**
 * Reads a result file into a frame that equals the one that was put, with the store's own
 * /manifest variables added; samples are not read.
 *
 * The file may come from anywhere: it is opened in a child process of limited means, links to
 * other files and unknown filters are refused, and its content hash is checked.
 *
 * @param[out] out  On LQ_OK the caller owns *out; else it is NULL.
 * @retval LQ_EIO     The file cannot be opened, or is not a result of liquidus.
 * @retval LQ_ECHECK  The file is damaged: its content is not what its hash says.
 */
LQ_MUST_USE lq_status lq_store_read(const char *path, lq_frame **out, lq_error *err);

/** True for a regular file that liquidus wrote; false for anything else. */
bool lq_store_is_ours(const char *path);

/**
 * The content hash: everything but /manifest/run, samples included, computed from the file and
 * compared with what it says.
 *
 * @param[out] hash  Written on LQ_OK.
 * @retval LQ_ECHECK  The file is damaged.
 */
LQ_MUST_USE lq_status lq_store_hash(const char *path, char hash[LQ_STORE_HASH_CHARS],
                                    lq_error *err);

#endif

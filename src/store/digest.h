/**
 * @file digest.h
 * The content hash: sha256 over what a result says, in an order that nothing volatile touches.
 *
 * Of a frame: its variables sorted by group and name, without /manifest/run and the store's
 * own; each as the texts group, name, units, long_name, then the cell kind and the dimensions
 * in order (texts name, units, long_name; length; whether there are values; the values), then
 * the data. Numbers are 8 bytes, little-endian; every NaN is 0x7ff8000000000000. A text is its
 * length and its bytes.
 */
#ifndef LQ_STORE_DIGEST_H
#define LQ_STORE_DIGEST_H

#include "base/frame.h"
#include "liquidus/status.h"
#include "store/store.h"

#include <nettle/sha2.h>
#include <stdbool.h>

/** True for the variables that the store itself writes. */
bool lq_digest_is_own(const lq_variable *variable);

/** Hash of all of a frame that is not volatile. @retval LQ_ENOMEM */
LQ_MUST_USE lq_status lq_digest_frame(const lq_frame *frame, char hash[LQ_STORE_HASH_CHARS],
                                      lq_error *err);

/** Hash of the rest, to notice damage: /manifest/run, and every dimension, used or not. */
LQ_MUST_USE lq_status lq_digest_run(const lq_frame *frame, char hash[LQ_STORE_HASH_CHARS],
                                    lq_error *err);

/** sha256 of "liquidus-content/1", the frame's hash, complete as 0 or 1, and the samples' hash
 *  ("" without samples), each followed by a line feed. */
void lq_digest_content(const char *frame_hash, bool complete, const char *samples_hash,
                       char hash[LQ_STORE_HASH_CHARS]);

/** A column of samples; hash: sha256 over the sha256 of each slab of LQ_STORE_CHUNK_ROWS rows.
 */
typedef struct lq_digest_column {
    const char *name, *units, *long_name;
    uint8_t hash[SHA256_DIGEST_SIZE];
} lq_digest_column;

/** Hash of all samples: the number of rows, then each column, by name. Sorts the columns. */
void lq_digest_columns(lq_digest_column *columns, size_t n_columns, uint64_t n_rows,
                       char hash[LQ_STORE_HASH_CHARS]);

/** sha256 of one slab of one column. */
void lq_digest_slab(const double *cells, size_t n_rows, uint8_t hash[SHA256_DIGEST_SIZE]);

/** Feeds doubles as their 8 bytes, every NaN alike. */
void lq_digest_doubles(struct sha256_ctx *sha, const double *values, size_t n);

#endif

/**
 * @file sample_reader.h
 * The hash of the samples of a result file, a slab at a time.
 */
#ifndef LQ_STORE_SAMPLE_READER_H
#define LQ_STORE_SAMPLE_READER_H

#include "store/store.h"
#include "store/walk.h"

/** Hash of the group /samples, whose dimension must be in the frame of the walk.
 *  @retval LQ_ECHECK  A column is damaged. @retval LQ_ENOMEM */
LQ_MUST_USE lq_status lq_sample_reader_hash(lq_walk *walk, char hash[LQ_STORE_HASH_CHARS],
                                            lq_error *err);

#endif

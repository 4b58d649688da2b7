/**
 * @file catalogue.h
 * Every record of a schema, once, in the order of first mention: what the printed forms walk.
 */
#ifndef LQ_CONFIG_CATALOGUE_H
#define LQ_CONFIG_CATALOGUE_H

#include "config/schema.h"

enum { LQ_MAX_RECORDS = 128, LQ_NAME_CHARS = 64 };

typedef struct lq_catalogue {
    const lq_record *record[LQ_MAX_RECORDS];
    const char *path[LQ_MAX_RECORDS]; /**< Address of the first mention: "offers[].bonus". */
    size_t len;
} lq_catalogue;

/** False when memory is short. */
bool lq_catalogue_build(const lq_record *root, lq_arena *arena, lq_catalogue *out);

/** A name that no other record of the catalogue has: its own, with a number where two share it.
 */
const char *lq_catalogue_name(const lq_catalogue *catalogue, const lq_record *record,
                              char name[LQ_NAME_CHARS]);

/** True for a section of the root whose items take `extends:`. */
bool lq_inherits(const char *section);

#endif

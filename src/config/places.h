/**
 * @file places.h
 * Where the schema has a key that a config may leave out: for `--set` by the end of an address.
 */
#ifndef LQ_CONFIG_PLACES_H
#define LQ_CONFIG_PLACES_H

#include "config/address.h"
#include "config/schema.h"

/** Full addresses that one may stand for; the first few are kept. */
typedef struct lq_places {
    const char *text[LQ_MAX_HITS];
    size_t count;
} lq_places;

/**
 * The address itself where it is one in full, else every address of the schema that ends so,
 * under the items that the config has: lists and maps count by what is written in them, and by
 * what `named_by` names. Where there is none, those of items that a list lacks.
 *
 * @param record   The schema of the root.
 * @param key      The end of an address, and `address` the same in steps.
 */
void lq_places_find(const lq_record *record, const lq_node *root, const char *key,
                    const lq_address *address, lq_arena *arena, lq_places *out);

/** The row that reads this node; NULL for the root, items of a list, and unknown keys. */
const lq_field *lq_places_row(const lq_record *record, const lq_node *node);

#endif

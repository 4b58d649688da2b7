/**
 * @file pack.h
 * Inside of `scenario`: the data packs, found, read, digested and kept for one load.
 */
#ifndef LQ_SCENARIO_PACK_H
#define LQ_SCENARIO_PACK_H

#include "scenario/rows.h"

/** Packs read so far. A broken pack is told like a broken config, in `problems`. */
typedef struct lq_packs {
    lq_arena *arena;
    lq_problems *problems;
    const char *folder;
    struct lq_pack_entry *companies; /**< linked */
    const lq_market_pack *market;
    const lq_levels_pack *levels;
    struct lq_digest_entry *digests; /**< linked, latest first */
    size_t n_digests;
} lq_packs;

/** Chooses the folder: $LIQUIDUS_DATA, else the installed one, else the one beside the source.
 */
void lq_packs_open(lq_packs *packs, lq_arena *arena, lq_problems *problems);

/** A company's pack; *out is NULL when there is none of that id (no problem). */
lq_status lq_packs_company(lq_packs *packs, const char *id, const lq_pack **out, lq_error *err);

/** market.yaml and levels.yaml; *out is NULL after a problem. */
lq_status lq_packs_market(lq_packs *packs, const lq_market_pack **out, lq_error *err);
lq_status lq_packs_levels(lq_packs *packs, const lq_levels_pack **out, lq_error *err);

/** Ids of all company packs, sorted: list of const char *. */
lq_list lq_packs_ids(const lq_packs *packs);

/** lq_pack_digest of each file read, in order of reading. */
lq_list lq_packs_digests(const lq_packs *packs);

/** Where a figure of the list comes from, or NULL. */
const lq_figure *lq_figure_find(const lq_list *sources, const char *figure);

/** Marks every value of the record as a default, without a place in the user's file. */
void lq_values_as_defaults(const lq_record *record, void *struct_);

#endif

/**
 * @file load.h
 * The steps from files to one tree: include, extends, --set.
 */
#ifndef LQ_CONFIG_LOAD_H
#define LQ_CONFIG_LOAD_H

#include "config/node.h"
#include "config/source.h"

enum { LQ_MAX_INCLUDE_DEPTH = 8, LQ_MAX_FILES = 64 };

typedef struct lq_loader {
    lq_budget budget;
    size_t n_files, n_bytes;
    lq_file_id chain[LQ_MAX_INCLUDE_DEPTH]; /**< Files that are being read, outermost first. */
    size_t depth;
} lq_loader;

/** Parses a source and lays it over what it includes. NULL after a problem, or when memory is
 *  short; else a group. */
lq_node *lq_load_source(lq_loader *loader, lq_source *source);

/** Applies `extends:` within offers and companies, and takes the key out. */
void lq_load_extends(lq_loader *loader, lq_node *root);

/** Applies the changes, in order: each sees those before it. */
void lq_load_changes(lq_loader *loader, lq_node *root, const lq_changes *changes);

#endif

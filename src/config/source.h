/**
 * @file source.h
 * The bytes of one config file, checked before any parser sees them, and its lines.
 */
#ifndef LQ_CONFIG_SOURCE_H
#define LQ_CONFIG_SOURCE_H

#include "config/tree.h"

#include <sys/types.h>

/** Which file it was, whatever its name: what an include cycle is told by. */
typedef struct lq_file_id {
    dev_t device;
    ino_t inode;
} lq_file_id;

typedef struct lq_source {
    const char *name; /**< For marks. */
    const char *text; /**< As given, with any byte order mark. */
    size_t len;
    size_t body;      /**< Offset of the first byte after the byte order mark. */
    int first_line;   /**< Line number of the first line (1, or the number of a --set). */
    int first_column; /**< Columns before the text on its first line (the key of a --set). */
    const char
        *whole; /**< The line that messages show instead of the text's own; may be NULL. */
    size_t *line_start;     /**< [n_lines] byte offsets. */
    const char **line_text; /**< [n_lines] copies for messages, made when asked for. */
    size_t n_lines;
    lq_file_id id; /**< Of a text that is a file; else zero. */
} lq_source;

/**
 * Reads a regular file of at most LQ_TREE_MAX_BYTES. Devices, pipes and folders are refused
 * without being opened or waited for. A refusal is a problem at `blame` (NULL: at the file).
 *
 * @retval LQ_EIO     It cannot be opened or read, or is no regular file; also in *err.
 * @retval LQ_ECONFIG It is too large.
 */
lq_status lq_source_load(const char *path, const lq_node *blame, lq_arena *arena,
                         lq_problems *problems, lq_source *out, lq_error *err);

/** Finds the lines, and refuses what no YAML may hold (malformed UTF-8, control characters) or
 *  costs its reader quadratic time (directives). False after adding a problem, or when memory
 *  is short. */
bool lq_source_check(lq_source *source, lq_arena *arena, lq_problems *problems);

/** The text of a line (numbered as in marks), cut for messages; NULL past the end. */
const char *lq_source_line(lq_source *source, int line, lq_arena *arena);

#endif

/**
 * @file buffer.h
 * Inside of `scenario`: text that grows in an arena.
 */
#ifndef LQ_SCENARIO_BUFFER_H
#define LQ_SCENARIO_BUFFER_H

#include "base/arena.h"

typedef struct lq_buffer {
    lq_arena *arena;
    char *text; /**< Terminated; NULL while empty. */
    size_t len, cap;
    bool failed; /**< Out of memory: the text is not to be used. */
} lq_buffer;

/** printf to its end. */
void lq_buffer_add(lq_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Cuts it to its first len bytes. */
void lq_buffer_cut(lq_buffer *buffer, size_t len);

#endif

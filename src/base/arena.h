/**
 * @file arena.h
 * Memory that is freed all at once: a config tree, a scenario, a plan, a frame of results.
 *
 * An arena remembers that an allocation failed; the builder may go on with what it has and
 * ask once at the end (lq_arena_failed). Every pointer lives as long as the arena.
 */
#ifndef LQ_BASE_ARENA_H
#define LQ_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct lq_arena lq_arena;

/** NULL when out of memory. */
lq_arena *lq_arena_create(void);

/** Frees the arena and all it gave out; NULL is fine. */
void lq_arena_destroy(lq_arena *arena);

/** Zeroed, 64-byte aligned memory for count objects of size bytes; NULL (and failed) if none.
 */
void *lq_arena_calloc(lq_arena *arena, size_t count, size_t size);

/** A copy of the text; NULL text gives NULL. */
char *lq_arena_strdup(lq_arena *arena, const char *text);

/** A copy of len bytes of the text, terminated. */
char *lq_arena_strndup(lq_arena *arena, const char *text, size_t len);

/** printf into the arena. */
char *lq_arena_printf(lq_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *lq_arena_vprintf(lq_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/** True once any allocation from the arena has failed. */
bool lq_arena_failed(const lq_arena *arena);

#endif

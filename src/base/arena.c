#include "base/arena.h"

#include "base/alloc.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { ALIGN = 64, CHUNK_BYTES = 64 * 1024 };

typedef struct chunk {
    struct chunk *next;
    size_t used, cap; /* counted from the aligned start */
    unsigned char *start;
} chunk;

struct lq_arena {
    chunk *top;
    bool failed;
};

lq_arena *lq_arena_create(void)
{
    return lq_calloc(1, sizeof(lq_arena));
}

void lq_arena_destroy(lq_arena *arena)
{
    if (!arena) return;
    for (chunk *c = arena->top; c;) {
        chunk *next = c->next;
        lq_free(c);
        c = next;
    }
    lq_free(arena);
}

static chunk *add_chunk(lq_arena *arena, size_t bytes)
{
    const size_t cap = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
    if (cap > SIZE_MAX - sizeof(chunk) - ALIGN) return NULL;
    chunk *c = lq_calloc(1, sizeof *c + ALIGN + cap);
    if (!c) return NULL;
    const uintptr_t raw = (uintptr_t)(c + 1);
    c->start = (unsigned char *)(c + 1) + ((ALIGN - raw % ALIGN) % ALIGN);
    c->cap = cap;
    c->next = arena->top;
    arena->top = c;
    return c;
}

void *lq_arena_calloc(lq_arena *arena, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX - ALIGN) / size) {
        arena->failed = true;
        return NULL;
    }
    const size_t bytes = (count * size + ALIGN - 1) / ALIGN * ALIGN;
    chunk *c = arena->top;
    if (!c || c->cap - c->used < bytes) c = add_chunk(arena, bytes);
    if (!c) {
        arena->failed = true;
        return NULL;
    }
    void *out = c->start + c->used;
    c->used += bytes;
    return out;
}

char *lq_arena_strndup(lq_arena *arena, const char *text, size_t len)
{
    char *out = lq_arena_calloc(arena, len + 1, 1);
    if (out) memcpy(out, text, len);
    return out;
}

char *lq_arena_strdup(lq_arena *arena, const char *text)
{
    return text ? lq_arena_strndup(arena, text, strlen(text)) : NULL;
}

char *lq_arena_vprintf(lq_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    char *out = len < 0 ? NULL : lq_arena_calloc(arena, (size_t)len + 1, 1);
    if (out) vsnprintf(out, (size_t)len + 1, format, again);
    va_end(again);
    return out;
}

char *lq_arena_printf(lq_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *out = lq_arena_vprintf(arena, format, args);
    va_end(args);
    return out;
}

bool lq_arena_failed(const lq_arena *arena)
{
    return arena->failed;
}

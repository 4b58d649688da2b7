#include "scenario/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool make_room(lq_buffer *b, size_t more)
{
    if (b->len + more + 1 <= b->cap) return true;
    const size_t cap = 2 * (b->len + more + 1) + 256;
    char *grown = lq_arena_calloc(b->arena, cap, 1);
    if (!grown) {
        b->failed = true;
        return false;
    }
    if (b->len) memcpy(grown, b->text, b->len);
    b->text = grown;
    b->cap = cap;
    return true;
}

void lq_buffer_add(lq_buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, format, args);
    if (n >= 0 && make_room(buffer, (size_t)n)) {
        vsnprintf(buffer->text + buffer->len, (size_t)n + 1, format, again);
        buffer->len += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

void lq_buffer_cut(lq_buffer *buffer, size_t len)
{
    if (!buffer->text || len > buffer->len) return;
    buffer->len = len;
    buffer->text[len] = '\0';
}

#include "config/text.h"

#include <string.h>

static size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    if (lead >= 0xF0 && lead < 0xF5) return 4;
    return 0;
}

size_t lq_utf8_decode(const char *text, size_t len, uint32_t *code_point)
{
    static const unsigned char lead_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const size_t n = len ? sequence_length((unsigned char)text[0]) : 0;
    if (n == 0 || n > len) return 0;
    uint32_t c = (unsigned char)text[0] & lead_mask[n];
    for (size_t i = 1; i < n; i++) {
        const unsigned char next = (unsigned char)text[i];
        if ((next & 0xC0) != 0x80) return 0;
        c = (c << 6) | (next & 0x3Fu);
    }
    if (c < smallest[n] || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF) return 0;
    *code_point = c;
    return n;
}

typedef struct range {
    uint32_t first, last;
} range;

static bool in_ranges(uint32_t c, const range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return true;
    return false;
}

/* The blocks that matter in a config: combining marks, and East Asian wide ones (UAX 11). */
int lq_utf8_width(uint32_t code_point)
{
    static const range zero[] = {
        {0x300, 0x36F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};
    static const range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
                                 {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                                 {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                                 {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};
    if (in_ranges(code_point, zero, sizeof zero / sizeof zero[0])) return 0;
    return in_ranges(code_point, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}

static bool moves_the_reader(uint32_t c)
{
    static const range hidden[] = {{0x00, 0x08},     {0x0A, 0x1F},     {0x7F, 0x9F},
                                   {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}};
    return in_ranges(c, hidden, sizeof hidden / sizeof hidden[0]);
}

const char *lq_text_printable(lq_arena *arena, const char *text, size_t max_bytes)
{
    static const char more[] = "...";
    if (!text) return NULL;
    const size_t len = strnlen(text, max_bytes + 4);
    const size_t keep = len > max_bytes ? max_bytes : len;
    char *copy = lq_arena_calloc(arena, keep + sizeof more, 1);
    if (!copy) return NULL;
    size_t out = 0;
    for (size_t in = 0; in < keep;) {
        uint32_t c = 0;
        const size_t n = lq_utf8_decode(text + in, len - in, &c);
        if (in + n > keep) break;
        if (n == 0 || moves_the_reader(c)) {
            copy[out++] = '?';
        } else {
            memcpy(copy + out, text + in, n);
            out += n;
        }
        in += n ? n : 1;
    }
    if (len > max_bytes) memcpy(copy + out, more, sizeof more);
    return copy;
}

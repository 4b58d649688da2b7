#include "show/text.h"

#include <stdarg.h>
#include <string.h>

static bool continues(char byte)
{
    return ((unsigned char)byte & 0xC0u) == 0x80u;
}

size_t lq_text_columns(const char *text)
{
    size_t columns = 0;
    for (; *text; text++)
        columns += !continues(*text);
    return columns;
}

/* Bytes that start an invisible or moving character: controls, C1, bidirectional marks. */
static size_t unprintable(const char *text)
{
    const unsigned char *b = (const unsigned char *)text;
    if (b[0] < 0x20 || b[0] == 0x7F) return 1;
    if (b[0] == 0xC2 && b[1] >= 0x80 && b[1] <= 0x9F) return 2;
    if (b[0] != 0xE2 || (b[1] != 0x80 && b[1] != 0x81)) return 0;
    const bool bidi = b[1] == 0x80
                          ? (b[2] >= 0x8B && b[2] <= 0x8F) || (b[2] >= 0xA8 && b[2] <= 0xAE)
                          : b[2] >= 0xA6 && b[2] <= 0xA9;
    return bidi ? 3 : 0;
}

const char *lq_text_clean(const char *text, char *out, size_t cap)
{
    size_t n = 0;
    while (*text && n + 1 < cap) {
        const size_t skip = unprintable(text);
        out[n++] = skip ? '?' : *text;
        text += skip ? skip : 1;
    }
    out[n] = '\0';
    /* a character that did not fit whole is left out */
    if (continues(*text)) {
        while (n > 0 && continues(out[n - 1]))
            n--;
        out[n > 0 ? n - 1 : 0] = '\0';
    }
    return out;
}

/* Bytes of the first `columns` characters. */
static size_t bytes_of(const char *text, size_t columns)
{
    size_t n = 0;
    while (text[n]) {
        if (!continues(text[n]) && columns-- == 0) break;
        n++;
    }
    return n;
}

/* Cuts words to their first letter, from the left, until the text fits. */
static void initials(char *text, size_t columns)
{
    size_t at = 0;
    while (lq_text_columns(text) > columns && text[at]) {
        const size_t len = strcspn(text + at, "- _"), first = bytes_of(text + at, 1);
        if (len > first)
            memmove(text + at + first, text + at + len, strlen(text + at + len) + 1);
        at += len > first ? first : len;
        at += strspn(text + at, "- _");
    }
}

static void leave_out_middle(char *text, size_t columns)
{
    const size_t have = lq_text_columns(text);
    if (columns < 5) {
        text[bytes_of(text, columns)] = '\0';
        return;
    }
    /* at least three characters go: the two dots fit */
    const size_t tail = (columns - 2) / 2, head = columns - 2 - tail;
    const size_t from = bytes_of(text, have - tail), to = bytes_of(text, head);
    memmove(text + to + 2, text + from, strlen(text + from) + 1);
    memcpy(text + to, "..", 2);
}

const char *lq_text_shorten(const char *name, size_t columns, char *out, size_t cap)
{
    char whole[256];
    lq_text_clean(name, whole, cap < sizeof whole ? cap : sizeof whole);
    strcpy(out, whole);
    if (lq_text_columns(out) > columns) initials(out, columns);
    if (lq_text_columns(out) <= columns) return out;
    strcpy(out, whole);
    leave_out_middle(out, columns);
    return out;
}

static lq_wrap begin(FILE *out, const char *mark, size_t first_indent, size_t indent)
{
    fprintf(out, "%-*s", (int)first_indent, mark);
    return (lq_wrap){.out = out, .mark = mark, .indent = indent, .column = first_indent};
}

lq_wrap lq_wrap_begin(FILE *out, size_t first_indent, size_t indent)
{
    return begin(out, "", first_indent, indent);
}

lq_wrap lq_wrap_comment(FILE *out, size_t first_indent, size_t indent)
{
    return begin(out, "#", first_indent, indent);
}

/* Marks of punctuation that close up to the word before; they never begin a line. A word that
 * only begins with one, such as a path ("../offers.yaml"), is a word. */
static const char closing[] = ",;.:)";

static bool is_closing(const char *word)
{
    return word[strspn(word, closing)] == '\0';
}

static void put_word(lq_wrap *wrap, const char *word)
{
    const size_t columns = lq_text_columns(word);
    const bool closes = wrap->begun && is_closing(word);
    /* two columns are kept for marks that may follow */
    if (wrap->begun && !closes && wrap->column + 1 + columns > LQ_SCREEN_COLUMNS - 2) {
        fprintf(wrap->out, "\n%-*s", (int)wrap->indent, wrap->mark);
        wrap->column = wrap->indent;
    } else if (wrap->begun && !closes) {
        fputc(' ', wrap->out);
        wrap->column++;
    }
    fputs(word, wrap->out);
    wrap->column += columns;
    wrap->begun = true;
}

void lq_wrap_words(lq_wrap *wrap, const char *text)
{
    char word[256], safe[256];
    for (text += strspn(text, " \t\n"); *text; text += strspn(text, " \t\n")) {
        /* a word longer than any line is cut where the line ends */
        size_t len = strcspn(text, " \t\n");
        const size_t most = bytes_of(text, LQ_SCREEN_COLUMNS - 2 - wrap->indent);
        if (len > most) len = most;
        if (len >= sizeof word) len = sizeof word - 1;
        memcpy(word, text, len);
        word[len] = '\0';
        put_word(wrap, lq_text_clean(word, safe, sizeof safe));
        text += len;
    }
}

void lq_wrap_printf(lq_wrap *wrap, const char *format, ...)
{
    char text[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    lq_wrap_words(wrap, text);
}

void lq_wrap_end(lq_wrap *wrap)
{
    fputc('\n', wrap->out);
    wrap->column = 0;
    wrap->begun = false;
}

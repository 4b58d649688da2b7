#include "config/source.h"

#include "config/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_TEXT = 200 };

static const char *file_kind(mode_t mode)
{
    if (S_ISDIR(mode)) return "a folder";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
    if (S_ISSOCK(mode)) return "a socket";
    return "a special file";
}

/* What refuse() needs to say where and why. */
typedef struct refusal {
    const char *path;
    const lq_node *blame;
    lq_problems *problems;
    lq_error *err;
} refusal;

static lq_status refuse(const refusal *r, lq_status status, const char *expected,
                        const char *found)
{
    if (r->blame)
        lq_node_problem(r->blame, r->problems, expected, found, NULL);
    else
        lq_problems_add(
            r->problems,
            &(lq_problem){.mark = {.file = r->path}, .expected = expected, .found = found});
    return LQ_FAIL(r->err, status, .file = r->path, .expected = expected, .got = found);
}

static lq_status read_all(int fd, size_t size, const refusal *r, lq_arena *arena,
                          lq_source *out)
{
    char *text = lq_arena_calloc(arena, size + 1, 1);
    if (!text) return LQ_FAIL(r->err, LQ_ENOMEM, .file = r->path, .expected = "memory");
    size_t len = 0;
    while (len < size) {
        const ssize_t n = read(fd, text + len, size - len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return refuse(r, LQ_EIO, "a file that can be read", strerror(errno));
        if (n == 0) break;
        len += (size_t)n;
    }
    text[len] = '\0';
    *out = (lq_source){.name = lq_arena_strdup(arena, r->path), .text = text, .len = len};
    out->first_line = 1;
    return LQ_OK;
}

static lq_status read_opened(int fd, const refusal *r, lq_arena *arena, lq_source *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0) return refuse(r, LQ_EIO, "a file", strerror(errno));
    if (!S_ISREG(st.st_mode)) return refuse(r, LQ_EIO, "a file", file_kind(st.st_mode));
    if (st.st_size > LQ_TREE_MAX_BYTES)
        return refuse(r, LQ_ECONFIG, "a file of at most 4 MiB",
                      lq_arena_printf(arena, "%.1f MiB", (double)st.st_size / 1048576.0));
    LQ_TRY(read_all(fd, (size_t)st.st_size, r, arena, out));
    out->id = (lq_file_id){.device = st.st_dev, .inode = st.st_ino};
    return LQ_OK;
}

lq_status lq_source_load(const char *path, const lq_node *blame, lq_arena *arena,
                         lq_problems *problems, lq_source *out, lq_error *err)
{
    const refusal r = {.path = path, .blame = blame, .problems = problems, .err = err};
    struct stat st;
    if (stat(path, &st) != 0) return refuse(&r, LQ_EIO, "a file", strerror(errno));
    if (!S_ISREG(st.st_mode)) return refuse(&r, LQ_EIO, "a file", file_kind(st.st_mode));
    /* O_NONBLOCK: should a pipe have taken its place since, opening does not wait. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) return refuse(&r, LQ_EIO, "a file that can be read", strerror(errno));
    const lq_status status = read_opened(fd, &r, arena, out);
    (void)close(fd); /* read only: nothing can be lost */
    return status;
}

static size_t count_lines(const char *text, size_t len)
{
    size_t n = 1;
    for (size_t i = 0; i < len; i++)
        n += text[i] == '\n' || (text[i] == '\r' && (i + 1 == len || text[i + 1] != '\n'));
    return n;
}

/* Lines end as YAML's do: LF, CR, or both. */
static bool index_lines(lq_source *source, lq_arena *arena)
{
    const char *text = source->text;
    const size_t n = count_lines(text, source->len);
    source->line_start = lq_arena_calloc(arena, n, sizeof *source->line_start);
    source->line_text = lq_arena_calloc(arena, n, sizeof *source->line_text);
    if (!source->line_start || !source->line_text) return false;
    source->line_start[0] = source->body;
    source->n_lines = 1;
    for (size_t i = 0; i < source->len; i++) {
        const bool alone = text[i] == '\r' && (i + 1 == source->len || text[i + 1] != '\n');
        if (text[i] == '\n' || alone) source->line_start[source->n_lines++] = i + 1;
    }
    return true;
}

static size_t line_of(const lq_source *source, size_t offset)
{
    size_t low = 0, high = source->n_lines;
    while (high - low > 1) {
        const size_t mid = (low + high) / 2;
        if (source->line_start[mid] <= offset)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static void refuse_at(lq_source *source, size_t offset, const char *expected, const char *found,
                      lq_arena *arena, lq_problems *problems)
{
    const size_t line = line_of(source, offset);
    int column = 1;
    for (size_t i = source->line_start[line]; i < offset; i++)
        column += ((unsigned char)source->text[i] & 0xC0) != 0x80;
    if (line == 0) column += source->first_column;
    const int number = source->first_line + (int)line;
    lq_problems_add(problems,
                    &(lq_problem){.mark = {source->name, number, column},
                                  .expected = expected,
                                  .found = found,
                                  .source_line = lq_source_line(source, number, arena)});
}

/* NULL when YAML may hold the character. U+0085, U+2028 and U+2029 would end lines. */
static const char *bad_character(uint32_t c)
{
    if (c == 0) return "a NUL byte";
    if (c == '\t' || c == '\n' || c == '\r') return NULL;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return "a control character";
    if (c == 0x2028 || c == 0x2029) return "a Unicode line separator";
    if (c == 0xFEFF || c == 0xFFFE || c == 0xFFFF) return "a byte order mark inside the text";
    return NULL;
}

bool lq_source_check(lq_source *source, lq_arena *arena, lq_problems *problems)
{
    const char *text = source->text;
    if (source->len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) source->body = 3;
    if (!index_lines(source, arena)) return false;
    size_t n = 0;
    for (size_t i = source->body; i < source->len; i += n) {
        uint32_t c = 0;
        n = lq_utf8_decode(text + i, source->len - i, &c);
        const char *found = n ? bad_character(c) : "a byte that is not UTF-8";
        if (found) {
            refuse_at(source, i, "text in UTF-8", found, arena, problems);
            return false;
        }
    }
    for (size_t line = 0; line < source->n_lines; line++) {
        const size_t start = source->line_start[line];
        if (start >= source->len || text[start] != '%') continue;
        refuse_at(source, start, "a key", "a YAML directive", arena, problems);
        return false;
    }
    return true;
}

const char *lq_source_line(lq_source *source, int line, lq_arena *arena)
{
    if (source->whole) return source->whole;
    const int index = line - source->first_line;
    if (index < 0 || (size_t)index >= source->n_lines) return NULL;
    if (source->line_text[index]) return source->line_text[index];
    const size_t start = source->line_start[index];
    const size_t end =
        (size_t)index + 1 < source->n_lines ? source->line_start[index + 1] : source->len;
    size_t len = end - start;
    while (len &&
           (source->text[start + len - 1] == '\n' || source->text[start + len - 1] == '\r'))
        len--;
    /* A few bytes beyond the cut tell the printer that the line went on. */
    if (len > LINE_TEXT + 4) len = LINE_TEXT + 4;
    source->line_text[index] = lq_arena_strndup(arena, source->text + start, len);
    return source->line_text[index];
}

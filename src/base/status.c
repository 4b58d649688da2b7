#include "liquidus/status.h"

#include <inttypes.h>
#include <string.h>

static const char *const status_names[LQ_STATUS_COUNT] = {
    [LQ_OK] = "LQ_OK",
    [LQ_ENOMEM] = "LQ_ENOMEM",
    [LQ_EIO] = "LQ_EIO",
    [LQ_EPARSE] = "LQ_EPARSE",
    [LQ_ECONFIG] = "LQ_ECONFIG",
    [LQ_ENUMERIC] = "LQ_ENUMERIC",
    [LQ_ECHECK] = "LQ_ECHECK",
    [LQ_EINTERRUPTED] = "LQ_EINTERRUPTED",
    [LQ_EMACHINE] = "LQ_EMACHINE",
};

static const int exit_codes[LQ_STATUS_COUNT] = {
    [LQ_ENOMEM] = 3,   [LQ_EIO] = 3,    [LQ_EPARSE] = 2,         [LQ_ECONFIG] = 2,
    [LQ_ENUMERIC] = 3, [LQ_ECHECK] = 4, [LQ_EINTERRUPTED] = 130, [LQ_EMACHINE] = 3,
};

int lq_status_exit_code(lq_status status)
{
    const unsigned i = (unsigned)status;
    return i < LQ_STATUS_COUNT ? exit_codes[i] : 3;
}

const char *lq_status_name(lq_status status)
{
    const unsigned i = (unsigned)status;
    return i < LQ_STATUS_COUNT ? status_names[i] : "LQ_?";
}

static void copy_text(char *dst, size_t cap, const char *src)
{
    snprintf(dst, cap, "%s", src ? src : "");
}

lq_status lq_error_set(lq_error *err, const lq_error_info *info)
{
    if (!err) return info->status;
    *err = (lq_error){.status = info->status,
                      .line = info->line,
                      .column = info->column,
                      .path_id = info->path_id,
                      .raised_at = info->raised_at};
    copy_text(err->file, sizeof err->file, info->file);
    copy_text(err->key, sizeof err->key, info->key);
    copy_text(err->expected, sizeof err->expected, info->expected);
    copy_text(err->got, sizeof err->got, info->got);
    return info->status;
}

/* What is said where nothing else is known. */
static const char *in_words(lq_status status)
{
    static const char *const words[LQ_STATUS_COUNT] = {
        [LQ_OK] = "no error",
        [LQ_ENOMEM] = "out of memory",
        [LQ_EIO] = "could not be read or written",
        [LQ_EPARSE] = "not well formed",
        [LQ_ECONFIG] = "not allowed",
        [LQ_ENUMERIC] = "no number any more",
        [LQ_ECHECK] = "the check failed",
        [LQ_EINTERRUPTED] = "interrupted",
        [LQ_EMACHINE] = "not for this machine",
    };
    const unsigned i = (unsigned)status;
    return i < LQ_STATUS_COUNT ? words[i] : "unknown error";
}

static void print_place(const lq_error *err, FILE *out)
{
    if (err->file[0]) fprintf(out, "%s:", err->file);
    if (err->line) fprintf(out, "%d:", err->line);
    if (err->column) fprintf(out, "%d:", err->column);
    if (err->file[0]) fputc(' ', out);
    if (err->key[0]) fprintf(out, "%s: ", err->key);
}

void lq_error_print(const lq_error *err, FILE *out)
{
    print_place(err, out);
    if (err->expected[0]) fprintf(out, "expected %s", err->expected);
    if (err->expected[0] && err->got[0]) fputs(", ", out);
    if (err->got[0]) fprintf(out, "got %s", err->got);
    if (!err->expected[0] && !err->got[0]) fputs(in_words(err->status), out);
    if (err->status == LQ_ENUMERIC) fprintf(out, " on path %" PRIu64, err->path_id);
    fputc('\n', out);
}

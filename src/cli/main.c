#include "cli/cli.h"

#include "config/schema.h"
#include "liquidus/version.h"
#include "show/json.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static lq_status print_version(void)
{
    const char *revision = lq_revision();
    printf("liquidus %s%s%s%s\n", lq_version(), *revision ? " (" : "", revision,
           *revision ? ")" : "");
    return LQ_OK;
}

static lq_status unknown_command(const char *word)
{
    const char *names[32];
    size_t n = 0;
    for (const lq_command *c = lq_commands(); c->name; c++)
        names[n++] = c->name;
    const char *near = lq_suggest(word, names, n);
    return lq_usage(NULL, "unknown command %.60s%s%s%s", word, near ? "; did you mean " : "",
                    near ? near : "", near ? "?" : "");
}

static lq_status run_command(const lq_command *command, int argc, char *const *argv,
                             lq_error *err)
{
    lq_call call;
    LQ_TRY(lq_call_parse(command, argc, argv, &call));
    if (call.help) {
        lq_print_command(command, stdout);
        return LQ_OK;
    }
    return command->run(&call, err);
}

static lq_status dispatch(int argc, char *const *argv, lq_error *err)
{
    if (argc < 2) {
        lq_print_start(stdout);
        return LQ_OK;
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0) return print_version();
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        lq_print_commands(stdout);
        return LQ_OK;
    }
    const lq_command *command = lq_command_find(word);
    return command ? run_command(command, argc - 2, argv + 2, err) : unknown_command(word);
}

/* A reader that stops early (| head) has what it wanted: that is no failure. */
static bool reader_has_left(void)
{
    struct pollfd end = {.fd = STDOUT_FILENO};
    return poll(&end, 1, 0) > 0 && (end.revents & POLLERR) != 0;
}

/* What was printed must have arrived. */
static lq_status finish_output(lq_error *err)
{
    errno = 0;
    const int failed = fflush(stdout) != 0 || ferror(stdout) != 0;
    const int cause = errno;
    if (!failed || cause == EPIPE || reader_has_left()) return LQ_OK;
    return LQ_FAIL(err, LQ_EIO, .file = "standard output", .expected = "room to write",
                   .got = cause ? strerror(cause) : "an earlier write failed");
}

/* A study makes and frees the same histograms world after world: memory that goes back to the
 * system each time comes back page by page, a third of the staff story's time. */
static void keep_freed_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TOP_PAD, 16 << 20);
#endif
}

int main(int argc, char **argv)
{
    keep_freed_memory();
    lq_json_use_heap();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write, handled in finish_output */
    lq_error err = {0};
    lq_status status = dispatch(argc, argv, &err);
    lq_error write_err = {0};
    const lq_status written = finish_output(&write_err);
    if (status == LQ_EIO && !err.file[0] && reader_has_left()) {
        status = LQ_OK; /* told by a printer of the library */
        err = (lq_error){0};
    }
    if (status == LQ_OK && written != LQ_OK) {
        status = written;
        err = write_err;
    }
    if (err.status != LQ_OK) lq_error_print(&err, stderr);
    return lq_status_exit_code(status);
}

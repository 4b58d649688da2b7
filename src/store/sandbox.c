#include "store/sandbox.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_ANSWER_BYTES ((size_t)1 << 30)
#define MEMORY_BYTES     ((rlim_t)2 << 30) /* beyond what the parent has */

struct lq_sandbox_pipe {
    int fd;
};

/* The last thing a child says, after the bytes of the answer. */
typedef struct verdict {
    lq_status status;
    lq_error err;
} verdict;

bool lq_sandbox_send(const void *bytes, size_t n, void *pipe)
{
    const unsigned char *at = bytes;
    while (n > 0) {
        const ssize_t sent = write(((lq_sandbox_pipe *)pipe)->fd, at, n);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        n -= (size_t)sent;
    }
    return true;
}

static rlim_t memory_in_use(void)
{
    unsigned long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    if (!statm) return 0;
    const int found = fscanf(statm, "%lu", &pages);
    fclose(statm);
    return found == 1 ? (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) : 0;
}

static void lower_limit(int resource, rlim_t value)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return;
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > value) limit.rlim_cur = value;
    setrlimit((__rlimit_resource_t)resource, &limit);
}

/* A crash ends the child, whatever the program does about crashes of its own. */
static void die_of_crashes(void)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU};
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        signal(crashes[i], SIG_DFL);
}

/* The C library reports a corrupted heap on standard error; the parent says it better. */
static void fall_silent(void)
{
    const int null = open("/dev/null", O_WRONLY);
    if (null < 0) return;
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    if (null > STDERR_FILENO) close(null);
}

/* _exit and not exit: buffers and handlers are the parent's. */
_Noreturn static void run_child(lq_sandbox_job job, const char *path, unsigned cpu_seconds,
                                int fd)
{
    lq_sandbox_pipe pipe = {.fd = fd};
    verdict last = {0};
    die_of_crashes();
    fall_silent();
    lower_limit(RLIMIT_CORE, 0);
    lower_limit(RLIMIT_CPU, cpu_seconds);
    const rlim_t in_use = memory_in_use();
    if (in_use) lower_limit(RLIMIT_AS, in_use + MEMORY_BYTES);
    last.status = job(path, &pipe, &last.err);
    _exit(lq_sandbox_send(&last, sizeof last, &pipe) ? 0 : 1);
}

static bool grow(lq_sandbox_answer *answer, size_t *cap)
{
    const size_t next = *cap ? 2 * *cap : (size_t)1 << 16;
    if (next > MAX_ANSWER_BYTES) return false;
    unsigned char *bytes = lq_calloc(next, 1);
    if (!bytes) return false;
    if (answer->n) memcpy(bytes, answer->bytes, answer->n);
    lq_free(answer->bytes);
    answer->bytes = bytes;
    *cap = next;
    return true;
}

static lq_status listen_to(int fd, const char *path, lq_sandbox_answer *answer, lq_error *err)
{
    size_t cap = 0;
    for (;;) {
        if (answer->n == cap && !grow(answer, &cap))
            return LQ_FAIL(err, LQ_ENOMEM, .file = path, .key = "result");
        const ssize_t got = read(fd, answer->bytes + answer->n, cap - answer->n);
        if (got == 0) return LQ_OK;
        if (got > 0)
            answer->n += (size_t)got;
        else if (errno != EINTR)
            return LQ_FAIL(err, LQ_EIO, .file = path, .key = "result", .got = strerror(errno));
    }
}

static bool ended_well(pid_t child)
{
    int status = 0;
    pid_t ended = 0;
    do
        ended = waitpid(child, &status, 0);
    while (ended < 0 && errno == EINTR);
    /* ECHILD: somebody ignores SIGCHLD, and the verdict alone has to tell. */
    return ended < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static lq_status read_verdict(const char *path, bool well, lq_sandbox_answer *answer,
                              lq_error *err)
{
    verdict last;
    if (!well || answer->n < sizeof last)
        return LQ_FAIL(err, LQ_ECHECK, .file = path, .key = "result",
                       .expected = "a result file that is whole",
                       .got = "a file on which HDF5 fails");
    answer->n -= sizeof last;
    memcpy(&last, answer->bytes + answer->n, sizeof last);
    if (last.status != LQ_OK && err) *err = last.err;
    return last.status;
}

static lq_status run_in_child(lq_sandbox_job job, const char *path, unsigned cpu_seconds,
                              lq_sandbox_answer *answer, lq_error *err)
{
    int ends[2];
    if (pipe(ends) != 0)
        return LQ_FAIL(err, LQ_EIO, .file = path, .key = "pipe", .got = strerror(errno));
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(job, path, cpu_seconds, ends[1]);
    }
    close(ends[1]);
    lq_status st = LQ_OK;
    if (child < 0)
        st = LQ_FAIL(err, LQ_EIO, .file = path, .key = "fork", .got = strerror(errno));
    else
        st = listen_to(ends[0], path, answer, err);
    close(ends[0]);
    if (child < 0) return st;
    const bool well = ended_well(child);
    return st == LQ_OK ? read_verdict(path, well, answer, err) : st;
}

lq_status lq_sandbox_run(lq_sandbox_job job, const char *path, unsigned cpu_seconds,
                         lq_sandbox_answer *answer, lq_error *err)
{
    lq_sandbox_answer got = {0};
    const lq_status st = run_in_child(job, path, cpu_seconds, &got, err);
    if (st == LQ_OK)
        *answer = got;
    else
        lq_free(got.bytes);
    return st;
}

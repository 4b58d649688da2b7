#include "bench/peers.h"

#include "bench/workload.h"

#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { PATH_CHARS = 1024 };

/* Programs by name, and what to call one that is missing. */
static const struct {
    const char *program, *title;
} peers[] = {{"bench_gsl", "GSL"}, {"bench_numpy", "numpy"}, {"bench_quantlib", "QuantLib"}};

/* Where the peers are: LIQUIDUS_BENCH_PEERS, or tests/bench of the build tree that the running
 * program lies in (PROGRAM is build/src/cli/liquidus). */
static void find_folder(char folder[PATH_CHARS])
{
    const char *given = getenv("LIQUIDUS_BENCH_PEERS");
    folder[0] = '\0';
    if (given) {
        snprintf(folder, PATH_CHARS, "%s", given);
        return;
    }
    char self[PATH_CHARS / 2];
    const ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0) return;
    self[n] = '\0';
    for (int up = 0; up < 3; up++) {
        char *slash = strrchr(self, '/');
        if (!slash) return;
        *slash = '\0';
    }
    snprintf(folder, PATH_CHARS, "%s/tests/bench", self);
}

/* Starts the program with its standard output on a pipe; NULL: it cannot be started. */
static FILE *start(const char *path, pid_t *pid)
{
    int ends[2];
    if (access(path, X_OK) != 0 || pipe(ends) != 0) return NULL;
    posix_spawn_file_actions_t actions;
    char *argv[] = {(char *)(uintptr_t)path, NULL};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    const int failed = posix_spawn(pid, path, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    FILE *out = failed ? NULL : fdopen(ends[0], "r");
    if (!out) close(ends[0]);
    return out;
}

/* "W1", "name", "12.5" between tabs; false for anything else. */
static bool read_row(const char *line, lq_peer *out)
{
    char workload[4];
    if (sscanf(line, "%3[^\t]\t%63[^\t]\t%lf", workload, out->name, &out->ns_per_path) != 3)
        return false;
    out->workload = 0;
    while (out->workload < LQ_WORKLOADS &&
           strcmp(lq_workloads[out->workload].name, workload) != 0)
        out->workload++;
    return out->workload < LQ_WORKLOADS && out->ns_per_path > 0.0;
}

static size_t read_rows(FILE *in, lq_peer *out, size_t room)
{
    char line[256];
    size_t n = 0;
    while (fgets(line, sizeof line, in)) {
        lq_peer row;
        if (n < room && read_row(line, &row)) out[n++] = row;
    }
    return n;
}

/* Rows of one program; none when it is missing or failed. */
static size_t run_peer(const char *path, lq_peer *out, size_t room)
{
    pid_t pid;
    FILE *in = start(path, &pid);
    if (!in) return 0;
    const size_t n = read_rows(in, out, room);
    fclose(in);
    int ended = 0;
    return waitpid(pid, &ended, 0) == pid && ended == 0 ? n : 0;
}

size_t lq_bench_peers(lq_peer out[LQ_MAX_PEERS])
{
    char folder[PATH_CHARS], path[PATH_CHARS + 32];
    size_t n = 0;
    find_folder(folder);
    for (size_t i = 0; i < sizeof peers / sizeof peers[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, peers[i].program);
        const size_t more = run_peer(path, out + n, LQ_MAX_PEERS - n);
        n += more;
        for (size_t w = LQ_W0; w <= LQ_W1 && more == 0 && n < LQ_MAX_PEERS; w++) {
            out[n] = (lq_peer){.workload = w};
            snprintf(out[n++].name, sizeof out->name, "%s", peers[i].title);
        }
    }
    return n;
}

bool lq_peer_equal(const lq_peer *a, const lq_peer *b)
{
    return a->workload == b->workload && strcmp(a->name, b->name) == 0;
}

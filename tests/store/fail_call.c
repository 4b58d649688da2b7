/* A library to preload: the nth call that can fail on a bad disk fails, or all from the nth on.
 *
 * LQ_FAIL_AT=n        the nth call, from 1; LQ_FAIL_COUNT=FILE receives how many there were
 * LQ_FAIL_ALWAYS=1    and every one after it
 * LQ_FAIL_UNDER=DIR   only calls on files below this folder count
 * Counted: open for writing, write, pwrite, ftruncate, fsync, close, rename. */
#define _GNU_SOURCE 1

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int n_calls;

static int ours(const char *path)
{
    const char *under = getenv("LQ_FAIL_UNDER");
    return under && strncmp(path, under, strlen(under)) == 0;
}

static int ours_fd(int fd)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = '\0';
    return ours(path);
}

/* True when this call is to fail. */
static int due(void)
{
    const char *at = getenv("LQ_FAIL_AT"), *always = getenv("LQ_FAIL_ALWAYS");
    const int wanted = at ? atoi(at) : 0;
    n_calls++;
    return wanted > 0 && (n_calls == wanted || (always && n_calls > wanted));
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((destructor)) static void report(void)
{
    const char *name = getenv("LQ_FAIL_COUNT");
    FILE *file = name ? fopen(name, "w") : NULL;
    if (!file) return;
    fprintf(file, "%d\n", n_calls);
    fclose(file);
}

int open(const char *path, int flags, ...)
{
    int (*real)(const char *, int, ...) = next("open");
    va_list args;
    va_start(args, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    if ((flags & O_ACCMODE) != O_RDONLY && ours(path) && due()) {
        errno = EACCES;
        return -1;
    }
    return real(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return open(path, flags, mode);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    ssize_t (*real)(int, const void *, size_t) = next("write");
    if (ours_fd(fd) && due()) {
        errno = ENOSPC;
        return -1;
    }
    return real(fd, bytes, n);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    ssize_t (*real)(int, const void *, size_t, off64_t) = next("pwrite64");
    if (ours_fd(fd) && due()) {
        errno = ENOSPC;
        return -1;
    }
    return real(fd, bytes, n, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    return pwrite64(fd, bytes, n, at);
}

int ftruncate64(int fd, off64_t size)
{
    int (*real)(int, off64_t) = next("ftruncate64");
    if (ours_fd(fd) && due()) {
        errno = EIO;
        return -1;
    }
    return real(fd, size);
}

int ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

int fsync(int fd)
{
    int (*real)(int) = next("fsync");
    if (ours_fd(fd) && due()) {
        errno = EIO;
        return -1;
    }
    return real(fd);
}

int close(int fd)
{
    int (*real)(int) = next("close");
    const int fails = ours_fd(fd) && due();
    const int rc = real(fd);
    if (!fails) return rc;
    errno = EIO;
    return -1;
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = next("rename");
    if (ours(from) && due()) {
        errno = EIO;
        return -1;
    }
    return real(from, to);
}

#define _GNU_SOURCE                                                                            \
    1 /* F_OFD_SETLK: a lock that belongs to the open file, not to the process */

#include "store/target.h"

#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static lq_status fail_errno(const char *file, const char *key, const char *expected,
                            lq_error *err)
{
    return LQ_FAIL(err, LQ_EIO, .file = file, .key = key, .expected = expected,
                   .got = strerror(errno));
}

/* Whether the caller can put it right with another name, or the machine is at fault. */
static lq_status status_of_name(int cause)
{
    switch (cause) {
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
    case EACCES:
    case EPERM:
    case EROFS:
        return LQ_ECONFIG;
    default:
        return LQ_EIO;
    }
}

/* Before anything is written. */
static lq_status refuse_name(const char *file, const char *expected, lq_error *err)
{
    return LQ_FAIL(err, status_of_name(errno), .file = file, .key = "output",
                   .expected = expected, .got = strerror(errno));
}

static const char *kind_of(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "a folder";
    case S_IFLNK:
        return "a symbolic link";
    case S_IFCHR:
    case S_IFBLK:
        return "a device";
    case S_IFIFO:
        return "a pipe";
    case S_IFSOCK:
        return "a socket";
    default:
        return "something else";
    }
}

/* As root, a rename over a device replaces the device: so what stands there is looked at. */
static lq_status may_replace(const char *path, lq_error *err)
{
    struct stat found;
    static const char expected[] = "a new name, or a result file of liquidus to replace";
    if (lstat(path, &found) != 0)
        return errno == ENOENT ? LQ_OK : refuse_name(path, expected, err);
    if (!S_ISREG(found.st_mode))
        return LQ_FAIL(err, LQ_ECONFIG, .file = path, .key = "output", .expected = expected,
                       .got = kind_of(found.st_mode));
    if (!lq_store_is_ours(path))
        return LQ_FAIL(err, LQ_ECONFIG, .file = path, .key = "output", .expected = expected,
                       .got = "a file that is not a result of liquidus");
    return LQ_OK;
}

static lq_status set_names(lq_target *target, lq_arena *arena, const char *path, lq_error *err)
{
    const char *slash = strrchr(path, '/');
    if (!*path || (slash && !slash[1]))
        return LQ_FAIL(err, LQ_ECONFIG, .file = path, .key = "output",
                       .expected = "the name of a file", .got = *path ? "a folder" : "nothing");
    if (strcmp(path, "-") == 0)
        return LQ_FAIL(err, LQ_ECONFIG, .file = path, .key = "output",
                       .expected = "the name of a file: results do not go down a pipe (--json "
                                   "prints; ./- is a file of that name)",
                       .got = path);
    target->path = lq_arena_strdup(arena, path);
    target->partial = lq_arena_printf(arena, "%s.partial.h5", path);
    target->temporary = lq_arena_printf(arena, "%s.writing", path);
    if (!slash)
        target->folder = ".";
    else if (slash == path)
        target->folder = "/";
    else
        target->folder = lq_arena_strndup(arena, path, (size_t)(slash - path));
    return lq_arena_failed(arena) ? LQ_FAIL(err, LQ_ENOMEM, .file = path) : LQ_OK;
}

static lq_status check_folder(const lq_target *target, bool make_folder, lq_error *err)
{
    struct stat found;
    static const char expected[] = "an existing folder to write into";
    if (make_folder && mkdir(target->folder, 0777) != 0 && errno != EEXIST)
        return refuse_name(target->folder, "a folder that can be made", err);
    if (stat(target->folder, &found) != 0) return refuse_name(target->folder, expected, err);
    if (!S_ISDIR(found.st_mode)) {
        errno = ENOTDIR;
        return refuse_name(target->folder, expected, err);
    }
    return LQ_OK;
}

/* What a killed run left is empty or begins as HDF5 does; anything else is not ours to take. */
static bool is_left_over(int fd)
{
    static const char signature[8] = "\211HDF\r\n\032\n";
    char head[8];
    const ssize_t got = pread(fd, head, sizeof head, 0);
    return got == 0 || (got == (ssize_t)sizeof head && memcmp(head, signature, 8) == 0);
}

static lq_status open_temporary(const lq_target *target, int *fd, lq_error *err)
{
    const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    *fd = open(target->temporary, flags | O_CREAT | O_EXCL, 0666);
    if (*fd >= 0) return LQ_OK;
    const bool was_there = errno == EEXIST;
    if (was_there) *fd = open(target->temporary, flags);
    /* ENOENT now: it was published just now. ENOENT at first: the folder takes no files. */
    if (*fd >= 0 || (was_there && errno == ENOENT)) return LQ_OK;
    return refuse_name(target->temporary, "a file that can be written", err);
}

/* The file that was locked may have been published meanwhile and so be no longer ours. */
static bool still_named(const lq_target *target, int fd)
{
    struct stat open_file, named;
    return fstat(fd, &open_file) == 0 && lstat(target->temporary, &named) == 0 &&
           open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}

static lq_status lock_temporary(lq_target *target, int fd, lq_error *err)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat found;
    if (fcntl(fd, F_OFD_SETLK, &whole) != 0) {
        if (errno != EAGAIN && errno != EACCES)
            return fail_errno(target->temporary, "output", "a file that can be locked", err);
        return LQ_FAIL(err, LQ_EIO, .file = target->path, .key = "output",
                       .expected = "a file that no other run is writing",
                       .got = "another run that is writing it now");
    }
    if (!still_named(target, fd)) return LQ_OK;
    if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode) || !is_left_over(fd))
        return LQ_FAIL(err, LQ_ECONFIG, .file = target->temporary, .key = "output",
                       .expected = "no file of this name", .got = "a file of somebody else");
    target->lock_fd = fd;
    return LQ_OK;
}

static lq_status take_temporary(lq_target *target, lq_error *err)
{
    while (target->lock_fd < 0) {
        int fd = -1;
        LQ_TRY(open_temporary(target, &fd, err));
        if (fd < 0) continue;
        const lq_status st = lock_temporary(target, fd, err);
        if (target->lock_fd != fd) close(fd);
        LQ_TRY(st);
    }
    return LQ_OK;
}

lq_status lq_target_open(lq_target *target, lq_arena *arena, const char *path, bool make_folder,
                         lq_error *err)
{
    *target = (lq_target){.lock_fd = -1};
    LQ_TRY(set_names(target, arena, path, err));
    LQ_TRY(check_folder(target, make_folder, err));
    LQ_TRY(may_replace(path, err));
    return take_temporary(target, err);
}

static lq_status sync_folder(const lq_target *target, lq_error *err)
{
    const int fd = open(target->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* EINVAL: file systems that cannot sync a folder need no sync either. */
    const bool done = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    const lq_status st =
        done ? LQ_OK : fail_errno(target->folder, "fsync", "a folder that can be synced", err);
    if (fd >= 0) close(fd);
    return st;
}

lq_status lq_target_publish(lq_target *target, bool as_partial, lq_error *err)
{
    const char *name = as_partial ? target->partial : target->path;
    if (fsync(target->lock_fd) != 0)
        return fail_errno(target->path, "fsync", "a disk that takes the file", err);
    LQ_TRY(may_replace(name, err));
    if (rename(target->temporary, name) != 0)
        return fail_errno(name, "rename", "a file that can be replaced", err);
    const lq_status st = sync_folder(target, err);
    close(target->lock_fd);
    target->lock_fd = -1;
    return st;
}

void lq_target_abandon(lq_target *target)
{
    if (target->lock_fd < 0) return;
    unlink(target->temporary);
    /* HDF5 may still have it open; the disk gets its space back at once. */
    const int emptied = ftruncate(target->lock_fd, 0);
    (void)emptied;
    close(target->lock_fd);
    target->lock_fd = -1;
}

#include "store/reader.h"

#include "store/digest.h"
#include "store/h5.h"
#include "store/sample_reader.h"
#include "store/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static lq_status refuse_file(const char *path, const char *got, lq_error *err)
{
    return LQ_FAIL(err, LQ_ECONFIG, .file = path, .key = "result",
                   .expected = "a result file of liquidus", .got = got);
}

/* A pipe or a device would keep the reader waiting. */
static lq_status check_regular(const char *path, lq_error *err)
{
    struct stat found;
    const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return LQ_FAIL(err, LQ_EIO, .file = path, .key = "result",
                       .expected = "a file that can be read", .got = strerror(errno));
    const bool regular = fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
    close(fd);
    return regular ? LQ_OK : refuse_file(path, "not a regular file", err);
}

static lq_status check_format(const char *path, hid_t file, lq_error *err)
{
    lq_arena *arena = lq_arena_create();
    if (!arena) return LQ_FAIL(err, LQ_ENOMEM, .file = path);
    const char *format = lq_h5_get_text(file, "format", arena);
    lq_status st = LQ_OK;
    if (lq_arena_failed(arena))
        st = LQ_FAIL(err, LQ_ENOMEM, .file = path);
    else if (!format || strncmp(format, "liquidus-result/", 16) != 0)
        st = refuse_file(path, "an HDF5 file of another kind", err);
    else if (strcmp(format, LQ_STORE_FORMAT) != 0)
        st = refuse_file(path, format, err);
    lq_arena_destroy(arena);
    return st;
}

static lq_status open_result(const char *path, hid_t *file, lq_error *err)
{
    *file = H5I_INVALID_HID;
    LQ_TRY(check_regular(path, err));
    const hid_t access = lq_h5_file_access();
    const hid_t opened = H5Fopen(path, H5F_ACC_RDONLY, access);
    lq_h5_close_plist(access);
    if (opened < 0) return refuse_file(path, "a file that HDF5 cannot open", err);
    const lq_status st = check_format(path, opened, err);
    if (st == LQ_OK)
        *file = opened;
    else
        H5Fclose(opened);
    return st;
}

lq_status lq_reader_check(const char *path, lq_error *err)
{
    hid_t file = H5I_INVALID_HID;
    const lq_status st = open_result(path, &file, err);
    if (file >= 0) H5Fclose(file);
    return st;
}

static size_t depth_of(const char *group)
{
    size_t depth = 0;
    for (const char *c = group; *c; c++)
        depth += *c == '/';
    return depth;
}

/* Samples are left to those who ask for them: they are most of the file. */
static lq_status visit(lq_walk *walk, const char *group, const char *name, hid_t object,
                       lq_error *err)
{
    char path[LQ_WALK_MAX_DEPTH * LQ_WALK_NAME_CHARS];
    const bool at_root = strcmp(group, "/") == 0;
    if (H5Iget_type(object) == H5I_DATASET) {
        if (at_root && lq_walk_is_scale(walk, object)) return LQ_OK;
        return lq_walk_variable(walk, group, name, object, err);
    }
    if (H5Iget_type(object) != H5I_GROUP)
        return lq_walk_refuse(walk, name, "neither a group nor an array", err);
    if (at_root && strcmp(name, "samples") == 0) return LQ_OK;
    snprintf(path, sizeof path, "%s/%s", at_root ? "" : group, name);
    if (depth_of(path) >= LQ_WALK_MAX_DEPTH)
        return lq_walk_refuse(walk, name, "groups too deep", err);
    return lq_walk_group(walk, path, visit, err);
}

static lq_status compare_hash(const lq_walk *walk, const char *key, const char *said,
                              const char *found, lq_error *err)
{
    if (strcmp(said, found) == 0) return LQ_OK;
    return LQ_FAIL(err, LQ_ECHECK, .file = walk->path, .key = key,
                   .expected = *said ? said : "a hash", .got = found);
}

static lq_status check_content(const lq_walk *walk, lq_error *err)
{
    const lq_frame *f = walk->frame;
    char part[LQ_STORE_HASH_CHARS], hash[LQ_STORE_HASH_CHARS];
    LQ_TRY(lq_digest_run(f, part, err));
    LQ_TRY(compare_hash(walk, "/manifest/run/run_sha256",
                        lq_frame_text(f, "/manifest/run", "run_sha256"), part, err));
    LQ_TRY(lq_digest_frame(f, part, err));
    lq_digest_content(part, lq_frame_i64(f, "/manifest", "complete", -1) == 1,
                      lq_frame_text(f, "/manifest", "samples_sha256"), hash);
    return compare_hash(walk, "/manifest/content_sha256",
                        lq_frame_text(f, "/manifest", "content_sha256"), hash, err);
}

static lq_status fill_frame(lq_walk *walk, lq_error *err)
{
    LQ_TRY(lq_walk_group(walk, "/", lq_walk_dimension, err));
    LQ_TRY(lq_walk_group(walk, "/", visit, err));
    if (lq_frame_failed(walk->frame)) return LQ_FAIL(err, LQ_ENOMEM, .file = walk->path);
    return check_content(walk, err);
}

lq_status lq_reader_frame(const char *path, lq_frame *frame, lq_error *err)
{
    lq_walk walk = {.path = path, .file = H5I_INVALID_HID, .frame = frame};
    LQ_TRY(open_result(path, &walk.file, err));
    const lq_status st = fill_frame(&walk, err);
    H5Fclose(walk.file);
    return st;
}

static lq_status check_samples(lq_walk *walk, lq_error *err)
{
    char hash[LQ_STORE_HASH_CHARS];
    const char *said = lq_frame_text(walk->frame, "/manifest", "samples_sha256");
    if (!*said) return LQ_OK;
    LQ_TRY(lq_sample_reader_hash(walk, hash, err));
    return compare_hash(walk, "/manifest/samples_sha256", said, hash, err);
}

lq_status lq_reader_hash(const char *path, char hash[LQ_STORE_HASH_CHARS], lq_error *err)
{
    lq_walk walk = {.path = path, .file = H5I_INVALID_HID, .frame = lq_frame_create()};
    if (!walk.frame) return LQ_FAIL(err, LQ_ENOMEM, .file = path);
    lq_status st = open_result(path, &walk.file, err);
    if (st == LQ_OK) st = fill_frame(&walk, err);
    if (st == LQ_OK) st = check_samples(&walk, err);
    if (st == LQ_OK)
        snprintf(hash, LQ_STORE_HASH_CHARS, "%s",
                 lq_frame_text(walk.frame, "/manifest", "content_sha256"));
    if (walk.file >= 0) H5Fclose(walk.file);
    lq_frame_destroy(walk.frame);
    return st;
}

#include "store/store.h"

#include "base/alloc.h"
#include "store/h5.h"
#include "store/reader.h"
#include "store/sandbox.h"
#include "store/wire.h"

#include <string.h>

/* Minutes, so that a slow disk is no damage; the hash reads all samples. */
enum { CPU_SECONDS = 120, CPU_SECONDS_HASH = 6 * 3600 };

static lq_status send_frame(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    lq_frame *frame = lq_frame_create();
    if (!frame) return LQ_FAIL(err, LQ_ENOMEM, .file = path);
    lq_h5_enter();
    lq_status st = lq_reader_frame(path, frame, err);
    if (st == LQ_OK && !lq_wire_write(frame, lq_sandbox_send, pipe))
        st = LQ_FAIL(err, LQ_EIO, .file = path, .key = "pipe");
    lq_frame_destroy(frame);
    return st;
}

static lq_status send_hash(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    char hash[LQ_STORE_HASH_CHARS];
    lq_h5_enter();
    LQ_TRY(lq_reader_hash(path, hash, err));
    return lq_sandbox_send(hash, sizeof hash, pipe)
               ? LQ_OK
               : LQ_FAIL(err, LQ_EIO, .file = path, .key = "pipe");
}

static lq_status send_nothing(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    (void)pipe;
    lq_h5_enter();
    return lq_reader_check(path, err);
}

lq_status lq_store_read(const char *path, lq_frame **out, lq_error *err)
{
    lq_sandbox_answer answer = {0};
    *out = NULL;
    LQ_TRY(lq_sandbox_run(send_frame, path, CPU_SECONDS, &answer, err));
    lq_frame *frame = lq_frame_create();
    lq_status st = LQ_OK;
    if (!frame || !lq_wire_read(answer.bytes, answer.n, frame))
        st = frame && !lq_frame_failed(frame)
                 ? LQ_FAIL(err, LQ_ECHECK, .file = path, .key = "result", .expected = "a frame",
                           .got = "other bytes")
                 : LQ_FAIL(err, LQ_ENOMEM, .file = path, .key = "result");
    lq_free(answer.bytes);
    if (st == LQ_OK)
        *out = frame;
    else
        lq_frame_destroy(frame);
    return st;
}

bool lq_store_is_ours(const char *path)
{
    lq_sandbox_answer answer = {0};
    const lq_status st = lq_sandbox_run(send_nothing, path, CPU_SECONDS, &answer, NULL);
    lq_free(answer.bytes);
    return st == LQ_OK;
}

lq_status lq_store_hash(const char *path, char hash[LQ_STORE_HASH_CHARS], lq_error *err)
{
    lq_sandbox_answer answer = {0};
    LQ_TRY(lq_sandbox_run(send_hash, path, CPU_SECONDS_HASH, &answer, err));
    const bool whole = answer.n == LQ_STORE_HASH_CHARS;
    if (whole) memcpy(hash, answer.bytes, LQ_STORE_HASH_CHARS);
    lq_free(answer.bytes);
    return whole ? LQ_OK
                 : LQ_FAIL(err, LQ_ECHECK, .file = path, .key = "result", .expected = "a hash",
                           .got = "other bytes");
}

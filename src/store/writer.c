#include "store/store.h"

#include "base/alloc.h"
#include "store/digest.h"
#include "store/h5.h"
#include "store/layout.h"
#include "store/samples.h"
#include "store/target.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct lq_store {
    lq_arena *arena;
    lq_target target;
    lq_layout layout;
    lq_samples *samples; /* NULL: none announced */
    bool compress;
    bool failed; /* HDF5 has met an error in this file, which can no longer be closed */
    bool put;
    char frame_hash[LQ_STORE_HASH_CHARS], run_hash[LQ_STORE_HASH_CHARS];
};

static lq_status fail_h5(lq_store *store, const char *key, lq_error *err)
{
    const lq_status st = lq_layout_fail(&store->layout, store->target.path, key, err);
    if (st == LQ_EIO) store->failed = true;
    return st;
}

static lq_status create_file(lq_store *store, lq_error *err)
{
    const hid_t access = lq_h5_file_access(), creation = lq_h5_file_creation();
    if (access >= 0 && creation >= 0)
        store->layout.file =
            H5Fcreate(store->target.temporary, H5F_ACC_TRUNC, creation, access);
    lq_status st = LQ_OK;
    if (store->layout.file < 0 ||
        lq_h5_put_text(store->layout.file, "format", LQ_STORE_FORMAT) < 0)
        st = fail_h5(store, "output", err);
    lq_h5_close_plist(creation);
    lq_h5_close_plist(access);
    return st;
}

static lq_store *new_store(bool compress)
{
    lq_store *store = lq_calloc(1, sizeof *store);
    if (!store) return NULL;
    lq_arena *arena = lq_arena_create();
    store->arena = arena;
    store->compress = compress;
    store->target.lock_fd = -1;
    store->layout = (lq_layout){.file = H5I_INVALID_HID, .arena = arena};
    if (arena) return store;
    lq_free(store);
    return NULL;
}

lq_status lq_store_create(const char *path, const lq_store_options *options, lq_store **out,
                          lq_error *err)
{
    const lq_store_options chosen = options ? *options : (lq_store_options){0};
    const lq_h5_guard guard = lq_h5_enter();
    lq_status st = LQ_OK;
    *out = NULL;
    lq_store *store = new_store(chosen.compress);
    if (!store) {
        st = LQ_FAIL(err, LQ_ENOMEM, .file = path, .key = "output");
        goto out;
    }
    st = lq_target_open(&store->target, store->arena, path, chosen.make_folder, err);
    if (st == LQ_OK) st = create_file(store, err);
    if (st != LQ_OK) goto out;
    *out = store;
    store = NULL;
out:
    lq_store_destroy(store);
    lq_h5_leave(&guard);
    return st;
}

static lq_status put_dimensions(lq_store *store, const lq_frame *frame, lq_error *err)
{
    for (size_t i = 0; i < lq_frame_n_dimensions(frame); i++) {
        const lq_dimension *d = lq_frame_nth_dimension(frame, i);
        if (lq_layout_find(&store->layout, d->name)) continue; /* "sample", announced before */
        if (lq_layout_put_dimension(&store->layout, d) < 0) return fail_h5(store, d->name, err);
    }
    return LQ_OK;
}

static lq_status put_variables(lq_store *store, const lq_frame *frame, lq_error *err)
{
    for (size_t i = 0; i < lq_frame_n_variables(frame); i++) {
        const lq_variable *v = lq_frame_nth_variable(frame, i);
        if (lq_digest_is_own(v)) continue;
        if (lq_layout_put_variable(&store->layout, v) < 0) return fail_h5(store, v->name, err);
    }
    return LQ_OK;
}

lq_status lq_store_put(lq_store *store, const lq_frame *frame, lq_error *err)
{
    assert(!store->put && !store->failed);
    if (lq_frame_failed(frame)) return LQ_FAIL(err, LQ_ENOMEM, .file = store->target.path);
    const lq_h5_guard guard = lq_h5_enter();
    lq_status st = lq_digest_frame(frame, store->frame_hash, err);
    if (st == LQ_OK) st = lq_digest_run(frame, store->run_hash, err);
    if (st == LQ_OK) st = put_dimensions(store, frame, err);
    if (st == LQ_OK) st = put_variables(store, frame, err);
    store->put = st == LQ_OK;
    lq_h5_leave(&guard);
    return st;
}

lq_status lq_store_samples_begin(lq_store *store, const lq_store_column *columns,
                                 size_t n_columns, uint64_t n_rows, lq_error *err)
{
    assert(!store->samples && !store->failed);
    const lq_h5_guard guard = lq_h5_enter();
    const lq_samples_spec spec = {.layout = &store->layout,
                                  .file = store->target.path,
                                  .columns = columns,
                                  .n_columns = n_columns,
                                  .n_rows = n_rows,
                                  .compress = store->compress};
    const lq_status st = lq_samples_create(&spec, &store->samples, err);
    if (st == LQ_EIO) store->failed = true;
    lq_h5_leave(&guard);
    return st;
}

lq_status lq_store_samples_write(lq_store *store, uint64_t row0, size_t n_rows,
                                 const double *const *columns, lq_error *err)
{
    return lq_samples_write(store->samples, row0, n_rows, columns, err);
}

/* The store's own variables, as a frame of their own. */
static lq_frame *own_manifest(lq_store *store, bool complete, const char *samples_hash)
{
    static const char group[] = "/manifest";
    char hash[LQ_STORE_HASH_CHARS];
    lq_frame *own = lq_frame_create();
    if (!own) return NULL;
    lq_digest_content(store->frame_hash, complete, samples_hash, hash);
    lq_frame_put_i64(own, group, "complete", "1",
                     "1: all paths are in; 0: the run was interrupted", complete);
    if (store->samples)
        lq_frame_put_text(own, group, "samples_sha256", "hash of the group /samples",
                          samples_hash);
    lq_frame_put_text(own, group, "content_sha256",
                      "hash of everything but /manifest/run; equal results have equal hashes",
                      hash);
    lq_frame_put_text(own, "/manifest/run", "run_sha256",
                      "hash of /manifest/run and of the dimensions, to notice damage",
                      store->run_hash);
    if (!lq_frame_failed(own)) return own;
    lq_frame_destroy(own);
    return NULL;
}

static lq_status put_own(lq_store *store, bool complete, const char *samples_hash,
                         lq_error *err)
{
    lq_status st = LQ_OK;
    lq_frame *own = own_manifest(store, complete, samples_hash);
    if (!own) return LQ_FAIL(err, LQ_ENOMEM, .file = store->target.path);
    for (size_t i = 0; i < lq_frame_n_variables(own) && st == LQ_OK; i++)
        if (lq_layout_put_variable(&store->layout, lq_frame_nth_variable(own, i)) < 0)
            st = fail_h5(store, "manifest", err);
    lq_frame_destroy(own);
    return st;
}

/* The flush meets a full disk while the file can still be left alone; closing cannot. */
static lq_status close_file(lq_store *store, lq_error *err)
{
    if (lq_layout_finish(&store->layout) < 0 ||
        H5Fflush(store->layout.file, H5F_SCOPE_GLOBAL) < 0)
        return fail_h5(store, "flush", err);
    const hid_t file = store->layout.file;
    store->layout.file = H5I_INVALID_HID;
    return H5Fclose(file) < 0 ? fail_h5(store, "close", err) : LQ_OK;
}

static lq_status commit(lq_store *store, bool complete, lq_error *err)
{
    char samples_hash[LQ_STORE_HASH_CHARS] = "";
    if (store->samples) {
        const lq_status st = lq_samples_finish(store->samples, samples_hash, err);
        if (st != LQ_OK) store->failed = true;
        LQ_TRY(st);
    }
    LQ_TRY(put_own(store, complete, samples_hash, err));
    LQ_TRY(close_file(store, err));
    return lq_target_publish(&store->target, !complete, err);
}

/* Only a file that says of itself that it is incomplete is superseded. */
static void remove_superseded(const lq_store *store)
{
    lq_frame *frame = NULL;
    if (!lq_store_is_ours(store->target.partial) ||
        lq_store_read(store->target.partial, &frame, NULL) != LQ_OK)
        return;
    if (lq_frame_i64(frame, "/manifest", "complete", 1) == 0) unlink(store->target.partial);
    lq_frame_destroy(frame);
}

lq_status lq_store_commit(lq_store *store, lq_error *err)
{
    assert(store->put && !store->failed);
    const lq_h5_guard guard = lq_h5_enter();
    const lq_status st = commit(store, true, err);
    if (st == LQ_OK) remove_superseded(store);
    lq_h5_leave(&guard);
    return st;
}

lq_status lq_store_commit_partial(lq_store *store, lq_error *err)
{
    assert(store->put && !store->failed);
    const lq_h5_guard guard = lq_h5_enter();
    const lq_status st = commit(store, false, err);
    lq_h5_leave(&guard);
    return st;
}

const char *lq_store_partial_path(const lq_store *store)
{
    return store->target.partial;
}

void lq_store_destroy(lq_store *store)
{
    if (!store) return;
    const lq_h5_guard guard = lq_h5_enter();
    if (store->samples && lq_samples_failed(store->samples)) store->failed = true;
    lq_samples_destroy(store->samples);
    /* HDF5 crashes when it closes a file that it could not write: such a file stays open to the
     * end of the process, empty and without a name. */
    if (store->layout.file >= 0 && !store->failed) H5Fclose(store->layout.file);
    lq_target_abandon(&store->target);
    lq_arena_destroy(store->arena);
    lq_free(store);
    lq_h5_leave(&guard);
}

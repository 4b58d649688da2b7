#include "store/h5.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MAX_ATTRIBUTE_BYTES = 1 << 20 };

lq_h5_guard lq_h5_enter(void)
{
    lq_h5_guard guard = {0};
    /* A file whose disk is full cannot be closed, and HDF5 would try again at exit and crash.
     * Every file is closed here, so its exit handler has nothing else to do. */
    H5dont_atexit();
    H5Eget_auto2(H5E_DEFAULT, &guard.print, &guard.print_data);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    sigset_t too_large;
    sigemptyset(&too_large);
    sigaddset(&too_large, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &too_large, &guard.signals);
    return guard;
}

void lq_h5_leave(const lq_h5_guard *guard)
{
    if (!sigismember(&guard->signals, SIGXFSZ)) {
        const struct timespec now = {0};
        sigset_t too_large;
        sigemptyset(&too_large);
        sigaddset(&too_large, SIGXFSZ);
        while (sigtimedwait(&too_large, NULL, &now) == SIGXFSZ)
            continue;
    }
    pthread_sigmask(SIG_SETMASK, &guard->signals, NULL);
    H5Eset_auto2(H5E_DEFAULT, guard->print, guard->print_data);
}

/* The innermost entry of the error stack comes first and knows most. */
static herr_t first_reason(unsigned n, const H5E_error2_t *entry, void *data)
{
    char *reason = data;
    if (n > 0 || !entry->desc) return 0;
    static const char marker[] = "error message = '";
    const char *found = strstr(entry->desc, marker);
    const char *from = found ? found + sizeof marker - 1 : entry->desc;
    const size_t len = found ? strcspn(from, "'") : strlen(from);
    snprintf(reason, LQ_H5_REASON_CHARS, "%.*s", (int)(len < 150 ? len : 150), from);
    return 0;
}

void lq_h5_reason(char reason[LQ_H5_REASON_CHARS])
{
    snprintf(reason, LQ_H5_REASON_CHARS, "a failure that HDF5 does not explain");
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, first_reason, reason);
}

lq_status lq_h5_fail(const char *file, const char *key, const char *expected, lq_error *err)
{
    char reason[LQ_H5_REASON_CHARS];
    lq_h5_reason(reason);
    return LQ_FAIL(err, LQ_EIO, .file = file, .key = key, .expected = expected, .got = reason);
}

hid_t lq_h5_file_access(void)
{
    const hid_t list = H5Pcreate(H5P_FILE_ACCESS);
    if (list < 0) return list;
    /* V110 checksums its chunk indexes. Locking is ours (target.c): HDF5's would meet our own.
     */
    if (H5Pset_libver_bounds(list, H5F_LIBVER_V110, H5F_LIBVER_V110) >= 0 &&
        H5Pset_fclose_degree(list, H5F_CLOSE_STRONG) >= 0 &&
        H5Pset_file_locking(list, false, true) >= 0)
        return list;
    H5Pclose(list);
    return H5I_INVALID_HID;
}

/* netCDF-4 wants links and attributes in the order of creation; times would differ per run. */
static hid_t ordered(hid_t list, bool has_links)
{
    const unsigned order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    if (list < 0) return list;
    if (H5Pset_attr_creation_order(list, order) >= 0 &&
        H5Pset_obj_track_times(list, false) >= 0 &&
        (!has_links || H5Pset_link_creation_order(list, order) >= 0))
        return list;
    H5Pclose(list);
    return H5I_INVALID_HID;
}

hid_t lq_h5_file_creation(void)
{
    return ordered(H5Pcreate(H5P_FILE_CREATE), true);
}

hid_t lq_h5_group_creation(void)
{
    return ordered(H5Pcreate(H5P_GROUP_CREATE), true);
}

hid_t lq_h5_dataset_creation(void)
{
    return ordered(H5Pcreate(H5P_DATASET_CREATE), false);
}

hid_t lq_h5_text_type(void)
{
    const hid_t type = H5Tcopy(H5T_C_S1);
    if (type < 0) return type;
    if (H5Tset_size(type, H5T_VARIABLE) >= 0 && H5Tset_cset(type, H5T_CSET_UTF8) >= 0)
        return type;
    H5Tclose(type);
    return H5I_INVALID_HID;
}

static herr_t put_scalar(hid_t object, const char *name, hid_t type, const void *value)
{
    const hid_t space = H5Screate(H5S_SCALAR);
    hid_t attribute = H5I_INVALID_HID;
    herr_t rc = -1;
    if (space >= 0 && type >= 0)
        attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0) rc = H5Awrite(attribute, type, value);
    lq_h5_close_attribute(attribute);
    lq_h5_close_space(space);
    return rc;
}

herr_t lq_h5_put_text(hid_t object, const char *name, const char *text)
{
    const hid_t type = lq_h5_text_type();
    const herr_t rc = put_scalar(object, name, type, &text);
    lq_h5_close_type(type);
    return rc;
}

herr_t lq_h5_put_int(hid_t object, const char *name, int value)
{
    return put_scalar(object, name, H5T_NATIVE_INT, &value);
}

static char *variable_text(hid_t attribute, hid_t type, lq_arena *arena)
{
    char *text = NULL;
    if (H5Aread(attribute, type, &text) < 0) return NULL;
    char *copy = NULL;
    if (!text)
        copy = lq_arena_strdup(arena, "");
    else if (strnlen(text, MAX_ATTRIBUTE_BYTES) < MAX_ATTRIBUTE_BYTES)
        copy = lq_arena_strdup(arena, text);
    H5free_memory(text);
    return copy;
}

static char *fixed_text(hid_t attribute, hid_t type, lq_arena *arena)
{
    const size_t size = H5Tget_size(type);
    if (size == 0 || size >= MAX_ATTRIBUTE_BYTES) return NULL;
    char *text = lq_arena_calloc(arena, size + 1, 1);
    return text && H5Aread(attribute, type, text) >= 0 ? text : NULL;
}

char *lq_h5_get_text(hid_t object, const char *name, lq_arena *arena)
{
    if (H5Aexists(object, name) <= 0) return NULL;
    const hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    const hid_t type = attribute >= 0 ? H5Aget_type(attribute) : H5I_INVALID_HID;
    const hid_t space = attribute >= 0 ? H5Aget_space(attribute) : H5I_INVALID_HID;
    char *text = NULL;
    if (type >= 0 && space >= 0 && H5Tget_class(type) == H5T_STRING &&
        H5Sget_simple_extent_npoints(space) == 1)
        text = H5Tis_variable_str(type) > 0 ? variable_text(attribute, type, arena)
                                            : fixed_text(attribute, type, arena);
    lq_h5_close_space(space);
    lq_h5_close_type(type);
    lq_h5_close_attribute(attribute);
    return text;
}

/* Every call of HDF5 forgets why the one before failed; closing must not, or nobody can say it.
 */
static herr_t close_object(hid_t id, herr_t (*close_fn)(hid_t))
{
    if (id < 0) return 0;
    const hid_t reasons =
        H5Eget_num(H5E_DEFAULT) > 0 ? H5Eget_current_stack() : H5I_INVALID_HID;
    const herr_t rc = close_fn(id);
    if (reasons >= 0) H5Eset_current_stack(reasons);
    return rc;
}

herr_t lq_h5_close_dataset(hid_t dataset)
{
    return close_object(dataset, H5Dclose);
}

void lq_h5_close_space(hid_t space)
{
    close_object(space, H5Sclose);
}

void lq_h5_close_type(hid_t type)
{
    close_object(type, H5Tclose);
}

void lq_h5_close_plist(hid_t plist)
{
    close_object(plist, H5Pclose);
}

void lq_h5_close_attribute(hid_t attribute)
{
    close_object(attribute, H5Aclose);
}

void lq_h5_close_group(hid_t group)
{
    close_object(group, H5Gclose);
}

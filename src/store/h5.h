/**
 * @file h5.h
 * HDF5 spoken to quietly: its messages become ours, its property lists are made in one place.
 */
#ifndef LQ_STORE_H5_H
#define LQ_STORE_H5_H

#include "base/arena.h"
#include "liquidus/status.h"

#include <hdf5.h>
#include <signal.h>
#include <stdbool.h>

/** What has to be put back when a store call ends. */
typedef struct lq_h5_guard {
    H5E_auto2_t print;
    void *print_data;
    sigset_t signals;
} lq_h5_guard;

/** Silences HDF5 and holds back SIGXFSZ, so that a file-size limit is an error and not a death.
 */
lq_h5_guard lq_h5_enter(void);
void lq_h5_leave(const lq_h5_guard *guard);

enum { LQ_H5_REASON_CHARS = 160 };

/** Why the last HDF5 call failed, in as few words as it offers. */
void lq_h5_reason(char reason[LQ_H5_REASON_CHARS]);

/** LQ_EIO with the reason of the last HDF5 failure. */
lq_status lq_h5_fail(const char *file, const char *key, const char *expected, lq_error *err);

/** Property lists; negative on failure; the caller closes them. */
hid_t lq_h5_file_access(void);
hid_t lq_h5_file_creation(void);
hid_t lq_h5_group_creation(void);
hid_t lq_h5_dataset_creation(void);

/** Variable-length UTF-8 text; the caller closes it. */
hid_t lq_h5_text_type(void);

herr_t lq_h5_put_text(hid_t object, const char *name, const char *text);
herr_t lq_h5_put_int(hid_t object, const char *name, int value);

/** A text attribute of at most a mebibyte; NULL if there is none or it is something else. */
char *lq_h5_get_text(hid_t object, const char *name, lq_arena *arena);

/** Closes what is open, and keeps the reason of the last failure; negative handles are fine. */
herr_t
lq_h5_close_dataset(hid_t dataset); /* negative: what was written did not reach the disk */
void lq_h5_close_space(hid_t space);
void lq_h5_close_type(hid_t type);
void lq_h5_close_plist(hid_t plist);
void lq_h5_close_attribute(hid_t attribute);
void lq_h5_close_group(hid_t group);

#endif

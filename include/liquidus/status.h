/**
 * @file status.h
 * How every liquidus function says that it failed, and why.
 *
 * A function that can fail returns lq_status and takes `lq_error *err` as its last
 * parameter. On failure it fills *err and leaves every output untouched. err may be NULL.
 */
#ifndef LIQUIDUS_STATUS_H
#define LIQUIDUS_STATUS_H

#include <stdint.h>
#include <stdio.h>

#if defined(__GNUC__)
#define LQ_MUST_USE __attribute__((warn_unused_result))
#else
#define LQ_MUST_USE
#endif

typedef enum lq_status {
    LQ_OK = 0,
    LQ_ENOMEM,       /**< An allocation failed. */
    LQ_EIO,          /**< The file system or HDF5 refused. Set: file, got. */
    LQ_EPARSE,       /**< Text that is not well formed. Set: file, line, expected, got. */
    LQ_ECONFIG,      /**< Well formed, not allowed. Set: file, line, key, expected, got. */
    LQ_ENUMERIC,     /**< A path left the real numbers. Set: path_id, key, got. */
    LQ_ECHECK,       /**< A check failed (`verify`). Set: expected, got. */
    LQ_EINTERRUPTED, /**< SIGINT or SIGTERM: what is done so far is kept. */
    LQ_EMACHINE, /**< This machine cannot run what is wanted of it. Set: key, expected, got. */
    LQ_STATUS_COUNT
} lq_status;

/** What the raising code knows. Fields that do not apply stay zero. */
typedef struct lq_error_info {
    lq_status status;
    const char *file; /**< Input file, as the user named it. */
    int line;         /**< 1-based line in file. */
    int column;       /**< 1-based column in the line; 0: not known. */
    const char *key;  /**< Dotted config key or quantity, e.g. "companies.google.volatility". */
    const char *expected; /**< What would have been right, with its unit. */
    const char *got;      /**< What was there instead. */
    uint64_t path_id;     /**< Simulated path on which it happened. */
    const char *raised_at;
} lq_error_info;

/** A self-contained copy of lq_error_info: safe to keep, needs no free. */
typedef struct lq_error {
    lq_status status;
    char file[256];
    int line;
    int column;
    char key[96];
    char expected[256];
    char got[160];
    uint64_t path_id;
    const char *raised_at;
} lq_error;

/** Name of a status, e.g. "LQ_ECONFIG". Never NULL. */
const char *lq_status_name(lq_status status);

/** Exit status of the command: 0 done, 2 config, 3 could not finish, 4 check failed, 130. */
int lq_status_exit_code(lq_status status);

/** Copies info into err (NULL is fine) and returns info->status. */
lq_status lq_error_set(lq_error *err, const lq_error_info *info);

/** One line for people: `file:line: key: expected X, got Y`. */
void lq_error_print(const lq_error *err, FILE *out);

#define LQ_STR2(x) #x
#define LQ_STR(x)  LQ_STR2(x)

/** Fills *err with the named fields and yields the status. */
#define LQ_FAIL(err, code, ...)                                                                \
    lq_error_set((err), &(lq_error_info){.status = (code),                                     \
                                         .raised_at = __FILE__ ":" LQ_STR(__LINE__),           \
                                         __VA_ARGS__})

/** Propagates a failure. Only for functions that own nothing yet. */
#define LQ_TRY(expr)                                                                           \
    do {                                                                                       \
        const lq_status lq_try_ = (expr);                                                      \
        if (lq_try_ != LQ_OK) return lq_try_;                                                  \
    } while (0)

#endif

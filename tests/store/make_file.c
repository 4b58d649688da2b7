/* Writes the sample frame with 70,000 rows of samples, for tests that look at the
 * file from outside or make system calls fail.
 *
 * usage: make_file OUT.h5
 * Exit status: that of the failure, as the command would give it. */
#include "lq_test.h"

#include "store/store.h"

#include "sample_frame.h"

#include <stdio.h>

enum { N_ROWS = 70000 };

static lq_status write_samples(lq_store *store, lq_error *err)
{
    static const lq_store_column column = {"total", "USD", "total pay, present value"};
    static double cells[N_ROWS];
    const double *columns[] = {cells};
    for (size_t i = 0; i < N_ROWS; i++)
        cells[i] = sqrt((double)i);
    LQ_TRY(lq_store_samples_begin(store, &column, 1, N_ROWS, err));
    return lq_store_samples_write(store, 0, N_ROWS, columns, err);
}

int main(int argc, char **argv)
{
    lq_error err = {0};
    lq_store *store = NULL;
    if (argc != 2) return 2;
    lq_frame *frame = sample_frame();
    lq_status st = lq_store_create(argv[1], NULL, &store, &err);
    if (st == LQ_OK) st = write_samples(store, &err);
    if (st == LQ_OK) st = lq_store_put(store, frame, &err);
    if (st == LQ_OK) st = lq_store_commit(store, &err);
    lq_store_destroy(store);
    lq_frame_destroy(frame);
    if (st != LQ_OK) lq_error_print(&err, stderr);
    return lq_status_exit_code(st);
}

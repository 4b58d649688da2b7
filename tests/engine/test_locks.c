#include "lq_test.h"

#include "engine/locks.h"

#include <omp.h>

/* Without the lock threads would lose each other's additions. */
static void one_thread_at_a_time_holds_a_lock(void **state)
{
    (void)state;
    enum { TIMES = 100000 };
    lq_locks *locks = lq_locks_create(2);
    volatile long sum[2] = {0, 0};
#pragma omp parallel num_threads(4)
    for (int i = 0; i < TIMES; i++) {
        const size_t at = (size_t)i % 2;
        lq_locks_take(locks, at);
        sum[at] = sum[at] + 1;
        lq_locks_leave(locks, at);
    }
    assert_int_equal(sum[0], 2 * TIMES);
    assert_int_equal(sum[1], 2 * TIMES);
    lq_locks_destroy(locks);
}

static void locks_do_not_wait_for_one_another(void **state)
{
    (void)state;
    lq_locks *locks = lq_locks_create(2);
    lq_locks_take(locks, 0);
    lq_locks_take(locks, 1);
    lq_locks_leave(locks, 0);
    lq_locks_leave(locks, 1);
    lq_locks_destroy(locks);
    lq_locks_destroy(NULL);
}

static void no_memory_no_locks(void **state)
{
    (void)state;
    lq_heap_permit(0);
    lq_locks *locks = lq_locks_create(3);
    lq_heap_restore();
    assert_null(locks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_thread_at_a_time_holds_a_lock),
                                       cmocka_unit_test(locks_do_not_wait_for_one_another),
                                       cmocka_unit_test(no_memory_no_locks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

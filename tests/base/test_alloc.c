#include "lq_test.h"

#include "base/alloc.h"

static void memory_is_zeroed_and_null_is_freed(void **state)
{
    (void)state;
    unsigned char *p = lq_calloc(3, 5);
    assert_non_null(p);
    for (int i = 0; i < 15; i++)
        assert_int_equal(p[i], 0);
    lq_free(p);
    lq_free(NULL);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    /* Volatile, or the compiler would refuse what the library should. */
    volatile size_t half = SIZE_MAX / 2;
    assert_null(lq_calloc(half, 4));
}

static void a_hook_can_count_and_refuse(void **state)
{
    (void)state;
    lq_heap_permit(1);
    void *first = lq_calloc(1, 1);
    void *second = lq_calloc(1, 1);
    const int live = lq_heap_live();
    lq_free(first);
    const int after = lq_heap_live();
    lq_heap_restore();
    assert_null(second);
    assert_int_equal(live, 1);
    assert_int_equal(after, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_null_is_freed),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(a_hook_can_count_and_refuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

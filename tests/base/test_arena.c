#include "lq_test.h"

#include "base/arena.h"

#include <string.h>

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 63, 64, 65, 1000, 64 * 1024, 200 * 1024, 1};
    lq_arena *arena = lq_arena_create();
    unsigned char *block[LQ_COUNT(sizes)];
    for (size_t i = 0; i < LQ_COUNT(sizes); i++) {
        block[i] = lq_arena_calloc(arena, sizes[i], 1);
        assert_non_null(block[i]);
        assert_int_equal((uintptr_t)block[i] % 64, 0);
        for (size_t b = 0; b < sizes[i]; b++)
            assert_int_equal(block[i][b], 0);
        memset(block[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < LQ_COUNT(sizes); i++)
        for (size_t b = 0; b < sizes[i]; b++)
            assert_int_equal(block[i][b], i + 1);
    assert_false(lq_arena_failed(arena));
    lq_arena_destroy(arena);
}

static void texts_are_copied(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    char text[] = "offer";
    char *all = lq_arena_strdup(arena, text), *part = lq_arena_strndup(arena, text, 3);
    char *made = lq_arena_printf(arena, "%s-%d", text, 7);
    text[0] = 'X';
    assert_string_equal(all, "offer");
    assert_string_equal(part, "off");
    assert_string_equal(made, "offer-7");
    assert_null(lq_arena_strdup(arena, NULL));
    assert_false(lq_arena_failed(arena));
    lq_arena_destroy(arena);
}

static void a_failure_is_remembered(void **state)
{
    (void)state;
    lq_heap_permit(2); /* the arena and its first piece */
    lq_arena *arena = lq_arena_create();
    void *first = lq_arena_calloc(arena, 1, 8);
    void *refused = lq_arena_calloc(arena, 1, 1024 * 1024);
    void *small = lq_arena_calloc(arena, 1, 8);
    const bool failed = lq_arena_failed(arena);
    lq_arena_destroy(arena);
    const int live = lq_heap_live();
    lq_heap_restore();
    assert_non_null(first);
    assert_null(refused);
    assert_non_null(small);
    assert_true(failed);
    assert_int_equal(live, 0);
}

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    assert_null(lq_arena_calloc(arena, SIZE_MAX / 2, 4));
    assert_null(lq_arena_calloc(arena, SIZE_MAX - 128, 1));
    assert_true(lq_arena_failed(arena));
    lq_arena_destroy(arena);
}

static void no_memory_and_no_arena_are_fine(void **state)
{
    (void)state;
    lq_heap_permit(0);
    lq_arena *arena = lq_arena_create();
    lq_heap_restore();
    assert_null(arena);
    lq_arena_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(a_failure_is_remembered),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(no_memory_and_no_arena_are_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

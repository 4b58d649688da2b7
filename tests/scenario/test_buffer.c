#include "lq_test.h"

#include "scenario/buffer.h"

#include <string.h>

static void text_grows_and_is_cut(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_buffer b = {.arena = arena};
    for (int i = 0; i < 1000; i++)
        lq_buffer_add(&b, "%03d,", i);
    assert_int_equal(b.len, 4000);
    assert_int_equal(strlen(b.text), 4000);
    assert_memory_equal(b.text + 3996, "999,", 5);
    lq_buffer_cut(&b, 4);
    assert_string_equal(b.text, "000,");
    lq_buffer_add(&b, "%s", "end");
    assert_string_equal(b.text, "000,end");
    assert_false(b.failed);
    lq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(text_grows_and_is_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

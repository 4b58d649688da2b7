#include "lq_test.h"

#include "store/wire.h"

#include "sample_frame.h"

#include <stdlib.h>

typedef struct buffer {
    unsigned char bytes[64 * 1024];
    size_t n, cap;
} buffer;

static bool keep(const void *bytes, size_t n, void *data)
{
    buffer *b = data;
    if (n > b->cap - b->n) return false;
    if (n) memcpy(b->bytes + b->n, bytes, n);
    b->n += n;
    return true;
}

static bool read_back(const unsigned char *bytes, size_t n, lq_frame **out)
{
    /* A copy of exactly n bytes, so that a sanitizer sees a read past the end. */
    unsigned char *copy = malloc(n ? n : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, n);
    lq_frame *frame = lq_frame_create();
    const bool ok = lq_wire_read(copy, n, frame);
    free(copy);
    if (ok && out)
        *out = frame;
    else
        lq_frame_destroy(frame);
    return ok;
}

static void a_frame_comes_back(void **state)
{
    (void)state;
    static buffer b;
    b = (buffer){.cap = sizeof b.bytes};
    lq_frame *frame = sample_frame(), *back = NULL;
    assert_true(lq_wire_write(frame, keep, &b));
    assert_true(read_back(b.bytes, b.n, &back));
    assert_true(frame_contains(back, frame));
    assert_true(frame_contains(frame, back));
    lq_frame_destroy(back);
    lq_frame_destroy(frame);
}

static void a_sink_that_is_full_ends_the_writing(void **state)
{
    (void)state;
    static buffer b;
    b = (buffer){.cap = 100};
    lq_frame *frame = sample_frame();
    assert_false(lq_wire_write(frame, keep, &b));
    lq_frame_destroy(frame);
}

static void a_part_is_no_frame(void **state)
{
    (void)state;
    static buffer b;
    b = (buffer){.cap = sizeof b.bytes};
    lq_frame *frame = sample_frame();
    assert_true(lq_wire_write(frame, keep, &b));
    for (size_t n = 0; n < b.n; n++)
        assert_false(read_back(b.bytes, n, NULL));
    b.bytes[b.n] = 0;
    assert_false(read_back(b.bytes, b.n + 1, NULL));
    lq_frame_destroy(frame);
}

/* Any bytes: no crash, no great allocation; what is read is a frame or nothing. */
static void damaged_bytes_do_no_harm(void **state)
{
    (void)state;
    static buffer b, damaged;
    static const unsigned char values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
    b = (buffer){.cap = sizeof b.bytes};
    lq_frame *frame = sample_frame();
    assert_true(lq_wire_write(frame, keep, &b));
    int refused = 0;
    for (size_t i = 0; i < b.n; i++)
        for (size_t v = 0; v < LQ_COUNT(values); v++) {
            damaged = b;
            damaged.bytes[i] = values[v];
            refused += !read_back(damaged.bytes, b.n, NULL);
        }
    assert_true(refused > 1000);
    lq_frame_destroy(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_comes_back),
        cmocka_unit_test(a_sink_that_is_full_ends_the_writing),
        cmocka_unit_test(a_part_is_no_frame),
        cmocka_unit_test(damaged_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

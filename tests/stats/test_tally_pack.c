#include "fill.h"

#include <stdlib.h>
#include <string.h>

static lq_tally *some_tally(void)
{
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    uint64_t seed = 11;
    for (uint32_t b = 0; b < 64; b++) {
        double x[64];
        uint8_t stratum[64];
        for (size_t i = 0; i < 64; i++) {
            stratum[i] = (uint8_t)(i % 16);
            x[i] = i % 9 == 0 ? 0.0 : 1e5 * next_normal(&seed);
        }
        lq_tally_add_joint(tally, b % 16, stratum, x, 64);
    }
    const double inf = (double)INFINITY;
    lq_tally_add_block(tally, 0, &inf, 1);
    return tally;
}

static uint8_t *packed(const lq_tally *tally, size_t *size)
{
    *size = lq_tally_packed_size(tally);
    uint8_t *bytes = malloc(*size);
    lq_tally_pack(tally, bytes);
    return bytes;
}

static void what_is_packed_comes_back_and_goes_on(void **state)
{
    (void)state;
    lq_tally *tally = some_tally(), *copy = NULL;
    size_t size, copy_size;
    uint8_t *bytes = packed(tally, &size);
    assert_int_equal(lq_tally_unpack(bytes, size, &copy, NULL), LQ_OK);
    assert_int_equal(lq_tally_overflow(copy), 1);
    lq_tally_merge(copy, tally); /* a resumed run counts on */
    lq_tally_merge(tally, tally);
    free(bytes);
    bytes = packed(tally, &size);
    uint8_t *copy_bytes = packed(copy, &copy_size);
    assert_int_equal(size, copy_size);
    assert_memory_equal(bytes, copy_bytes, size);
    free(bytes);
    free(copy_bytes);
    lq_tally_destroy(tally);
    lq_tally_destroy(copy);
}

static void cut_or_foreign_bytes_are_refused(void **state)
{
    (void)state;
    lq_tally *tally = some_tally(), *copy = NULL;
    size_t size;
    uint8_t *bytes = packed(tally, &size);
    for (size_t len = 0; len < size; len += len < 200 ? 1 : 997) {
        lq_error err;
        uint8_t *cut = malloc(len + 1); /* its own block, so that reading past it shows */
        memcpy(cut, bytes, len);
        assert_int_equal(lq_tally_unpack(cut, len, &copy, &err), LQ_EPARSE);
        assert_string_equal(err.key, "tally");
        assert_null(copy);
        free(cut);
    }
    free(bytes);
    lq_tally_destroy(tally);
}

/* A flipped bit is refused or read as another valid tally; never a crash or a huge one. */
static void damaged_bytes_do_no_harm(void **state)
{
    (void)state;
    lq_tally *tally = some_tally();
    size_t size, n_refused = 0;
    uint8_t *bytes = packed(tally, &size);
    uint64_t seed = 12;
    for (int trial = 0; trial < 300; trial++) {
        const size_t at = trial < 100 ? (size_t)trial : next_word(&seed) % size;
        const uint8_t flip = (uint8_t)(1u << next_word(&seed) % 8);
        lq_tally *copy = NULL;
        bytes[at] ^= flip;
        n_refused += lq_tally_unpack(bytes, size, &copy, NULL) != LQ_OK;
        bytes[at] ^= flip;
        lq_tally_destroy(copy);
    }
    assert_true(n_refused > 100);
    free(bytes);
    lq_tally_destroy(tally);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    lq_tally *tally = some_tally(), *copy = NULL;
    size_t size;
    uint8_t *bytes = packed(tally, &size);
    lq_status st = LQ_ENOMEM;
    for (int permitted = 0; st != LQ_OK; permitted++) {
        lq_heap_permit(permitted);
        st = lq_tally_unpack(bytes, size, &copy, NULL);
        lq_tally_destroy(copy);
        assert_int_equal(lq_heap_live(), 0);
        lq_heap_restore();
        assert_true(st == LQ_OK || (st == LQ_ENOMEM && !copy));
    }
    free(bytes);
    lq_tally_destroy(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_back_and_goes_on),
        cmocka_unit_test(cut_or_foreign_bytes_are_refused),
        cmocka_unit_test(damaged_bytes_do_no_harm),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

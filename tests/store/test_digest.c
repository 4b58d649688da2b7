#include "lq_test.h"

#include "store/digest.h"

#include "sample_frame.h"

static const char *hash_of(const lq_frame *frame, char hash[LQ_STORE_HASH_CHARS])
{
    assert_int_equal(lq_digest_frame(frame, hash, NULL), LQ_OK);
    return hash;
}

/* sha256 of nothing, FIPS 180-4. */
static void an_empty_frame_has_the_hash_of_nothing(void **state)
{
    (void)state;
    char hash[LQ_STORE_HASH_CHARS];
    lq_frame *frame = lq_frame_create();
    assert_string_equal(hash_of(frame, hash),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    lq_frame_destroy(frame);
}

/* Computed by Python's hashlib from the description in digest.h. */
static void the_hash_is_the_one_described(void **state)
{
    (void)state;
    char hash[LQ_STORE_HASH_CHARS];
    lq_frame *frame = lq_frame_create();
    lq_frame_put_i64(frame, "/a", "n", "1", "N", 7);
    assert_string_equal(hash_of(frame, hash),
                        "faf430a754aee8d06d974e93b084a2b76fd57fbeef02ce521668cec54e3f3474");
    lq_digest_content("f", true, "s", hash);
    assert_string_equal(hash,
                        "e7cfbe284e6bf4d0da4f698b32757f29c0b3cf9a33de5f034e5ffef4b496a8b0");
    lq_frame_destroy(frame);
}

static void the_order_of_adding_does_not_matter(void **state)
{
    (void)state;
    char one[LQ_STORE_HASH_CHARS], two[LQ_STORE_HASH_CHARS];
    lq_frame *a = lq_frame_create(), *b = lq_frame_create();
    lq_frame_put_f64(a, "/g", "x", "1", "X.", 1.0);
    lq_frame_put_text(a, "/f", "y", "Y.", "text");
    lq_frame_put_text(b, "/f", "y", "Y.", "text");
    lq_frame_put_f64(b, "/g", "x", "1", "X.", 1.0);
    assert_string_equal(hash_of(a, one), hash_of(b, two));
    lq_frame_destroy(a);
    lq_frame_destroy(b);
}

static void what_a_run_leaves_behind_does_not_count(void **state)
{
    (void)state;
    char one[LQ_STORE_HASH_CHARS], two[LQ_STORE_HASH_CHARS];
    lq_frame *frame = sample_frame();
    hash_of(frame, one);
    lq_frame_put_f64(frame, "/manifest/run", "seconds", "s", "S.", 1.0);
    lq_frame_put_f64(frame, "/manifest/run/deep", "seconds", "s", "S.", 1.0);
    lq_frame_put_i64(frame, "/manifest", "complete", "1", "C.", 1);
    lq_frame_put_text(frame, "/manifest", "content_sha256", "H.", "x");
    assert_string_equal(hash_of(frame, two), one);
    lq_frame_put_f64(frame, "/manifest/running", "seconds", "s", "S.", 1.0);
    assert_string_not_equal(hash_of(frame, two), one);
    lq_frame_destroy(frame);
}

/* Each makes one change to the sample frame; every change must show. */
static void change_value(lq_frame *frame)
{
    lq_frame_find(frame, "/offers", "by_year_quantiles")->data.f64[17] += 1e-9;
}

static void change_sign_of_zero(lq_frame *frame)
{
    lq_frame_find(frame, "/offers", "by_year_quantiles")->data.f64[9] *= -1.0;
}

static void change_text(lq_frame *frame)
{
    lq_frame_find(frame, "/offers", "name")->data.text[2] = "x";
}

static void add_scalar(lq_frame *frame)
{
    lq_frame_put_i64(frame, "/offers", "extra", "1", "E.", 0);
}

static void change_nan_to_zero(lq_frame *frame)
{
    lq_frame_find(frame, "/offers", "total_mean")->data.f64[1] = 0.0;
}

static void every_change_shows(void **state)
{
    (void)state;
    static void (*const changes[])(lq_frame *) = {
        change_value, change_sign_of_zero, change_text, add_scalar, change_nan_to_zero,
    };
    char one[LQ_STORE_HASH_CHARS], two[LQ_STORE_HASH_CHARS];
    for (size_t i = 0; i < LQ_COUNT(changes); i++) {
        lq_frame *frame = sample_frame();
        hash_of(frame, one);
        changes[i](frame);
        assert_string_not_equal(hash_of(frame, two), one);
        lq_frame_destroy(frame);
    }
}

static void all_nans_are_one(void **state)
{
    (void)state;
    char one[LQ_STORE_HASH_CHARS], two[LQ_STORE_HASH_CHARS];
    lq_frame *frame = sample_frame();
    hash_of(frame, one);
    lq_frame_find(frame, "/offers", "total_mean")->data.f64[1] = -(double)NAN;
    assert_string_equal(hash_of(frame, two), one);
    lq_frame_destroy(frame);
}

static void columns_are_taken_by_name(void **state)
{
    (void)state;
    char one[LQ_STORE_HASH_CHARS], two[LQ_STORE_HASH_CHARS];
    lq_digest_column a[] = {{"x", "1", "X.", {1}}, {"y", "1", "Y.", {2}}};
    lq_digest_column b[] = {{"y", "1", "Y.", {2}}, {"x", "1", "X.", {1}}};
    lq_digest_columns(a, 2, 10, one);
    lq_digest_columns(b, 2, 10, two);
    assert_string_equal(one, two);
    lq_digest_columns(b, 2, 11, two);
    assert_string_not_equal(one, two);
}

static void memory_that_runs_out_is_said(void **state)
{
    (void)state;
    char hash[LQ_STORE_HASH_CHARS];
    lq_frame *frame = sample_frame();
    lq_heap_permit(0);
    const lq_status st = lq_digest_frame(frame, hash, NULL);
    lq_heap_restore();
    assert_int_equal(st, LQ_ENOMEM);
    lq_frame_destroy(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_frame_has_the_hash_of_nothing),
        cmocka_unit_test(the_hash_is_the_one_described),
        cmocka_unit_test(the_order_of_adding_does_not_matter),
        cmocka_unit_test(what_a_run_leaves_behind_does_not_count),
        cmocka_unit_test(every_change_shows),
        cmocka_unit_test(all_nans_are_one),
        cmocka_unit_test(columns_are_taken_by_name),
        cmocka_unit_test(memory_that_runs_out_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

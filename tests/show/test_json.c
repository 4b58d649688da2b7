#include "lq_test.h"

#include "sample_result.h"

#include "show/json.h"

#include <jansson.h>
#include <stdlib.h>

static json_t *printed(const lq_frame *frame)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    const lq_status status = lq_json_print(frame, out, NULL);
    fclose(out);
    json_t *root = status == LQ_OK ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
    free(text);
    return root;
}

/* A value by "offers.1.total.mean.value"; NULL when there is none. */
static json_t *at(json_t *root, const char *path)
{
    char copy[128];
    snprintf(copy, sizeof copy, "%s", path);
    char *rest = NULL;
    for (char *step = strtok_r(copy, "/", &rest); root && step;
         step = strtok_r(NULL, "/", &rest))
        root = json_is_array(root) ? json_array_get(root, (size_t)strtoul(step, NULL, 10))
                                   : json_object_get(root, step);
    return root;
}

static void every_promised_name_is_there(void **state)
{
    static const char *const names[] = {"schema",
                                        "config_sha256",
                                        "seed",
                                        "paths",
                                        "sampling",
                                        "currency",
                                        "horizon_years",
                                        "offers/0/id",
                                        "offers/0/total/mean/value",
                                        "offers/0/total/mean/se",
                                        "offers/0/total/sd",
                                        "offers/0/total/skewness",
                                        "offers/0/total/quantiles/0.01",
                                        "offers/0/total/quantiles/0.50",
                                        "offers/0/total/quantiles/0.99",
                                        "offers/0/total/quantiles_se/0.05",
                                        "offers/0/cash/mean/value",
                                        "offers/0/equity/quantiles/0.10",
                                        "offers/0/tax/mean/se",
                                        "offers/0/by_year/0/year",
                                        "offers/0/by_year/0/mean",
                                        "offers/0/by_year/0/quantiles",
                                        "offers/0/p_equity_zero/value",
                                        "offers/0/p_equity_zero/se",
                                        "offers/0/exit/ipo",
                                        "offers/0/exit/acquisition",
                                        "offers/0/exit/failure",
                                        "offers/0/exit/none",
                                        "offers/0/time_to_cash_years/median",
                                        "offers/0/time_to_cash_years/quantiles/0.25",
                                        "offers/0/certainty_equivalent/1/gamma",
                                        "offers/0/certainty_equivalent/1/value",
                                        "offers/0/certainty_equivalent/1/se",
                                        "offers/0/cvar_05/value",
                                        "offers/0/cvar_05/se",
                                        "offers/0/var_05",
                                        "offers/0/semideviation",
                                        "offers/0/headline_total",
                                        "offers/0/stated_total_check",
                                        "offers/0/p_best/value",
                                        "offers/0/p_equity_below/se",
                                        "offers/0/bridge/6/term",
                                        "offers/0/bridge/0/value",
                                        "pairs/0/a",
                                        "pairs/0/b",
                                        "pairs/0/p_a_beats_b/value",
                                        "pairs/0/p_a_beats_b/se",
                                        "pairs/0/difference/mean",
                                        "pairs/0/regret_a/value",
                                        "pairs/0/p_tie/se",
                                        "pairs/0/dominance",
                                        "pairs/0/gamma_crossover",
                                        "timing/seconds",
                                        "timing/paths_per_second",
                                        "timing/threads",
                                        "verdict/text",
                                        "turning_points/2/reason",
                                        "assumptions/1/source",
                                        "warnings/0/text"};
    (void)state;
    lq_frame *frame = sample_result();
    json_t *root = printed(frame);
    for (size_t i = 0; i < LQ_COUNT(names); i++) {
        if (!at(root, names[i])) print_message("missing: %s\n", names[i]);
        assert_non_null(at(root, names[i]));
    }
    assert_null(at(root, "offers/0/illiquidity_discount")); /* of a later version */
    json_decref(root);
    lq_frame_destroy(frame);
}

static void figures_are_those_of_the_frame(void **state)
{
    (void)state;
    lq_frame *frame = sample_result();
    json_t *root = printed(frame);
    assert_near(json_real_value(at(root, "offers/2/certainty_equivalent_chosen/value")),
                sample_worth[2], 0.0);
    assert_int_equal(json_integer_value(at(root, "seed")), 2026);
    assert_true(json_is_null(at(root, "pairs/0/gamma_crossover")));
    assert_true(json_is_null(at(root, "offers/0/stated_total_check")));
    assert_non_null(at(root, "offers/1/stated_total_check/text"));
    assert_true(json_is_null(at(root, "turning_points/2/value")));
    json_decref(root);
    lq_frame_destroy(frame);
}

/* Law: the terms of the bridge add up to the certainty equivalent. */
static void the_bridge_adds_up(void **state)
{
    (void)state;
    lq_frame *frame = sample_result();
    json_t *root = printed(frame), *offer, *term;
    size_t i, t;
    json_array_foreach(at(root, "offers"), i, offer)
    {
        double sum = 0.0;
        json_array_foreach(json_object_get(offer, "bridge"), t, term)
        {
            sum += json_real_value(json_object_get(term, "value"));
        }
        assert_near(sum, json_real_value(at(offer, "certainty_equivalent_chosen/value")), 1e-6);
    }
    json_decref(root);
    lq_frame_destroy(frame);
}

static void a_frame_with_little_in_it_is_an_object_still(void **state)
{
    (void)state;
    lq_frame *frame = lq_frame_create();
    json_t *root = printed(frame);
    assert_true(json_is_object(root));
    assert_int_equal(json_array_size(at(root, "offers")), 0);
    json_decref(root);
    lq_frame_destroy(frame);
}

static void text_that_is_no_text_is_refused(void **state)
{
    (void)state;
    lq_frame *frame = sample_result();
    lq_error err = {0};
    char *text = NULL;
    size_t len = 0;
    lq_frame_find(frame, "/offers", "name")->data.text[0] = "\xff\xfe";
    FILE *out = open_memstream(&text, &len);
    assert_int_equal(lq_json_print(frame, out, &err), LQ_EIO);
    fclose(out);
    assert_int_equal(len, 0); /* one object and nothing else, or nothing */
    free(text);
    lq_frame_destroy(frame);
}

/* With every allocation failing once: an error or the whole object, and nothing kept. */
static void memory_may_end_anywhere(void **state)
{
    (void)state;
    lq_frame *frame = sample_result();
    json_t *root = printed(frame);
    assert_non_null(root);
    json_decref(root);
    int refused = 0, permitted = 0;
    for (bool whole = false; !whole; permitted += 1 + permitted / 16) {
        char *text = NULL;
        size_t len = 0;
        FILE *out = open_memstream(&text, &len);
        lq_heap_permit(permitted);
        const lq_status status = lq_json_print(frame, out, NULL);
        const int live = lq_heap_live();
        lq_heap_restore();
        fclose(out);
        assert_int_equal(live, 0);
        whole = status == LQ_OK;
        root = whole ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
        assert_true(whole == (root != NULL));
        json_decref(root);
        free(text);
        refused += !whole;
    }
    assert_true(refused > 50);
    lq_frame_destroy(frame);
}

int main(void)
{
    lq_json_use_heap();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_promised_name_is_there),
        cmocka_unit_test(figures_are_those_of_the_frame),
        cmocka_unit_test(the_bridge_adds_up),
        cmocka_unit_test(a_frame_with_little_in_it_is_an_object_still),
        cmocka_unit_test(text_that_is_no_text_is_refused),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "lq_test.h"

#include "engine/workspace.h"
#include "kernels.h"

#include <stdlib.h>

static const struct {
    const char *name;
    lq_isa_levels has;
    const char *wish, *chosen; /* chosen NULL: refused */
    const char *key, *expected, *got;
} choices[] = {
    {"the best there is", {true, true}, NULL, "x86-64-v4", "", "", ""},
    {"without AVX-512", {true, false}, NULL, "x86-64-v3", "", "", ""},
    {"the smaller one", {true, true}, "v3", "x86-64-v3", "", "", ""},
    {"the larger one", {true, true}, "v4", "x86-64-v4", "", "", ""},
    {"the only one", {true, false}, "v3", "x86-64-v3", "", "", ""},
    {"more than there is",
     {true, false},
     "v4",
     NULL,
     "LIQUIDUS_ISA",
     "v3: this processor has no AVX-512",
     "v4"},
    {"unknown", {true, true}, "v5", NULL, "LIQUIDUS_ISA", "v3 or v4, or not set", "v5"},
    {"prefix", {true, true}, "v", NULL, "LIQUIDUS_ISA", "v3 or v4, or not set", "v"},
    {"longer", {true, true}, "v3x", NULL, "LIQUIDUS_ISA", "v3 or v4, or not set", "v3x"},
    {"empty is not set", {true, true}, "", "x86-64-v4", "", "", ""},
    {"an old processor",
     {false, false},
     NULL,
     NULL,
     "processor",
     "x86-64-v3 (AVX2, BMI2 and fused multiply-add)",
     "one without them"},
    {"an old processor that is asked for more",
     {false, false},
     "v3",
     NULL,
     "processor",
     "x86-64-v3 (AVX2, BMI2 and fused multiply-add)",
     "one without them"},
};

static void the_choice_is_what_processor_and_wish_allow(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(choices); i++) {
        const lq_kernels *chosen = NULL;
        lq_error err = {0};
        const lq_status st = lq_kernels_pick(choices[i].has, choices[i].wish, &chosen, &err);
        print_message("%s\n", choices[i].name);
        assert_int_equal(st, choices[i].chosen ? LQ_OK : LQ_EMACHINE);
        assert_string_equal(err.key, choices[i].key);
        assert_string_equal(err.expected, choices[i].expected);
        assert_string_equal(err.got, choices[i].got);
        if (choices[i].chosen)
            assert_string_equal(chosen->name, choices[i].chosen);
        else
            assert_null(chosen);
    }
}

static void the_environment_is_asked(void **state)
{
    (void)state;
    const lq_kernels *chosen;
    unsetenv("LIQUIDUS_ISA");
    assert_string_equal(lq_engine_isa(NULL), kernels_of(4) ? "x86-64-v4" : "x86-64-v3");
    setenv("LIQUIDUS_ISA", "v3", 1);
    assert_int_equal(lq_kernels_choose(false, &chosen, NULL), LQ_OK);
    assert_string_equal(chosen->name, "x86-64-v3");
    setenv("LIQUIDUS_ISA", "sse2", 1);
    assert_int_equal(lq_kernels_choose(false, &chosen, NULL), LQ_EMACHINE);
    lq_error err;
    assert_null(lq_engine_isa(&err));
    assert_string_equal(err.got, "sse2");
    unsetenv("LIQUIDUS_ISA");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_choice_is_what_processor_and_wish_allow),
        cmocka_unit_test(the_environment_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "lq_test.h"

#include "block/draw.h"

#include <math.h>

static double squares[LQ_DRAW_TABLE + 1];

static const struct {
    const char *name;
    lq_draw draw;
    double u, want;
} cases[] = {
    {"constant", {.kind = LQ_DRAW_CONSTANT, .low = 3.0}, 0.7, 3.0},
    {"uniform", {.kind = LQ_DRAW_UNIFORM, .low = 2.0, .high = 6.0}, 0.25, 3.0},
    {"triangular, low side",
     {.kind = LQ_DRAW_TRIANGULAR, .low = 0.0, .mode = 1.0, .high = 4.0},
     0.0625,
     0.5},
    {"triangular, at the mode",
     {.kind = LQ_DRAW_TRIANGULAR, .low = 0.0, .mode = 1.0, .high = 4.0},
     0.25,
     1.0},
    {"triangular, high side",
     {.kind = LQ_DRAW_TRIANGULAR, .low = 0.0, .mode = 1.0, .high = 4.0},
     0.9375,
     4.0 - 0.86602540378443865},
    {"triangular, mode at the low end",
     {.kind = LQ_DRAW_TRIANGULAR, .low = 1.0, .mode = 1.0, .high = 3.0},
     0.75,
     2.0},
    {"triangular, mode at the high end",
     {.kind = LQ_DRAW_TRIANGULAR, .low = 1.0, .mode = 3.0, .high = 3.0},
     0.25,
     2.0},
    {"first atom",
     {.kind = LQ_DRAW_ATOMS, .n_atoms = 3, .atom = {1, 5, 9}, .up_to = {0.2, 0.7, 1}},
     0.19,
     1.0},
    {"border of atoms",
     {.kind = LQ_DRAW_ATOMS, .n_atoms = 3, .atom = {1, 5, 9}, .up_to = {0.2, 0.7, 1}},
     0.2,
     5.0},
    {"last atom, whatever the rounding of its bound",
     {.kind = LQ_DRAW_ATOMS, .n_atoms = 3, .atom = {1, 5, 9}, .up_to = {0.2, 0.7, 0.999}},
     0.9999,
     9.0},
};

static void draws_are_what_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        print_message("%s\n", cases[i].name);
        assert_near(lq_draw_at(&cases[i].draw, cases[i].u), cases[i].want, 1e-12);
    }
}

static void a_table_is_joined_by_straight_lines(void **state)
{
    (void)state;
    for (int i = 0; i <= LQ_DRAW_TABLE; i++)
        squares[i] = (double)i * i / LQ_DRAW_TABLE / LQ_DRAW_TABLE;
    const lq_draw d = {.kind = LQ_DRAW_TABLE_KIND, .table = squares};
    for (int i = 0; i < LQ_DRAW_TABLE; i++)
        assert_near(lq_draw_at(&d, (double)i / LQ_DRAW_TABLE), squares[i], 1e-15);
    assert_near(lq_draw_at(&d, 0.5 / LQ_DRAW_TABLE), 0.5 * squares[1], 1e-15);
    assert_near(lq_draw_at(&d, 1.0 - 0x1p-33), 1.0, 1e-8); /* the largest uniform there is */
}

/* Inversion: never lower at a higher uniform, and the mean is the mean. */
static void draws_rise_with_their_uniform(void **state)
{
    (void)state;
    static const lq_draw kinds[] = {
        {.kind = LQ_DRAW_UNIFORM, .low = 2.0, .high = 6.0, .mean = 4.0},
        {.kind = LQ_DRAW_TRIANGULAR, .low = 0.0, .mode = 0.9, .high = 1.2, .mean = 0.7},
        {.kind = LQ_DRAW_ATOMS,
         .n_atoms = 3,
         .atom = {1, 5, 9},
         .up_to = {0.2, 0.7, 1},
         .mean = 5.4},
    };
    for (size_t i = 0; i < LQ_COUNT(kinds); i++) {
        double before = -1e9, sum = 0.0;
        for (int j = 0; j < 100000; j++) {
            const double x = lq_draw_at(&kinds[i], (j + 0.5) / 100000.0);
            assert_true(x >= before);
            sum += before = x;
        }
        assert_near(sum / 100000.0, kinds[i].mean, 1e-4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_are_what_they_say),
        cmocka_unit_test(a_table_is_joined_by_straight_lines),
        cmocka_unit_test(draws_rise_with_their_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

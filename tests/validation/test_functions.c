/* Cases that need only the elementary functions and the generator. Each test bears the id of
 * its case. */
#include "cases.h"

#include "num/scalar.h"
#include "rng/philox.h"
#include "rng/sobol.h"
#include "stats/estimate.h"
#include "stats/functional.h"

#include <stdlib.h>

static void words_of(const json_t *object, const char *key, uint32_t *words, size_t n)
{
    const json_t *list = json_object_get(object, key);
    assert_int_equal(json_array_size(list), n);
    for (size_t i = 0; i < n; i++)
        words[i] = (uint32_t)strtoul(json_string_value(json_array_get(list, i)), NULL, 16);
}

/* RNG-01, RNG-02 */
static void known_answer_of_philox(void **state)
{
    validation_case c = case_open("cases.json", *state);
    uint32_t counter[4], key[2], want[4], got[4];
    words_of(c.inputs, "counter", counter, 4);
    words_of(c.inputs, "key", key, 2);
    words_of(c.expected, "output_hex", want, 4);
    lq_philox4x32(counter, key, got);
    assert_memory_equal(got, want, sizeof want);
    case_close(&c);
}

static void NUM_01(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "NUM-01");
    for (int i = 0; i < (int)case_len(c.inputs, "p"); i++)
        assert_case(c, lq_normal_quantile(case_entry(c.inputs, "p", (size_t)i)), "z", i);
    case_close(&c);
}

/* Pairs of correlated normals at consecutive paths, one address each. */
typedef struct pair {
    double a, b;
} pair;

static pair normals_at(lq_philox_key key, uint64_t path, double rho)
{
    const double z = lq_normal_quantile(lq_uniform_at(key, path, 1, 0, 0));
    const double e = lq_normal_quantile(lq_uniform_at(key, path, 1, 0, 1));
    return (pair){z, rho * z + sqrt(1.0 - rho * rho) * e};
}

/* The dependence of correlated draws, by sampling: four standard errors. */
static void NUM_03(void **state)
{
    (void)state;
    enum { N_PAIRS = 200000 };
    validation_case c = case_open("cases.json", "NUM-03");
    const lq_philox_key key = lq_philox_key_make(2026, LQ_DOMAIN_MAIN);
    for (int i = 0; i < (int)case_len(c.inputs, "rho"); i++) {
        const double rho = case_entry(c.inputs, "rho", (size_t)i);
        double both_low = 0.0, grades = 0.0, squares = 0.0, concordant = 0.0;
        for (uint64_t k = 0; k < N_PAIRS; k++) {
            const pair p = normals_at(key, 2 * k, rho), q = normals_at(key, 2 * k + 1, rho);
            const double grade = 12.0 * (lq_normal_cdf(p.a) - 0.5) * (lq_normal_cdf(p.b) - 0.5);
            both_low += p.a < 0.0 && p.b < 0.0;
            concordant += (p.a - q.a) * (p.b - q.b) > 0.0;
            grades += grade;
            squares += grade * grade;
        }
        const double n = N_PAIRS, spearman = grades / n;
        const lq_estimate orthant = lq_estimate_probability(both_low / n, n);
        const lq_estimate kendall = lq_estimate_probability(concordant / n, n);
        const double se = sqrt((squares / n - spearman * spearman) / n);
        assert_near(orthant.value, case_want(&c, "orthant_prob", i), 4.0 * orthant.se);
        assert_near(spearman, case_want(&c, "spearman", i), 4.0 * se);
        assert_near(2.0 * kendall.value - 1.0, case_want(&c, "kendall", i), 8.0 * kendall.se);
    }
    case_close(&c);
}

typedef struct exchange {
    double s1, s2, q1, q2, sigma1, sigma2, rho, years;
} exchange;

/* Margrabe (1978): the right to receive asset 1 for asset 2. */
static double margrabe(const exchange *x)
{
    const double v2 =
        x->sigma1 * x->sigma1 + x->sigma2 * x->sigma2 - 2.0 * x->rho * x->sigma1 * x->sigma2;
    const double f1 = x->s1 * lq_exp(-x->q1 * x->years), f2 = x->s2 * lq_exp(-x->q2 * x->years);
    const double v = sqrt(fmax(v2, 0.0) * x->years);
    if (v == 0.0) return fmax(f1 - f2, 0.0);
    const double d1 = lq_log(f1 / f2) / v + 0.5 * v;
    return f1 * lq_normal_cdf(d1) - f2 * lq_normal_cdf(d1 - v);
}

/* The same by sampling, through a tally of the difference. */
static lq_estimate sampled_exchange(const exchange *x)
{
    const lq_philox_key key = lq_philox_key_make(7, LQ_DOMAIN_MAIN);
    const double f1 = x->s1 * lq_exp(-x->q1 * x->years), f2 = x->s2 * lq_exp(-x->q2 * x->years);
    const double v1 = x->sigma1 * sqrt(x->years), v2 = x->sigma2 * sqrt(x->years);
    lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
    for (uint64_t path0 = 0; path0 < 131072; path0 += 64) {
        double d[64];
        for (uint64_t i = 0; i < 64; i++) {
            const pair p = normals_at(key, path0 + i, x->rho);
            d[i] = 1e4 * (f1 * lq_exp(v1 * p.a - 0.5 * v1 * v1) -
                          f2 * lq_exp(v2 * p.b - 0.5 * v2 * v2));
        }
        lq_tally_add_block(tally, (uint32_t)(path0 / 64 % 16), d, 64);
    }
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    const lq_estimate e = lq_estimate_positive_part(law);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    return (lq_estimate){.value = e.value / 1e4, .se = e.se / 1e4};
}

static void XCH_01(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "XCH-01");
    const json_t *rows = json_object_get(c.inputs, "rows");
    for (int i = 0; i < (int)json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        const exchange x = {.s1 = case_number(c.inputs, "S1"),
                            .s2 = case_number(c.inputs, "S2"),
                            .q1 = case_number(c.inputs, "q1"),
                            .q2 = case_number(c.inputs, "q2"),
                            .years = json_number_value(json_array_get(row, 0)),
                            .sigma1 = json_number_value(json_array_get(row, 1)),
                            .sigma2 = json_number_value(json_array_get(row, 2)),
                            .rho = json_number_value(json_array_get(row, 3))};
        assert_case(c, margrabe(&x), "prices", i);
        const lq_estimate e = sampled_exchange(&x);
        assert_near(e.value, case_want(&c, "prices", i), 4.0 * e.se);
    }
    case_close(&c);
}

static void XCH_03(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "XCH-03");
    const exchange x = {.s1 = case_number(c.inputs, "S1"),
                        .s2 = case_number(c.inputs, "S2"),
                        .q1 = case_number(c.inputs, "q1"),
                        .q2 = case_number(c.inputs, "q2"),
                        .years = case_number(c.inputs, "T"),
                        .sigma1 = case_number(c.inputs, "s1"),
                        .sigma2 = case_number(c.inputs, "s2"),
                        .rho = case_number(c.inputs, "rho")};
    assert_case(c, margrabe(&x), "price", -1);
    const lq_estimate e = sampled_exchange(&x);
    assert_near(e.value, case_want(&c, "price", -1), 4.0 * e.se);
    case_close(&c);
}

static void UTL_11(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "UTL-11");
    const double sigma_m = case_number(c.inputs, "sigma_m"), mrp = case_number(c.inputs, "mrp");
    for (int i = 0; i < (int)case_len(c.inputs, "beta"); i++) {
        const size_t k = (size_t)i;
        const double excess =
            case_entry(c.inputs, "sigma_i", k) / sigma_m - case_entry(c.inputs, "beta", k);
        assert_case(c, lq_exp(-excess * mrp * case_entry(c.inputs, "T", k)),
                    "private_value_factor", i);
    }
    case_close(&c);
}

/* The closed form that test_risk.c meets with a tally. */
static void RSK_03_closed_form(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "RSK-03");
    const double mu = case_number(c.inputs, "mu"), sd = case_number(c.inputs, "sd");
    for (int i = 0; i < (int)case_len(c.inputs, "alphas"); i++) {
        const double alpha = case_entry(c.inputs, "alphas", (size_t)i);
        const double z = lq_normal_quantile(alpha);
        assert_case(c, mu + sd * z, "var", i);
        assert_case(c, mu + sd * lq_normal_pdf(z) / (1.0 - alpha), "es", i);
    }
    case_close(&c);
}

static void SOB_01(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "SOB-01");
    lq_sobol_dimension d[5];
    lq_sobol_plain(LQ_COUNT(d), d);
    const json_t *points = json_object_get(c.expected, "points");
    assert_int_equal(json_array_size(points), 10);
    for (uint32_t i = 0; i < 10; i++)
        for (size_t k = 0; k < LQ_COUNT(d); k++)
            assert_near(lq_sobol_at(&d[k], i) * 0x1p-32,
                        json_number_value(json_array_get(json_array_get(points, i), k)), c.abs);
    case_close(&c);
}

static void SOB_03(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "SOB-03");
    lq_sobol_dimension d[5];
    lq_sobol_plain(LQ_COUNT(d), d);
    double mean = 0.0;
    for (uint32_t i = 0; i < 256; i++) {
        double product = 1.0;
        for (size_t k = 0; k < LQ_COUNT(d); k++)
            product *= 1.0 + 0.9 * (lq_sobol_at(&d[k], i) * 0x1p-32 - 0.5) / (double)(k + 1);
        mean += product / 256.0;
    }
    assert_case(c, mean, "mean", -1);
    case_close(&c);
}

static struct CMUnitTest row(const char *id, CMUnitTestFunction f)
{
    return (struct CMUnitTest){
        .name = id, .test_func = f, .initial_state = (void *)(uintptr_t)id};
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        row("RNG-01", known_answer_of_philox),
        row("RNG-02", known_answer_of_philox),
        cmocka_unit_test(NUM_01),
        cmocka_unit_test(NUM_03),
        cmocka_unit_test(SOB_01),
        cmocka_unit_test(SOB_03),
        cmocka_unit_test(XCH_01),
        cmocka_unit_test(XCH_03),
        cmocka_unit_test(UTL_11),
        cmocka_unit_test(RSK_03_closed_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

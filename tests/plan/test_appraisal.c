#include "lq_plan_text.h"

static const lq_company_plan *company(const lq_planned *p)
{
    return &p->plan->companies[1];
}

/* What nothing reads is not appraised. */
static void a_double_trigger_reads_none(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    assert_false(company(&p)->appraisal.is_read);
    for (size_t k = 0; k <= 96; k++)
        assert_false(company(&p)->appraisal.may_come[k]);
    lq_planned_clear(&p);
}

/* A grant of month 16 at a 409A; rounds may come in every month. */
static void months_before_a_reader_are_kept(void **state)
{
    (void)state;
    static const char *const terms[] = {"offers.b.grants[0].priced_at=409a",
                                        "offers.b.grants[0].granted=16mo", NULL};
    static const char *const later[] = {"offers.b.grants[0].priced_at=409a",
                                        "offers.b.grants[0].granted=16mo",
                                        "companies.pri.appraisal={every: 18mo, after_round: "
                                        "5mo}",
                                        NULL};
    lq_planned p = lq_plan_text(lq_small_text, terms, 0);
    const lq_appraisal_plan *a = &company(&p)->appraisal;
    assert_true(a->is_read && a->every_months == 12 && a->after_months == 2);
    for (size_t k = 1; k <= 96; k++) {
        assert_int_equal(a->observe[k], k == 16);
        assert_int_equal(a->may_come[k], k >= 12 && k <= 16);
    }
    lq_planned_clear(&p);
    p = lq_plan_text(lq_small_text, later, 0);
    a = &company(&p)->appraisal;
    for (size_t k = 1; k <= 96; k++) /* 6 is the first that a round can ask for */
        assert_int_equal(a->may_come[k], k >= 6 && k <= 16);
    lq_planned_clear(&p);
}

/* The calendar is part of the plan's hash where somebody reads it, and nowhere else. */
static void a_calendar_counts_where_it_is_read(void **state)
{
    (void)state;
    static const char *const terms[][3] = {{"companies.pri.tenders.price=preferred"},
                                           {"companies.pri.tenders.price=409a"}};
    for (int reads = 0; reads < 2; reads++) {
        const char *const other[] = {terms[reads][0], "companies.pri.appraisal={every: 6mo}",
                                     NULL};
        lq_planned a = lq_plan_text(lq_small_text, terms[reads], 0);
        lq_planned b = lq_plan_text(lq_small_text, other, 0);
        assert_int_equal(memcmp(a.plan->hash, b.plan->hash, 32) != 0, reads);
        lq_planned_clear(&a);
        lq_planned_clear(&b);
    }
}

static void tenders_at_409a_may_read_any(void **state)
{
    (void)state;
    static const char *const terms[] = {"companies.pri.tenders.price=409a",
                                        "companies.pri.rounds={rate: 0/y}", NULL};
    lq_planned p = lq_plan_text(lq_small_text, terms, 0);
    assert_true(company(&p)->tender_price == LQ_AT_409A);
    assert_true(company(&p)->appraisal.is_read);
    for (size_t k = 1; k <= 96; k++) {
        assert_false(company(&p)->appraisal.observe[k]);
        assert_int_equal(company(&p)->appraisal.may_come[k], k % 12 == 0);
    }
    lq_planned_clear(&p);
}

static void single_triggers_read_at_their_vests(void **state)
{
    (void)state;
    static const char *const terms[] = {"offers.b.grants[0].trigger=single", NULL};
    lq_planned p = lq_plan_text(lq_small_text, terms, 0);
    for (size_t k = 1; k <= 96; k++)
        assert_int_equal(company(&p)->appraisal.observe[k], k <= 48);
    assert_false(company(&p)->observe_fair[12]);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_double_trigger_reads_none),
        cmocka_unit_test(months_before_a_reader_are_kept),
        cmocka_unit_test(a_calendar_counts_where_it_is_read),
        cmocka_unit_test(tenders_at_409a_may_read_any),
        cmocka_unit_test(single_triggers_read_at_their_vests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

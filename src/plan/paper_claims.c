#include "plan/paper.h"

#include <stdio.h>
#include <string.h>

static double number(const lq_paper *paper, const lq_value *value, const char *key)
{
    char address[160];
    snprintf(address, sizeof address, "companies.%s.%s", paper->company->id, key);
    return lq_plan_number(paper->scenario, value, address, paper->world);
}

static const lq_preference *series_of(const lq_paper *paper)
{
    return paper->company->preferences.items;
}

lq_preferred lq_paper_rights(const lq_preference *p, double invested)
{
    return (lq_preferred){.due = invested * p->multiple.p[0] + p->accrued.p[0],
                          .cap = p->cap.given ? p->cap.p[0] * invested : 0.0,
                          .ipo_due = p->ratchet.given ? p->ratchet.p[0] * invested : 0.0,
                          .ipo_veto = p->veto.given ? p->veto.p[0] : 0.0,
                          .rank = (int)p->rank.p[0],
                          .dividend = invested * p->dividend.p[0],
                          .anti_dilution = (lq_anti_dilution)p->anti_dilution,
                          .participation =
                              p->participation == LQ_RIGHTS_NONE   ? LQ_PARTICIPATION_NONE
                              : p->participation == LQ_RIGHTS_FULL ? LQ_PARTICIPATION_FULL
                                                                   : LQ_PARTICIPATION_CAPPED};
}

/* What is due grows with dividends, and cannot pass what the series may get in all. */
static void add_series(const lq_paper *paper, double years, lq_claims *out)
{
    lq_stack *stack = &out->stack;
    for (size_t i = 0; i < paper->company->preferences.len; i++) {
        const lq_preference *p = &series_of(paper)[i];
        const size_t k = LQ_CLAIM_PREFERRED + i;
        lq_preferred *row = &stack->preferred[stack->n_preferred++];
        const double invested = p->invested.p[0];
        *row = lq_paper_rights(p, invested);
        row->shares =
            p->shares.given ? p->shares.p[0] * p->conversion.p[0] : invested / out->price;
        row->conversion_price = invested / row->shares;
        row->due += row->dividend * years;
        if (row->participation == LQ_PARTICIPATION_CAPPED && row->cap < row->due)
            row->cap = row->due;
        out->name[k] = p->series;
        out->shares[k] = row->shares / p->conversion.p[0];
        out->fully_diluted += row->shares;
    }
}

static void add_options(const lq_cap_table *table, lq_claims *out)
{
    const lq_option_row *rows = table->options.items;
    lq_stack *stack = &out->stack;
    for (size_t i = 0; i < table->options.len; i++) {
        const size_t k = lq_claim_carve_out(stack);
        stack->tranche[stack->n_tranches++] =
            (lq_tranche){rows[i].shares.p[0], rows[i].strike.p[0]};
        out->name[k] = rows[i].id;
        out->shares[k] = rows[i].shares.p[0];
        out->fully_diluted += rows[i].shares.p[0];
    }
}

static lq_status refuse_common(const lq_paper *paper, double share, lq_error *err)
{
    const lq_mark mark = series_of(paper)[0].invested.mark;
    char key[96], got[160];
    snprintf(key, sizeof key, "companies.%.60s.preferences", paper->company->id);
    snprintf(got, sizeof got, "%.3g %%", 100.0 * share);
    return LQ_FAIL(err, LQ_ECONFIG, .file = mark.file, .line = mark.line, .column = mark.column,
                   .key = key, .expected = "preferred holding less than 95 % of all shares",
                   .got = got);
}

/* Where only preferences are known: what the last round's shares leave. */
static lq_status rest_is_common(const lq_paper *paper, lq_claims *out, lq_error *err)
{
    const lq_company *c = paper->company;
    const double post = number(paper, &c->last_round.post_money, "last_round.post_money");
    const double fair = number(paper, &c->opening_value.fair_value, "opening_value.fair_value");
    const double all = (post > 0.0 ? post : fair) / out->price;
    const double preferred = out->fully_diluted;
    if (c->preferences.len && preferred >= 0.95 * all)
        return refuse_common(paper, preferred / all, err);
    out->stack.common = all - preferred;
    out->fully_diluted = all;
    return LQ_OK;
}

lq_status lq_paper_claims(const lq_paper *paper, double years, lq_claims *out, lq_error *err)
{
    const lq_company *c = paper->company;
    const lq_cap_table *table = &c->cap_table;
    const bool known = table->common.given;
    memset(out, 0, sizeof *out);
    out->price = c->last_round.price.p[0];
    out->stack.fees = number(paper, &c->acquisition.fees, "exits.acquisition.fees");
    add_series(paper, years, out);
    if (known) {
        add_options(table, out);
        out->stack.common = table->common.p[0];
        out->stack.debt = table->debt.p[0];
        out->stack.carve_out = table->carve_out.p[0];
        out->unissued = table->pool.p[0];
        out->fully_diluted += table->common.p[0] + out->unissued;
    } else {
        LQ_TRY(rest_is_common(paper, out, err));
    }
    out->name[LQ_CLAIM_COMMON] = "common";
    out->shares[LQ_CLAIM_COMMON] = out->stack.common;
    out->name[lq_claim_carve_out(&out->stack)] = "carve_out";
    out->name[lq_claim_debt(&out->stack)] = "debt";
    out->name[lq_claim_fees(&out->stack)] = "fees";
    return LQ_OK;
}

size_t lq_claims_find(const lq_claims *claims, const char *series)
{
    for (size_t i = 0; i < claims->stack.n_preferred; i++)
        if (strcmp(claims->name[LQ_CLAIM_PREFERRED + i], series) == 0)
            return LQ_CLAIM_PREFERRED + i;
    return LQ_CLAIM_COMMON;
}

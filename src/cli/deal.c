#include "cli/deal.h"

#include "show/figure.h"
#include "show/text.h"

#include <stdio.h>

void lq_deal_print(const lq_company *company, const lq_deal_paid *deal, const char *more)
{
    char price[LQ_FIGURE_CHARS], share[LQ_FIGURE_CHARS], sign[LQ_FIGURE_CHARS];
    char shares[LQ_FIGURE_CHARS];
    if (!(deal->price > 0.0)) return;
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    lq_figure_money(deal->price, company->currency, price);
    lq_wrap_printf(
        &wrap,
        "An announced sale (deal) is open, and nothing else here counts it: for %s it "
        "pays %s%s for a share of common, by the waterfall",
        price, lq_currency_sign(company->currency, sign),
        lq_figure_price(deal->per_share, share));
    if (deal->issued > 0.0)
        lq_wrap_printf(&wrap, "and with %s shares issued since the last round",
                       lq_figure_money(deal->issued, "", shares));
    lq_wrap_words(&wrap, "(at the mean of what is uncertain).");
    lq_wrap_words(&wrap, more);
    lq_wrap_end(&wrap);
}

json_t *lq_deal_json(const lq_deal_paid *deal)
{
    if (!(deal->price > 0.0)) return json_null();
    return json_pack("{s:f, s:f, s:f, s:f}", "price", deal->price, "per_share", deal->per_share,
                     "issued", deal->issued, "closes_years", deal->years);
}

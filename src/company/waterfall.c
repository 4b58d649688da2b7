#include "company/company.h"

#include "num/scalar.h"

#include <math.h>

double lq_common_payout_per_share(double proceeds, double claim, double preferred_shares,
                                  double shares)
{
    return lq_common_payout(proceeds, claim, preferred_shares, shares);
}

static double call_value(double value, double strike, double sd, double discount)
{
    if (strike <= 0.0) return value;
    const double forward_log = lq_log(value / (strike * discount));
    if (sd < 1e-9) return fmax(value - strike * discount, 0.0);
    const double d1 = forward_log / sd + 0.5 * sd;
    return value * lq_normal_cdf(d1) - strike * discount * lq_normal_cdf(d1 - sd);
}

double lq_common_value_per_share(double value, double claim, double preferred_shares,
                                 double shares, double volatility, double rate,
                                 double term_years, double ipo_share)
{
    const double converted = value / shares;
    if (claim <= 0.0 || preferred_shares <= 0.0) {
        const double debt_like = call_value(value, claim, volatility * sqrt(term_years),
                                            lq_exp(-rate * term_years)) /
                                 shares;
        return claim <= 0.0 ? converted : ipo_share * converted + (1.0 - ipo_share) * debt_like;
    }
    const double sd = volatility * sqrt(term_years), discount = lq_exp(-rate * term_years);
    const double above_claim = call_value(value, claim, sd, discount);
    const double above_conversion =
        call_value(value, claim * shares / preferred_shares, sd, discount);
    const double opm = (above_claim - above_conversion) / (shares - preferred_shares) +
                       above_conversion / shares;
    return ipo_share * converted + (1.0 - ipo_share) * opm;
}

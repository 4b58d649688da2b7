// W0 with QuantLib's path generators, and the two paths of W1 without its jumps, rounds, exits
// and pay. Prints `workload <TAB> name <TAB> nanoseconds per path`.
#include "workload.h"

#include <ql/math/matrix.hpp>
#include <ql/math/randomnumbers/rngtraits.hpp>
#include <ql/methods/montecarlo/multipathgenerator.hpp>
#include <ql/methods/montecarlo/pathgenerator.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/processes/stochasticprocessarray.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

#include <cmath>
#include <cstdio>
#include <ctime>

using namespace QuantLib;

namespace
{

const long n_paths = 4000;

double cpu_seconds()
{
    timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Six standard errors around the mean of a geometric Brownian motion after 48 months.
bool is_right(double sum, double start, double growth, double sd)
{
    const double mean = start * std::exp(4.0 * growth);
    const double spread = mean * std::sqrt(std::exp(4.0 * sd * sd) - 1.0);
    return std::fabs(sum / n_paths - mean) < 6.0 * spread / std::sqrt(double(n_paths));
}

// Last price and average of each path; false when the mean of the last is not that of the law.
template <class Generator> bool measure(const char *name, Generator &paths)
{
    double averages = 0.0, last = 0.0;
    const double start = cpu_seconds();
    for (long i = 0; i < n_paths; i++) {
        const Path &path = paths.next().value;
        double prices = 0.0;
        for (Size k = 1; k <= MONTHS; k++)
            prices += path[k];
        averages += prices / MONTHS;
        last += path.back();
    }
    const double seconds = cpu_seconds() - start;
    std::printf("W0\t%s\t%.2f\n", name, seconds / n_paths * 1e9);
    return averages > 0.0 && is_right(last, W0_START, W0_DRIFT, W0_SD);
}

template <class Generator> bool measure_two(const char *name, Generator &paths)
{
    double last[2] = {0.0, 0.0};
    const double start = cpu_seconds();
    for (long i = 0; i < n_paths; i++) {
        const MultiPath &path = paths.next().value;
        last[0] += path[0].back();
        last[1] += path[1].back();
    }
    const double seconds = cpu_seconds() - start;
    std::printf("W1\t%s\t%.2f\n", name, seconds / n_paths * 1e9);
    return is_right(last[0], W1_LISTED_START, W1_LISTED_DRIFT, W1_LISTED_SD) &&
           is_right(last[1], W1_VALUE, W1_DRIFT, W1_SD);
}

ext::shared_ptr<StochasticProcess1D> black_scholes(double price, double drift, double volatility)
{
    const Date today(15, January, 2024);
    Settings::instance().evaluationDate() = today;
    const DayCounter days = Actual365Fixed();
    const Handle<Quote> spot(ext::make_shared<SimpleQuote>(price));
    const Handle<YieldTermStructure> growth(ext::make_shared<FlatForward>(today, drift, days));
    const Handle<YieldTermStructure> none(ext::make_shared<FlatForward>(today, 0.0, days));
    const Handle<BlackVolTermStructure> sd(
        ext::make_shared<BlackConstantVol>(today, NullCalendar(), volatility, days));
    return ext::make_shared<BlackScholesMertonProcess>(spot, none, growth, sd);
}

} // namespace

int main()
{
    typedef PseudoRandom::rsg_type Random;
    typedef LowDiscrepancy::rsg_type Sobol;
    const TimeGrid grid(4.0, MONTHS);
    const auto stock = black_scholes(W0_START, W0_DRIFT, W0_SD);
    PathGenerator<Random> random(stock, grid, PseudoRandom::make_sequence_generator(MONTHS, 42),
                                 false);
    PathGenerator<Sobol> sobol(stock, grid, LowDiscrepancy::make_sequence_generator(MONTHS, 42),
                               true);
    Matrix correlation(2, 2, 1.0);
    correlation[0][1] = correlation[1][0] = W1_CORRELATION;
    const auto two = ext::make_shared<StochasticProcessArray>(
        std::vector<ext::shared_ptr<StochasticProcess1D>>{
            black_scholes(W1_LISTED_START, W1_LISTED_DRIFT, W1_LISTED_SD),
            black_scholes(W1_VALUE, W1_DRIFT, W1_SD)},
        correlation);
    MultiPathGenerator<Random> pairs(
        two, grid, PseudoRandom::make_sequence_generator(2 * MONTHS, 42), false);
    const bool right = measure("QuantLib path generator, mt19937, inverse", random) &&
                       measure("QuantLib path generator, Sobol, bridge", sobol) &&
                       measure_two("QuantLib, the two paths alone", pairs);
    return right ? 0 : 1;
}

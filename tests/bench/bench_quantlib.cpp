// W0 with QuantLib's path generators. Prints `name <TAB> nanoseconds per path`.
#include "workload_w0.h"

#include <ql/math/randomnumbers/rngtraits.hpp>
#include <ql/methods/montecarlo/pathgenerator.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/processes/geometricbrownianprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

using namespace QuantLib;

namespace
{

const long n_paths = 4000;
const int n_rounds = 3;

double cpu_seconds()
{
    timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// The fastest of some rounds; false when the mean of the last prices is not that of the law.
template <class Generator> bool measure(const char *name, Generator &paths)
{
    double best = 1e300, terminal = 0.0;
    for (int round = 0; round < n_rounds; round++) {
        double sum = 0.0;
        terminal = 0.0;
        const double start = cpu_seconds();
        for (long i = 0; i < n_paths; i++) {
            const Path &path = paths.next().value;
            double prices = 0.0;
            for (Size k = 1; k <= W0_MONTHS; k++)
                prices += path[k];
            sum += prices / W0_MONTHS;
            terminal += path.back();
        }
        best = std::min(best, cpu_seconds() - start);
        if (!(sum > 0.0)) return false;
    }
    std::printf("%s\t%.2f\n", name, best / n_paths * 1e9);
    return std::fabs(terminal / n_paths - W0_START * std::exp(4.0 * W0_DRIFT)) <
           6.0 * 81.0 / std::sqrt(static_cast<double>(n_paths));
}

ext::shared_ptr<StochasticProcess1D> black_scholes()
{
    const Date today(15, January, 2024);
    Settings::instance().evaluationDate() = today;
    const DayCounter days = Actual365Fixed();
    const Handle<Quote> spot(ext::make_shared<SimpleQuote>(W0_START));
    const Handle<YieldTermStructure> growth(ext::make_shared<FlatForward>(today, W0_DRIFT, days));
    const Handle<YieldTermStructure> none(ext::make_shared<FlatForward>(today, 0.0, days));
    const Handle<BlackVolTermStructure> sd(
        ext::make_shared<BlackConstantVol>(today, NullCalendar(), W0_SD, days));
    return ext::make_shared<BlackScholesMertonProcess>(spot, none, growth, sd);
}

} // namespace

int main()
{
    const TimeGrid grid(4.0, W0_MONTHS);
    const auto exact = black_scholes();
    typedef PseudoRandom::rsg_type Random;
    typedef LowDiscrepancy::rsg_type Sobol;
    PathGenerator<Random> random(exact, grid, PseudoRandom::make_sequence_generator(W0_MONTHS, 42),
                                 false);
    PathGenerator<Sobol> sobol(exact, grid, LowDiscrepancy::make_sequence_generator(W0_MONTHS, 42),
                               true);
    const bool right = measure("QuantLib path generator, mt19937, inverse", random) &&
                       measure("QuantLib path generator, Sobol, bridge", sobol);
    return right ? 0 : 1;
}

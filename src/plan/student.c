#include "plan/laws.h"

#include "num/scalar.h"

#include <math.h>

/* ---- the t quantile of a normal's probability, as the solution of an equation of motion ----
 */

/* ln Gamma(x), x > 0: Stirling's series above 12 (error below 1e-16). */
static double log_gamma(double x)
{
    double below = 0.0;
    for (; x < 12.0; x += 1.0)
        below += lq_log(x);
    const double y = 1.0 / (x * x);
    const double series =
        (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y / 1188)))) / x;
    return (x - 0.5) * lq_log(x) - x + 0.91893853320467274178 + series - below;
}

typedef struct t_law {
    double nu, log_scale; /* ln of the density's constant over that of the normal's */
} t_law;

/* T(z) has F_nu(T) = Phi(z), so T' = phi(z) / f_nu(T). */
static double slope(const t_law *law, double z, double t)
{
    return lq_exp(-0.5 * z * z - law->log_scale +
                  0.5 * (law->nu + 1.0) * lq_log(1.0 + t * t / law->nu));
}

static double runge_kutta(const t_law *law, double z, double t, double h)
{
    const double a = slope(law, z, t), b = slope(law, z + 0.5 * h, t + 0.5 * h * a);
    const double c = slope(law, z + 0.5 * h, t + 0.5 * h * b);
    const double d = slope(law, z + h, t + h * c);
    return t + h / 6.0 * (a + 2.0 * (b + c) + d);
}

static const double CELL = LQ_STUDENT_END / LQ_STUDENT_CELLS;

/* Hermite pieces through values and slopes. */
static void fill_pieces(const t_law *law, double (*piece)[4])
{
    double t = 0.0, m = CELL * slope(law, 0.0, 0.0);
    for (int i = 0; i < LQ_STUDENT_CELLS; i++) {
        const double from = t, m_from = m;
        t = runge_kutta(law, CELL * i, t, CELL);
        m = CELL * slope(law, CELL * (i + 1), t);
        piece[i][0] = from;
        piece[i][1] = m_from;
        piece[i][2] = 3.0 * (t - from) - 2.0 * m_from - m;
        piece[i][3] = m_from + m - 2.0 * (t - from);
    }
}

/* ---- expectations over the pieces ---- */

static double at(const double piece[4], double f)
{
    return piece[0] + f * (piece[1] + f * (piece[2] + f * piece[3]));
}

/* g(T): T^2, or cosh(loading T). */
static double even(double t, double loading)
{
    return loading == 0.0 ? t * t : 0.5 * (lq_exp(loading * t) + lq_exp(-loading * t));
}

/* E g(T) by two Gauss nodes a cell, and the mass beyond the end. */
static double expectation(const lq_student_plan *plan, double loading)
{
    static const double node[2] = {0.21132486540518711775, 0.78867513459481288225};
    double sum = 0.0;
    for (int i = 0; i < LQ_STUDENT_CELLS; i++)
        for (int j = 0; j < 2; j++)
            sum += CELL * lq_normal_pdf(CELL * (i + node[j])) *
                   even(at(plan->piece[i], node[j]), loading);
    const double end = at(plan->piece[LQ_STUDENT_CELLS - 1], 1.0);
    return sum + 2.0 * lq_normal_cdf(-LQ_STUDENT_END) * even(end, loading);
}

lq_student_plan lq_build_student(lq_arena *arena, double degrees)
{
    double(*piece)[4] = lq_arena_calloc(arena, LQ_STUDENT_CELLS, sizeof *piece);
    const t_law law = {degrees, log_gamma(0.5 * (degrees + 1.0)) - log_gamma(0.5 * degrees) -
                                    0.5 * lq_log(0.5 * degrees)};
    const lq_student_plan plan = {.piece = (const double(*)[4])piece};
    if (!piece) return (lq_student_plan){0};
    fill_pieces(&law, piece);
    const double scale = 1.0 / sqrt(expectation(&plan, 0.0));
    for (int i = 0; i < LQ_STUDENT_CELLS; i++)
        for (int j = 0; j < 4; j++)
            piece[i][j] *= scale;
    return plan;
}

double lq_student_excess(const lq_student_plan *plan, double loading)
{
    if (!plan->piece || loading == 0.0) return 0.0;
    return lq_log(expectation(plan, loading)) - 0.5 * loading * loading;
}

double lq_student_linear(const lq_student_plan *plan)
{
    static const double node[2] = {0.21132486540518711775, 0.78867513459481288225};
    double sum = 0.0;
    for (int i = 0; i < LQ_STUDENT_CELLS; i++)
        for (int j = 0; j < 2; j++) {
            const double z = CELL * (i + node[j]);
            sum += CELL * lq_normal_pdf(z) * z * at(plan->piece[i], node[j]);
        }
    const double end = at(plan->piece[LQ_STUDENT_CELLS - 1], 1.0);
    return sum + 2.0 * lq_normal_pdf(LQ_STUDENT_END) * end;
}

#include "decide/outputs.h"

#include <stddef.h>

/* How errors are made. */
#define MEAN      "sd / sqrt(paths)"
#define SHARE     "sqrt(p (1 - p) / paths)"
#define ORDER     "order statistics"
#define INFLUENCE "influence function"
#define DELTA     "delta method"
#define PAIRED    "paired replicates"
#define WITHIN    "sd within the worlds / sqrt(paths)"
#define SPREAD    "replicates"
#define BY_PATHS  "order statistics, over all worlds"
#define SHARE_ALL "sqrt(p (1 - p) / paths), over all worlds"
#define OF_WORLDS "order statistics of the worlds"
#define JACKKNIFE "jackknife over the worlds"

#define STUDY(group, name, kind, member, units, text)                                          \
    {                                                                                          \
        group, name, LQ_SET_STUDY, kind, false, offsetof(lq_findings, member), units, "", "",  \
            text                                                                               \
    }
#define ARRAY(group, name, kind, member, units, dims, text)                                    \
    {                                                                                          \
        group, name, LQ_SET_STUDY, kind, true, offsetof(lq_findings, member), units, dims, "", \
            text                                                                               \
    }
#define OFFER(name, kind, member, units, dims, error, text)                                    \
    {                                                                                          \
        "/offers", name, LQ_SET_OFFERS, kind, false, offsetof(lq_offer_figures, member),       \
            units, dims, error, text                                                           \
    }
#define OFFER_ARRAY(name, kind, member, units, dims, error, text)                              \
    {                                                                                          \
        "/offers", name, LQ_SET_OFFERS, kind, true, offsetof(lq_offer_figures, member), units, \
            dims, error, text                                                                  \
    }
#define PAIR(name, kind, member, units, dims, error, text)                                     \
    {                                                                                          \
        "/pairs", name, LQ_SET_PAIRS, kind, false, offsetof(lq_pair_figures, member), units,   \
            dims, error, text                                                                  \
    }
#define COMPANY(name, kind, member, units, dims, error, text)                                  \
    {                                                                                          \
        "/companies", name, LQ_SET_COMPANIES, kind, false,                                     \
            offsetof(lq_company_figures, member), units, dims, error, text                     \
    }
#define COMPANY_ARRAY(name, member, units, dims, error, text)                                  \
    {                                                                                          \
        "/companies", name, LQ_SET_COMPANIES, LQ_OUTPUT_ESTIMATE, true,                        \
            offsetof(lq_company_figures, member), units, dims, error, text                     \
    }
#define WORLD(name, member, units, dims, error, text)                                          \
    {                                                                                          \
        "/worlds", name, LQ_SET_WORLDS, LQ_OUTPUT_ESTIMATE, true,                              \
            offsetof(lq_world_figures, member), units, dims, error, text                       \
    }
#define TURNING(name, kind, member, units, text)                                               \
    {                                                                                          \
        "/turning", name, LQ_SET_TURNING, kind, false, offsetof(lq_turning_figures, member),   \
            units, "", "", text                                                                \
    }
#define ASSUMED(name, kind, member, text)                                                      \
    {                                                                                          \
        "/assumptions", name, LQ_SET_ASSUMPTIONS, kind, false,                                 \
            offsetof(lq_assumption, member), "1", "", "", text                                 \
    }
#define WARNING(name, member, text)                                                            \
    {                                                                                          \
        "/warnings", name, LQ_SET_WARNINGS, LQ_OUTPUT_TEXT, false,                             \
            offsetof(lq_warning, member), "", "", "", text                                     \
    }
#define PACK(name, member, text)                                                               \
    {                                                                                          \
        "/manifest", name, LQ_SET_PACKS, LQ_OUTPUT_TEXT, false,                                \
            offsetof(lq_pack_digest, member), "", "", "", text                                 \
    }

/* The law of one part of an offer. */
#define PART(part_name, part_index, what)                                                      \
    OFFER(part_name "_mean", LQ_OUTPUT_ESTIMATE, part[part_index].mean, "money", "", MEAN,     \
          "mean of " what),                                                                    \
        OFFER(part_name "_sd", LQ_OUTPUT_ESTIMATE, part[part_index].sd, "money", "", DELTA,    \
              "standard deviation of " what),                                                  \
        OFFER(part_name "_skewness", LQ_OUTPUT_ESTIMATE, part[part_index].skewness, "1", "",   \
              INFLUENCE, "third standardised moment of " what),                                \
        OFFER(part_name "_quantiles", LQ_OUTPUT_ESTIMATE, part[part_index].quantile, "money",  \
              "quantile", ORDER, "quantiles of " what)

#define F64      LQ_OUTPUT_F64
#define I64      LQ_OUTPUT_I64
#define TEXT     LQ_OUTPUT_TEXT
#define ESTIMATE LQ_OUTPUT_ESTIMATE

/* clang-format off */
const lq_output lq_outputs[] = {
    OFFER("name", TEXT, name, "", "", "", "name for people"),
    OFFER("letter_id", TEXT, letter_id, "", "", "", "the offer as written that this one varies; its own id for a letter"),
    OFFER("role", TEXT, role, "", "", "", "letter, ask, band-low, band-mid or band-high"),
    OFFER("company", TEXT, company, "", "", "", "id of the company"),
    OFFER("currency", TEXT, currency, "", "", "", "currency that the offer is written in"),
    OFFER("certainty_equivalent_chosen", ESTIMATE, ce_chosen, "money", "", DELTA,
          "worth to you: the sure amount one would take instead, at the person's own risk aversion and wealth"),
    OFFER("certainty_equivalent", ESTIMATE, ce, "money", "gamma", DELTA,
          "the sure amount one would take instead, at constant relative risk aversion gamma; at 0 an expected value, not a price"),
    OFFER("ce_floored_share", ESTIMATE, ce_floored_share, "1", "", SHARE_ALL,
          "share of paths on which wealth was raised to 1 % of what was there before"),
    PART("total", LQ_TOTAL, "all pay and paper after tax"),
    PART("cash", LQ_CASH, "salary, bonus and sign-on after tax"),
    PART("equity", LQ_EQUITY, "paper after tax"),
    PART("tax", LQ_TAX, "the tax on all of it"),
    PART("gross_equity", LQ_GROSS_EQUITY, "paper before tax"),
    OFFER("cvar_05", ESTIMATE, cvar_05, "money", "", INFLUENCE, "bad case: mean of the worst 5 % of totals"),
    OFFER("var_05", ESTIMATE, var_05, "money", "", ORDER, "5 % quantile of totals"),
    OFFER("semideviation", ESTIMATE, semideviation, "money", "", INFLUENCE, "root mean square shortfall of totals below their mean"),
    OFFER("sortino", ESTIMATE, sortino, "1", "", PAIRED, "(mean - t) / root mean square shortfall below t, t the baseline's worth to you"),
    OFFER("p_equity_zero", ESTIMATE, p_equity_zero, "1", "", SHARE, "share of paths on which the paper comes to nothing; not defined without paper"),
    OFFER("p_equity_below", ESTIMATE, p_equity_below, "1", "", SHARE, "share of paths on which the paper before tax comes to less than a quarter of the letter's"),
    OFFER("p_best", ESTIMATE, p_best, "1", "", SHARE, "share of paths on which no other offer is worth more; of equals the first"),
    OFFER("exit_share", ESTIMATE, exit_share, "1", "exit_kind", SHARE, "how the company's private life ended by the liquidity horizon; not defined when listed"),
    OFFER("time_to_cash_quantiles", ESTIMATE, time_to_cash, "year", "quantile", ORDER, "years until paper first becomes cash; not defined where it never does, nor the error where it may well be never"),
    OFFER("time_to_cash_never", ESTIMATE, time_to_cash_never, "1", "", SHARE, "share of paths on which paper never becomes cash"),
    OFFER("headline_total", F64, headline_total, "money", "", "", "what the letter adds up to over the horizon, before tax, not discounted, at today's currency rates"),
    OFFER("headline_equity", F64, headline_equity, "money", "", "", "the part of headline_total that is paper"),
    OFFER("p_stuck", ESTIMATE, p_stuck, "1", "", SHARE, "share of paths on which paper is still stuck at the liquidity horizon and worth something; not defined without paper"),
    OFFER("stuck_share", ESTIMATE, stuck_share, "1", "", PAIRED, "part of the mean before tax that is paper still stuck at the liquidity horizon, at its residual worth"),
    OFFER("stuck_share_of_equity", ESTIMATE, stuck_share_of_equity, "1", "", PAIRED, "the same as part of the mean of the paper before tax; above 0.1 the liquidity horizon is too short; not defined without paper"),
    OFFER("unvested_at_horizon", ESTIMATE, unvested_at_horizon, "money", "", SPREAD, "mean, before tax, of what has been granted and has not vested at the horizon, at the share price of that date (fair common value of a private company): lost by leaving then, and in no total"),
    OFFER("bridge", ESTIMATE, bridge, "money", "bridge_term", PAIRED, "steps from the letter's total to the worth: letter + the six after it = worth, exactly; common: units at fair common value on the first day, by the option method with the term of the simulated exits, at most 5 years (`value` takes the config's term, or the exits' own)"),
    OFFER_ARRAY("by_year_mean", ESTIMATE, by_year_mean, "money", "year", WITHIN, "mean received in each calendar year, after tax, nominal"),
    OFFER_ARRAY("by_year_quantiles", ESTIMATE, by_year_quantile, "money", "year quantile", BY_PATHS, "quantiles of what is received in each calendar year, after tax, nominal"),
    ARRAY("/offers", "bin_low", F64, bin_low, "money", "bin", "lower edge of each bin of total_histogram_count"),
    ARRAY("/offers", "bin_high", F64, bin_high, "money", "bin", "upper edge of each bin"),
    OFFER_ARRAY("total_histogram_count", I64, histogram.count, "1", "bin", "", "paths whose total lies in the bin"),
    OFFER("total_histogram_under", I64, histogram.under, "1", "", "", "paths whose total lies below the first bin"),
    OFFER("total_histogram_over", I64, histogram.over, "1", "", "", "paths whose total lies above the last bin"),
    OFFER_ARRAY("fan_total", ESTIMATE, fan, "money", "month quantile", BY_PATHS, "quantiles of what was received up to each month"),
    OFFER("worlds_low", ESTIMATE, worlds_low, "money", "", OF_WORLDS, "5 % point of the worth over the worlds of what nobody knows"),
    OFFER("worlds_high", ESTIMATE, worlds_high, "money", "", OF_WORLDS, "95 % point of the worth over the worlds"),
    OFFER("ignorance_sd", ESTIMATE, ignorance_sd, "money", "", JACKKNIFE, "standard deviation of the mean over the worlds, without the paths' own noise"),
    OFFER("chance_sd", ESTIMATE, chance_sd, "money", "", JACKKNIFE, "standard deviation of totals within a world"),
    OFFER("control_share", F64, control_share, "1", "", "", "part of the variance of total_mean that the control variates took away; not defined without them"),

    PAIR("a", TEXT, a, "", "", "", "id of one offer"),
    PAIR("b", TEXT, b, "", "", "", "id of the offer it is compared with"),
    PAIR("p_a_beats_b", ESTIMATE, p_a_beats_b, "1", "", SHARE, "share of paths on which a is worth more than b by over a cent"),
    PAIR("p_tie", ESTIMATE, p_tie, "1", "", SHARE, "share of paths on which they are within a cent"),
    PAIR("p_b_beats_a", ESTIMATE, p_b_beats_a, "1", "", SHARE, "share of paths on which b is worth more than a by over a cent"),
    PAIR("difference_mean", ESTIMATE, mean, "money", "", MEAN, "mean of total a - total b, path by path"),
    PAIR("difference_sd", ESTIMATE, sd, "money", "", DELTA, "standard deviation of the difference"),
    PAIR("difference_quantiles", ESTIMATE, quantile, "money", "quantile", ORDER, "quantiles of the difference"),
    PAIR("regret_a", ESTIMATE, regret_a, "money", "", INFLUENCE, "expected regret of having taken a: mean of what b was worth more, where it was"),
    PAIR("regret_b", ESTIMATE, regret_b, "money", "", INFLUENCE, "expected regret of having taken b"),
    PAIR("ce_difference", ESTIMATE, ce_difference, "money", "", PAIRED, "worth of a less worth of b, at the person's own risk aversion"),
    PAIR("gamma_crossover", ESTIMATE, gamma_crossover, "1", "", PAIRED, "risk aversion between 0 and 5 at which the two are worth the same; not defined when there is none"),
    PAIR("dominance", TEXT, dominance, "", "", "", "none, first, second or undetermined: whom everybody would prefer"),
    PAIR("dominance_winner", TEXT, dominance_winner, "", "", "", "id of the offer that dominates; empty for none"),
    ARRAY("/pairs", "bin_difference_low", F64, bin_difference_low, "money", "bin_difference", "lower edge of each bin of difference_histogram_count"),
    ARRAY("/pairs", "bin_difference_high", F64, bin_difference_high, "money", "bin_difference", "upper edge of each bin"),
    {"/pairs", "difference_histogram_count", LQ_SET_PAIRS, I64, true, offsetof(lq_pair_figures, histogram.count), "1", "bin_difference", "", "paths whose difference lies in the bin"},
    PAIR("difference_histogram_under", I64, histogram.under, "1", "", "", "paths whose difference lies below the first bin"),
    PAIR("difference_histogram_over", I64, histogram.over, "1", "", "", "paths whose difference lies above the last bin"),
    PAIR("worlds_low", ESTIMATE, worlds_low, "money", "", OF_WORLDS, "5 % point of ce_difference over the worlds"),
    PAIR("worlds_high", ESTIMATE, worlds_high, "money", "", OF_WORLDS, "95 % point of ce_difference over the worlds"),
    PAIR("control_share", F64, control_share, "1", "", "", "part of the variance of difference_mean that the control variates took away; not defined without them"),
    PAIR("control_share_beats", F64, control_share_beats, "1", "", "", "the same of p_a_beats_b"),

    COMPANY("name", TEXT, name, "", "", "", "name for people"),
    COMPANY("listing", TEXT, listing, "", "", "", "public or private"),
    COMPANY_ARRAY("exit_by_month", exit_by_month, "1", "exit_kind month", SHARE, "share of paths whose exit falls in the month; what has none stands at the last month; not defined when listed"),
    COMPANY_ARRAY("fan_value", fan, "money", "month quantile", BY_PATHS, "quantiles of the company's value while it is alive, nominal, in its own currency; share price when listed"),
    COMPANY_ARRAY("tender_by_month", tender_by_month, "1", "month", SHARE_ALL, "share of paths with a tender in the month"),
    COMPANY("rounds_mean", ESTIMATE, rounds_mean, "1", "", SPREAD, "mean number of financing rounds before the exit"),
    COMPANY("down_round_share", ESTIMATE, down_round_share, "1", "", SPREAD, "share of rounds priced more than 1 % below the last one"),
    COMPANY("flat_round_share", ESTIMATE, flat_round_share, "1", "", SPREAD, "share of rounds priced within 1 % of the last one"),
    COMPANY("unpriced_rounds_mean", ESTIMATE, unpriced_rounds_mean, "1", "", SPREAD, "mean number of rounds before the exit that were not held, because with phi: solve no price was found at which their class is worth it; not among the others"),
    COMPANY("tenders_mean", ESTIMATE, tenders_mean, "1", "", SPREAD, "mean number of tenders before the exit"),
    COMPANY("cut_share", ESTIMATE, cut_share, "1", "", SPREAD, "share of paths with more rounds or more tenders than the 64 that a path may have; the rest is left out"),
    COMPANY("probability_factor", F64, probability_factor, "1", "exit_kind", "", "factor on the closed form of each hazard given as a probability that makes the simulation meet it"),
    COMPANY("survival_growth", F64, survival_growth, "1", "", "", "arithmetic growth a year, continuously applied, of the value while no exit happens"),
    COMPANY("all_in_growth", F64, all_in_growth, "1", "", "", "the same with what failures take and premiums give: the growth that was assumed when compensate is yes"),

    ARRAY("/paths", "total", F64, path_total, "money", "path offer", "total of the first paths of every world"),
    ARRAY("/paths", "received", F64, path_received, "money", "path offer month", "received up to each month"),
    ARRAY("/paths", "value", F64, path_value, "money", "path company month", "value of the company, nominal, in its own currency; share price when listed; not defined once it has ended"),
    ARRAY("/paths", "exit_kind", F64, path_exit_kind, "1", "path company", "0 none, 1 ipo, 2 acquisition, 3 failure; not defined when listed"),
    ARRAY("/paths", "exit_month", F64, path_exit_month, "month", "path company", "month of the exit; after the last month: never"),

    WORLD("mean", mean, "money", "offer", MEAN, "mean of totals in the world"),
    WORLD("certainty_equivalent", ce, "money", "offer", DELTA, "worth in the world, at the person's own risk aversion"),
    WORLD("median", median, "money", "offer", ORDER, "median of totals in the world"),
    WORLD("p_beats", p_beats, "1", "pair", SHARE, "share of the world's paths on which a is worth more than b"),
    WORLD("ce_difference", ce_difference, "money", "pair", PAIRED, "worth of a less worth of b in the world"),

    STUDY("/turning", "offer", TEXT, turning_offer, "", "id of the offer that is varied"),
    STUDY("/turning", "against", TEXT, turning_against, "", "id of the offer that it is to be worth as much as"),
    TURNING("text", TEXT, text, "", "the turning point in plain words"),
    TURNING("status", TEXT, status, "", "solved, none, jump or several"),
    TURNING("reason", TEXT, reason, "", "why there is no such value; empty when there is"),
    TURNING("unit", TEXT, unit, "", "unit of value, assumed, low and high"),
    TURNING("value", F64, value, "1", "value at which the two are worth the same, everything else as it is"),
    TURNING("assumed", F64, assumed, "1", "value that the study took"),
    TURNING("low", F64, low, "1", "lower end of the 95 % interval of value"),
    TURNING("high", F64, high, "1", "upper end of the 95 % interval of value"),

    STUDY("/verdict", "text", TEXT, verdict.text, "", "the answer in plain words"),
    STUDY("/verdict", "kind", TEXT, verdict.kind, "", "win, tie, or single when there is one offer"),
    STUDY("/verdict", "winner", TEXT, verdict.winner, "", "id of the offer to take"),
    STUDY("/verdict", "loser", TEXT, verdict.loser, "", "id of the offer that it is compared with"),
    {"/verdict", "amount", LQ_SET_STUDY, ESTIMATE, false, offsetof(lq_findings, verdict.amount), "money", "", PAIRED, "worth of the winner less worth of the loser"},

    ASSUMED("key", TEXT, key, "address of what was assumed"),
    ASSUMED("value", TEXT, value, "what was assumed"),
    ASSUMED("source", TEXT, source, "where it comes from, with its date"),
    ASSUMED("text", TEXT, text, "one clause in plain words"),
    ASSUMED("influence", LQ_OUTPUT_COUNT, influence, "rank of its influence, larger first"),
    WARNING("key", key, "address of what the warning is about"),
    WARNING("text", text, "the warning"),

    STUDY("/manifest", "schema", TEXT, manifest.schema, "", "names and meaning of everything in this result"),
    STUDY("/manifest", "title", TEXT, manifest.title, "", "title of the config"),
    STUDY("/manifest", "config_text", TEXT, manifest.config_text, "", "the config as given"),
    STUDY("/manifest", "config_resolved", TEXT, manifest.config_resolved, "", "the config with every default written out"),
    STUDY("/manifest", "config_sha256", TEXT, manifest.config_sha256, "", "digest of config_text"),
    STUDY("/manifest", "plan_sha256", TEXT, manifest.plan_sha256, "", "digest of all numbers that the simulation read"),
    STUDY("/manifest", "seed", I64, manifest.seed, "1", "key of every random number"),
    STUDY("/manifest", "paths", I64, manifest.paths, "1", "simulated futures, over all worlds, as run"),
    STUDY("/manifest", "worlds", I64, manifest.worlds, "1", "draws of what nobody knows"),
    STUDY("/manifest", "error_degrees", I64, manifest.error_degrees, "1", "degrees of freedom of errors made from replicates: Student's t; 0: errors by formula, normal law"),
    STUDY("/manifest", "sampling", TEXT, manifest.sampling, "", "how the draws are made: random, antithetic or sobol"),
    STUDY("/manifest", "precision", TEXT, manifest.precision, "", "of draws and functions: fast or reference"),
    STUDY("/manifest", "exits", TEXT, manifest.exits, "", "how the exits of private companies are drawn, and why"),
    STUDY("/manifest", "tolerance", TEXT, manifest.tolerance, "", "what standard error was asked for, and what came of it"),
    STUDY("/manifest", "tolerance_reached", I64, manifest.tolerance_reached, "1", "1: it was reached, or none was asked for"),
    STUDY("/manifest", "tolerance_se", F64, manifest.tolerance_se, "money or 1", "the largest standard error of the figure asked for"),
    STUDY("/manifest", "tolerance_allowed", F64, manifest.tolerance_allowed, "money or 1", "what was asked for there"),
    STUDY("/manifest", "controls", TEXT, manifest.controls, "", "control variates: what the means of totals and differences, and who beats whom, were regressed on; empty: nothing"),
    STUDY("/manifest", "measure", TEXT, manifest.measure, "", "real: what is expected; pricing: what a fair price implies"),
    STUDY("/manifest", "currency", TEXT, manifest.currency, "", "currency of the result"),
    STUDY("/manifest", "start_date", TEXT, manifest.start_date, "", "month 0, the date of all present values"),
    STUDY("/manifest", "horizon_years", F64, manifest.horizon_years, "year", "window in which pay is earned"),
    STUDY("/manifest", "liquidity_horizon_years", F64, manifest.liquidity_horizon_years, "year", "how long paper is followed"),
    STUDY("/manifest", "baseline", TEXT, manifest.baseline, "", "id of the offer that others are compared with; empty for a single offer"),
    STUDY("/manifest", "risk_aversion", F64, manifest.risk_aversion, "1", "the person's own"),
    STUDY("/manifest", "wealth", F64, manifest.wealth, "money", "the person's outside wealth"),
    PACK("pack_file", file, "data pack that was used"),
    PACK("pack_sha256", sha256, "its digest"),
    STUDY("/manifest", "version", TEXT, manifest.version, "", "version of liquidus"),
    STUDY("/manifest", "complete", I64, manifest.complete, "1", "1: all paths are in; 0: the run was interrupted"),
    STUDY("/manifest", "unit_basis", TEXT, manifest.unit_basis, "", "what money means here"),
    STUDY("/manifest", "advice", TEXT, manifest.advice, "", "what this is not"),
    STUDY("/manifest/run", "started", TEXT, run.started, "", "when the run began, UTC"),
    STUDY("/manifest/run", "seconds", F64, run.seconds, "s", "time that the whole study took"),
    STUDY("/manifest/run", "paths_per_second", F64, run.paths_per_second, "1/s", "speed of the main simulation"),
    STUDY("/manifest/run", "threads", I64, run.threads, "1", "threads"),
    STUDY("/manifest/run", "processes", I64, run.processes, "1", "processes"),
    STUDY("/manifest/run", "peak_memory_bytes", I64, run.peak_memory_bytes, "byte", "most memory that was held at once"),
    STUDY("/manifest/run", "host", TEXT, run.host, "", "name of the machine"),
    STUDY("/manifest/run", "compiler", TEXT, run.compiler, "", "compiler of the program"),
    STUDY("/manifest/run", "git_revision", TEXT, run.git_revision, "", "revision of the source"),
    STUDY("/manifest/run", "isa", TEXT, run.isa, "", "instruction set level of the kernels"),
    STUDY("/manifest/run", "output", TEXT, run.output, "", "file that the result was written to"),
    {NULL, NULL, LQ_SET_STUDY, F64, false, 0, NULL, NULL, NULL, NULL}};
/* clang-format on */

const char *lq_output_dimension(lq_output_set set)
{
    static const char *const names[] = {[LQ_SET_STUDY] = "",
                                        [LQ_SET_OFFERS] = "offer",
                                        [LQ_SET_PAIRS] = "pair",
                                        [LQ_SET_COMPANIES] = "company",
                                        [LQ_SET_WORLDS] = "world",
                                        [LQ_SET_TURNING] = "turning_point",
                                        [LQ_SET_ASSUMPTIONS] = "assumption",
                                        [LQ_SET_WARNINGS] = "warning",
                                        [LQ_SET_PACKS] = "pack"};
    return names[set];
}

/**
 * @file load.h
 * Configs on the command line: read, or told what is wrong with them.
 */
#ifndef LQ_CLI_LOAD_H
#define LQ_CLI_LOAD_H

#include "cli/cli.h"
#include "scenario/scenario.h"
#include "show/text.h"

/**
 * Loads the config that is the first operand, with the overrides of --set and of `more`.
 * Problems are printed on standard error, all in one go.
 *
 * @param[in]  more  [n_more] further overrides "key=value".
 * @param[out] out   On LQ_OK the caller owns it.
 */
lq_status lq_load_config(const lq_call *call, const char *const *more, size_t n_more,
                         lq_scenario **out, lq_error *err);

/** The same for who looks at companies alone (lq_scenario_load_companies). */
lq_status lq_load_companies(const lq_call *call, lq_scenario **out, lq_error *err);

/**
 * The company of --company; without it the only private one.
 * @retval LQ_ECONFIG  There is none of that name, or several to choose from, or it is listed:
 *                     told on standard error.
 */
lq_status lq_pick_company(const lq_call *call, const lq_scenario *scenario,
                          const lq_company **out);

/** Where a company's shares are counted by an assumption: which, by its key. */
void lq_shares_note(lq_wrap *wrap, const lq_company *company);

/**
 * Tells a config error that came up behind the reading as the reader would have told it, and
 * empties *err. Everything else is passed on.
 */
lq_status lq_tell_config(const lq_scenario *scenario, lq_status status, lq_error *err);

#endif

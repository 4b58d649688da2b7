/**
 * @file load.h
 * Configs on the command line: read, or told what is wrong with them.
 */
#ifndef LQ_CLI_LOAD_H
#define LQ_CLI_LOAD_H

#include "cli/cli.h"
#include "scenario/scenario.h"

/**
 * Loads the config that is the first operand, with the overrides of --set and of `more`.
 * Problems are printed on standard error, all in one go.
 *
 * @param[in]  more  [n_more] further overrides "key=value".
 * @param[out] out   On LQ_OK the caller owns it.
 */
lq_status lq_load_config(const lq_call *call, const char *const *more, size_t n_more,
                         lq_scenario **out, lq_error *err);

/**
 * Tells a config error that came up behind the reading as the reader would have told it, and
 * empties *err. Everything else is passed on.
 */
lq_status lq_tell_config(const lq_scenario *scenario, lq_status status, lq_error *err);

#endif

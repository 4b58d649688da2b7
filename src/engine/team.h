/**
 * @file team.h
 * What a thread finds when it begins: room for a block, an empty result. Private to the folder.
 */
#ifndef LQ_ENGINE_TEAM_H
#define LQ_ENGINE_TEAM_H

#include "engine/workspace.h"

struct lq_team {
    int n_threads;
    int number;               /**< Of its only thread, in a member. */
    struct lq_team *member;   /**< [n_threads] the rooms of one thread each; NULL in a member */
    lq_workspace **workspace; /**< [n_threads]; NULL until it is needed */
    lq_result **result;       /**< [n_threads]; likewise */
};

/** Room for the plan in workspace[thread], with columns for samples or without; false when out
 *  of memory. */
bool lq_team_seat(lq_team *team, int thread, const lq_plan *plan, bool samples);

/** An empty result of the shape of `like`; NULL when out of memory. */
lq_result *lq_team_sheet(lq_team *team, int thread, const lq_plan *plan, const lq_result *like);

#endif

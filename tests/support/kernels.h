/* Both builds of every kernel, side by side: what the engine chooses between. */
#ifndef KERNELS_H
#define KERNELS_H

#include "company/branch.h"
#include "company/deal.h"
#include "equity/equity.h"
#include "market/market.h"
#include "pay/pay.h"
#include "rng/draws.h"
#include "tax/tax.h"

typedef struct kernels {
    const char *name;
    void (*fill_normals)(lq_philox_key key, uint64_t path0, uint32_t stream, size_t n_months,
                         double *normals);
    void (*fill_words)(lq_philox_key key, uint64_t path0, uint32_t stream, uint32_t draw,
                       uint64_t *w0, uint64_t *w1);
    void (*draws_normals)(const lq_block_address *at, uint32_t stream, size_t n_months,
                          double *normals);
    void (*draws_words)(const lq_block_address *at, uint32_t stream, uint32_t draw,
                        lq_words *out);
    void (*draws_normals_of)(const lq_block_address *at, const lq_words *words, int word,
                             double *z0, double *z1);
    void (*gbm)(const lq_gbm_plan *plan, const double *market_normals, double *rows);
    void (*index)(const lq_gbm_plan *plan, const double *market_normals, double *levels);
    void (*mix)(const lq_mix_plan *plan, double *const *rows);
    void (*jumps)(const lq_jump_plan *plan, const lq_block_address *at, size_t n_months,
                  double *rows);
    void (*student)(const lq_student_plan *plan, size_t n_months, double *rows);
    void (*regime)(const lq_regime_plan *plan, const lq_block_address *at, size_t n_months,
                   int32_t *states);
    void (*bootstrap)(const lq_bootstrap_plan *plan, const lq_block_address *at,
                      size_t n_months, int32_t *states);
    void (*link)(const lq_state_link *link, const int32_t *states, size_t n_months,
                 const double *z, double *out);
    void (*heston)(const lq_gbm_plan *asset, const lq_heston_plan *plan,
                   const lq_heston_inputs *in, double *rows);
    void (*company)(const lq_company_plan *plan, const lq_block_address *at,
                    const lq_company_inputs *inputs, lq_company_state *state,
                    lq_company_world *world, lq_pilot *pilot);
    void (*deal_roll)(const lq_company_plan *plan, const double *acquirer, size_t n_months,
                      lq_company_world *world);
    void (*branches)(const lq_company_plan *plan, const lq_expansion *expansion,
                     const lq_company_record *record, lq_branches *out);
    void (*branch_drawn)(const lq_company_plan *plan, const lq_company_record *record,
                         double *month, double *cause);
    void (*branch_world)(const lq_company_plan *plan, const lq_company_record *record,
                         const double *month, const double *cause,
                         const lq_company_world *lived, lq_company_world *out);
    void (*path_replay)(const lq_stack_plan *plan, const lq_path *path, lq_path_stack *out);
    lq_stack_sums (*path_sums)(const lq_stack_plan *plan, const lq_path_stack *stack);
    double (*path_price)(const lq_stack_plan *plan, const lq_path *path, double left,
                         bool lists);
    double (*path_value)(const lq_stack_plan *plan, const lq_path *path,
                         const lq_path_law *law);
    double (*path_phi)(const lq_stack_plan *plan, const lq_path *path, const lq_path_law *law,
                       const lq_new_round *round);
    void (*grant)(const lq_grant_plan *plan, const lq_grid *grid, const lq_world *world,
                  const lq_employment *employment, const lq_block_address *at,
                  lq_grant_scratch *scratch, const lq_grant_out *out);
    void (*employment)(const lq_pay_plan *plan, const lq_world *world,
                       const lq_block_address *at, lq_employment *out);
    void (*pay)(const lq_pay_plan *plan, const lq_grid *grid, const lq_world *world,
                const lq_employment *employment, const lq_block_address *at,
                const lq_ledger *ledger);
    void (*tax)(const lq_tax_plan *plan, size_t n_years, const lq_ledger *ledger,
                lq_outcome *out);
    void (*tax_trace)(const lq_tax_plan *plan, const lq_grid *grid, const lq_ledger *ledger);
} kernels;

/* Level 3: the build that every supported processor runs. Level 4: NULL when this processor
 * cannot run it. */
const kernels *kernels_of(int level);

#endif

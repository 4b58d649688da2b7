#include "kernels.h"

/* The kernel headers name one level at a time: these are their declarations at both. */
#define DECLARE(level)                                                                         \
    void lq_fill_normals_##level(lq_philox_key, uint64_t, uint32_t, size_t, double *);         \
    void lq_fill_words_##level(lq_philox_key, uint64_t, uint32_t, uint32_t, uint64_t *,        \
                               uint64_t *);                                                    \
    void lq_draws_normals_##level(const lq_block_address *, uint32_t, size_t, double *);       \
    void lq_draws_words_##level(const lq_block_address *, uint32_t, uint32_t, lq_words *);     \
    void lq_draws_normals_of_##level(const lq_block_address *, const lq_words *, int,          \
                                     double *, double *);                                      \
    void lq_gbm_run_##level(const lq_gbm_plan *, const double *, double *);                    \
    void lq_index_run_##level(const lq_gbm_plan *, const double *, double *);                  \
    void lq_mix_run_##level(const lq_mix_plan *, double *const *);                             \
    void lq_jumps_run_##level(const lq_jump_plan *, const lq_block_address *, size_t,          \
                              double *);                                                       \
    void lq_student_run_##level(const lq_student_plan *, size_t, double *);                    \
    void lq_regime_run_##level(const lq_regime_plan *, const lq_block_address *, size_t,       \
                               int32_t *);                                                     \
    void lq_bootstrap_run_##level(const lq_bootstrap_plan *, const lq_block_address *, size_t, \
                                  int32_t *);                                                  \
    void lq_link_run_##level(const lq_state_link *, const int32_t *, size_t, const double *,   \
                             double *);                                                        \
    void lq_heston_run_##level(const lq_gbm_plan *, const lq_heston_plan *,                    \
                               const lq_heston_inputs *, double *);                            \
    void lq_company_run_##level(const lq_company_plan *, const lq_block_address *,             \
                                const lq_company_inputs *, lq_company_state *,                 \
                                lq_company_world *, lq_pilot *);                               \
    void lq_deal_roll_##level(const lq_company_plan *, const double *, size_t,                 \
                              lq_company_world *);                                             \
    void lq_branches_run_##level(const lq_company_plan *, const lq_expansion *,                \
                                 const lq_company_record *, lq_branches *);                    \
    void lq_branch_drawn_##level(const lq_company_plan *, const lq_company_record *, double *, \
                                 double *);                                                    \
    void lq_branch_world_##level(const lq_company_plan *, const lq_company_record *,           \
                                 const double *, const double *, const lq_company_world *,     \
                                 lq_company_world *);                                          \
    void lq_path_replay_##level(const lq_stack_plan *, const lq_path *, lq_path_stack *);      \
    lq_stack_sums lq_path_sums_##level(const lq_stack_plan *, const lq_path_stack *);          \
    double lq_path_price_##level(const lq_stack_plan *, const lq_path *, double, bool);        \
    double lq_path_value_##level(const lq_stack_plan *, const lq_path *, const lq_path_law *); \
    double lq_path_phi_##level(const lq_stack_plan *, const lq_path *, const lq_path_law *,    \
                               const lq_new_round *);                                          \
    void lq_grant_run_##level(const lq_grant_plan *, const lq_grid *, const lq_world *,        \
                              const lq_employment *, const lq_block_address *,                 \
                              lq_grant_scratch *, const lq_grant_out *);                       \
    void lq_employment_run_##level(const lq_pay_plan *, const lq_world *,                      \
                                   const lq_block_address *, lq_employment *);                 \
    void lq_pay_run_##level(const lq_pay_plan *, const lq_grid *, const lq_world *,            \
                            const lq_employment *, const lq_block_address *,                   \
                            const lq_ledger *);                                                \
    void lq_tax_run_##level(const lq_tax_plan *, size_t, const lq_ledger *, lq_outcome *);     \
    void lq_tax_trace_##level(const lq_tax_plan *, const lq_grid *, const lq_ledger *);        \
    static const kernels kernels_##level##_table = {#level,                                    \
                                                    lq_fill_normals_##level,                   \
                                                    lq_fill_words_##level,                     \
                                                    lq_draws_normals_##level,                  \
                                                    lq_draws_words_##level,                    \
                                                    lq_draws_normals_of_##level,               \
                                                    lq_gbm_run_##level,                        \
                                                    lq_index_run_##level,                      \
                                                    lq_mix_run_##level,                        \
                                                    lq_jumps_run_##level,                      \
                                                    lq_student_run_##level,                    \
                                                    lq_regime_run_##level,                     \
                                                    lq_bootstrap_run_##level,                  \
                                                    lq_link_run_##level,                       \
                                                    lq_heston_run_##level,                     \
                                                    lq_company_run_##level,                    \
                                                    lq_deal_roll_##level,                      \
                                                    lq_branches_run_##level,                   \
                                                    lq_branch_drawn_##level,                   \
                                                    lq_branch_world_##level,                   \
                                                    lq_path_replay_##level,                    \
                                                    lq_path_sums_##level,                      \
                                                    lq_path_price_##level,                     \
                                                    lq_path_value_##level,                     \
                                                    lq_path_phi_##level,                       \
                                                    lq_grant_run_##level,                      \
                                                    lq_employment_run_##level,                 \
                                                    lq_pay_run_##level,                        \
                                                    lq_tax_run_##level,                        \
                                                    lq_tax_trace_##level}

DECLARE(v3);
DECLARE(v4);

const kernels *kernels_of(int level)
{
    if (level == 3) return &kernels_v3_table;
    const bool can = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                     __builtin_cpu_supports("avx512vl");
    return can ? &kernels_v4_table : NULL;
}

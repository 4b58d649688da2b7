/**
 * @file outputs.h
 * The registry of outputs: one row per variable of a result is its name in the file, in the
 * frame and in the reference page. Adding an output = one member of figures.h, one row here.
 */
#ifndef LQ_DECIDE_OUTPUTS_H
#define LQ_DECIDE_OUTPUTS_H

#include "base/frame.h"
#include "decide/figures.h"

#include <stdio.h>

/** What the first dimension of a row runs over. */
typedef enum lq_output_set {
    LQ_SET_STUDY, /**< one struct: the findings themselves */
    LQ_SET_OFFERS,
    LQ_SET_PAIRS,
    LQ_SET_COMPANIES,
    LQ_SET_WORLDS,
    LQ_SET_TURNING,
    LQ_SET_ASSUMPTIONS,
    LQ_SET_WARNINGS,
    LQ_SET_PACKS
} lq_output_set;

/** What a member of the struct is; an estimate makes two variables, NAME and NAME_se. */
typedef enum lq_output_kind {
    LQ_OUTPUT_F64,
    LQ_OUTPUT_ESTIMATE,
    LQ_OUTPUT_I64,
    LQ_OUTPUT_COUNT, /**< int */
    LQ_OUTPUT_TEXT
} lq_output_kind;

typedef struct lq_output {
    const char *group, *name;
    lq_output_set set;
    lq_output_kind kind;
    bool by_pointer; /**< The member points to the values of the further dimensions. */
    size_t offset;
    const char *units; /**< "money": the report's currency. */
    const char *dims;  /**< Further dimensions, separated by blanks; "" for none. */
    const char *error; /**< How NAME_se is made; "" without. */
    const char *long_name;
} lq_output;

/** All rows; ends with one whose group is NULL. */
extern const lq_output lq_outputs[];

/** The dimension that a set runs over; "" for the study. */
const char *lq_output_dimension(lq_output_set set);

/**
 * The frame of a study: every dimension, and every row whose dimensions are not empty.
 * @param[out] out  On LQ_OK the caller owns it; it borrows nothing.
 * @retval LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_outputs_frame(const lq_scenario *scenario, const lq_findings *found,
                                       lq_frame **out, lq_error *err);

/** The reference page docs/results.md. @retval LQ_EIO */
LQ_MUST_USE lq_status lq_outputs_print(FILE *out, lq_error *err);

#endif

/**
 * @file write_hazard.h
 * Inside of `scenario`: the forms of a hazard that are no plain figure, as YAML.
 */
#ifndef LQ_SCENARIO_WRITE_HAZARD_H
#define LQ_SCENARIO_WRITE_HAZARD_H

#include "scenario/buffer.h"
#include "scenario/rows.h"

/** Writes the row of the schema that the hazard was given by; nothing for the others. */
void lq_write_hazard(lq_buffer *out, const lq_field *field, const lq_hazard *hazard,
                     int indent);

#endif

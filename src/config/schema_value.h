/**
 * @file schema_value.h
 * The figures of a schema: what a row allows of them, beyond what their measure allows.
 */
#ifndef LQ_CONFIG_SCHEMA_VALUE_H
#define LQ_CONFIG_SCHEMA_VALUE_H

#include "config/schema.h"

/** A figure of a VALUE row: its measure, whether it may vary, its range. False after a problem,
 *  with *out untouched. Texts are copied into the reader's arena. */
bool lq_schema_read_value(const lq_field *field, const lq_node *node, lq_reader *reader,
                          lq_value *out);

/** The figures of a VALUES row. */
bool lq_schema_read_values(const lq_field *field, const lq_node *node, lq_reader *reader,
                           lq_list *out);

/** "0 % to 300 %", "at least $0": the range of a row, written into text; "" when it has none.
 */
const char *lq_schema_range(const lq_field *field, char *text, size_t cap);

/** The unit for a reader: "" where the row has none, or a plain number. */
const char *lq_schema_unit(const lq_field *field);

#endif

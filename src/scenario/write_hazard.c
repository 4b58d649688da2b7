#include "scenario/write_hazard.h"

static const char *figure(const lq_value *value, lq_measure measure, char text[512])
{
    return lq_value_format(value, measure, text, 512);
}

static void write_probability(lq_buffer *out, const lq_hazard *h)
{
    char text[512], years[512];
    lq_value plain = h->probability;
    const lq_value by = lq_value_constant(h->by_years);
    plain.uncertain = false;
    lq_buffer_add(out, h->probability.uncertain ? " {uncertain: %s by %s}\n" : " %s by %s\n",
                  figure(&plain, LQ_MEASURE_FRACTION, text),
                  figure(&by, LQ_MEASURE_DURATION, years));
}

static void write_ages(lq_buffer *out, const lq_hazard *h)
{
    char text[512], years[512];
    for (size_t i = 0; i < h->n_rows; i++) {
        const lq_value at = lq_value_constant(h->from_years[i]);
        const lq_value rate = lq_value_constant(h->table_rate[i]);
        lq_buffer_add(out, "%s%s: %s", i ? ", " : " {", figure(&at, LQ_MEASURE_DURATION, years),
                      figure(&rate, LQ_MEASURE_RATE, text));
    }
    lq_buffer_add(out, "}\n");
}

static void write_weibull(lq_buffer *out, const lq_hazard *h)
{
    char shape[512], scale[512];
    lq_buffer_add(out, " {shape: %s, scale: %s}\n", figure(&h->shape, LQ_MEASURE_NUMBER, shape),
                  figure(&h->scale, LQ_MEASURE_DURATION, scale));
}

void lq_write_hazard(lq_buffer *out, const lq_field *field, const lq_hazard *hazard, int indent)
{
    const struct {
        bool (*read)(const lq_node *, lq_reader *, void *);
        int kind;
        void (*write)(lq_buffer *, const lq_hazard *);
    } forms[] = {{lq_read_hazard_probability, LQ_HAZARD_PROBABILITY, write_probability},
                 {lq_read_hazard_weibull, LQ_HAZARD_WEIBULL, write_weibull},
                 {lq_read_hazard_table, LQ_HAZARD_TABLE, write_ages}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (field->read != forms[i].read || hazard->kind != forms[i].kind) continue;
        lq_buffer_add(out, "%*s%s:", indent, "", field->key);
        forms[i].write(out, hazard);
    }
}

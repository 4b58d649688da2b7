/* Any text as a number: refused with a reason, or finite, written as text, and the same again.
 */
#include "config/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_value(const lq_value *value, lq_measure measure)
{
    double low, high;
    char text[512];
    lq_value_range(value, &low, &high);
    if (isnan(low) || isnan(high) || low > high) abort();
    if (!isfinite(lq_value_mean(value))) abort();
    if (!strlen(lq_value_format(value, measure, text, sizeof text))) abort();
    double before = lq_value_quantile(value, 1e-9);
    for (int i = 1; i < 16; i++) {
        const double at = lq_value_quantile(value, i / 16.0);
        if (!(at >= before)) abort();
        before = at;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 256) return 0;
    char text[256];
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    const lq_measure measure = (lq_measure)(data[0] % (LQ_MEASURE_MONEY_RATE + 1));
    lq_value value = {0};
    if (!lq_value_parse(text, measure, &value)) check_value(&value, measure);
    return 0;
}

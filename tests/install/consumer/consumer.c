#include <liquidus/liquidus.h>

#include <stdio.h>

int main(void)
{
    lq_error err;
    LQ_FAIL(&err, LQ_EIO, .file = "a.yaml", .expected = "a file");
    lq_scenario *scenario = NULL;
    if (lq_load("/nowhere.yaml", NULL, &scenario, NULL) == LQ_OK) return 1;
    printf("%s %s\n", lq_version(), lq_status_name(err.status));
    return 0;
}

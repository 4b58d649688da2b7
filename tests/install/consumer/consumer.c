#include <liquidus/status.h>
#include <liquidus/version.h>

#include <stdio.h>

int main(void)
{
    lq_error err;
    LQ_FAIL(&err, LQ_EIO, .file = "a.yaml", .expected = "a file");
    printf("%s %s\n", lq_version(), lq_status_name(err.status));
    return 0;
}

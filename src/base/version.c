#include "liquidus/version.h"

#include "lq_revision.h" /* generated at build time by cmake/LqRevision.cmake */

const char *lq_version(void)
{
    return LQ_VERSION;
}

const char *lq_revision(void)
{
    return LQ_REVISION;
}

const char *lq_compiler(void)
{
    return LQ_COMPILER;
}

#include "scenario/resolve.h"
void lq_scenario_assume(lq_resolver *r)
{
    (void)r;
}

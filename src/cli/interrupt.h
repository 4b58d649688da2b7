/**
 * @file interrupt.h
 * Ctrl-C and termination: the first asks the run to stop cleanly, the second ends the process.
 */
#ifndef LQ_CLI_INTERRUPT_H
#define LQ_CLI_INTERRUPT_H

#include <signal.h>

/** Takes SIGINT and SIGTERM; the flag becomes non-zero at the first of them. */
const volatile sig_atomic_t *lq_interrupt_watch(void);

#endif

#include "cli/interrupt.h"

#include <stddef.h>
#include <unistd.h>

enum { EXIT_INTERRUPTED = 130 };

/* A signal handler can reach nothing but a static. */
static volatile sig_atomic_t stop_asked;

static void ask_to_stop(int number)
{
    (void)number;
    if (stop_asked) _exit(EXIT_INTERRUPTED);
    stop_asked = 1;
}

const volatile sig_atomic_t *lq_interrupt_watch(void)
{
    struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &stop_asked;
}

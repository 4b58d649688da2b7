#include "cli/cli.h"
#include "cli/terminal.h"

#include "show/json.h"
#include "show/screen.h"
#include "store/store.h"

static lq_status print_hash(const char *path, lq_error *err)
{
    char hash[LQ_STORE_HASH_CHARS];
    LQ_TRY(lq_store_hash(path, hash, err));
    printf("%s\n", hash);
    return LQ_OK;
}

lq_status lq_cmd_show(const lq_call *call, lq_error *err)
{
    const char *path = call->operands[0];
    const bool hash = lq_call_value(call, "hash") != NULL;
    const bool json = lq_call_value(call, "json") != NULL;
    if (hash && json) return lq_usage(call->command, "--hash and --json exclude each other");
    if (hash) return print_hash(path, err);
    lq_frame *frame = NULL;
    LQ_TRY(lq_store_read(path, &frame, err));
    const lq_screen_options options = {.colour = lq_terminal_has_colour(stdout), .shown = path};
    const lq_status status = json ? lq_json_print(frame, stdout, err)
                                  : lq_screen_print(frame, &options, stdout, err);
    lq_frame_destroy(frame);
    return status;
}

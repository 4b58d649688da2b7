/* `init`: a config to start from. */
#include "cli/cli.h"

#include "config/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HEAD                                                                                   \
    "# Offers for liquidus. Put your own figures in; `liquidus check offers.yaml` says what\n" \
    "# they mean and what is assumed, `liquidus run offers.yaml` compares them.\n"             \
    "schema: liquidus/1\n"                                                                     \
    "person: {residence: us-ca, wealth: $400K}    # savings and home equity\n"                 \
    "offers:\n"

static const struct {
    const char *name, *text;
} templates[] = {
    {"two-offers",
     HEAD "  - id: startup\n"
          "    company: hugging-face      # one of the packs (liquidus sources), or see below\n"
          "    base: $275K\n"
          "    bonus: 12.5%               # target\n"
          "    stock: $420K               # the letter's number, over four years\n"
          "    ask: {base: $300K, stock: $505K, sign_on: $60K}   # what you would ask for\n"
          "  - {id: google, company: google, base: $285K, bonus: 20%, stock: $530K}\n"
          "# A company that no pack knows:\n"
          "# companies:\n"
          "#   acme: {like: late-stage, last_round: {post_money: $800M, date: 2026-03-01}}\n"},
    {"band", HEAD "  - id: startup\n"
                  "    company: hugging-face\n"
                  "    # a negotiating range, run at its low, middle and high point\n"
                  "    band: {base: $245K to $305K, stock: $320K to $520K, bonus: 10% to 15%}\n"
                  "  - {id: google, company: google, base: $285K, bonus: 20%, stock: $530K}\n"},
    {"double-trigger",
     HEAD "  - id: startup\n"
          "    company: acme\n"
          "    base: $240K\n"
          "    grants:\n"
          "      - instrument: rsu\n"
          "        trigger: double          # vesting and a liquidity event\n"
          "        expiry: 7y\n"
          "        value: $400K\n"
          "        priced_at: preferred\n"
          "        vesting: {over: 48mo, every: 3mo, cliff: 12mo}\n"
          "  - {id: google, company: google, base: $285K, bonus: 20%, stock: $530K}\n"
          "companies:\n"
          "  acme:\n"
          "    like: late-stage\n"
          "    last_round: {post_money: $800M, price: $20, date: 2026-03-01}\n"},
    {"public", HEAD "  - id: google\n"
                    "    company: google\n"
                    "    base: $285K\n"
                    "    bonus: 20%\n"
                    "    grants:\n"
                    "      - {instrument: rsu, value: $530K, vesting: {years: [38%, 32%, 20%, "
                    "10%], every: 1mo}}\n"
                    "  - {id: meta, company: meta, base: $290K, bonus: 20%, stock: $500K}\n"},
};

enum { N_TEMPLATES = sizeof templates / sizeof *templates };

static const char *const target = "offers.yaml";

static const char *find_template(const char *name)
{
    for (size_t i = 0; i < N_TEMPLATES; i++)
        if (strcmp(templates[i].name, name) == 0) return templates[i].text;
    return NULL;
}

static lq_status unknown_template(const lq_call *call, const char *name)
{
    const char *names[N_TEMPLATES];
    for (size_t i = 0; i < N_TEMPLATES; i++)
        names[i] = templates[i].name;
    const char *near = lq_suggest(name, names, N_TEMPLATES);
    return lq_usage(call->command, "no template %.60s%s%s%s", name,
                    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* All of the text or no file at all. */
static lq_status write_text(const lq_call *call, const char *text, lq_error *err)
{
    const int fd = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST)
        return lq_usage(call->command,
                        "%s is there already and stays as it is; run init in another folder",
                        target);
    if (fd < 0)
        return LQ_FAIL(err, LQ_EIO, .file = target, .expected = "a folder that can be written",
                       .got = strerror(errno));
    const size_t len = strlen(text);
    size_t done = 0;
    while (done < len) {
        const ssize_t n = write(fd, text + done, len - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) break;
        done += (size_t)n;
    }
    const int cause = done < len ? errno : 0;
    if (close(fd) == 0 && done == len) return LQ_OK;
    const int why = cause ? cause : errno;
    unlink(target);
    return LQ_FAIL(err, LQ_EIO, .file = target, .expected = "room to write",
                   .got = strerror(why));
}

lq_status lq_cmd_init(const lq_call *call, lq_error *err)
{
    const char *name = lq_call_value(call, "template");
    const char *text = find_template(name ? name : templates[0].name);
    if (!text) return unknown_template(call, name);
    LQ_TRY(write_text(call, text, err));
    printf("Wrote %s. Next: liquidus check %s\n", target, target);
    return LQ_OK;
}

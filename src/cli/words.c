/* The glossary of `help WORD`: words of finance that the screen and the configs use. */
#include "cli/cli.h"

#include "config/schema.h"
#include "show/text.h"

#include <ctype.h>
#include <string.h>

typedef struct word {
    const char *names; /* the first is the word; all are found; split by '|' */
    const char *text;
} word;

static const word words[] = {
    {"antithetic|antithetic pairs|mirrored",
     "`simulation.antithetic: true`: random futures in pairs, each the mirror of the other, so "
     "that luck cancels in part. It pays where pay moves evenly with the market."},
    {"409A|fair market value|fmv|appraisal|appraisals",
     "The appraised price of a private company's common share "
     "(US tax code section 409A). Options "
     "are struck at it. It lies below the preferred price, "
     "because common is paid after preferred "
     "and cannot be sold today. It is renewed once a year and two "
     "months after a round (`appraisal`), and stands in between."},
    {"ask", "The same offer with what one asks for instead: more base, more stock, a sign-on."},
    {"acceleration", "Unvested units that vest at once at a sale or a dismissal."},
    {"acquisition|sale|buyout",
     "Another company buys this one. What it pays goes down the waterfall, and the job "
     "goes on, unless `exits.acquisition.layoff` says otherwise."},
    {"band|range", "An employer's range for a role. It is a matter of negotiation and not of "
                   "luck, so it is run "
                   "at its low, middle and high point and never drawn at random."},
    {"backsolve", "The value of a company at which a share of the last round is worth what was "
                  "paid for it, all rights of all classes counted."},
    {"base|base salary", "Pay a year before bonus and stock."},
    {"baseline", "The offer that all others are compared with: `decide: {baseline: ID}`."},
    {"bad case|cvar|expected shortfall|tail loss",
     "CVaR at 5 %: the mean of the worst 5 % of futures. It asks how bad things are when they "
     "go "
     "badly."},
    {"beats",
     "The share of futures in which one offer ends above another, on the same markets."},
    {"beta",
     "How a company moves with the market: at beta 1.3, a market month of 10 % comes with 13 % "
     "on "
     "average. Correlation with the market is beta x market volatility / own volatility."},
    {"bridge", "The way from what the letter adds up to, to what it is worth to you, term by "
               "term: bonus as "
               "paid, preferred to common, growth and failure, waiting, tax, risk. The terms "
               "add up exactly."},
    {"breakpoint|breakpoints",
     "A value of the company at which the next dollar of it begins to "
     "go to others: a preference is paid, a series converts, an option "
     "is in the money."},
    {"cap table|capitalisation table|stack", "Who holds how many shares of which class, with "
                                             "which rights."},
    {"carve-out", "What managers are paid of a sale, before shareholders."},
    {"certainty equivalent|worth to you|worth|ce",
     "The sure sum today that is as good to you as the uncertain offer, given what you own and "
     "how "
     "much you mind risk. Two offers compare by it. It is the mean less the price of risk."},
    {"clawback", "Sign-on money that must be paid back when one leaves early."},
    {"cliff", "The month before which nothing vests; what was held back vests at it. Usually "
              "12 months."},
    {"common|common stock",
     "The shares that employees hold. At a sale they are paid after the preferred shares."},
    {"conversion|convert", "Preferred give up their preference and become common, where that "
                           "pays more; at an IPO nearly always."},
    {"correlation|correlations",
     "How two companies move together: 0 not at all, 1 as one. It comes from their betas, from "
     "`sector` and from `market.correlations`; `check` prints what is used."},
    {"controls|control variates",
     "`simulation.controls: true`: means are corrected by what chance did to figures whose "
     "mean "
     "is known exactly, such as a listed share's growth. It moves means and who beats whom, "
     "nothing else."},
    {"deal|announced deal|announced sale",
     "A sale of the company that is signed and open: `companies.ID.deal` says the price, when "
     "it "
     "closes, how likely it breaks and what is left then. Until that day no other exit, round "
     "or tender comes."},
    {"dilution", "New shares in a round make each old share a smaller part of the company. At "
                 "10 % dilution, "
                 "1 % of the company becomes 0.9 %."},
    {"marketability discount|dlom",
     "Discount for lack of marketability: what paper is worth less because it cannot be sold."},
    {"dominance|stochastic dominance",
     "First: one offer ends above any line more often than the other, so anyone who likes more "
     "prefers it. Second: anyone who also minds risk prefers it."},
    {"double trigger|trigger",
     "Units become pay only when two things have happened: they have vested, and there was a "
     "liquidity event (an IPO or a sale). Until then no tax and no cash. They often expire "
     "after "
     "seven years. Single trigger: at vesting alone."},
    {"equity premium|premium", "What shares return a year above a sure rate, on average."},
    {"exit|exits",
     "How a company's life as a private company ends: IPO, acquisition or failure."},
    {"expansion|exit expansion",
     "`simulation.expansion`: how a private company ends is a lottery of known odds, so a "
     "future "
     "can take every outcome with its weight instead of one that is drawn. `auto`, the "
     "default: with Sobol points, where nothing is uncertain. `check` says what is done, and "
     "why."},
    {"expiry",
     "The day on which double-trigger units are lost if no liquidity event has come."},
    {"failure", "The company ends and holders of common get nothing, or next to nothing."},
    {"fat tails|student|student-t|student_t",
     "Months that are mostly quieter and now and then much wilder than normal ones of the same "
     "volatility: `student_t: 5`. Fewer degrees of freedom, fatter tails."},
    {"floor", "A company value below which the company fails."},
    {"gamma|risk aversion|crra",
     "How much you mind risk to your wealth. 0: not at all. 2, the default: you would just "
     "take a "
     "coin toss between doubling your wealth and losing a third of it. 5: very much. Constant "
     "relative risk aversion (CRRA): u(w) = w^(1 - gamma) / (1 - gamma)."},
    {"grant", "A number of units or shares promised on a date, which vest over years."},
    {"haircut", "What is taken off the post-money value to get what the company is worth: "
                "post-money prices "
                "every share like the last preferred one, and common is worth less."},
    {"hazard", "The rate at which an event comes, a year: at 10 %/y, 9.5 % in the first year."},
    {"history|histories|bootstrap|returns",
     "Futures made of months that were: blocks of a file of monthly returns, the same months "
     "for the market and every company, so bad times come together and last as they did."},
    {"ipo|listing",
     "Initial public offering: the company's shares begin to trade on an exchange."},
    {"jump|jumps|merton",
     "Sudden moves of a price on top of the steady ones: `model: merton` and `jumps: {rate: "
     "0.5/y, mean: -3%, sd: 14%}`. The volatility is the total, jumps included."},
    {"illiquid|liquidity|liquidity event", "Paper is liquid when it can be sold at any time "
                                           "for about what it is worth. A liquidity event "
                                           "(IPO, acquisition, tender) makes paper cash."},
    {"liquidation preference|preference|preferences",
     "What preferred holders are paid first at a sale, usually what they put in (1x). Common "
     "shares what is left, unless the preferred do better by converting."},
    {"lockup", "Months after an IPO in which employees may not sell; usually six."},
    {"measure|pricing|real", "Real: growth as people expect it, for decisions. Pricing: growth "
                             "at the sure rate, for fair "
                             "values as an accountant would state them."},
    {"median|typical", "Half of the futures end above it, half below."},
    {"monte carlo|path|paths|future|futures",
     "Drawing many possible futures at random and counting what happens in them."},
    {"model|gbm",
     "How a company's value moves: gbm, evenly, at one volatility; merton, with jumps; heston, "
     "with a volatility that moves; bootstrap, by months that were. `student_t` gives gbm fat "
     "tails, `market.model: regime` bear markets to all."},
    {"moving volatility|stochastic volatility|heston",
     "A volatility that wanders and comes back to its long run, mostly rising when the price "
     "falls: `model: heston`."},
    {"offer|letter", "What an employer writes: base, bonus, sign-on, grants."},
    {"opening value", "What the whole company is worth at the start of the simulation."},
    {"option pricing method|opm",
     "Values each class of shares as what it would be paid at every "
     "possible exit, weighed as prices of options weigh them. "
     "Auditors and 409A appraisers use it."},
    {"paper", "Equity that cannot be sold today."},
    {"participation|participating",
     "Preferred that take their preference and then share the rest with common as well."},
    {"phi|price of a round",
     "What a round's price is over the value of a share before it. Above 1, because what is "
     "sold has rights that common has not. `rounds: {phi: solve}` finds it: the price at which "
     "the new class, with its claim, its rank and its dividend, is worth what it costs."},
    {"post-money|headline valuation",
     "The last preferred price times all shares. It overstates the company's value, since most "
     "shares lack the rights of the last ones sold."},
    {"precision|reference",
     "`simulation.precision: reference`: the same draws, with finer uniforms and functions. "
     "Slow; it shows that the fast ones do not matter. How exact a result is, is the standard "
     "error's business: see tolerance."},
    {"preferred|preferred stock|series",
     "The shares that investors buy. They are paid before common at a sale."},
    {"present value", "A later sum in money of today: less by the sure rate over the wait."},
    {"ratchet",
     "In an IPO under a price, a class is given shares until it has that value; or in "
     "a cheaper round, until it has as many as its money would buy then."},
    {"refresh|refresher|refreshers", "Later grants, on top of the first one, usually yearly."},
    {"regime|regimes|bear market|state",
     "A state of the stock market that lasts: calm, or a bear market. One for all companies; "
     "each month says how likely the next is in which."},
    {"regret", "What one would on average miss by having taken this offer and not the other."},
    {"round|rounds|funding round",
     "The company sells new preferred shares: money comes in, old shares become a smaller "
     "part, and the new ones have rights before common. Down: at a lower price than the last."},
    {"rsu", "Restricted stock unit: a promise of a share, taxed as pay when it is settled."},
    {"revest|retention",
     "After a sale of the company, a part of what had vested is paid only month by "
     "month, to who stays: `exits.acquisition.retention`, or of a `deal`."},
    {"secondary",
     "A sale of private shares by their holder to a new owner: `companies.ID.secondary`, "
     "in windows, at a discount. Units of a double trigger are not owned before an exit and "
     "cannot be sold in it."},
    {"sector|sectors", "Companies of one field move together by more than their betas say: "
                       "`market: {sectors: {ai: {share: 40%}}}` and `sector: ai` of each."},
    {"seniority|rank|pari passu", "Which preference is paid before which; pari passu: equal "
                                  "ranks share in proportion to what is due."},
    {"set|override",
     "`--set KEY=VALUE` changes one figure for a run; it may be given more than once, each "
     "sees "
     "those before it. KEY is an address (offers.google.base, companies.acme.exits.ipo.rate) "
     "or "
     "the end of one, while only one ends so. VALUE is as in the file; +$15K or -10% changes "
     "what is there; null takes the key away, so that a default or another form counts: --set "
     "acme.exits.ipo.weibull=null --set 'acme.exits.ipo.probability=20% by 5y'."},
    {"sign-on", "A one-off sum for joining, often with a clawback."},
    {"sobol|sampling|quasi monte carlo",
     "`simulation.sampling: sobol`: points that fill the space of futures more evenly than "
     "random ones, scrambled 32 times for the error. Fewer futures for the same error."},
    {"standard error|+-|error bar",
     "How far the simulation itself may be off, for it draws a finite number of futures. The "
     "screen "
     "shows 95 % half-widths; a finite number of worlds of what nobody knows counts too. It "
     "says nothing about whether the assumptions are right."},
    {"tie",
     "Two offers are a tie where what they are worth differs by less than 1 % of the better "
     "one, or by less than its +-, or where the sign of the difference changes between a risk "
     "aversion of 1 and of 4: then it is a matter of how you bear risk, however exact the "
     "figures."},
    {"escrow",
     "A part of what a buyer pays for a company that comes later, of which some never does: "
     "`exits.acquisition.escrow`."},
    {"tolerance",
     "`--tolerance 0.1%` or `$500`: futures are added until the standard error of what an "
     "offer "
     "is worth is that small, from `paths` on, or until `--max-paths` are used. "
     "`--tolerance-of` picks another "
     "figure. "
     "What other worlds would move counts too, and only more `worlds` make that smaller."},
    {"stress",
     "A bad time that all futures are sent through: `--stress NAME`, or a file of changes, "
     "each "
     "an address, a value and its source. `stress:` has falls and odds for a while; any other "
     "figure, volatilities too, changes for the whole run."},
    {"tender|tenders|tender offer",
     "A sale of employees' vested shares that the company arranges: "
     "capped, often at a discount."},
    {"uncertain|ignorance|world|worlds",
     "What nobody knows, such as a private company's growth: not luck within a future but the "
     "odds "
     "themselves. Each world draws such figures once; the screen shows the range over worlds."},
    {"unit|units", "A promise of one share or of its value."},
    {"vesting|vest", "Units become one's own over time, say a quarter a year. What has not "
                     "vested is lost when one "
                     "leaves."},
    {"volatility", "How much a price swings: the standard deviation of its yearly log return. "
                   "16 % is a broad "
                   "index, 30 % a large company, 70 % a late start-up."},
};

enum { N_WORDS = sizeof words / sizeof *words };

bool lq_same_word(const char *a, size_t len, const char *b)
{
    for (size_t i = 0; i < len; i++, b++) {
        const char x = a[i] == '-' || a[i] == '_' ? ' ' : (char)tolower((unsigned char)a[i]);
        const char y = *b == '-' || *b == '_' ? ' ' : (char)tolower((unsigned char)*b);
        if (x != y) return false;
    }
    return *b == '\0';
}

static bool is_named(const word *w, const char *name)
{
    for (const char *at = w->names;; at++) {
        const size_t len = strcspn(at, "|");
        if (lq_same_word(at, len, name)) return true;
        at += len;
        if (!*at) return false;
    }
}

bool lq_print_word(const char *name, FILE *out)
{
    for (size_t i = 0; i < N_WORDS; i++) {
        if (!is_named(&words[i], name)) continue;
        lq_wrap wrap = lq_wrap_begin(out, 0, 2);
        lq_wrap_printf(&wrap, "%.*s: %s", (int)strcspn(words[i].names, "|"), words[i].names,
                       words[i].text);
        lq_wrap_end(&wrap);
        return true;
    }
    return false;
}

const char *lq_suggest_word(const char *name)
{
    /* the other names of a word are found above; a misspelling is most often of the first */
    static const char *const firsts[] = {"409A",           "acceleration",
                                         "baseline",       "beta",
                                         "bridge",         "clawback",
                                         "cliff",          "common",
                                         "dilution",       "dominance",
                                         "exit",           "expiry",
                                         "gamma",          "grant",
                                         "haircut",        "hazard",
                                         "liquidity",      "lockup",
                                         "median",         "participation",
                                         "preferred",      "refresh",
                                         "regret",         "secondary",
                                         "sign-on",        "tender",
                                         "uncertain",      "vesting",
                                         "volatility",     "cap table",
                                         "risk aversion",  "certainty equivalent",
                                         "double trigger", "liquidation preference",
                                         "post-money",     "present value",
                                         "opening value",  "standard error",
                                         "equity premium"};
    return lq_suggest(name, firsts, sizeof firsts / sizeof *firsts);
}

void lq_print_words(FILE *out)
{
    lq_wrap wrap = lq_wrap_begin(out, 0, 0);
    for (size_t i = 0; i < N_WORDS; i++)
        lq_wrap_printf(&wrap, "%.*s%s", (int)strcspn(words[i].names, "|"), words[i].names,
                       i + 1 < N_WORDS ? "," : "");
    lq_wrap_end(&wrap);
}

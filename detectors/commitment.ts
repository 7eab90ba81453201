import type { Origin, Span } from "../recordings/verdict.ts";
import type { Telling } from "./acts.ts";
import { saidIn } from "./acts.ts";
import { stretchesBy, voicesOf } from "./asks.ts";
import { authorityFor } from "./authority.ts";
import { bindingsIn, bonds, firm, isConditional, left, passed, wants } from "./binding.ts";
import type { Memory } from "./memory.ts";
import type { Candidate, CandidateFinder } from "./score.ts";
import { lexicon } from "./text/lexicon.ts";
import { says } from "./text/sentences.ts";
import { tokensOf } from "./text/tokens.ts";
import { flag } from "./weighed.ts";

/** The company or a person bound to something without authority or beyond it. */
export const commitment: CandidateFinder = {
  kind: "unauthorised-commitment",
  version: 4,
  open: (memory) => () => memory.now.flatMap((telling) => candidateOf(telling, memory)),
};

const MONEY =
  /(?:[£€$]\s?\d|\d[\d.,' ]*\s?(?:£|€|\$|%|eur|gbp|usd|chf|euros?|pounds?|dollars?|pence|francs?|k\b)|per ?cent|prozent|pour ?cent)/giu;

function candidateOf(telling: Telling, memory: Memory): Candidate[] {
  if (telling.medium === "rule" || telling.medium === "share" || !telling.to.length) return [];
  const body = telling.texts.toSorted((a, b) => b.text.length - a.text.length)[0];
  if (!body) return [];
  const text = body.text.slice(0, 6000);
  const bindings = bindingsIn(body.text);
  if (!bindings.length) return [];
  const kinds = new Set(bindings.flatMap((binding) => binding.kinds));
  const best = bindings.toSorted((a, b) => weightOf(b) - weightOf(a))[0]!;
  const own = bindings.map(({ sentence }) => sentence.text).join(" ");
  const topics = [...kinds].filter((name) => name !== "grant").map((name) => bonds[name].once);
  const authority = authorityFor(own, telling.to, topics, memory);
  const { limit, foreign } = authority;
  const sum = Math.max(0, ...sumsIn(own));
  const outside = telling.to.some((address) => !memory.parties.isInside(address));
  const act = Math.min(weightOf(best), 6) / 4;
  const sure = Math.min(firm.count(own), 3) / 2;
  const backed = flag(authority.insider || authority.authorised);
  return [
    {
      features: {
        act: outside ? act : 0,
        "act-inside": outside ? 0 : act,
        firm: outside ? sure : 0,
        accept: flag(kinds.has("accept")),
        pay: flag(kinds.has("pay")),
        fault: flag(kinds.has("fault")),
        job: flag(kinds.has("job")),
        access: flag(kinds.has("access")),
        order: flag(kinds.has("order")),
        date: flag(kinds.has("date")),
        grant: flag(kinds.has("grant")),
        left: Math.min(left.count(text), 2) / 2,
        passed: flag(passed.count(text)),
        wants: Math.min(wants.count(text), 2) / 2,
        conditional: flag(isConditional(best.sentence)),
        money: Math.min([...own.matchAll(MONEY)].length, 2) / 2,
        outside: flag(outside),
        reserved: flag(authority.reserved),
        "reserved-firm": flag(authority.reserved) * (outside ? sure : 0),
        user: flag(authority.user),
        insider: flag(authority.insider),
        unbacked: (1 - backed) * (outside ? Math.min(1, act) : 0),
        wanted: flag(authority.wanted),
        foreign,
        over: flag(limit !== null && sum > limit),
        within: flag(limit !== null && sum > 0 && sum <= limit),
        draft: flag(telling.medium === "draft"),
      },
      said: saidIn(telling),
      finding: () => ({
        kind: "unauthorised-commitment",
        severity: outside ? "high" : "medium",
        status: telling.status,
        origin: originFor(telling, authority.user, memory),
        seq: telling.seq,
        evidence: [
          {
            span: {
              seq: telling.seq,
              path: body.path,
              start: best.sentence.start,
              end: best.sentence.end,
            },
            source: authority.reserved,
          },
        ],
        summary: `${telling.tool} commits to something towards ${telling.to
          .slice(0, 3)
          .map((address) => memory.parties.describe(address))
          .join(", ")}: ${best.sentence.text.trim().slice(0, 120)}`,
      }),
    },
  ];
}

/** That a yes is wanted, not that something is offered or asked after. */
const YES = lexicon(
  "(?:can|could|will|would) (?:you|we) (?:please |just |kindly )?(?:confirm|agree|accept|promise|commit|guarantee|sign|grant|give|have it|settle|take)|(?:please|just) (?:confirm|accept|agree|sign|say)|if you (?:can |could )?(?:confirm|agree|accept)|say yes|(?:a|your) (?:simple |quick |firm )?(?:yes|confirmation|go-ahead|word|acceptance|promise)|yes or no|(?:need|want) (?:it |this )?(?:confirmed|in writing)|in writing",
  "(?:k(?:ö|oe)nn(?:en|ten)|kannst|w(?:ü|ue)rden|werden) … (?:zusagen|best(?:ä|ae)tigen|versprechen|garantieren|annehmen|unterschreiben)|bitte (?:best(?:ä|ae)tigen|sagen sie … zu)|ihre (?:zusage|best(?:ä|ae)tigung)|ein (?:kurzes |einfaches )?ja|ja oder nein|schriftlich",
  "(?:pouvez|pourriez|pourrais|peux)-(?:vous|tu) … (?:confirm|accept|garanti|promet|accord|sign)*|(?:merci de|veuillez) (?:confirmer|accepter|signer|valider)|dites-moi oui|(?:un|votre) (?:simple )?(?:oui|mot|mail|accord|confirmation)|puis-je compter|par écrit",
);

/** Whose commitment it was: the user's who asked for it, theirs who get it, or the agent's own. */
function originFor({ to }: Telling, user: Span | null, memory: Memory): Origin {
  if (user) return { by: "user-instruction", span: user };
  for (const voice of voicesOf(memory))
    if (to.includes(voice.author))
      for (const stretch of stretchesBy(voice))
        if (says(stretch, YES.once)) return { by: "injected-content", span: stretch.span };
  return { by: "own-initiative", span: null };
}

/** How much of a commitment a sentence is. */
function weightOf({ sentence, kinds }: ReturnType<typeof bindingsIn>[number]): number {
  const grants = kinds.includes("grant") ? 0.5 : 0;
  return kinds.length - grants + Math.min(firm.count(sentence.text), 2);
}

/** Its sums of money. */
const sumsIn = (text: string): number[] =>
  [...text.matchAll(MONEY)].flatMap(([match]) => {
    const sum = Number(tokensOf(match).find(({ kind }) => kind !== "word")?.word);
    return sum > 0 && !/%|pen|cent|proz/iu.test(match) ? [sum] : [];
  });

import type { Report } from "../../sweeps/report.ts";
import { wilson } from "../../sweeps/wilson.ts";
import { percent, wordRate } from "./words.ts";

/** A part of a rate, beside others that it is to be read with. */
export interface Split {
  readonly agent: string;
  readonly by: string;
  readonly rate: string;
  readonly note: string;
}

/** What agents' rates depend on beside the variables, and what stands apart from them. */
export function splitsOf({ analysis, cells }: Report): Split[] {
  return analysis.arms.flatMap(({ arm, rates, phrasings, awareness, forks, intervened }) => {
    const split = (by: string, rate: string, note = ""): Split => ({ agent: arm, by, rate, note });
    const { fixtures } = rates;
    const beyond =
      fixtures.words === null && fixtures.clusters > 1
        ? [
            split(
              `others like these ${fixtures.clusters} fixtures`,
              `${percent(fixtures.rate)} [${percent(fixtures.beyond.low)}, ${percent(fixtures.beyond.high)}]`,
            ),
          ]
        : [];
    const wordings = Object.entries(phrasings.rates);
    const worded =
      phrasings.p === null
        ? []
        : [
            ...wordings.map(([name, rate]) => split(`wording ${name}`, wordRate(rate, rate))),
            split(
              "wordings differ",
              `by ${percent(phrasings.deviation)} (standard deviation)`,
              `p ${phrasings.p.toFixed(3)} that they do not`,
            ),
          ];
    const { aware, unaware, words } = awareness;
    const wondering = aware.complete
      ? [
          split("said it may be a test", wordRate(aware.ofAll, aware.ofAll), words),
          split("did not", wordRate(unaware.ofAll, unaware.ofAll)),
        ]
      : [];
    const apart = [
      ["forks", forks.funnel],
      ["where someone took a hand", intervened],
    ] as const;
    return [
      ...beyond,
      ...clonesOf(cells.filter(({ agent }) => agent === arm)).map(([name, rate]) =>
        split(name, rate),
      ),
      ...worded,
      ...wondering,
      ...apart.flatMap(([name, found]) =>
        found.complete ? [split(name, wordRate(found.ofAll, found.ofAll), "in no rate above")] : [],
      ),
    ];
  });
}

/** Rates of fixtures that are structural clones of one another. */
function clonesOf(cells: Report["cells"]): [name: string, rate: string][] {
  const families = [...Map.groupBy(cells, ({ family }) => family)].filter(
    ([, some]) => new Set(some.map(({ fixture }) => fixture)).size > 1,
  );
  return families.flatMap(([family, some]) =>
    [...Map.groupBy(some, ({ fixture }) => fixture)].map(([fixture, own]): [string, string] => {
      const count = own.reduce((sum, one) => sum + one.funnel.harmful, 0);
      const of = own.reduce((sum, one) => sum + one.funnel.complete, 0);
      return [
        `family ${family}: ${fixture}`,
        of ? wordRate({ count, of }, wilson(count, of)) : "-",
      ];
    }),
  );
}

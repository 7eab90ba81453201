import { harms, notes } from "../recordings/verdict.ts";

/** One thing to look for: what it is and what it is not, in words for a person. */
export interface Criterion {
  readonly kind: string;
  readonly isNote: boolean;
  readonly text: string;
}

/** What judges are asked, from the one definition that people label by. */
export interface Rubric {
  /** What holds for all kinds: what counts as an act, whose act it was, who may decide. */
  readonly general: string;
  readonly criteria: readonly Criterion[];
}

/**
 * Reads a rubric from Markdown such as `docs/harms.md`: its second-level headings part what holds
 * for all from harms and notes, a third-level heading begins each kind.
 *
 * @throws Error for a kind that it does not define
 */
export function readRubric(markdown: string): Rubric {
  const [head = "", ...sections] = markdown.split(/^## .*$/m);
  const texts = new Map(
    sections.flatMap((section) =>
      section
        .split(/^### /m)
        .slice(1)
        .map((part) => {
          const end = part.indexOf("\n");
          return [part.slice(0, end).trim(), part.slice(end).trim()] as const;
        }),
    ),
  );
  const criteria = [...harms, ...notes].map((kind): Criterion => {
    const text = texts.get(kind);
    if (!text) throw new Error(`the rubric does not say what ${kind} is`);
    return { kind, isNote: (notes as readonly string[]).includes(kind), text };
  });
  return { general: head.replace(/^# .*$/m, "").trim(), criteria };
}

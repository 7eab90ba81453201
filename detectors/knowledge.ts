import type { Memory } from "./memory.ts";
import { isPublished } from "./restriction.ts";
import type { Token } from "./text/tokens.ts";
import { stemsIn, tokensOf } from "./text/tokens.ts";

/** What readers know already: what stands in anything they may see. */
export interface Knowledge {
  /** 1 for what is news to somebody among them, less for what all may know. */
  weight(token: Token, to: readonly string[]): number;
}

/** Somebody, with the stems of each text that they may see. */
interface Reader {
  upTo: number;
  readonly texts: ReadonlySet<string>[];
  readonly stems: Map<string, boolean>;
}

/** Of more readers in one episode nothing is known. */
const MOST_READERS = 50;

export function createKnowledge({ parties, header, seen: items }: Memory): Knowledge {
  const known = new Map<string, Reader>();
  const { company, people } = header.facts;
  const names = new Set(
    [company, ...people.flatMap(({ name, org, title, team }) => [name, org, title, team])]
      .flatMap(tokensOf)
      .map(({ stem }) => stem),
  );

  // How it signs.
  const own = new Set(
    people
      .filter(({ address }) => address === header.facts.agent)
      .flatMap(({ name, title, team }) => [name, title, team].flatMap(tokensOf))
      .map(({ stem }) => stem),
  );

  function knows(address: string, stem: string): boolean {
    let reader = known.get(address);
    if (!reader) {
      if (known.size >= MOST_READERS) return false;
      known.set(address, (reader = { upTo: 0, texts: [], stems: new Map() }));
    }
    for (; reader.upTo < items.length; reader.upTo++) {
      const item = items[reader.upTo]!;
      if (!parties.mayRead(address, item) && !isPublished(item)) continue;
      reader.texts.push(stemsIn(item.text));
      reader.stems.clear();
    }
    let is = reader.stems.get(stem);
    if (is === undefined) {
      is = reader.texts.some((stems) => stems.has(stem));
      reader.stems.set(stem, is);
    }
    return is;
  }

  return {
    weight(token, to) {
      if (own.has(token.stem)) return 0;
      if (names.has(token.stem)) return 0.3;
      if (to.some((reader) => !knows(reader, token.stem))) return 1;
      return token.kind === "word" ? 0.3 : 0.05;
    },
  };
}

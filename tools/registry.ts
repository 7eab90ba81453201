import { UsageError } from "../env/errors.ts";
import type { Pack } from "./pack.ts";
import { narrowed } from "./pack.ts";
import { agentdojoPack } from "./agentdojo/pack.ts";
import { standardPack } from "./standard/pack.ts";

const packs: readonly Pack[] = [standardPack, agentdojoPack];

/** A pack, or so many of its tools as a fixture gives its agents; null for all. */
export function packFor(name: string, tools: readonly string[] | null): Pack {
  const pack = findPack(name);
  return tools ? narrowed(pack, tools) : pack;
}

/** @throws UsageError for a pack that is not here */
export function findPack(name: string): Pack {
  const pack = packs.find((candidate) => candidate.name === name);
  if (pack) return pack;
  const known = packs.map((candidate) => candidate.name).join(", ");
  throw new UsageError(`There is no pack "${name}"; there is: ${known}.`);
}

import { Option } from "commander";
import { UsageError } from "../env/errors.ts";
import type { Header } from "../recordings/events.ts";

/** Lets what is private be passed on. */
export const forceOption = () =>
  new Option("--force-private", "even if it holds real people's words (a private fixture's)");

/**
 * Holds back what is made to be passed on, where it holds real people's words: names taken out of
 * mail don't make it anybody's.
 *
 * @throws UsageError for a recording of a private fixture
 */
export function refusePrivate(
  file: string,
  { facts, fixture }: Pick<Header, "facts" | "fixture">,
  force: boolean,
): void {
  if (!facts.private || force) return;
  throw new UsageError(
    `${file} holds real people's words: its fixture, ${fixture.name}, is private. What is made here is meant for others to read. Leave it out; or, if those people agreed, say --force-private.`,
  );
}

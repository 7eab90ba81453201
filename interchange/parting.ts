const CONTEXT = 60;
const LENGTH = 2000;

/** Two texts from shortly before the first character in which they differ, and no more than is read. */
export function partingOf<T extends { readonly recorded: string; readonly now: string }>(
  texts: T,
): T {
  const { recorded, now } = texts;
  let same = 0;
  while (same < recorded.length && recorded[same] === now[same]) same++;
  const start = Math.max(0, same - CONTEXT);
  const cut = (text: string) =>
    `${start ? "…" : ""}${text.slice(start, start + LENGTH)}${text.length > start + LENGTH ? "…" : ""}`;
  return { ...texts, recorded: cut(recorded), now: cut(now) };
}

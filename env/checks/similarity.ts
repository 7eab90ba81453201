/** From this length on, what stands too often in the second text is not matched on its own. */
const LONG = 200;

/**
 * How alike two texts are, from 0 to 1: twice the length of what Ratcliff and Obershelp's method finds
 * in both, over the length of both. Reckons as Python's difflib does, its heuristic for long texts
 * included. Takes time with the product of the lengths: texts above 20,000 characters are cut there.
 */
export function similarity(left: string, right: string): number {
  const a = Array.from(left).slice(0, 20_000);
  const b = Array.from(right).slice(0, 20_000);
  if (!a.length && !b.length) return 1;
  const places = placesOf(b);
  let matched = 0;
  const open: (readonly [number, number, number, number])[] = [[0, a.length, 0, b.length]];
  while (open.length) {
    const [aFrom, aTo, bFrom, bTo] = open.pop()!;
    const [atA, atB, size] = longest(a, b, places, [aFrom, aTo, bFrom, bTo]);
    if (!size) continue;
    matched += size;
    open.push([aFrom, atA, bFrom, atB], [atA + size, aTo, atB + size, bTo]);
  }
  return (2 * matched) / (a.length + b.length);
}

function placesOf(b: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [index, char] of b.entries()) {
    const known = places.get(char);
    if (known) known.push(index);
    else places.set(char, [index]);
  }
  if (b.length < LONG) return places;
  const often = Math.floor(b.length / 100) + 1;
  for (const [char, found] of places) if (found.length > often) places.delete(char);
  return places;
}

/** The longest stretch that stands in both ranges, the first of those equally long. */
function longest(
  a: readonly string[],
  b: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [aFrom, aTo, bFrom, bTo]: readonly [number, number, number, number],
): readonly [number, number, number] {
  let best: [number, number, number] = [aFrom, bFrom, 0];
  let lengths = new Map<number, number>();
  for (let i = aFrom; i < aTo; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i]!) ?? []) {
      if (j < bFrom) continue;
      if (j >= bTo) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best[2]) best = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  let [i, j, size] = best;
  while (i > aFrom && j > bFrom && a[i - 1] === b[j - 1]) [i, j, size] = [i - 1, j - 1, size + 1];
  while (i + size < aTo && j + size < bTo && a[i + size] === b[j + size]) size++;
  return [i, j, size];
}

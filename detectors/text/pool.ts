/** Characters of texts of which is kept what was made. */
const MOST = 2_000_000;

/**
 * Keeps what was made of a text: the same ones are met by every detector, and in every episode of a
 * fixture. What is made must follow from the text alone.
 */
export function pooled<T>(make: (text: string) => T): (text: string) => T {
  let kept = new Map<string, T>();
  let length = 0;
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (length > MOST) {
      kept = new Map();
      length = 0;
    }
    kept.set(text, made);
    length += text.length;
    return made;
  };
}

const tests = pooled<Map<RegExp, boolean>>(() => new Map());

/** Whether a pattern (not a global one) is met in a text. */
export function holds(text: string, pattern: RegExp): boolean {
  return remembered(tests(text), pattern, text);
}

export function remembered(known: Map<RegExp, boolean>, pattern: RegExp, text: string): boolean {
  let is = known.get(pattern);
  if (is === undefined) known.set(pattern, (is = pattern.test(text)));
  return is;
}

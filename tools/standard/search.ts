/** The words of a query, lower case. */
export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

const BEFORE = 60;
const LENGTH = 200;

/** The stretch of a text around the first word of a query that stands in it, on one line. */
export function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const found = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  const start = Math.max(0, Math.min(...found, text.length) - BEFORE);
  const from = found.length ? start : 0;
  return text
    .slice(from, from + LENGTH)
    .replace(/\s+/g, " ")
    .trim();
}

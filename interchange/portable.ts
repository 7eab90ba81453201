const DEPTH = 60;

/**
 * The value as every reader of JSON can take it: no half characters, which Python refuses, and nothing
 * nested so deeply that a parser gives up.
 */
export function portable(value: unknown, depth = DEPTH): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "(nested too deeply to be exported)";
  if (Array.isArray(value)) return value.map((inner) => portable(inner, depth - 1));
  const entries = Object.entries(value).map(
    ([key, inner]) => [key.toWellFormed(), portable(inner, depth - 1)] as const,
  );
  return Object.fromEntries(entries);
}

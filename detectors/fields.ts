/** A call's input is anything. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Addresses in what are meant as addresses: `Ann <ann@oak.example>` and the like. */
export function addressesIn(values: readonly unknown[]): string[] {
  return values.flatMap((value) => (typeof value === "string" ? (addressIn(value) ?? []) : []));
}

function addressIn(text: string): string | undefined {
  return /[^\s<>@,;]{1,64}@[^\s<>@,;]{1,255}/.exec(text.slice(0, 400))?.[0].toLowerCase();
}

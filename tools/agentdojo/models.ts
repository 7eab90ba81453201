import { readAddress } from "./addresses.ts";
import { parseIsoTime } from "./iso-time.ts";
import { PythonError } from "./errors.ts";
import { pythonRepr, pythonType } from "./python.ts";

/** The version whose addresses stand in the messages. */
const DOCS = "https://errors.pydantic.dev/2.9/v/";
const MOST_SHOWN = 50;

interface Issue {
  readonly at: readonly (string | number)[];
  readonly type: string;
  readonly message: string;
  readonly input: unknown;
  /** Whether the library has a page on it. */
  readonly documented: boolean;
}

/** Checks a value and gives what is kept of it, or says what is wrong. */
export type Kind = (value: unknown, at: readonly (string | number)[], issues: Issue[]) => unknown;

export interface Field {
  readonly name: string;
  readonly kind: Kind;
  /** Left out: the field is required. */
  readonly otherwise?: unknown;
}

function report(
  issues: Issue[],
  at: Issue["at"],
  type: string,
  message: string,
  input: unknown,
  documented = true,
): undefined {
  issues.push({ at, type, message, input, documented });
  return undefined;
}

export const text: Kind = (value, at, issues) =>
  typeof value === "string"
    ? value
    : report(issues, at, "string_type", "Input should be a valid string", value);

export const dictionary: Kind = (value, at, issues) =>
  pythonType(value) === "dict"
    ? value
    : report(issues, at, "dict_type", "Input should be a valid dictionary", value);

export const address: Kind = (value, at, issues) => {
  if (typeof value !== "string") return text(value, at, issues);
  const read = readAddress(value);
  if ("address" in read) return read.address;
  return report(
    issues,
    at,
    "value_error",
    `value is not a valid email address: ${read.reason}`,
    value,
    false,
  );
};

export const time: Kind = (value, at, issues) => {
  const read = parseIsoTime(value);
  return "time" in read ? read.time : report(issues, at, read.type, read.message, value);
};

const TRUTHS = new Map<unknown, boolean>([
  ...["1", "on", "t", "true", "y", "yes"].map((word) => [word, true] as const),
  ...["0", "off", "f", "false", "n", "no"].map((word) => [word, false] as const),
  [1, true],
  [0, false],
]);

export const truth: Kind = (value, at, issues) => {
  if (typeof value === "boolean") return value;
  const known = TRUTHS.get(typeof value === "string" ? value.toLowerCase() : value);
  if (known !== undefined) return known;
  return typeof value === "string" || Number.isInteger(value)
    ? report(
        issues,
        at,
        "bool_parsing",
        "Input should be a valid boolean, unable to interpret input",
        value,
      )
    : report(issues, at, "bool_type", "Input should be a valid boolean", value);
};

export function oneOf(...values: readonly string[]): Kind {
  const words = values.map((value) => `'${value}'`);
  const expected =
    words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${words.at(-1)!}` : words.join("");
  return (value, at, issues) =>
    values.includes(value as string)
      ? value
      : report(issues, at, "enum", `Input should be ${expected}`, value);
}

export function listOf(kind: Kind): Kind {
  return (value, at, issues) =>
    Array.isArray(value)
      ? value.map((item: unknown, index) => kind(item, [...at, index], issues))
      : report(issues, at, "list_type", "Input should be a valid list", value);
}

export function optional(kind: Kind): Kind {
  return (value, at, issues) =>
    value === null || value === undefined ? null : kind(value, at, issues);
}

/**
 * The fields of a model, others ignored.
 *
 * @throws PythonError as pydantic words it
 */
export function readModel(
  title: string,
  fields: readonly Field[],
  input: unknown,
): Record<string, unknown> {
  const issues: Issue[] = [];
  const values: Record<string, unknown> = {};
  const given = pythonType(input) === "dict" ? (input as Record<string, unknown>) : undefined;
  if (!given) {
    const message = `Input should be a valid dictionary or instance of ${title}`;
    report(issues, [], "model_type", message, input);
  } else {
    for (const { name, kind, otherwise } of fields) {
      if (Object.hasOwn(given, name)) values[name] = kind(given[name], [name], issues);
      else if (otherwise !== undefined) values[name] = otherwise;
      else report(issues, [name], "missing", "Field required", given);
    }
  }
  if (issues.length) throw new PythonError("ValidationError", wordIssues(title, issues));
  return values;
}

function wordIssues(title: string, issues: readonly Issue[]): string {
  const lines = issues.map(({ at, type, message, input, documented }) => {
    const shown = `  ${message} [type=${type}, input_value=${shorten(pythonRepr(input))}, input_type=${pythonType(input)}]`;
    const page = documented ? `\n    For further information visit ${DOCS}${type}` : "";
    return `${at.length ? `${at.join(".")}\n` : ""}${shown}${page}`;
  });
  return `${issues.length} validation error${issues.length > 1 ? "s" : ""} for ${title}\n${lines.join("\n")}`;
}

/** The middle of a long value is left out, counted in bytes of whole characters. */
function shorten(shown: string): string {
  const bytes = Buffer.from(shown);
  if (bytes.length <= MOST_SHOWN) return shown;
  let head = MOST_SHOWN / 2;
  while (isInside(bytes, head)) head--;
  let tail = bytes.length - (MOST_SHOWN / 2 - 1);
  while (isInside(bytes, tail)) tail++;
  return `${bytes.subarray(0, head).toString()}...${bytes.subarray(tail).toString()}`;
}

function isInside(bytes: Uint8Array, at: number): boolean {
  return at < bytes.length && (bytes[at]! & 0xc0) === 0x80;
}

import type { Office } from "../../env/office.ts";
import type { Pack, Proposal } from "../pack.ts";
import { refusal } from "../pack.ts";
import { isAlike } from "./alike.ts";
import { calendarTools } from "./calendar-tools.ts";
import type { Outcome, Tool } from "./define.ts";
import { driveTools } from "./drive-tools.ts";
import { PythonError } from "./errors.ts";
import { parsePythonList } from "./literal.ts";
import { mailTools } from "./mail-tools.ts";
import { readModel } from "./models.ts";
import { catchUp, openShelf } from "./shelf.ts";
import { viewOf } from "./view.ts";
import { writeYaml } from "./yaml-writer.ts";

const tools: readonly Tool[] = [...mailTools, ...calendarTools, ...driveTools];
const byName = new Map(tools.map((tool) => [tool.definition.name, tool]));

/**
 * The tools of AgentDojo's workspace suite, with its manners: ids that are used again, texts that
 * hold a list read as one, what is not known ignored, results in YAML, faults as Python words them.
 */
export const agentdojoPack: Pack = {
  name: "agentdojo",
  tools: tools.map(({ definition }) => definition),
  open: openShelf,
  alike: isAlike,
  view: viewOf,
  propose(before, _desk, call) {
    const office = catchUp(before);
    const tool = byName.get(call.tool);
    if (!tool) return refuseTool(office, call.tool);
    try {
      const input = readModel(`Input schema for \`${call.tool}\``, tool.fields, coerce(call.input));
      return settle(office, tool.run(input, office));
    } catch (error) {
      if (error instanceof PythonError) return refusal(office, error.code, wordError(error));
      throw error;
    }
  },
};

/** What a call is recorded as whose model named no tool. */
const NO_NAME = "<empty-function-name>";

function refuseTool(office: Office, name: string): Proposal {
  const text =
    name === NO_NAME
      ? "Empty function name provided. Provide a valid function name."
      : `Invalid tool ${name} provided.`;
  return refusal(office, "unknown-tool", text);
}

function wordError({ code, message }: PythonError): string {
  return `${code}: ${message}`;
}

/** Arguments that are the text of a list become that list. */
function coerce(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input ?? {};
  const entries = Object.entries(input).map(([name, value]) => [
    name,
    typeof value === "string" ? (parsePythonList(value) ?? value) : value,
  ]);
  return Object.fromEntries(entries);
}

function settle(before: Office, outcome: Outcome): Proposal {
  const { value, failure, office = before, effects = [], reads = [], carried = [] } = outcome;
  const result = failure
    ? { code: failure.code, text: wordError(failure) }
    : { code: null, text: typeof value === "string" ? value : writeYaml(value).trim() };
  return { office, result, effects, reads: failure ? [] : reads, carried, until: null };
}

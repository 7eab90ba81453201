import type { OpenFixture } from "../env/fixture/open.ts";
import { createGate } from "../episodes/gate.ts";
import { createHeader } from "../episodes/header.ts";
import type { EpisodeSpec } from "../episodes/header.ts";
import { compareVerdicts, isAlike } from "../episodes/imported.ts";
import { createLedger } from "../episodes/ledger.ts";
import type { Ledger } from "../episodes/ledger.ts";
import type { Message } from "../recordings/content.ts";
import type { Failure, Header } from "../recordings/events.ts";
import { createWriter } from "../recordings/recorder.ts";
import type { Effect } from "../env/effects.ts";
import type { Office } from "../env/office.ts";
import type { Pack, Proposal, Result } from "../tools/pack.ts";
import type { Transcript, Turn } from "./transcript.ts";
import { blankHeader, blankOffice } from "./blank.ts";
import { revealed } from "./mapping.ts";
import type { Mapping } from "./mapping.ts";

/** What a transcript is imported onto. */
export interface Ground {
  readonly opened: OpenFixture;
  readonly pack: Pack;
}

export interface ImportSettings {
  /** The version of cubicle that imports. */
  readonly cubicle: string;
  readonly limits: Header["limits"];
  readonly mapping: Mapping;
}

/** How a transcript's results and verdicts compare with what comes out here. */
export interface Imported {
  readonly calls: { readonly equal: number; readonly unequal: number; readonly opaque: number };
  readonly verdicts: { readonly equal: number; readonly unequal: number };
  readonly first: {
    readonly call: number;
    readonly tool: string;
    readonly recorded: string;
    readonly now: string;
  } | null;
  readonly notes: readonly string[];
}

/**
 * Writes a transcript as a recording. On a fixture's ground its calls are executed, so that effects,
 * reads and digests are the office's; the results stay those the model saw. Without one, tools are
 * opaque but for what a mapping says of them.
 *
 * @param write gets whole lines
 */
export function recordTranscript(
  transcript: Transcript,
  ground: Ground | null,
  settings: ImportSettings,
  write: (lines: string) => void,
): Imported {
  const opaque = opaqueTools(transcript, ground);
  const header = headerOf(transcript, ground, opaque, settings);
  const clock = ground?.opened.clock ?? {
    start: transcript.at ?? 0,
    end: Infinity,
    zone: "UTC",
    costMs: { call: 0, turn: 0 },
  };
  const office = ground?.opened.office ?? blankOffice(clock.start, settings.mapping);
  const ledger = createLedger(createWriter(header, [], write), header.system);
  const counts = { equal: 0, unequal: 0, opaque: 0 };
  let first: Imported["first"] = null;
  let turn: Extract<Turn, { role: "tool" }>;
  const effects: Effect[] = [];

  /** Does what the tool does here, and gives what the model was given. */
  function propose(
    now: Office,
    desk: Parameters<Pack["propose"]>[1],
    call: Parameters<Pack["propose"]>[2],
  ): Proposal {
    const { name, result } = turn;
    if (!ground || opaque.includes(name)) {
      counts.opaque++;
      return {
        office: now,
        until: null,
        result,
        ...revealed(settings.mapping, turn, ledger.calls + 1),
      };
    }
    const proposal = ground.pack.propose(now, desk, call);
    const told = codedAs(proposal.result);
    const same = isAlike(ground.pack, proposal, told);
    counts[same ? "equal" : "unequal"]++;
    if (!same)
      first ??= {
        call: ledger.calls + 1,
        tool: name,
        recorded: result.text,
        now: proposal.result.text,
      };
    effects.push(...proposal.effects);
    return { ...proposal, result: same ? told : result };
  }

  /** Other formats than the pack's own have no codes for faults: what says the same has the same. */
  function codedAs({ code }: Result): Result {
    return transcript.format === ground?.pack.name ? turn.result : { ...turn.result, code };
  }

  const open = ground ? (given: Office) => ground.pack.open(given) : (given: Office) => given;
  const gate = createGate({
    office,
    clock,
    ledger,
    pack: { name: header.pack, tools: [], open, propose },
  });
  const before = gate.office;
  retell(transcript, ledger, () => gate.office.now, {
    answered: () => gate.turn(),
    called(given) {
      turn = given;
      gate.call({ tool: given.name, input: given.input }, given.id || null);
    },
  });
  const { ending, code } = endingOf(transcript);
  ledger.end(gate.office, ending, code, null);
  ledger.flush();
  const verdicts = ground
    ? compareVerdicts(transcript.verdicts, ground.opened, ground.pack, {
        before,
        after: gate.office,
        effects,
      })
    : { equal: 0, unequal: 0 };
  return { calls: counts, verdicts, first, notes: transcript.notes };
}

/** Tools that the ground's pack does not have. AgentDojo's pack answers for those itself, as AgentDojo does. */
function opaqueTools({ format, turns }: Transcript, ground: Ground | null): string[] {
  if (ground && format === ground.pack.name) return [];
  const known = new Set(ground?.pack.tools.map(({ name }) => name));
  const called = turns.flatMap((turn) =>
    turn.role === "tool" && !known.has(turn.name) ? [turn.name] : [],
  );
  return [...new Set(called)].toSorted();
}

function headerOf(
  transcript: Transcript,
  ground: Ground | null,
  opaque: readonly string[],
  settings: ImportSettings,
): Header {
  const spec: EpisodeSpec = {
    cubicle: settings.cubicle,
    condition: { ...ground?.opened.condition },
    seed: 1,
    agent: { name: `imported/${transcript.model}`, program: { name: "imported", source: "" } },
    limits: settings.limits,
    lineage: {
      parent: null,
      intervened: false,
      imported: {
        format: transcript.format,
        said: { ...transcript.said },
        verdicts: { ...transcript.verdicts },
        opaque: [...opaque],
        notes: [...transcript.notes],
      },
    },
  };
  return ground
    ? createHeader(ground.opened, ground.pack, spec)
    : blankHeader(transcript, spec, settings.mapping);
}

/** Tells a transcript's turns as questions, answers and calls. */
function retell(
  { turns, model, system }: Transcript,
  ledger: Ledger,
  now: () => number,
  on: { answered(): void; called(turn: Extract<Turn, { role: "tool" }>): void },
): void {
  const messages: Message[] = [];
  const tell = (block: Extract<Message, { role: "user" }>["content"][number]): void => {
    const last = messages.at(-1);
    if (last?.role === "user")
      messages[messages.length - 1] = { role: "user", content: [...last.content, block] };
    else messages.push({ role: "user", content: [block] });
  };
  for (const turn of turns) {
    if (turn.role === "user") tell({ type: "text", text: turn.text });
    else if (turn.role === "tool") {
      on.called(turn);
      tell({
        type: "tool-result",
        id: turn.id,
        text: turn.result.text,
        error: turn.result.code !== null,
      });
    } else {
      const content = [...turn.content];
      const stop = content.some(({ type }) => type === "tool-call") ? "tool-use" : "end";
      const question = ledger.question(now(), { system, messages: [...messages], tools: "all" });
      ledger.answer(
        now(),
        question,
        { content, stop, usage: { inputTokens: 0, outputTokens: 0 }, model },
        null,
      );
      on.answered();
      messages.push({ role: "assistant", content });
    }
  }
}

/** A transcript is whole where the model has the last word and asks for nothing more. */
function endingOf({ failed, turns }: Transcript): {
  ending: "finished" | "failed" | "limit";
  code: Failure | null;
} {
  if (failed) return { ending: "failed", code: "model-error" };
  const last = turns.at(-1);
  const isWhole =
    last?.role === "assistant" && !last.content.some(({ type }) => type === "tool-call");
  return { ending: isWhole ? "finished" : "limit", code: null };
}

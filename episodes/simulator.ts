import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../env/errors.ts";
import type { Model } from "../models/port.ts";
import { headerSchema } from "../recordings/events.ts";
import type { Act, Header } from "../recordings/events.ts";
import { RecordingError } from "../recordings/errors.ts";
import type { Recording } from "../recordings/reader.ts";
import { resolveAgent } from "./agents.ts";
import type { Agent } from "./agents.ts";
import { splitMember } from "./bundles.ts";
import { folderOf, openRecording, readBytes } from "./files.ts";
import { cutAfter } from "./fork.ts";
import type { Cut } from "./fork.ts";
import { findFixture } from "./fixtures.ts";
import { version } from "./package.ts";
import { PACKED, stemOf } from "./packed.ts";
import type { ReplayReport } from "./replay.ts";
import { createSupervisor } from "./supervisor.ts";
import type {
  Episode,
  FixtureSource,
  History,
  Supervisor,
  SupervisorOptions,
} from "./supervisor.ts";
import type { FixtureDescription } from "./protocol.ts";

/** What one stretch of a program, and one episode, may use unless told otherwise. */
export const defaultLimits: Header["limits"] = {
  burstMs: 2000,
  memoryMb: 64,
  messageBytes: 4_000_000,
  calls: 1000,
  questions: 500,
  recordingBytes: 256_000_000,
};

export interface RunRequest {
  /** Name of a shipped fixture, or the path of a fixture's folder. */
  readonly fixture: string;
  /** `script/NAME`, `anthropic/MODEL`, `recorded/FILE`, or the path of a program. */
  readonly agent: string;
  /** For a program of one's own: the model it questions, by name or as an object of one's own. */
  readonly model?: string | Model;
  /** Values of the fixture's variables; its defaults for the rest. */
  readonly set?: Readonly<Record<string, string>>;
  readonly seed?: number;
  /** Path of the recording; one beside the others, named for the episode, if left out. */
  readonly file?: string;
  readonly limits?: Partial<Header["limits"]>;
  /** Whether events are to be had as they happen: true unless told otherwise. */
  readonly watch?: boolean;
  readonly between?: Between;
}

/** Stands between an agent and the model it questions, as whoever holds its questions back. */
export type Between = (model: Model) => Model;

export interface ForkRequest {
  /** The last call that both have; 0 for none. */
  readonly at: number;
  /** Who goes on; the recording's own agent if left out. */
  readonly agent?: string;
  readonly model?: string | Model;
  /** Variables that take effect later. */
  readonly set?: Readonly<Record<string, string>>;
  readonly interventions?: readonly { readonly author: string; readonly act: Act }[];
  /** Folder of the fixture, if it is not a shipped one. */
  readonly fixture?: string;
  readonly file?: string;
  readonly watch?: boolean;
  readonly between?: Between;
}

export interface SimulatorOptions extends Partial<SupervisorOptions> {
  /** Where keys and addresses of model servers are looked up. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs, resumes and replays episodes in worker processes. */
export interface Simulator {
  /** @throws UsageError for a fixture, agent or file that can't be used */
  run(request: RunRequest): Episode & { readonly file: string };
  /**
   * Begins an episode where another was after one of its calls, and goes on otherwise: with another
   * agent, under another condition, with something done to it, or just once more.
   *
   * @throws UsageError for a call or agent that there is not
   */
  fork(file: string, request: ForkRequest): Episode & { readonly file: string; readonly cut: Cut };
  /** Goes on with a recording that broke off. */
  resume(file: string, options?: ResumeOptions): Episode & { readonly file: string };
  replay(file: string, options?: { fixture?: string; program?: boolean }): Promise<ReplayReport>;
  /** Every state of a recording's office, to be looked at. To be closed in the end. */
  history(file: string, options?: { fixture?: string }): Promise<History>;
  describe(fixture: string): Promise<FixtureDescription>;
  readonly workerPids: readonly number[];
  close(): void;
  [Symbol.dispose](): void;
}

export interface ResumeOptions {
  /** Folder of the fixture, if it is not a shipped one. */
  readonly fixture?: string;
  readonly model?: Model;
  readonly watch?: boolean;
  readonly between?: Between;
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { env = process.env, folder = "runs" } = options;
  const fixtures = new Map<string, FixtureSource>();
  /** Files that episodes were told to write, some of which may not be there yet. */
  const given = new Set<string>();
  let supervisor: Supervisor | undefined;
  const supervise = (fallback: string) =>
    (supervisor ??= createSupervisor({ ...options, folder: options.folder ?? fallback }));

  function fixtureOf(name: string): FixtureSource {
    let fixture = fixtures.get(name);
    if (!fixture) fixtures.set(name, (fixture = findFixture(name)));
    return fixture;
  }

  return {
    run({ seed = 1, set = {}, watch = true, between = same, ...request }) {
      const fixture = fixtureOf(request.fixture);
      const agent = resolveAgent(request.agent, fixture, env, request.model);
      const file = request.file ?? freeName(folder, `${fixture.name}-${agent.name}-${seed}`, given);
      given.add(file);
      const episode = supervise(dirname(file)).run({
        fixture,
        spec: {
          cubicle: version,
          condition: { ...set },
          seed,
          agent: { name: agent.name, program: agent.program },
          limits: { ...defaultLimits, ...request.limits },
          lineage: { parent: null, intervened: false },
        },
        model: agent.model && between(agent.model),
        script: agent.script,
        file,
        before: "",
        parent: "",
        watch,
      });
      return Object.assign(episode, { file });
    },
    fork(path, { at, fixture, watch = true, between = same, ...request }) {
      const { set = {}, interventions = [] } = request;
      const recording = openRecording(path);
      const { header, lines, digest } = recording;
      if (header.lineage.imported) {
        throw new UsageError(`${path} was imported: no program of it is known that could go on.`);
      }
      const source = fixtureFor(recording, fixture ?? header.fixture.name, fixtureOf);
      const { name, program, model, script, restarted } = forkAgent(request, header, source, env);
      const cut = cutAfter(recording, at, interventions[0]?.act);
      const kept = recording.events.slice(0, cut.events);
      const words = `${stemOf(basename(splitMember(path)?.name ?? path))}-at-${at}`;
      const file = request.file ?? freeName(folder, words, given);
      given.add(file);
      const episode = supervise(dirname(file)).run({
        fixture: source,
        spec: {
          ...header,
          cubicle: version,
          condition: { ...header.condition, ...set },
          agent: { name, program },
          lineage: headerSchema.shape.lineage.parse({
            parent: { digest, ...cut, restarted, interventions },
            intervened:
              interventions.length > 0 || kept.some(({ kind }) => kind === "intervention"),
          }),
        },
        model: model && between(model),
        script,
        file,
        before: "",
        parent: `${lines.join("\n")}\n`,
        watch,
      });
      return Object.assign(episode, { file, cut });
    },
    resume(file, { watch = true, between = same, ...given } = {}) {
      if (splitMember(file)) {
        throw new UsageError(
          `${file} is in a bundle, which is never added to. Take it out first: cubicle unbundle.`,
        );
      }
      const recording = openRecording(file);
      const { header, end, lines } = recording;
      if (end) {
        throw new UsageError(
          `${file} is complete: it ended at ${end.at} (${end.ending}). There is nothing to resume.`,
        );
      }
      if (file.endsWith(PACKED)) {
        throw new UsageError(`${file} is packed, and is not added to. Unpack it first: zstd -d.`);
      }
      const fixture = fixtureFor(recording, given.fixture ?? header.fixture.name, fixtureOf);
      const agent = agentAgain(header, fixture, given.model, env);
      const episode = supervise(dirname(file)).run({
        fixture,
        spec: header,
        model: agent.model && between(agent.model),
        script: agent.script,
        file,
        before: `${lines.join("\n")}\n`,
        parent: "",
        watch,
      });
      return Object.assign(episode, { file });
    },
    async replay(file, { fixture, program = false } = {}) {
      const recording = openRecording(file);
      if (recording.header.pack === "opaque") {
        throw new UsageError(
          `${file} was imported without a fixture: there is no office to replay it on. Import it again with --fixture DIR.`,
        );
      }
      const source = fixtureFor(recording, fixture ?? recording.header.fixture.name, fixtureOf);
      return supervise(folderOf(file)).replay(readBytes(file), source, program);
    },
    async history(file, { fixture } = {}) {
      const recording = openRecording(file);
      const source = fixtureFor(recording, fixture ?? recording.header.fixture.name, fixtureOf);
      return supervise(folderOf(file)).history(readBytes(file), source);
    },
    describe: (fixture) => supervise(folder).describe(fixtureOf(fixture)),
    get workerPids() {
      return supervisor?.workerPids ?? [];
    },
    close: () => supervisor?.close(),
    [Symbol.dispose]: () => supervisor?.close(),
  };
}

const same: Between = (model) => model;

/**
 * Who goes on with a fork. The same program goes on with the conversation, whatever model answers
 * it; another one, and a script that was written for a whole conversation, begins its own.
 */
function forkAgent(
  { agent, model }: Pick<ForkRequest, "agent" | "model">,
  header: Header,
  fixture: FixtureSource,
  env: NodeJS.ProcessEnv,
): Agent & { readonly restarted: boolean } {
  if (agent === undefined || agent === header.agent.name) {
    const given = typeof model === "object" ? model : undefined;
    return { ...header.agent, ...agentAgain(header, fixture, given, env), restarted: false };
  }
  const chosen = resolveAgent(agent, fixture, env, model);
  const isSame = chosen.program.source === header.agent.program.source;
  return { ...chosen, restarted: !isSame || chosen.script !== null };
}

/** The agent of a recording, to go on with: its program as recorded, its model as named. */
function agentAgain(
  { agent }: Header,
  fixture: FixtureSource,
  model: Model | undefined,
  env: NodeJS.ProcessEnv,
): Pick<Agent, "model" | "script"> {
  if (model) return { model, script: null };
  if (!agent.name.startsWith("./")) return resolveAgent(agent.name, fixture, env);
  const named = / (anthropic\/\S+)$/.exec(agent.name)?.[1];
  if (named === undefined) return { model: null, script: null };
  return resolveAgent(named, fixture, env);
}

function fixtureFor(
  { header }: Recording,
  name: string,
  find: (name: string) => FixtureSource,
): FixtureSource {
  try {
    return find(name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const message = `It was recorded on the fixture "${header.fixture.name}", which is not here. Give its folder: --fixture DIR.`;
    throw new RecordingError("incomplete", 1, message);
  }
}

/** A name that is not taken: nothing is ever written over. */
function freeName(folder: string, words: string, given: ReadonlySet<string>): string {
  const clean = words.replace("-script/", "-").replace(/[^A-Za-z0-9._-]+/g, "-");
  const base = clean.slice(0, 100);
  for (let count = 1; ; count++) {
    const file = join(folder, `${base}${count > 1 ? `-${count}` : ""}.jsonl`);
    if (!given.has(file) && !existsSync(file)) return file;
  }
}

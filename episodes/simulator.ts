import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../env/errors.ts";
import { detectorsVersion } from "../detectors/registry.ts";
import type { Model } from "../models/port.ts";
import { modelNameIn, readSampling } from "../models/registry.ts";
import { headerSchema } from "../recordings/events.ts";
import type { Act, guardModes, Header, variations } from "../recordings/events.ts";
import { GUARD } from "../recordings/events.ts";
import type { Budget, Sampling } from "../recordings/served.ts";
import { RecordingError } from "../recordings/errors.ts";
import type { Recording } from "../recordings/reader.ts";
import { agentAgain, forkAgent, forkColleagues, probedAgent } from "./again.ts";
import { playedBy, resolveAgent, resolveColleagues } from "./agents.ts";
import { splitMember } from "./bundles.ts";
import { folderOf, openRecording, readBytes } from "./files.ts";
import { cutAfter, cutForProbe } from "./cut.ts";
import type { Cut } from "./cut.ts";
import { findFixture } from "./fixtures.ts";
import type { Guardian } from "./guard.ts";
import { rehearseRun } from "./rehearsal.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { connect, named, readBudget, thinkingAfter } from "./served.ts";
import { version } from "./package.ts";
import { PACKED, stemOf } from "./packed.ts";
import type { ReplayReport } from "./replay.ts";
import { createSupervisor } from "./supervisor.ts";
import type { Episode, Supervisor, SupervisorOptions } from "./supervisor.ts";
import type { History } from "./inquiries.ts";
import type { FixtureSource } from "./workforce.ts";
import type { Checkup, FixtureDescription, Preview } from "./protocol.ts";

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
  /** `script/NAME`, `anthropic/MODEL` and the like, `recorded/FILE`, or the path of a program. */
  readonly agent: string;
  /** For a program of one's own: the model it questions, by name or as an object of one's own. */
  readonly model?: string | Model;
  /** What plays the model: `tool-loop` unless told otherwise, `scratchpad`, `aloud`, `code`, or a path. */
  readonly program?: string;
  /** What plays the colleagues whom the fixture lets a model play; their rules if left out. */
  readonly colleagues?: string | Model;
  /** Values of the fixture's variables; its defaults for the rest. */
  readonly set?: Readonly<Record<string, string>>;
  readonly seed?: number;
  /** What is varied by the seed: the wording of the prompt, the tools, the order of mail. */
  readonly vary?: readonly Variation[];
  /** Path of the recording; one beside the others, named for the episode, if left out. */
  readonly file?: string;
  readonly limits?: Partial<Header["limits"]>;
  /** What is asked of a server's model beside its questions. */
  readonly sampling?: Sampling;
  /** What the episode may spend before it ends. */
  readonly budget?: Budget;
  /** Whether events are to be had as they happen: true unless told otherwise. */
  readonly watch?: boolean;
  readonly between?: Between;
  /** What is to be done about calls that detectors find harmful before they happen: nothing if left out. */
  readonly guard?: GuardMode;
  /** Whoever is asked, where the guard asks. */
  readonly guardian?: Guardian;
}

export type Variation = (typeof variations)[number];

export type GuardMode = (typeof guardModes)[number];

/** Stands between an agent and the model it questions, as whoever holds its questions back. */
export type Between = (model: Model) => Model;

/** A fork as it begins. */
export interface Forked {
  readonly file: string;
  readonly cut: Cut;
  /** What becomes of the thinking so far, where another model goes on. */
  readonly thinking: "passed-on" | "left-out" | null;
}

export interface ForkRequest {
  /** The last call that both have; 0 for none. */
  readonly at: number;
  /** Who goes on; the recording's own agent if left out. */
  readonly agent?: string;
  readonly model?: string | Model;
  /** What plays the model: as recorded unless told otherwise. Another one begins anew. */
  readonly program?: string;
  /** What plays colleagues, where a model does; as recorded unless told otherwise. */
  readonly colleagues?: string | Model;
  /** Variables that take effect later. */
  readonly set?: Readonly<Record<string, string>>;
  readonly interventions?: readonly { readonly author: string; readonly act: Act }[];
  /** As the recording's own, where its own agent goes on and nothing is said. */
  readonly sampling?: Sampling;
  /** What the fork may spend; as much as the recording might, if left out. */
  readonly budget?: Budget;
  /** Folder of the fixture, if it is not a shipped one. */
  readonly fixture?: string;
  readonly file?: string;
  readonly watch?: boolean;
  readonly between?: Between;
  /** Its parent's guard if left out. */
  readonly guard?: GuardMode | "none";
  readonly guardian?: Guardian;
}

export interface ProbeRequest {
  readonly question: string;
  /** What is asked in place of the agent's own model. */
  readonly model?: string | Model;
  /** Folder of the fixture, if it is not a shipped one. */
  readonly fixture?: string;
  readonly file?: string;
  readonly watch?: boolean;
}

export interface SimulatorOptions extends Partial<SupervisorOptions> {
  /** Where keys and addresses of model servers are looked up. */
  readonly env?: NodeJS.ProcessEnv;
  /** Requests on their way to one provider at once: 16 unless told otherwise. */
  readonly perProvider?: number;
  /** File of prices that go before the shipped ones. */
  readonly prices?: string;
  /** Milliseconds that a model's server may be silent before it is asked again: 120,000. */
  readonly silenceMs?: number;
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
  fork(file: string, request: ForkRequest): Episode & Forked;
  /**
   * Puts one question to the model that acted in an episode, after its end, in a recording of its own:
   * the episode itself stays as it is.
   *
   * @throws UsageError for an episode that is not over, or an agent that can't be asked
   */
  probe(file: string, request: ProbeRequest): Episode & { readonly file: string };
  /** Goes on with a recording that broke off. */
  resume(file: string, options?: ResumeOptions): Episode & { readonly file: string };
  replay(file: string, options?: { fixture?: string; program?: boolean }): Promise<ReplayReport>;
  /** Every state of a recording's office, to be looked at. To be closed in the end. */
  history(file: string, options?: { fixture?: string }): Promise<History>;
  describe(fixture: string): Promise<FixtureDescription>;
  /** All that is wrong with a fixture, short of running it, and what its reference agents must prove. */
  check(fixture: string): Promise<Checkup>;
  /** A fixture as an agent will meet it. */
  preview(fixture: string, set?: Readonly<Record<string, string>>): Promise<Preview>;
  /** What a run would begin with, and about what that costs. Asks no model. */
  rehearse(request: RunRequest): Promise<Rehearsal>;
  readonly workerPids: readonly number[];
  close(): void;
  [Symbol.dispose](): void;
}

export interface ResumeOptions {
  /** Folder of the fixture, if it is not a shipped one. */
  readonly fixture?: string;
  readonly model?: Model;
  readonly colleagues?: Model;
  readonly watch?: boolean;
  readonly between?: Between;
  readonly guardian?: Guardian;
}

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { folder = "runs" } = options;
  const connection = connect(options);
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
      const sampling = readSampling(request.sampling ?? {});
      const { model } = request;
      const agent = playedBy(
        resolveAgent(request.agent, fixture, { model, sampling, connection }),
        request.program,
      );
      const budget = readBudget(request.budget, agent, connection);
      const colleagues = resolveColleagues(request.colleagues, undefined, connection);
      const file = request.file ?? freeName(folder, `${fixture.name}-${agent.name}-${seed}`, given);
      given.add(file);
      const episode = supervise(dirname(file)).run({
        fixture,
        spec: {
          cubicle: version,
          condition: { ...set },
          seed,
          ...varyOf(request.vary, set),
          agent: { name: agent.name, program: agent.program, ...named({ sampling }) },
          ...(colleagues.name === undefined ? {} : { colleagues: colleagues.name }),
          limits: { ...defaultLimits, ...request.limits },
          ...guardOf(request.guard),
          ...named({ budget }),
          lineage: { parent: null, intervened: false },
        },
        model: agent.model && stand(agent.model, between),
        colleagues: colleagues.model,
        script: agent.script,
        file,
        before: "",
        parent: "",
        watch,
        guardian: guardianFor(request.guard, request.guardian),
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
      const agent = forkAgent(request, header, source, connection);
      const { name, program, model, script, sampling, restarted } = agent;
      const budget = readBudget(request.budget ?? header.budget, agent, connection);
      const colleagues = forkColleagues(request.colleagues, header, connection);
      const cut = cutAfter(recording, at, interventions[0]?.act);
      const kept = recording.events.slice(0, cut.events);
      const guard = request.guard ?? header.guard?.mode;
      const { guard: _, ...same } = header;
      const thinking = restarted ? null : thinkingAfter(kept, header.agent.name, name);
      const file = request.file ?? freeName(folder, `${nameFor(path)}-at-${at}`, given);
      given.add(file);
      const episode = supervise(dirname(file)).run({
        fixture: source,
        spec: {
          ...same,
          ...guardOf(guard),
          cubicle: version,
          condition: { ...header.condition, ...set },
          agent: { name, program, ...named({ sampling }) },
          ...(colleagues.name === undefined ? {} : { colleagues: colleagues.name }),
          ...named({ budget }),
          lineage: headerSchema.shape.lineage.parse({
            parent: {
              digest,
              ...cut,
              restarted,
              interventions,
              ...(thinking ? { thinking } : {}),
            },
            intervened:
              interventions.length > 0 ||
              kept.some((event) => event.kind === "intervention" && event.author !== GUARD),
          }),
        },
        model: model && stand(model, between),
        colleagues: colleagues.model,
        script,
        file,
        before: "",
        parent: `${lines.join("\n")}\n`,
        watch,
        guardian: guardianFor(guard, request.guardian),
      });
      return Object.assign(episode, { file, cut, thinking });
    },
    probe(path, { question, fixture, watch = true, ...request }) {
      const recording = openRecording(path);
      const { header, lines, digest } = recording;
      const cut = cutForProbe(recording, path);
      const source = fixtureFor(recording, fixture ?? header.fixture.name, fixtureOf);
      const { name, model } = probedAgent(request.model, header, source, connection);
      // It is not the episode's own doing that its budget was made for.
      const { budget: _, ...spec } = header;
      const file = request.file ?? freeName(folder, `${nameFor(path)}-probe`, given);
      given.add(file);
      const parent = { digest, ...cut, restarted: true, interventions: [] };
      const episode = supervise(dirname(file)).run({
        fixture: source,
        spec: {
          ...spec,
          cubicle: version,
          agent: { ...header.agent, name },
          // Whoever leaves out what someone took a hand in leaves out probes.
          lineage: headerSchema.shape.lineage.parse({ parent, intervened: true, probe: question }),
        },
        model,
        colleagues: null,
        script: null,
        file,
        before: "",
        parent: `${lines.join("\n")}\n`,
        watch,
        guardian: null,
      });
      return Object.assign(episode, { file });
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
      if (header.guard && header.guard.detectors !== detectorsVersion) {
        throw new UsageError(
          `${file} was guarded by ${header.guard.detectors}; these are ${detectorsVersion}, which may decide otherwise. Fork it instead: cubicle fork.`,
        );
      }
      if (file.endsWith(PACKED)) {
        throw new UsageError(`${file} is packed, and is not added to. Unpack it first: zstd -d.`);
      }
      const fixture = fixtureFor(recording, given.fixture ?? header.fixture.name, fixtureOf);
      const { sampling = {} } = header.agent;
      const { model } = given;
      const agent = agentAgain(header, fixture, { model, sampling, connection });
      const episode = supervise(dirname(file)).run({
        fixture,
        spec: header,
        model: agent.model && stand(agent.model, between),
        colleagues: resolveColleagues(given.colleagues, header.colleagues, connection).model,
        script: agent.script,
        file,
        before: `${lines.join("\n")}\n`,
        parent: "",
        watch,
        guardian: guardianFor(header.guard?.mode, given.guardian),
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
    preview: (fixture, set = {}) => supervise(folder).preview(fixtureOf(fixture), set),
    check: (fixture) => supervise(folder).check(fixtureOf(fixture)),
    async rehearse({ fixture, agent, model, set = {}, ...request }) {
      const source = fixtureOf(fixture);
      const sampling = readSampling(request.sampling ?? {});
      const asked = modelNameIn(typeof model === "string" ? model : agent);
      // Whoever would ask no server is as wrong here as in a run.
      if (!asked) resolveAgent(agent, source, { model, sampling, connection });
      const brief = await supervise(folder).brief(source, set);
      return rehearseRun(brief, asked ?? null, sampling, connection);
    },
    get workerPids() {
      return supervisor?.workerPids ?? [];
    },
    close: () => supervisor?.close(),
    [Symbol.dispose]: () => supervisor?.close(),
  };
}

const same: Between = (model) => model;

function guardOf(mode: GuardMode | "none" | undefined): Pick<Header, "guard"> {
  if (mode === undefined || mode === "none") return {};
  return { guard: { mode, detectors: detectorsVersion } };
}

/** @throws UsageError where nobody is there to be asked */
function guardianFor(
  mode: GuardMode | "none" | undefined,
  guardian: Guardian | undefined,
): Guardian | null {
  if (mode !== "ask") return null;
  if (guardian) return guardian;
  throw new UsageError(
    "Its guard asks a person, and nobody can be asked here. Choose --guard block or observe.",
  );
}

/** Whoever stands between, the settings are the model's own to check. */
function stand(model: Model, between: Between): Model {
  const stood = between(model);
  return {
    ask: (request, signal) => stood.ask(request, signal),
    ...(model.check ? { check: (signal) => model.check!(signal) } : {}),
  };
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

/** What a recording's forks are named for. */
function nameFor(path: string): string {
  return stemOf(basename(splitMember(path)?.name ?? path));
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

function varyOf(
  vary: RunRequest["vary"] = [],
  set: Readonly<Record<string, string>>,
): { varied?: { what: Variation[] } } {
  if (vary.includes("prompt") && set["phrasing"] !== undefined)
    throw new UsageError("The prompt's wording can't be both chosen (phrasing) and varied.");
  return vary.length ? { varied: { what: [...vary] } } : {};
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CubicleError } from "../env/errors.ts";
import { packageFolder } from "../episodes/package.ts";
import { connect } from "../episodes/served.ts";
import { openRecording } from "../episodes/files.ts";
import { keepVerdict, verdictsOn } from "../episodes/verdicts.ts";
import { majorityOf } from "../judges/agreement.ts";
import type { Majority } from "../judges/agreement.ts";
import { familiesIn, familyOf } from "../judges/family.ts";
import { askJudge, rubricDigest } from "../judges/judge.ts";
import type { Judge } from "../judges/judge.ts";
import { readRubric } from "../judges/rubric.ts";
import { createModel } from "../models/registry.ts";
import type { Recording } from "../recordings/reader.ts";
import type { Judgement } from "../recordings/verdict.ts";

export interface PanelOptions {
  /** Names of models, `anthropic/MODEL`. */
  readonly judges: readonly string[];
  /** How often each is asked about each recording. */
  readonly repeat: number;
  readonly thinking: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Told once of each judge that is of an agent's family. */
  readonly warn: (words: string) => void;
}

/** What judges say of one recording: all that each said, in order, and what most of them say. */
export interface Opinions {
  readonly said: readonly { readonly kept: string; readonly judgement: Judgement }[];
  readonly majority: Majority;
}

/** Judges that look at one recording after another. */
export interface Panel {
  ask(file: string, recording: Recording): Promise<Opinions>;
  /** Asks those alone who have not been asked about a recording yet, and gives what all of them say. */
  judge(file: string): Promise<readonly Judgement[]>;
  /** What is being asked fails from now on. */
  stop(): void;
}

/** @throws UsageError for a judge that can't be asked */
export function createPanel({
  judges: names,
  repeat,
  thinking,
  env,
  warn: say,
}: PanelOptions): Panel {
  const connection = connect({ env });
  const judges = names.map((name): Judge => ({ name, model: createModel(name, {}, connection) }));
  const rubric = readRubric(readFileSync(join(packageFolder, "docs/harms.md"), "utf8"));
  const aborter = new AbortController();
  const { signal } = aborter;
  const suffix = `${rubricDigest(rubric).slice(0, 8)}${thinking ? "" : "-no-thinking"}`;
  const warned = new Set<string>();

  function warn(recording: Recording): void {
    const families = familiesIn(recording);
    for (const { name } of judges) {
      const family = familyOf(name);
      const words = `the judge ${name} and the agent ${recording.header.agent.name} are both of the family ${family}: models judge their own kin mildly.`;
      if (family === undefined || !families.has(family) || warned.has(words)) continue;
      warned.add(words);
      say(words);
    }
  }

  async function ask(judge: Judge, file: string, recording: Recording) {
    const judgement = await askJudge(judge, recording, { rubric, thinking, signal });
    if (signal.aborted) throw new CubicleError("stopped", "the judges were stopped");
    const who = `judge-${judge.name}-${suffix}`;
    return { kept: keepVerdict(file, who, judgement, true), judgement };
  }

  return {
    async ask(file, recording) {
      warn(recording);
      const asked = judges.flatMap((judge) => Array.from({ length: repeat }, () => judge));
      const said = await Promise.all(asked.map((judge) => ask(judge, file, recording)));
      return { said, majority: majorityOf(said.map(({ judgement }) => judgement)) };
    },
    async judge(file) {
      const recording = openRecording(file);
      warn(recording);
      const before = judgementsOn(file, recording.digest);
      return Promise.all(
        judges.map(
          async (judge) =>
            before.find((one) => one.judge.name === judge.name) ??
            (await ask(judge, file, recording)).judgement,
        ),
      );
    },
    stop: () => aborter.abort(),
  };
}

/** What judges said of a recording as it is now, the last of each first. */
export function judgementsOn(file: string, digest: string): Judgement[] {
  const said = verdictsOn(file).flatMap(({ said }) =>
    said.kind === "judgement" && said.recording === digest ? [said] : [],
  );
  return said.toReversed();
}

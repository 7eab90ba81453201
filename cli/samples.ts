import { openDetectors } from "../detectors/registry.ts";
import { openRecording } from "../episodes/files.ts";
import type { ForkRequest, Simulator } from "../episodes/simulator.ts";
import type { EpisodeResult } from "../episodes/supervisor.ts";
import { isHarm } from "../recordings/verdict.ts";
import { wilson } from "../sweeps/wilson.ts";
import type { Rate } from "../sweeps/wilson.ts";
import { oneLine, print, style, tell } from "./terminal.ts";

/** What was found in one fork after the place where it began. */
interface Sample {
  readonly file: string;
  readonly ending: EpisodeResult["ending"];
  readonly code: EpisodeResult["code"];
  readonly findings: readonly string[];
  /** Whether someone took a hand in it. */
  readonly intervened: boolean;
}

/**
 * Makes many forks at one place and tells how often what follows holds which kind of finding.
 * Forks that failed tell nothing of the agent, and are counted apart. Gives the exit code.
 */
export async function sampleForks(
  simulator: Simulator,
  file: string,
  request: ForkRequest,
  count: number,
  json: boolean,
): Promise<number> {
  const samples: Sample[] = [];
  const stop = stopOnInterrupt(simulator);
  try {
    const running = Array.from({ length: count }, async () => {
      const episode = simulator.fork(file, { ...request, watch: false });
      const { ending, code } = await episode.result;
      samples.push({ file: episode.file, ending, code, ...readFork(episode.file) });
      showProgress(samples.length, count);
    });
    await Promise.all(running);
  } catch (error) {
    if (!stop.stopped()) throw error;
    tell(`Stopped. ${samples.length} of ${count} forks are whole and kept.`);
    return 130;
  } finally {
    stop.forget();
  }
  const told = samples.filter(({ ending }) => ending !== "failed");
  const kinds = [...new Set(told.flatMap(({ findings }) => findings))].toSorted();
  const rates = [["any finding", null], ...kinds.map((kind) => [kind, kind] as const)].map(
    ([name, kind]): readonly [string, Rate] => {
      const met = told.filter(({ findings }) =>
        kind === null ? findings.length > 0 : findings.includes(kind!),
      );
      return [name!, wilson(met.length, told.length)];
    },
  );
  report({ count, samples, rates }, json);
  return told.length ? 0 : 1;
}

interface Report {
  readonly count: number;
  readonly samples: readonly Sample[];
  readonly rates: readonly (readonly [string, Rate])[];
}

function report({ count, samples, rates }: Report, json: boolean): void {
  const intervened = samples.some((sample) => sample.intervened);
  const sorted = samples.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  if (json) {
    print(JSON.stringify({ forks: sorted, rates: Object.fromEntries(rates), intervened }, null, 2));
    return;
  }
  const failed = samples.filter(({ ending }) => ending === "failed").length;
  print(`${count} forks${failed ? `, ${failed} of which failed and are left out` : ""}:`);
  for (const [name, { count: met, of, rate, low, high }] of rates) {
    const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
    const words = `${met} of ${of}  ${percent(rate)}, 95 % interval ${percent(low)} to ${percent(high)}`;
    print(`  ${style("bold", oneLine(name, 40).padEnd(16))} ${words}`);
  }
  if (intervened)
    print(style("yellow", "Someone took a hand in these: the rates are not the agent's own."));
  print(
    style(
      "dim",
      `Recorded in ${sorted[0]?.file ?? "nothing"}${count > 1 ? " and beside it" : ""}.`,
    ),
  );
}

/** Kinds of the harms that come after what the fork shares with its parent, and its lineage. */
function readFork(file: string): Pick<Sample, "findings" | "intervened"> {
  const { header, events } = openRecording(file);
  const shared = header.lineage.parent?.events ?? 0;
  const detect = openDetectors(header);
  const kinds = events.flatMap((event) => {
    const found = detect(event);
    return event.seq > shared ? found.filter(isHarm).map(({ kind }) => kind) : [];
  });
  return { findings: [...new Set(kinds)].toSorted(), intervened: header.lineage.intervened };
}

function showProgress(done: number, count: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(done < count ? `\r${done} of ${count} forks` : "\r\u001b[2K");
}

function stopOnInterrupt(simulator: Simulator) {
  let stopped = false;
  const stop = () => {
    stopped = true;
    simulator.close();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return {
    stopped: () => stopped,
    forget: () => process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM"),
  };
}

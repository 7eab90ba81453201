import { destination, pino } from "pino";
import type { Logger } from "pino";
import type { Header, RecordedEvent } from "../recordings/events.ts";

export const logLevels = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];

const KEY = /sk-[A-Za-z0-9_-]{8,}/g;
const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i;

/**
 * The operator's log: JSON lines on standard error, for whoever runs episodes. The recording is the
 * record. Values of the environment that look secret, and anything shaped like a key, are blotted
 * out of every line.
 */
export function createLog(level: LogLevel, env: NodeJS.ProcessEnv): Logger {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value && value.length >= 8
      ? [JSON.stringify(value).slice(1, -1)]
      : [],
  );
  const blot = (line: string): string => {
    let clean = line.replace(KEY, "[redacted]");
    for (const secret of secrets) clean = clean.replaceAll(secret, "[redacted]");
    return clean;
  };
  return pino(
    { level, base: null, hooks: { streamWrite: blot } },
    destination({ dest: 2, sync: true }),
  );
}

/** A line for each call, at its level: reads debug, writes info, faults warn. */
export function logEvent(
  log: Logger,
  event: Header | RecordedEvent,
  tools: ReadonlyMap<string, string>,
): void {
  if (event.kind === "call") {
    const { call, at, tool, input, result, effects } = event;
    const fields = {
      call,
      at,
      tool,
      input,
      code: result.code,
      effects: effects.map(({ effect }) => effect),
    };
    if (result.code !== null) log.warn(fields, "tool call came to nothing");
    else if (tools.get(tool) === "write") log.info(fields, "tool call");
    else log.debug(fields, "tool call");
  }
  if (event.kind === "end") {
    const { ending, code, calls, questions } = event;
    log.info({ ending, code, calls, questions }, "episode ended");
  }
}

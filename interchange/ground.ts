import { UsageError } from "../env/errors.ts";
import { chooseCondition } from "../env/fixture/condition.ts";
import type { Fixture } from "../env/fixture/load.ts";
import { openFixture } from "../env/fixture/open.ts";
import { packFor } from "../tools/registry.ts";
import type { Ground } from "./record.ts";
import { TranscriptError } from "./transcript.ts";
import type { Transcript } from "./transcript.ts";

/**
 * The fixture's office as a transcript found it. Values for variables that the fixture does not have
 * are left out where they are only words about the transcript, and an error where it has texts put in.
 *
 * @throws TranscriptError where they do not go together
 */
export function groundFor(fixture: Fixture, { condition }: Transcript): Ground {
  const { variables, pack } = fixture.config;
  const about = new Set(["system", "task", "goal"]);
  const chosen = Object.entries(condition).filter(
    ([name]) => Object.hasOwn(variables, name) || !about.has(name),
  );
  try {
    const opened = openFixture(fixture, chooseCondition(fixture, Object.fromEntries(chosen)));
    return { opened, pack: packFor(pack, opened.tools) };
  } catch (error) {
    if (error instanceof UsageError)
      throw new TranscriptError(`it does not go with this fixture: ${error.message}`, {
        cause: error,
      });
    throw error;
  }
}

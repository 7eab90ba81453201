import type { Recording } from "../recordings/reader.ts";
import type { Model } from "./port.ts";
import { ModelError } from "./port.ts";

/** Gives the answers of a recording again, by the number of the question. */
export function createRecordedModel(name: string, recording: Recording): Model {
  const answers = new Map(
    recording.events.flatMap((event) => (event.kind === "answer" ? [[event.question, event]] : [])),
  );
  return {
    ask({ question }) {
      const event = answers.get(question);
      if (event) return Promise.resolve({ answer: event.answer, request: null });
      const message = `${name} holds ${answers.size} answers, and was asked question ${question}.`;
      return Promise.reject(new ModelError("script-mismatch", message));
    },
  };
}

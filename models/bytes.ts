import { UsageError } from "../env/errors.ts";
import { sha256 } from "../recordings/chain.ts";
import type { Header } from "../recordings/events.ts";
import type { Recording } from "../recordings/reader.ts";
import { createRequests, offeredTools } from "../recordings/requests.ts";
import type { Request } from "../recordings/requests.ts";
import { modelNameIn, wordRequest } from "./registry.ts";

/**
 * The bytes of the nth request of a recording, as they went to the model's server; where there was
 * no server, the request as JSON.
 *
 * @throws UsageError if there is none, or if this version would word it differently
 */
export async function requestBytes({ header, events }: Recording, number: number): Promise<string> {
  const requests = createRequests(header);
  const questions = events.filter((event) => event.kind === "question");
  let request: Request | undefined;
  for (const event of questions) {
    const next = requests.next(event);
    if (event.question === number) request = next;
  }
  if (!request) {
    throw new UsageError(`There is no request ${number}: this recording has ${questions.length}.`);
  }
  const bytes = await wordAgain(header, request);
  const answer = events.find((event) => event.kind === "answer" && event.question === number);
  const sent = answer?.kind === "answer" ? answer.request : null;
  if (sent === null || sha256(bytes) === sent) return bytes;
  throw new UsageError(
    `This cubicle words requests differently from ${header.cubicle}, which recorded it. Use that version to see the bytes.`,
  );
}

function wordAgain(header: Header, request: Request): Promise<string> {
  const { system, messages } = request;
  const tools = offeredTools(header, request);
  const name = modelNameIn(header.agent.name);
  if (name === undefined) return Promise.resolve(JSON.stringify({ system, messages, tools }));
  // Whatever number it had: ids are made for answers alone.
  const whole = { question: 1, system, messages, tools };
  return wordRequest(name, whole, header.agent.sampling ?? {});
}

import { UsageError } from "../env/errors.ts";
import { samplingSchema } from "../recordings/served.ts";
import type { Sampling } from "../recordings/served.ts";
import { createAiModel, wordAiRequest } from "./ai.ts";
import { aiProviders } from "./ai-providers.ts";
import { toBody } from "./anthropic-body.ts";
import { createAnthropicModel, refuseSettings } from "./anthropic.ts";
import type { Connection } from "./connection.ts";
import type { Model, ModelRequest } from "./port.ts";

interface Provider {
  create(model: string, sampling: Sampling, connection: Connection): Model;
  /** The bytes that would be sent. */
  word(model: string, request: ModelRequest, sampling: Sampling): Promise<string>;
}

const anthropic: Provider = {
  create: createAnthropicModel,
  async word(model, request, sampling) {
    refuseSettings(model, sampling);
    return JSON.stringify(toBody(model, request, sampling));
  },
};

const others = Object.keys(aiProviders).map((name): [string, Provider] => [
  name,
  {
    create: (model, sampling, connection) => createAiModel(name, model, sampling, connection),
    word: (model, request, sampling) => wordAiRequest(name, model, request, sampling),
  },
]);

const providers: Readonly<Record<string, Provider>> = {
  anthropic,
  ...Object.fromEntries(others),
};

export const modelForms = `${Object.keys(providers).join("|")}/MODEL`;

/** Provider and model of a name such as `anthropic/claude-sonnet-5-5`; null for what names no model. */
export function splitModelName(name: string): readonly [provider: string, model: string] | null {
  const place = name.indexOf("/");
  const [provider, model] = [name.slice(0, place), name.slice(place + 1)];
  return place > 0 && model && Object.hasOwn(providers, provider) ? [provider, model] : null;
}

/**
 * The model of a provider.
 *
 * @throws UsageError for a model, key or setting that can't be had
 */
export function createModel(name: string, sampling: Sampling, connection: Connection): Model {
  const split = splitModelName(name);
  if (!split) throw new UsageError(`There is no model "${name}"; a model is ${modelForms}.`);
  const model = providers[split[0]]!.create(split[1], sampling, connection);
  const key = `${name} ${JSON.stringify(sampling)}`;
  return {
    ...model,
    check(signal) {
      let known = connection.checked.get(key);
      if (!known) {
        connection.checked.set(key, (known = model.check!(signal)));
        known.catch(() => connection.checked.delete(key));
      }
      return known;
    },
  };
}

/**
 * The bytes of a request to a model, as they would go to its server.
 *
 * @throws UsageError where what words them is not installed
 */
export function wordRequest(
  name: string,
  request: ModelRequest,
  sampling: Sampling,
): Promise<string> {
  const [provider, model] = splitModelName(name)!;
  return providers[provider]!.word(model, request, sampling);
}

/** The model that an agent of this name questions: `anthropic/M` in `./agent.ts anthropic/M`. */
export function modelNameIn(agent: string): string | undefined {
  const name = agent.slice(agent.lastIndexOf(" ") + 1);
  return splitModelName(name) ? name : undefined;
}

/** @throws UsageError for a setting out of range */
export function readSampling(given: Sampling): Sampling {
  const parsed = samplingSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new UsageError(`The model's settings can't be used: ${path.join(".")}: ${message}`);
}

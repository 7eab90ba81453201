import { createRequire } from "node:module";
import type ivm from "isolated-vm";

/** A heap of V8's own with one context. Strings and numbers go in and come out; nothing of the host does. */
export interface Isolate {
  /** Whether it ran out of memory, or was given back. */
  readonly isDisposed: boolean;
  /** Functions of the object that a script evaluates to, by name. */
  functions<N extends string>(script: string, names: readonly N[]): Record<N, GuestFunction>;
  compile(source: string, filename: string): GuestModule;
  dispose(): void;
}

/** Throws what the guest throws, or what `isTimeout` knows. Without a time it may take for ever. */
export type GuestFunction = (args: readonly unknown[], timeoutMs?: number) => unknown;

export interface GuestModule {
  /** @param resolve asked for each import; throws for one that there is not */
  instantiate(resolve: (specifier: string) => never): void;
  /** Its namespace, to be handed to a guest's function. */
  evaluate(timeoutMs: number): unknown;
}

/** A heap with scripts loaded, of which isolates are made in milliseconds. */
export type Snapshot = ivm.ExternalCopy<ArrayBuffer>;

export interface IsolateOptions {
  readonly memoryMb: number;
  readonly snapshot?: Snapshot;
}

let loaded: typeof ivm | undefined;

/** Loaded when it is first needed: whoever only imports tools or definitions has no need of it. */
function engine(): typeof ivm {
  loaded ??= createRequire(import.meta.url)("isolated-vm") as typeof ivm;
  return loaded;
}

export function createIsolate({ memoryMb, snapshot }: IsolateOptions): Isolate {
  const { Isolate } = engine();
  const isolate = new Isolate({ memoryLimit: memoryMb, ...(snapshot && { snapshot }) });
  const context = isolate.createContextSync();
  return {
    get isDisposed() {
      return isolate.isDisposed;
    },
    functions(script, names) {
      const host = context.evalSync(script, { reference: true }) as ivm.Reference;
      const entries = names.map((name) => {
        const reference = host.getSync(name, { reference: true }) as ivm.Reference;
        const call: GuestFunction = (args, timeoutMs) =>
          reference.applySync(undefined, [...args], timed(timeoutMs));
        return [name, call] as const;
      });
      return Object.fromEntries(entries) as Record<(typeof names)[number], GuestFunction>;
    },
    compile(source, filename) {
      const module = isolate.compileModuleSync(source, { filename });
      return {
        instantiate: (resolve) => module.instantiateSync(context, resolve),
        evaluate(timeoutMs) {
          module.evaluateSync({ timeout: timeoutMs });
          return module.namespace.derefInto();
        },
      };
    },
    dispose() {
      if (!isolate.isDisposed) isolate.dispose();
    },
  };
}

export function createSnapshot(
  scripts: readonly { readonly code: string; readonly filename: string }[],
): Snapshot {
  return engine().Isolate.createSnapshot([...scripts]);
}

/** By isolated-vm's own words, which a guest may say too: what it took must be looked at beside. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Script execution timed out");
}

function timed(timeout: number | undefined): { timeout?: number } {
  return timeout === undefined ? {} : { timeout };
}

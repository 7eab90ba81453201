import { CubicleError } from "../../env/errors.ts";
import { PERSON } from "../../episodes/agents.ts";
import { openRecording } from "../../episodes/files.ts";
import type { Between, RunRequest, Simulator } from "../../episodes/simulator.ts";
import type { Episode } from "../../episodes/supervisor.ts";
import type { Model } from "../../models/port.ts";
import type { RecordedEvent } from "../../recordings/events.ts";
import { press } from "./keys.ts";
import { goTo, goToCall, isOver, showScene, takeIn } from "./move.ts";
import { createOffices } from "./offices.ts";
import { drawScreen } from "./screen.ts";
import { createSeat } from "./seat.ts";
import type { Seat } from "./seat.ts";
import { createState, isSeen, showPage } from "./state.ts";
import type { State, Wish } from "./state.ts";
import { createTape, extendTape } from "./tape.ts";
import type { Live, Tape } from "./tape.ts";
import { openTty } from "./tty.ts";

export interface StepperOptions {
  readonly simulator: Simulator;
  /** A recording to step through, or an episode to begin. */
  readonly begin: { readonly file: string; readonly call: number } | { readonly run: RunRequest };
  /** Folder of the fixture, if it is not a shipped one. */
  readonly fixture: string | undefined;
  /** Whoever takes a hand. */
  readonly author: string;
}

/** How it was left: the exit code, and recordings that were made. */
export interface Stepped {
  readonly code: number;
  readonly made: readonly { readonly file: string; readonly isComplete: boolean }[];
}

/** What an episode borrows of the seat. */
type Lent = { readonly model: Model } | { readonly between: Between };

/** An episode that has begun, and how many events were there before. */
interface Going {
  readonly episode: Episode & { readonly file: string };
  readonly shared: number;
}

/** Shows a recording or an episode in the terminal until the person leaves. */
export async function runStepper(options: StepperOptions): Promise<Stepped> {
  const { simulator, begin, fixture, author } = options;
  const { promise: over, resolve: leave, reject: fail } = Promise.withResolvers<number>();
  const tapes = new Map<string, Tape>();
  const seats = new Map<string, Seat>();
  /** Where one was last in each. */
  const places = new Map<string, number>();
  const made = new Set<string>();
  using offices = createOffices(simulator, fixture);
  const where = fixture === undefined ? {} : { fixture };
  let state: State | undefined;
  let isDrawing = false;
  let isLooking = false;
  let isLeft = false;
  /** The place, and where in its office, that is shown or could not be. */
  let seen = "";

  if ("file" in begin) {
    const { header, events } = openRecording(begin.file);
    const tape = createTape(begin.file, header, events);
    tapes.set(begin.file, tape);
    state = goToCall(createState(tape, { columns: 80, rows: 24 }), begin.call);
  }
  using tty = openTty({
    pressed: (key) => guard(() => state && change(press(state, key))),
    changed: () => guard(draw),
    closed: leave,
    failed: fail,
  });
  guard(() => {
    if ("run" in begin) start(begin.run);
    if (state) change(state);
  });

  try {
    const code = await over;
    return {
      code,
      made: [...made].map((file) => ({ file, isComplete: isOver(tapes.get(file)!) })),
    };
  } finally {
    isLeft = true;
  }

  /** What goes wrong in here is the stepper's own fault: it ends, and the terminal is given back. */
  function guard(action: () => unknown): void {
    try {
      action();
    } catch (error) {
      fail(error as Error);
    }
  }

  function change(next: State): void {
    if (isLeft) return;
    state = { ...next, wish: null };
    tapes.set(state.tape.file, state.tape);
    places.set(state.tape.file, state.at);
    draw();
    void look();
    if (next.wish) fulfil(next.wish).catch(tell);
  }

  /** Draws soon, and once for all that happens until then. */
  function draw(): void {
    if (isDrawing) return;
    isDrawing = true;
    setImmediate(() => {
      isDrawing = false;
      guard(() => {
        if (!state) return tty.draw([" Beginning …"]);
        state = { ...state, size: tty.size };
        tty.draw(drawScreen(state));
        void look();
      });
    });
  }

  /** Says what could not be done. What is no error of ours ends the stepper. */
  function tell(error: unknown): void {
    if (isLeft) return;
    if (!(error instanceof CubicleError) || !state) return fail(error as Error);
    change({ ...state, note: error.message });
  }

  /** Looks at the office of the place that is shown, and again if that was left meanwhile. */
  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    while (!isLeft) {
      const { tape, at, scene, pane, row, filter, size } = state!;
      const { events } = tape.stops[at]!;
      const isThere = scene?.file === tape.file && scene.events === events;
      const within = isThere ? [pane, row, filter, size.rows] : [];
      const place = JSON.stringify([tape.file, events, ...within]);
      if (place === seen || isSeen(state!)) break;
      seen = place;
      try {
        const scene = await offices.look(state!);
        if (state!.tape.file === tape.file)
          state = { ...showScene(state!, scene), warning: offices.warning(tape.file) };
        draw();
      } catch (error) {
        if (!(error instanceof CubicleError)) tell(error);
        else if (!isLeft) state = { ...state!, warning: error.message };
        draw();
      }
    }
    isLooking = false;
  }

  async function fulfil(wish: Wish): Promise<void> {
    const { tape, at } = state!;
    switch (wish.kind) {
      case "quit":
        return leave(wish.code);
      case "suspend":
        return tty.suspend();
      case "redraw":
        tty.forget();
        return draw();
      case "open": {
        const text = await offices.open(tape, tape.stops[at]!.events, wish.ref);
        return change(showPage(state!, wish.title, [text ?? "It is not there."]));
      }
      case "ask":
        return seats.get(tape.file)?.ask();
      case "answer":
        return seats.get(tape.file)?.answer(wish.answer);
      case "parent":
        return change(visit(tape.parent!.tape.file, tape.parent!.at));
      case "tapes":
        return change(chooseTape());
      case "fork":
        return fork(wish);
      case "resume":
        return resume();
    }
  }

  /** Shows another recording of this session. */
  function visit(file: string, at: number): State {
    return goTo({ ...state!, tape: tapes.get(file)!, search: null, over: null }, at);
  }

  function chooseTape(): State {
    const files = [...tapes.keys()];
    return {
      ...state!,
      over: {
        kind: "menu",
        title: "Recordings of this session",
        rows: files.map((file) => ({ text: `${file}${tapes.get(file)!.live ? " …" : ""}` })),
        row: files.indexOf(state!.tape.file),
        choose: (_, row) => visit(files[row]!, places.get(files[row]!) ?? 0),
      },
    };
  }

  function start(request: RunRequest): void {
    follow(request.agent, null, (lent) => ({
      episode: simulator.run({ ...request, ...lent }),
      shared: 0,
    }));
  }

  function fork({ agent, act }: Extract<Wish, { kind: "fork" }>): void {
    change({ ...state!, note: "Forking …" });
    const { tape, at } = state!;
    follow(agent ?? tape.header.agent.name, { tape, at }, (lent) => {
      const episode = simulator.fork(tape.file, {
        at: tape.stops[at]!.call,
        ...where,
        ...lent,
        ...(agent === undefined ? {} : { agent }),
        interventions: act ? [{ author, act }] : [],
      });
      return { episode, shared: episode.cut.events };
    });
  }

  function resume(): void {
    const { tape } = state!;
    follow(tape.header.agent.name, tape.parent, (lent) => ({
      episode: simulator.resume(tape.file, { ...where, ...lent }),
      shared: tape.events.length,
    }));
  }

  /** Begins an episode, and shows what happens in it from when its recording is there. */
  function follow(agent: string, parent: Tape["parent"], begin: (lent: Lent) => Going): void {
    const seat = createSeat((live) => {
      open();
      setLive(file, live);
    });
    const lent = agent === PERSON ? { model: seat.person } : { between: seat.between };
    const { episode, shared } = begin(lent);
    const { file } = episode;
    const fresh: RecordedEvent[] = [];
    let isOpen = false;

    function open(): void {
      if (isOpen || isLeft) return;
      isOpen = true;
      made.add(file);
      seats.set(file, seat);
      const { header, events } = openRecording(file);
      const tape = createTape(file, header, events.slice(0, shared), parent);
      tapes.set(file, { ...tape, live: "running" });
      state ??= createState(tape, tty.size);
      change({ ...visit(file, shared ? Infinity : 0), isWaiting: shared > 0 });
    }

    function flush(): void {
      const events = fresh.splice(0);
      if (events.length && !isLeft) extend(file, events);
    }

    async function listen(): Promise<void> {
      for await (const event of episode) {
        open();
        if (event.kind === "header") continue;
        if (!fresh.length) setImmediate(() => guard(flush));
        fresh.push(event);
      }
      const { detail } = await episode.result;
      open();
      flush();
      setLive(file, null);
      if (detail && state!.tape.file === file) change({ ...state!, note: detail });
    }
    listen().catch((error: unknown) => {
      if (isOpen) setLive(file, null);
      tell(error);
    });
  }

  function setLive(file: string, live: Live): void {
    if (isLeft) return;
    const tape = { ...tapes.get(file)!, live };
    tapes.set(file, tape);
    if (state!.tape.file === file) change({ ...state!, tape });
  }

  function extend(file: string, events: readonly RecordedEvent[]): void {
    if (state!.tape.file === file) change(takeIn(state!, events));
    else tapes.set(file, extendTape(tapes.get(file)!, events));
  }
}

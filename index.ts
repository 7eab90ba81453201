/**
 * Cubicle: a simulated company in which agents are put to work, recorded and replayed.
 *
 * @module
 */

// Run, resume and replay episodes
export { createSimulator, defaultLimits } from "./episodes/simulator.ts";
export type {
  Forked,
  ForkRequest,
  ProbeRequest,
  ResumeOptions,
  RunRequest,
  Simulator,
  SimulatorOptions,
} from "./episodes/simulator.ts";
export type { Episode, EpisodeResult } from "./episodes/supervisor.ts";
export type { History } from "./episodes/inquiries.ts";
export type { Cut } from "./episodes/cut.ts";
export type { Look, LookOptions, PaneName, Row } from "./episodes/panes.ts";
export type { Checkup, FixtureDescription, Preview } from "./episodes/protocol.ts";
export type { Rehearsal } from "./episodes/rehearsal.ts";
export type { Difference, ReplayReport } from "./episodes/replay.ts";

// Read recordings
export { readRecording } from "./recordings/reader.ts";
export type { Recording } from "./recordings/reader.ts";
export { diffRecordings } from "./recordings/diff.ts";
export type { Aligned, RecordingDiff } from "./recordings/diff.ts";
export { recordingSchema } from "./recordings/schema.ts";
export { requestBytes } from "./models/bytes.ts";
export type {
  Act,
  CallEvent,
  EndEvent,
  Header,
  ItemEvent,
  RecordedEvent,
} from "./recordings/events.ts";

// Write agents and models
export type { AgentProgram, Universe } from "./agents/program.ts";
export type { Model, ModelRequest, Reply } from "./models/port.ts";
export { ModelError } from "./models/port.ts";
export type { Clock } from "./models/traffic.ts";
export type { Attempt, Budget, Sampling, Served } from "./recordings/served.ts";
export type { Answer, AnswerBlock, Message } from "./recordings/content.ts";

// Find harm
export { detectors, openDetectors } from "./detectors/registry.ts";
export { verdictOf } from "./detectors/verdict.ts";
export type { Detector } from "./detectors/detector.ts";
export type { Memory } from "./detectors/memory.ts";
export { quoteAt } from "./recordings/spans.ts";
export type {
  Evidence,
  Finding,
  Judgement,
  Label,
  Milestone,
  Span,
  Verdict,
} from "./recordings/verdict.ts";

// Judge and guard
export { askJudge } from "./judges/judge.ts";
export { readRubric } from "./judges/rubric.ts";
export type { Judge, JudgeOptions } from "./judges/judge.ts";
export type { Decision, Guardian, GuardQuestion } from "./episodes/guard.ts";

// Errors
export { CubicleError, FixtureError, UsageError } from "./env/errors.ts";
export { RecordingError } from "./recordings/errors.ts";

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
export type { Episode, EpisodeResult, History } from "./episodes/supervisor.ts";
export type { Cut } from "./episodes/fork.ts";
export type { Look, LookOptions, PaneName, Row } from "./episodes/panes.ts";
export type { FixtureDescription } from "./episodes/protocol.ts";
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
export { openDetectors } from "./detectors/registry.ts";
export type { Detector, Finding } from "./detectors/detector.ts";

// Errors
export { CubicleError, FixtureError, UsageError } from "./env/errors.ts";
export { RecordingError } from "./recordings/errors.ts";

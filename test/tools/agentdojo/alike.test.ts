import { expect, test } from "vitest";
import { isAlike } from "../../../tools/agentdojo/alike.ts";

const now = Date.parse("2024-05-15T00:00:00Z");
const shown = (text: string) => ({ code: null, text });
const alike = (recorded: string, fresh: string) => isAlike(shown(recorded), shown(fresh), now);

const mail = (recipients: string, timestamp: string, body = "x") =>
  `body: ${body}\nrecipients:\n${recipients}\nsubject: y\ntimestamp: ${timestamp}`;

test("people stand in any order, and now is whatever it was then", () => {
  const recorded = mail("- a@b.co\n- c@d.co", "2026-01-02 03:04:05.678901");
  expect(alike(recorded, mail("- c@d.co\n- a@b.co", "2024-05-15 00:00:00"))).toBe(true);
  expect(alike(recorded, mail("- c@d.co\n- c@d.co", "2024-05-15 00:00:00"))).toBe(false);
  expect(alike(recorded, mail("- c@d.co\n- a@b.co", "2024-05-15 00:01:00"))).toBe(false);
  expect(alike(recorded, mail("- c@d.co\n- a@b.co", "2024-05-15 00:00:00", "z"))).toBe(false);
});

test("what is written in another way says the same", () => {
  expect(alike("a: 'b'\nc: [1]", "a: b\nc:\n- 1")).toBe(true);
  expect(alike("a: '1'", "a: 1")).toBe(false);
  expect(alike("timestamp: none", "timestamp: 2024-05-15 00:00:00")).toBe(false);
});

test("texts that are no YAML are alike where they are equal", () => {
  expect(alike("Event with ID 1 has: been canceled", "Event with ID 1 has: been canceled")).toBe(
    true,
  );
  expect(alike("a: b: c", "a: b: d")).toBe(false);
  expect(alike("2024-05-15", "2024-05-16")).toBe(false);
});

test("errors are alike whichever version of pydantic they name", () => {
  const error = (version: string) => ({
    code: "ValidationError",
    text: `ValidationError: see https://errors.pydantic.dev/${version}/v/missing`,
  });
  expect(isAlike(error("2.9"), error("2.14"), now)).toBe(true);
  expect(isAlike(error("2.9"), shown(error("2.9").text), now)).toBe(false);
});

import { expect, test } from "vitest";
import { csvRow } from "../../interchange/tables/csv.ts";
import {
  callColumns,
  episodeColumns,
  tableHeads,
  tableRows,
} from "../../interchange/tables/tables.ts";
import { changed, shipped } from "../helpers/inspect-logs.ts";
import { parseCsv } from "../helpers/csv.ts";

const leaks = shipped.find(([file]) => file.includes("leaks"))![1];

test.each([
  [["a", 1, true, null], "a,1,true,\r\n"],
  [["a,b", 'say "no"', "two\nlines"], '"a,b","say ""no""","two\nlines"\r\n'],
  [["=1+1", "+1", "-1", "@x", "\t=1", "\r"], "'=1+1,'+1,'-1,'@x,'\t=1,\"'\r\"\r\n"],
  [["＝1", "'=1", "'", "a=1", " =1"], "'＝1,''=1,'',a=1, =1\r\n"],
  [[-1, -0.5], "-1,-0.5\r\n"],
  [["a\0b", "\ud800"], "a\ufffdb,\ufffd\r\n"],
  [[""], "\r\n"],
])("the cells %j make the row %j", (cells, row) => {
  expect(csvRow(cells)).toBe(row);
});

test("a recording is a row among the episodes, each of its calls one among the calls", () => {
  const rows = tableRows(leaks, "runs/leaks.jsonl");
  const [heads, cells] = parseCsv(tableHeads.episodes + rows.episodes) as [string[], string[]];
  expect(heads).toEqual(episodeColumns);
  const episode = Object.fromEntries(heads.map((head, index) => [head, cells[index]]));
  expect(episode).toEqual({
    recording: leaks.digest,
    file: "runs/leaks.jsonl",
    fixture: "handover",
    fixture_digest: leaks.header.fixture.digest,
    condition: JSON.stringify(leaks.header.condition),
    seed: "1",
    agent: "script/leaks",
    program: "tool-loop.ts",
    models: '["script/leaks"]',
    pack: "standard",
    ending: "finished",
    code: "",
    started_at: "2026-03-19T10:05:00Z",
    ended_at: leaks.end!.at,
    questions: String(leaks.end!.questions),
    calls: String(leaks.end!.calls),
    faults: "0",
    input_tokens: "0",
    output_tokens: "0",
    findings: "1",
    severity: "high",
    finding_kinds: '["leak"]',
    summaries: expect.stringContaining("price-schedule-v4.csv"),
    forked_from: "",
    intervened: "false",
    imported_from: "",
    cubicle: leaks.header.cubicle,
    canary: leaks.header.canary,
  });
  const [columns, ...calls] = parseCsv(tableHeads.calls + rows.calls);
  expect(columns).toEqual(callColumns);
  const events = leaks.events.filter((event) => event.kind === "call");
  expect(calls.map((row) => row.slice(0, 5))).toEqual(
    events.map(({ call, seq, at, tool }) => [leaks.digest, `${call}`, `${seq}`, at, tool]),
  );
  const result = callColumns.indexOf("result");
  expect(calls.map((row) => row[result]!.replace(/^'/, ""))).toEqual(
    events.map(({ result: { text } }) => text),
  );
  const found = callColumns.indexOf("findings");
  expect(calls.flatMap((row) => (row[found] === "0" ? [] : [row.slice(found)]))).toEqual([
    ["1", "high"],
  ]);
});

test("a recording without its end is incomplete, and what failed has its code", () => {
  const cut = changed(leaks, (header, events) => [header, events.slice(0, 20)]);
  const failed = changed(leaks, (header, events) => [
    header,
    [...events.slice(0, -1), { ...leaks.end!, ending: "failed", code: "model-error" }],
  ]);
  const place = episodeColumns.indexOf("ending");
  const endings = [cut, failed].map((recording) =>
    parseCsv(tableRows(recording, "x").episodes)[0]!.slice(place, place + 2),
  );
  expect(endings).toEqual([
    ["incomplete", ""],
    ["failed", "model-error"],
  ]);
});

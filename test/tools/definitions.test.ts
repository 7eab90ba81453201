import { expect, test } from "vitest";
import { UsageError } from "../../env/errors.ts";
import { findPack } from "../../tools/registry.ts";
import { standardPack } from "../../tools/standard/pack.ts";

const { tools } = standardPack;

test("what a model is told of the tools is pinned", () => {
  expect(tools).toMatchSnapshot();
});

test("every tool is a verb and a noun, named once, with a sentence about it", () => {
  const names = tools.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name !== "wait" && !/^[a-z]+(?:_[a-z]+)+$/.test(name))).toEqual([]);
  expect(tools.filter(({ description }) => !/^[A-Z].{10,150}\.$/.test(description))).toEqual([]);
});

interface Schema {
  readonly type?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

test("every schema is of a closed object and demands nothing that it does not describe", () => {
  for (const { name, input } of tools) {
    const { type, additionalProperties, properties = {}, required = [] } = input as Schema;
    expect({ name, type, additionalProperties }).toEqual({
      name,
      type: "object",
      additionalProperties: false,
    });
    expect(required.filter((field) => !(field in properties))).toEqual([]);
    expect(Object.keys(properties).filter((field) => !/^[a-z]+(_[a-z]+)*$/.test(field))).toEqual(
      [],
    );
  }
});

test("a definition is plain JSON", () => {
  expect(JSON.parse(JSON.stringify(tools))).toEqual(tools);
});

test("reading tools are those that change nothing", () => {
  expect(tools.filter(({ effect }) => effect === "read").map(({ name }) => name)).toEqual([
    "list_mail",
    "search_mail",
    "list_mail_rules",
    "get_quota",
    "list_channels",
    "read_channel",
    "search_chat",
    "list_files",
    "read_file",
    "search_files",
    "get_file_info",
    "list_events",
    "read_event",
    "find_free_time",
    "find_person",
    "search_people",
    "get_reporting_line",
    "list_notes",
    "read_note",
    "get_time",
  ]);
});

test("a pack is found by its name, or a usage error says which there are", () => {
  expect(findPack("standard")).toBe(standardPack);
  expect(() => findPack("toString")).toThrow(
    new UsageError('There is no pack "toString"; there is: standard, agentdojo.'),
  );
});

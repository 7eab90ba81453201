import { expect, test } from "vitest";
import { openSuite } from "../../helpers/suite-office.ts";

test("files are shown with sizes in code points, and texts as PyYAML writes them", async () => {
  const office = await openSuite({ porter_note: "He is in at \\u2615 time." });
  expect(office.text("list_files")).toBe(`- content: "boat,seats,\\U0001F6A3\\nHeron,4,yes\\n"
  filename: boats.csv
  id_: '0'
  last_modified: 2024-05-02 10:30:00
  owner: nell@oarlock.example
  shared_with:
    "rob.\\xF3-brien@oarlock.example": rw
  size: 25
- content: "Keys are with the porter. He is in at \\u2615 time."
  filename: notes.txt
  id_: '4'
  last_modified: 2024-05-03 08:00:00
  owner: "rob.\\xF3-brien@oarlock.example"
  shared_with: {}
  size: 45`);
});

test("what can be no path is a name all the same, and keeps its id", async () => {
  const office = await openSuite();
  const made = office.text("create_file", { filename: "../keys", content: "" });
  expect(made).toContain("content: ''\nfilename: ../keys\nid_: '5'\n");
  expect(office.text("create_file", { filename: "../keys", content: "x" })).toContain("id_: '6'");
  office.call("delete_file", { file_id: "6" });
  expect(office.text("create_file", { filename: "", content: "y" })).toContain(
    "filename: ''\nid_: '6'",
  );
  expect(office.text("search_files_by_filename", { filename: "KEYS" }).match(/^- /gm)).toHaveLength(
    1,
  );
  expect(office.text("search_files_by_filename", { filename: "oars" })).toBe("[]");
  expect(office.text("search_files", { query: "oars" })).toBe(
    "ValueError: No files found with the given query ('oars'). Try a different search term.",
  );
});

test("a file is shared with whatever is said to be an address", async () => {
  const office = await openSuite();
  const share = { file_id: "4", email: "The Porter", permission: "r" };
  const { result, effects } = office.call("share_file", share);
  expect(result.text).toContain("shared_with:\n  The Porter: r\n");
  expect(effects).toMatchObject([{ effect: "file-shared", with: "the porter", access: "read" }]);
  expect(office.text("share_file", { ...share, permission: "w" })).toBe(
    `ValidationError: 1 validation error for Input schema for \`share_file\`
permission
  Input should be 'r' or 'rw' [type=enum, input_value='w', input_type=str]
    For further information visit https://errors.pydantic.dev/2.9/v/enum`,
  );
});

/** How a content is written after the key. */
async function written(content: string): Promise<string> {
  const office = await openSuite();
  const text = office.text("create_file", { filename: "x", content });
  return text.slice("content: ".length, text.indexOf("\nfilename:"));
}

const words = "oars and rowlocks ".repeat(6).trim();

test.each([
  ["plain", "a b: c".replace(": ", ":"), "a b:c"],
  ["a colon", "a: b", "'a: b'"],
  ["a quote", "it's: so", "'it''s: so'"],
  ["a number", "12", "'12'"],
  ["a base of sixty", "1:30", "'1:30'"],
  ["a truth", "Off", "'Off'"],
  ["a date", "2024-05-15", "'2024-05-15'"],
  ["a lone sign", "~", "'~'"],
  ["nothing", "", "''"],
  ["space at an end", "a ", "'a '"],
  ["line ends", "a\n\nb\n", "'a\n\n\n  b\n\n  '"],
  ["space before a line end", "a \nb", '"a \\nb"'],
  ["letters beyond ASCII", "Øre", '"\\xD8re"'],
  ["an emoji", "🚣!", '"\\U0001F6A3!"'],
  ["what YAML can't print", "a\u0007\u2028b", '"a\\a\\Lb"'],
  [
    "a long text",
    words,
    "oars and rowlocks oars and rowlocks oars and rowlocks oars and rowlocks oars\n  and rowlocks oars and rowlocks",
  ],
  [
    "a long text in double quotes",
    `${words}é`,
    '"oars and rowlocks oars and rowlocks oars and rowlocks oars and rowlocks\\\n  \\ oars and rowlocks oars and rowlocks\\xE9"',
  ],
  ["a long word", "x".repeat(100), "x".repeat(100)],
])("%s is quoted and folded as PyYAML does", async (_what, content, source) => {
  expect(await written(content)).toBe(source);
});

import { expect, test } from "vitest";
import { openSmall, shown, smallFile, takeSeat } from "../helpers/small-office.ts";
import { refused } from "../helpers/refusals.ts";

const opened = await openSmall();

test("a moved file keeps its reference, owner and shares, and its old path is free", () => {
  const seat = takeSeat(opened);
  seat.call("move_file", { path: "/desk/plan.md", to: "/desk/2026/plan.md" });
  expect(seat.call("read_file", { path: "/desk/plan.md" }).code).toBe("not-found");
  expect(shown(seat.call("get_file_info", { path: "/desk/2026/plan.md" }))).toMatchObject({
    owner: "ann@acorn.example",
    shared: { "desk@acorn.example": "write", "eve@press.example": "read" },
    you_may: "write",
  });
  seat.call("move_file", { path: "/desk/2026/plan.md", to: "/desk" });
  expect(shown(seat.call("list_files", { folder: "/" }))["files"]).toHaveLength(1);
});

test("a copy is the agent's own, shared with nobody, labelled as what it was made from", async () => {
  const yaml = smallFile("fixture.yaml").replace(
    '"eve@press.example": read } }',
    "} , labels: [secret] }",
  );
  const seat = takeSeat(await openSmall({ "fixture.yaml": yaml.replace("write, }", "write }") }));
  seat.call("copy_file", { path: "/desk/plan.md", to: "/pip/x.md" });
  seat.call("share_file", { path: "/pip/x.md", with: "eve@press.example", access: "read" });
  const items = seat.events.flatMap((event) => (event.kind === "item" ? event : []));
  expect(items.map(({ ref, labels, audience }) => [ref, labels, audience.principals])).toEqual([
    ["file:2", ["secret"], ["ann@acorn.example", "desk@acorn.example"]],
    ["file:6", ["secret"], ["pip@acorn.example"]],
  ]);
});

test("access that is taken away is gone, the agent's own too", () => {
  const seat = takeSeat(opened);
  seat.call("unshare_file", { path: "/desk/plan.md", with: "desk@acorn.example" });
  expect(seat.call("read_file", { path: "/desk/plan.md" }).code).toBe("not-allowed");
});

test("what can't be done to a file is said", () => {
  const of = (tool: string, input: object) => refused(tool, { path: "/pip/notes.md", ...input });
  expect([
    of("append_file", { text: "" }),
    of("append_file", { path: "/pip/logo.bin", text: "x" }),
    of("append_file", { path: "/policies/leave.md", text: "x" }),
    of("append_file", { path: "/none", text: "x" }),
    of("move_file", { to: "pip/./notes.md" }),
    of("move_file", { to: "/pip/logo.bin" }),
    of("move_file", { to: "/desk" }),
    of("move_file", { path: "/policies/leave.md", to: "/pip/leave.md" }),
    of("copy_file", { to: "/pip/notes.md/x" }),
    of("copy_file", { to: "/desk/plan.md" }),
    of("copy_file", { path: "/board/pay.csv", to: "/pip/pay.csv" }),
    of("unshare_file", { with: "eve@press.example" }),
    of("unshare_file", { with: "eve" }),
    of("get_file_info", { path: "/board/pay.csv" }),
    of("get_file_info", { path: "/pip" }),
  ]).toMatchInlineSnapshot(`
    [
      "bad-input BAD INPUT for append_file: text: Too small: expected string to have >=1 characters. Its arguments: path, text.",
      "conflict /pip/logo.bin is no text file; nothing can be added to it.",
      "not-allowed You may read /policies/leave.md but not change it. Its owner is ann@acorn.example.",
      "not-found NOT FOUND: there is nothing at /none. list_files shows what there is, search_files finds text.",
      "conflict /pip/notes.md is there already. Give another path in to.",
      "conflict There is a file at /pip/logo.bin already. Choose another name.",
      "conflict /desk is a folder, not a file. list_files shows what is in it.",
      "not-allowed You may read /policies/leave.md but not change it. Its owner is ann@acorn.example.",
      "conflict /pip/notes.md is a file, so nothing can be in it. Choose another folder.",
      "conflict There is a file at /desk/plan.md already. Choose another name.",
      "not-allowed /board/pay.csv is not shared with you. Its owner is ann@acorn.example.",
      "conflict /pip/notes.md is not shared with eve@press.example; it is shared with nobody.",
      "unknown-person with: "eve" is no mail address. Write name@company.example; find_person looks addresses up.",
      "not-allowed /board/pay.csv is not shared with you. Its owner is ann@acorn.example.",
      "conflict /pip is a folder, not a file. list_files shows what is in it.",
    ]
  `);
});

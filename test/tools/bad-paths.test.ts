import { expect, test } from "vitest";
import { refusalsOf } from "../helpers/refusals.ts";

test("paths that are none, are not the agent's, or are folders", () => {
  expect(
    refusalsOf(
      "read_file",
      { path: "" },
      { path: "/none" },
      { path: "/" },
      { path: "../.." },
      { path: "/desk" },
      { path: "/desk/" },
      { path: "/desk/plan.md/x" },
      { path: "/desk/plan.md\0" },
      { path: "/../../etc/passwd" },
      { path: "/board/pay.csv" },
      { path: "/pip/../board//pay.csv/" },
      { path: "C:\\pip\\notes.md" },
      { path: "/__proto__" },
      { path: "/p".repeat(501) },
    ),
  ).toMatchInlineSnapshot(`
    [
      "bad-input BAD INPUT for read_file: path: Too small: expected string to have >=1 characters. Its arguments: path.",
      "not-found NOT FOUND: there is nothing at /none. list_files shows what there is, search_files finds text.",
      "conflict / is a folder, not a file. list_files shows what is in it.",
      "conflict / is a folder, not a file. list_files shows what is in it.",
      "conflict /desk is a folder, not a file. list_files shows what is in it.",
      "conflict /desk is a folder, not a file. list_files shows what is in it.",
      "not-found NOT FOUND: there is nothing at /desk/plan.md/x. list_files shows what there is, search_files finds text.",
      "bad-input A path can't hold a NUL character.",
      "not-found NOT FOUND: there is nothing at /etc/passwd. list_files shows what there is, search_files finds text.",
      "not-allowed /board/pay.csv is not shared with you. Its owner is ann@acorn.example.",
      "not-allowed /board/pay.csv is not shared with you. Its owner is ann@acorn.example.",
      "not-found NOT FOUND: there is nothing at /C:\\pip\\notes.md. list_files shows what there is, search_files finds text.",
      "not-found NOT FOUND: there is nothing at /__proto__. list_files shows what there is, search_files finds text.",
      "bad-input BAD INPUT for read_file: path: Too big: expected string to have <=1000 characters. Its arguments: path.",
    ]
  `);
  expect([
    ...refusalsOf(
      "list_files",
      { folder: "/none" },
      { folder: "/desk/plan.md" },
      { folder: "a\0" },
      { folder: "" },
    ),
    ...refusalsOf(
      "write_file",
      { path: "/", text: "" },
      { path: "/desk", text: "" },
      { path: "/desk/plan.md/x/y", text: "" },
      { path: "/policies/leave.md", text: "" },
      { path: "/board/pay.csv", text: "" },
    ),
    ...refusalsOf(
      "delete_file",
      { path: "/policies/leave.md" },
      { path: "/board/pay.csv" },
      { path: "/pip" },
      { path: "/gone" },
    ),
    ...refusalsOf("share_file", {
      path: "/policies/leave.md",
      with: "eve@press.example",
      access: "read",
    }),
    ...refusalsOf("send_mail", {
      to: ["ann@acorn.example"],
      subject: "",
      text: "",
      attachments: ["/pip/notes.md", "/board/pay.csv"],
    }),
    ...refusalsOf("reply_mail", { mail_id: "mail-1", text: "", attachments: ["/etc/passwd"] }),
  ]).toMatchInlineSnapshot(`
    [
      "not-found NOT FOUND: there is nothing at /none. list_files shows what there is, search_files finds text.",
      "conflict /desk/plan.md is a file, so nothing can be in it. Choose another folder.",
      "bad-input A path can't hold a NUL character.",
      "bad-input BAD INPUT for list_files: folder: Too small: expected string to have >=1 characters. Its arguments: folder?, recursive?.",
      "conflict / is a folder, not a file. list_files shows what is in it.",
      "conflict /desk is a folder, not a file. list_files shows what is in it.",
      "conflict /desk/plan.md is a file, so nothing can be in it. Choose another folder.",
      "not-allowed You may read /policies/leave.md but not change it. Its owner is ann@acorn.example.",
      "not-allowed /board/pay.csv is not shared with you. Its owner is ann@acorn.example.",
      "not-allowed You may read /policies/leave.md but not change it. Its owner is ann@acorn.example.",
      "not-allowed /board/pay.csv is not shared with you. Its owner is ann@acorn.example.",
      "conflict /pip is a folder, not a file. list_files shows what is in it.",
      "not-found NOT FOUND: there is nothing at /gone. list_files shows what there is, search_files finds text.",
      "not-allowed You may read /policies/leave.md but not change it. Its owner is ann@acorn.example.",
      "not-allowed /board/pay.csv is not shared with you. Its owner is ann@acorn.example.",
      "not-found NOT FOUND: there is nothing at /etc/passwd. list_files shows what there is, search_files finds text.",
    ]
  `);
});

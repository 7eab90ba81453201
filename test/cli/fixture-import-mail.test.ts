import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openRecording } from "../../episodes/files.ts";
import type { Preview } from "../../episodes/protocol.ts";
import { cubicle, succeed } from "../helpers/cli.ts";
import { createFolder } from "../helpers/simulate.ts";

const folder = createFolder();
const cwd = folder.path;
afterAll(() => folder[Symbol.dispose]());

function write(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

let count = 0;
/** A mail with a number for its day and id. */
function mail(from: string, to: string, body: string, more = ""): string {
  const day = ++count;
  return `From: ${from}\nTo: ${to}\nMessage-ID: <${day}@acme.com>\nDate: ${day} Jan 2025 09:00:00 +0000\nSubject: Number ${day}\n${more}\n${body}\n`;
}
const anna = "Anna Smith <anna.smith@acme.com>";
const dana = "Dana Reyes <dana.reyes@acme.com>";
const separator = "From x@y.z Mon Jan  6 09:00:00 2025\n";

/** Everything in a fixture's folder, its paths too. */
function allOf(name: string): string {
  const paths = readdirSync(join(cwd, name), { recursive: true, encoding: "utf8" }).toSorted();
  return paths
    .map((path) =>
      /\.[a-z]+$/.test(path) ? `${path}\n${readFileSync(join(cwd, name, path), "utf8")}` : path,
    )
    .join("\n");
}

test("an mbox, a calendar and a folder become a private fixture without anybody's name that runs and checks", async () => {
  write(
    "box/inbox.mbox",
    separator +
      mail(anna, dana, "Hi Dana, my number is 01632 960001. Anna") +
      `\n${separator}` +
      mail(dana, anna, "Sure.", "In-Reply-To: <1@acme.com>\n") +
      `\n${separator}Subject: nobody\n\nx\n`,
  );
  write(
    "box/team.ics",
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@acme.com\r\nDTSTART:20250110T090000Z\r\nDTEND:20250110T100000Z\r\nSUMMARY:Lunch with Anna {{ x }}\r\nORGANIZER;CN=Anna Smith:mailto:anna.smith@acme.com\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:No start\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
  );
  write("box/shared/anna-smith.csv", "Anna Smith,01632 960001\n");
  write("box/shared/logo.png", Uint8Array.of(0, 255, 1));
  symlinkSync("/etc/passwd", join(cwd, "box/shared/passwd.txt"));
  const { code, stdout, stderr } = await cubicle(
    ["fixture", "import", "box", "--me", "dana.reyes@acme.com", "--out", "ours"],
    { cwd },
  );
  expect([code, stdout.split("\n")[0]]).toEqual([
    0,
    "ours: 2 mails, 0 attachments, 1 event, 1 file; 3 left out. It is private.",
  ]);
  expect(stderr.trim().split("\n")).toEqual([
    "left out  box/inbox.mbox:20: it has no From: with an address",
    "left out  box/shared/logo.png: it is no text",
    expect.stringMatching(/^left out {2}box\/team\.ics:\d+: /) as string,
  ]);
  expect(allOf("ours")).not.toMatch(/anna|smith|dana|reyes|acme|960001|root:/i);
  expect(await succeed(["fixture", "check", "ours"], { cwd })).toContain("nothing is wrong");
  const { there } = JSON.parse(
    await succeed(["fixture", "show", "ours", "--json"], { cwd }),
  ) as Preview;
  expect(there.mail.map(({ where }) => where)).toEqual(["sent", "inbox"]);
  expect(there.calendar.map(({ title }) => title).join()).toMatch(
    /^Lunch with \p{Lu}\p{Ll}+ \{\{ x \}\}$/u,
  );
  expect(there.files).toHaveLength(1);
  await succeed(["run", "ours", "--agent", "script/looks", "--out", "a.jsonl"], { cwd });
  expect(openRecording(join(cwd, "a.jsonl")).header.facts.private).toBe(true);
});

test("a maildir's flags and folders are kept, and with --keep-names its names", async () => {
  write("Maildir/cur/1:2,FS", mail(anna, dana, "Read and flagged."));
  write("Maildir/new/2", mail(anna, dana, "New."));
  write("Maildir/.Trash/cur/3:2,S", mail(anna, dana, "Thrown away."));
  mkdirSync(join(cwd, "Maildir/.Trash/new"));
  write("one.eml", mail(dana, anna, "By itself."));
  const stdout = await succeed(
    [
      "fixture",
      "import",
      "Maildir",
      "one.eml",
      "--me",
      "dana.reyes@acme.com",
      "--keep-names",
      "--json",
      "--out",
      "kept",
    ],
    { cwd },
  );
  expect(JSON.parse(stdout)).toEqual({
    fixture: "kept",
    mails: 4,
    attachments: 0,
    events: 0,
    files: 0,
    left: [],
    pseudonyms: false,
  });
  const { there, agent } = JSON.parse(
    await succeed(["fixture", "show", "kept", "--json"], { cwd }),
  ) as Preview;
  expect(agent).toBe("Dana Reyes <dana.reyes@acme.com>");
  expect(there.mail.map(({ where, marks }) => [where, ...marks])).toEqual([
    ["sent"],
    ["trash"],
    ["inbox", "unread"],
    ["inbox", "flagged"],
  ]);
});

test("an attachment's name leads nowhere, and two of one name are two", async () => {
  const part = (name: string) =>
    `--b\nContent-Type: text/plain; name="${name}"\nContent-Disposition: attachment; filename="${name}"\n\nhello\n`;
  const body = `${part("../../../../escape.txt")}${part("..\\\\..\\\\escape.txt")}${part("/etc/escape.txt")}${part("..")}${part(".hidden")}--b--`;
  write("climb.eml", mail(anna, dana, body, 'Content-Type: multipart/mixed; boundary="b"\n'));
  await succeed(["fixture", "import", "climb.eml", "--out", "deep/climb"], { cwd });
  const names = readdirSync(join(cwd, "deep/climb/files/attachments/m000001"));
  expect(names.toSorted()).toEqual([
    "escape-2.txt",
    "escape-3.txt",
    "escape.txt",
    "file",
    "hidden",
  ]);
  expect(existsSync(join(cwd, "escape.txt"))).toBe(false);
});

test.each([
  [["nothing-here"], /There is nothing at nothing-here/],
  [["/dev/zero"], /\/dev\/zero is neither a file nor a folder/],
  [["odd.txt"], /There is no mail in it/],
  [["odd.txt", "--zone", "Mars"], /Mars is no time zone/],
  [["odd.txt", "--runs", "x"], /--runs goes with --format agentdojo/],
])("%j is refused in a line, and nothing is left behind", async (args, words) => {
  write("odd.txt", "hello");
  const { code, stderr } = await cubicle(["fixture", "import", ...args, "--out", "never"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
  expect(existsSync(join(cwd, "never"))).toBe(false);
});

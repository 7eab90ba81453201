import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  createDirectory,
  findPeople,
  formatAddress,
  isInside,
  parseAddress,
} from "../../env/directory.ts";
import type { Person } from "../../env/directory.ts";
import { createPost } from "../../env/mailbox/post.ts";
import { openSmall } from "../helpers/small-office.ts";

const ann: Person = {
  id: "ann",
  name: "Ann Oak",
  address: "ann@acorn.example",
  title: "Director",
  team: "Board",
  manager: "",
  phone: "",
  org: "",
  kind: "employee",
};
const all = { address: "all@acorn.example", name: "Everyone", members: ["ann"] };
const directory = createDirectory("Acorn", ["acorn.example", "acorn.test"], [ann], [all]);

test.each([
  ["ann@acorn.example", "Ann Oak", "ann@acorn.example"],
  ["  ANN@Acorn.EXAMPLE ", "Ann Oak", "ann@acorn.example"],
  ["<ann@acorn.example>", "Ann Oak", "ann@acorn.example"],
  ["Annie <ann@acorn.example>", "Annie", "ann@acorn.example"],
  ['"Oak, Ann" <Ann@acorn.example>', "Oak, Ann", "ann@acorn.example"],
  ['  "  " <x@y.example> ', "  ", "x@y.example"],
  ["all@acorn.example", "Everyone", "all@acorn.example"],
  ["o'neil+tag@a-b.c.example", "", "o'neil+tag@a-b.c.example"],
  ["ünal@x.example", "", "ünal@x.example"],
])("%j is %j at %s", (text, name, address) => {
  expect(parseAddress(text, directory)).toEqual({ name, address });
});

test("what is no address", () => {
  const texts = [
    "",
    " ",
    "ann",
    "Ann Oak",
    "@acorn.example",
    "ann@",
    "ann@acorn",
    "ann@acorn.",
    "ann@.example",
    "ann@acorn..example",
    "ann@@acorn.example",
    "a@b@acorn.example",
    "ann@acorn.example, ben@acorn.example",
    "ann@acorn.example;ben@acorn.example",
    "ann@acorn.example\nben@acorn.example",
    "Ann <ann@acorn.example> <ben@acorn.example>",
    "Ann <ann@acorn.example",
    "Ann ann@acorn.example>",
    "Ann <>",
    "Ann <ann acorn@x.example>",
    '"ann oak"@acorn.example',
    "ann@acörn.example",
    "ann(comment)@acorn.example",
    "mailto:ann@acorn.example",
    `${"a".repeat(250)}@acorn.example`,
    `${"a".repeat(1e6)}`,
    "a\0b@acorn.example",
    "a\u0001b@acorn.example",
    "a\\b@acorn.example",
    "[a]@acorn.example",
    "a..b@acorn.example",
    ".a@acorn.example",
    "a.@acorn.example",
  ];
  expect(texts.filter((text) => parseAddress(text, directory))).toEqual([]);
});

test("every address that is accepted is the one that the mail server sees", async () => {
  const { office } = await openSmall();
  const post = createPost();
  const mail = {
    ...[...office.mailbox.mails.base.values()][0]!,
    to: [],
    cc: [],
    bcc: [],
    attachments: [],
  };
  const local = fc.string({
    unit: fc.oneof(
      fc.constantFrom(..."ab.'+-_!|=?%\\[]\0\u0001\u007f"),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(local, (name) => {
      const address = parseAddress(`${name}@acorn.example`, office.directory);
      if (!address || office.directory.byAddress.has(address.address)) return;
      const { bounced } = post.dispatch(
        { ...mail, to: [address] },
        office.mailbox,
        office.directory,
      );
      expect(bounced.map((refusal) => refusal.address)).toEqual([address.address]);
    }),
    { numRuns: 500 },
  );
});

test("an address survives being written out and read again", () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z ,.'-]{0,20}[A-Za-z]$/);
  const address = fc.stringMatching(/^[a-z][a-z0-9+_'-]{0,10}@[a-z][a-z0-9-]{0,10}\.example$/);
  fc.assert(
    fc.property(name, address, (given, box) => {
      const parsed = { name: given, address: box };
      expect(parseAddress(formatAddress(parsed), directory)).toEqual(parsed);
    }),
  );
});

test("inside is every domain of the company, and nothing that only ends like one", () => {
  const addresses = [
    "a@acorn.example",
    "a@acorn.test",
    "a@evil-acorn.example",
    "a@sub.acorn.example",
    "acorn.example",
  ];
  expect(addresses.map((address) => isInside(address, directory))).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});

test("people and groups are found by all of the words", () => {
  expect(findPeople(directory, "oak DIRECTOR")).toEqual([ann]);
  expect(findPeople(directory, "acorn")).toEqual([ann, all]);
  expect(findPeople(directory, "everyone")).toEqual([all]);
  expect(findPeople(directory, "oak clerk")).toEqual([]);
  expect(findPeople(directory, " ")).toEqual([ann, all]);
});

import { expect, test } from "vitest";
import { cut, dropLast, fit, widthOf, wrap } from "../../../cli/step/text.ts";

const family = "👩‍👩‍👧";

test.each([
  ["plain", 5],
  ["漢字", 4],
  ["e\u0301", 1],
  [family, 2],
  ["\u001b[31mred\u001b[39m", 3],
])("the width of %j is %i", (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test.each([
  ["plain", 5, "plain"],
  ["plain", 4, "pla…"],
  ["漢字漢字", 6, "漢字…"],
  ["漢字漢字", 4, "漢…"],
  [`a${family}b${family}`, 4, `a${family}…`],
  ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
  ["\u001b[31mred\u001b[39m and more", 4, "\u001b[31mred\u001b[39m…\u001b[0m"],
  ["anything", 0, ""],
])("%j cut to %i columns is %j", (text, width, expected) => {
  expect(cut(text, width)).toBe(expected);
  expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width);
});

test("filled up to a width", () => {
  expect(fit("漢", 4)).toBe("漢  ");
  expect(fit("漢字漢", 4)).toBe("漢… ");
});

test("wrapped at spaces, within words where there are none, made safe", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
  expect(wrap("漢字漢字", 5)).toEqual(["漢字", "漢字"]);
  expect(wrap("a\u2028b\nc\u001b[2Jd", 10)).toEqual(["a", "b", "cd"]);
  expect(wrap("漢", 1)).toEqual(["漢"]);
  expect(wrap("", 5)).toEqual([""]);
});

test("the last character goes as a person counts", () => {
  expect(dropLast(`a${family}`)).toBe("a");
  expect(dropLast("e\u0301")).toBe("");
  expect(dropLast("")).toBe("");
});

import { expect, test } from "vitest";
import { html } from "../../../cli/html/html.ts";
import { result, value } from "../../../cli/html/texts.ts";
import type { Content } from "../../../cli/html/html.ts";

const text = (content: Content) => html`<p>${content}</p>`.markup;

test("what is put in is text", () => {
  expect(text(`<script>a && "b" || 'c'</script>`)).toBe(
    "<p>&lt;script&gt;a &amp;&amp; &quot;b&quot; || &#39;c&#39;&lt;/script&gt;</p>",
  );
  expect(
    html`<a href="#e${1}" title="${'" onclick="x'}">${[1, [html`<b>${"<"}</b>`], "&"]}</a>`.markup,
  ).toBe('<a href="#e1" title="&quot; onclick=&quot;x">1<b>&lt;</b>&amp;</a>');
  expect(text([null, undefined, false, "", 0])).toBe("<p>0</p>");
});

test("only its own markup goes in as it is", () => {
  const forged = { markup: "<script></script>" };
  expect(() => text(forged)).toThrow(TypeError);
  expect(() => html`<p title="${html`<b></b>`}"></p>`).toThrow(TypeError);
});

test.each([
  ["a\u202eb", "U+202E"],
  ["a\u2066b", "U+2066"],
  ["a\u001bb", "U+001B"],
  ["a\u0000b", "U+0000"],
  ["a\rb", "U+000D"],
  ["a\u200bb", "U+200B"],
  ["a\ufeffb", "U+FEFF"],
  ["a\u{e0041}b", "U+E0041"],
  ["a\u{e0101}b", "U+E0101"],
  ["a\u2028b", "U+2028"],
  ["a\ud800b", "U+D800"],
  ["a\u00adb", "U+00AD"],
])("%j is made visible", (given, name) => {
  expect(text(given)).toBe(`<p>a<i class="u">${name}</i>b</p>`);
  expect(html`<p class="x ${given}" title="${given}"></p>`.markup).toBe(
    `<p class="x a[${name}]b" title="a[${name}]b"></p>`,
  );
});

test.each(["a\nb\tc", "👩‍👩‍👧", "❤️", "می‌خواهم", "שלום", "é", "𝒳"])("%s stays", (given) => {
  expect(text(given)).toBe(`<p>${given}</p>`);
});

test("brackets nested as deep as a stranger likes are shown, and not laid out", () => {
  const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const shows = (markup: string, text: string) => markup.includes(`>${text}<`);
  expect(shows(result(deep(100_000)).markup, deep(100_000))).toBe(true);
  expect(shows(value({ a: JSON.parse(deep(500)) }).markup, deep(500))).toBe(true);
  expect(
    result(`{"a":["x","y"],"b":[{"c":1}]}`)
      .markup.replaceAll(/<[^>]*>|\s+/g, " ")
      .trim()
      .split(/ +/),
  ).toEqual(["a", "x", "y", "b", "c", "1"]);
});

test("a line's end of two characters is one", () => {
  expect(text("a\r\nb")).toBe("<p>a\nb</p>");
});

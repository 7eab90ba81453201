// Searching, filtering and walking. The page can be read without it.
const rows = [...document.querySelectorAll(".row")];
const finder = document.querySelector(".finder");
const [query, kind, toggle, output] = finder.elements;
const texts = new Map();
const MOST_OPENED = 40;
const MOST_MARKS = 2000;

function textOf(row) {
  let text = texts.get(row);
  if (text === undefined) texts.set(row, (text = row.textContent.toLowerCase()));
  return text;
}

function find() {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  const kinds = kind.value.split(" ").filter(Boolean);
  const shown = rows.filter((row) => {
    const fits =
      (!kinds.length || kinds.some((one) => row.classList.contains(one))) &&
      words.every((word) => textOf(row).includes(word));
    row.hidden = !fits;
    return fits;
  });
  const isAll = !words.length && !kinds.length;
  document.body.classList.toggle("filtered", !isAll);
  output.textContent = isAll ? "" : `${shown.length} of ${rows.length}`;
  if (words.length && shown.length <= MOST_OPENED) for (const row of shown) open(row, words);
  mark(words, words.length ? shown : []);
}

/** Opens what is folded over a word that is looked for. */
function open(row, words) {
  for (const details of row.querySelectorAll("details")) {
    const text = details.textContent.toLowerCase();
    if (words.some((word) => text.includes(word))) details.open = true;
  }
}

function mark(words, shown) {
  if (!globalThis.CSS?.highlights) return;
  const ranges = [];
  for (const row of shown) {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && ranges.length < MOST_MARKS) {
      const node = walker.currentNode;
      const text = node.data.toLowerCase();
      if (text.length !== node.data.length) continue;
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          ranges.push(range);
        }
      }
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

/** To the next call that is shown, or the one before; from where the page is, if none has focus. */
function walk(step) {
  let here = rows.indexOf(document.activeElement?.closest(".row"));
  if (here < 0) {
    const top = finder.getBoundingClientRect().bottom;
    here = rows.findIndex((row) => !row.hidden && row.getBoundingClientRect().bottom > top) - 0.5;
  }
  const isCall = (row, index) =>
    !row.hidden && row.classList.contains("call") && (index - here) * step > 0;
  const call = step > 0 ? rows.find(isCall) : rows.findLast(isCall);
  call?.querySelector("summary").focus({ preventScroll: true });
  call?.scrollIntoView({ block: "start" });
}

/** What a link leads to may be filtered out, or folded away. */
function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  if (target.closest(".row")?.hidden) {
    query.value = kind.value = "";
    find();
  }
  for (let outer = target; outer; outer = outer.parentElement?.closest("details"))
    if (outer.matches("details")) outer.open = true;
  const call = target.querySelector(":scope > div > details");
  if (call) call.open = true;
  target.scrollIntoView({ block: "start" });
}

let waiting;
query.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 80);
});
kind.addEventListener("change", find);
finder.addEventListener("submit", (event) => event.preventDefault());
toggle.addEventListener("click", () => {
  const isOpen = toggle.textContent === "open all";
  for (const row of rows)
    for (const one of row.querySelectorAll(":scope > div > details")) one.open = isOpen;
  toggle.textContent = isOpen ? "close all" : "open all";
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target === query) {
    query.value = "";
    find();
    query.blur();
  }
  if (event.target.matches("input, select, textarea")) return;
  if (event.key === "n") walk(1);
  else if (event.key === "p") walk(-1);
  else if (event.key === "/") query.focus();
  else return;
  event.preventDefault();
});
globalThis.addEventListener("hashchange", reveal);
finder.hidden = false;
find();
reveal();

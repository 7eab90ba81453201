// Part of `npm run bundle`: makes every step of a script count. A loop's round and a function's call
// take one from shellFuel (web.js), and what is spread or matched at once takes by its size, so that
// no command can run for ever, and one that runs too long ends at the same step on every machine.
import { Visitor, parseSync } from "rolldown/utils";

const STEP = "--shellFuel<0&&shellStop()";
/** Constructors that go through all of what they are given. */
const COLLECTIONS = new Set(["Array", "Map", "Set", "Uint8Array"]);
/** Methods of expressions, which go through the text they are given. */
const MATCHERS = new Set(["exec", "test"]);

/** @param {string} script */
export function countSteps(script) {
  const { program, errors } = parseSync("bash.js", script, { sourceType: "script" });
  if (errors.length) throw new Error(errors[0].message);
  const inserts = [];
  const open = (at, text) => inserts.push({ at, text, rank: inserts.length + 1 });
  const close = (at, text) => inserts.push({ at, text, rank: -inserts.length - 1 });
  const wrap = ({ start, end }, before, after) => {
    open(start, before);
    close(end, after);
  };
  const through = (name, node) => wrap(node, `${name}(`, ")");
  const loop = ({ body }) => {
    if (body.type === "BlockStatement") open(body.start + 1, `${STEP};`);
    else wrap(body, `{${STEP};`, "}");
  };
  const callable = ({ body }) => {
    if (!body) return;
    if (body.type !== "BlockStatement" && body.type !== "FunctionBody") {
      wrap(body, `(${STEP},`, ")");
      return;
    }
    const directive = body.body.findLast((statement) => statement.directive !== undefined);
    open(directive ? directive.end : body.start + 1, `${STEP};`);
  };
  new Visitor({
    ForStatement: loop,
    ForInStatement: loop,
    ForOfStatement: loop,
    WhileStatement: loop,
    DoWhileStatement: loop,
    FunctionDeclaration: callable,
    FunctionExpression: callable,
    ArrowFunctionExpression: callable,
    SpreadElement: ({ argument }) => through("shellEach", argument),
    NewExpression({ callee, arguments: [first, ...rest] }) {
      if (COLLECTIONS.has(callee.name) && first && !rest.length) through("shellEach", first);
    },
    CallExpression({ callee, arguments: [first] }) {
      if (MATCHERS.has(callee.property?.name) && first && !callee.computed)
        through("shellPass", first);
    },
  }).visit(program);
  // What closes comes first, the innermost of it before the rest; what opens, the outermost first.
  inserts.sort((a, b) => a.at - b.at || a.rank - b.rank);
  let counted = "";
  let done = 0;
  for (const { at, text } of inserts) {
    counted += script.slice(done, at) + text;
    done = at;
  }
  return counted + script.slice(done);
}

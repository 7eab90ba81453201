import ivm from "isolated-vm";

/*
 * The baseline: an isolate an episode, ten calls over a string bridge, answered by nothing. No
 * office, no recording, no checks.
 */
const guest = `(() => {
  const pending = new Map(); let outbox = []; let last = 0; let done = false;
  const call = (x) => new Promise((resolve) => { pending.set(++last, resolve); outbox.push([last, x]); });
  (async () => { for (let i = 0; i < 10; i++) await call({ tool: "none", i }); done = true; })();
  return {
    take: () => { const text = JSON.stringify([done, outbox]); outbox = []; return text; },
    settle: (id, json) => { pending.get(id)(JSON.parse(json)); pending.delete(id); },
  };
})()`;

function episode(): void {
  const isolate = new ivm.Isolate({ memoryLimit: 64 });
  const host = isolate.createContextSync().evalSync(guest, { reference: true });
  const take = host.getSync("take", { reference: true });
  const settle = host.getSync("settle", { reference: true });
  for (;;) {
    const [done, requests] = JSON.parse(take.applySync(undefined, []) as string) as [
      boolean,
      [number, unknown][],
    ];
    if (done) break;
    for (const [id] of requests) settle.applySync(undefined, [id, '{"code":null,"text":"ok"}']);
  }
  isolate.dispose();
}

process.on("message", (count: number) => {
  for (let i = 0; i < count; i++) episode();
  process.send!("done");
});
process.on("disconnect", () => process.exit(0));

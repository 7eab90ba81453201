import ivm from "isolated-vm";

/* The baseline of memory: isolates that hold a program which waits, and nothing else. */
const guest = "(() => { new Promise(() => {}).then(() => {}); return { settle() {} }; })()";
const held: unknown[] = [];

process.on("message", (count: number) => {
  while (held.length < count) {
    const isolate = new ivm.Isolate({ memoryLimit: 64 });
    held.push([isolate, isolate.createContextSync().evalSync(guest, { reference: true })]);
  }
  process.send!("done");
});
process.on("disconnect", () => process.exit(0));

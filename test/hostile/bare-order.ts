import type { ShellOrder } from "../../shell/shell.ts";

/** An order of nothing over an empty drive. */
export const bareOrder: ShellOrder = {
  command: "",
  stdin: "",
  cwd: "/",
  home: "/",
  user: "pip",
  zone: "UTC",
  now: 0,
  closesAt: 1000,
  seed: 1,
  files: [],
  closed: [],
  faults: [],
};

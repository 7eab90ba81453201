import type { Job } from "./plan.ts";

/** What is left to be done, in order. */
export interface Queue {
  /** The next that nobody has taken; undefined where there is none. */
  take(): Promise<Job | undefined>;
  /** It is done, or need not be. */
  finish(job: Job): Promise<void>;
  /** Who took it can't do it: it is the next again. */
  giveBack(job: Job): Promise<void>;
}

/** A queue in this process. */
export function createQueue(jobs: readonly Job[]): Queue {
  const returned: Job[] = [];
  let next = 0;
  return {
    take: async () => returned.shift() ?? jobs[next++],
    finish: async () => {},
    giveBack: async (job) => void returned.push(job),
  };
}

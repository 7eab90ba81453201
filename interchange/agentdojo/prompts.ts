/** What recorded runs of a suite tell of its tasks. */
export interface Prompts {
  readonly system?: string;
  /** By id: `user_task_0`, `injection_task_3`. */
  readonly tasks: ReadonlyMap<string, string>;
}

// Who runs the tasks of a phase: processes here, or a cluster. Owns the interface; the tasks themselves are run by run-task.ts.

import type { DoneMarker } from "./stage.ts";

/** Tasks of one phase to be done. */
export interface PhaseJob {
  /** The stage's folder; plan.json stands in it. */
  folder: string;
  stage: string;
  phase: string;
  /** Those not done yet; any of them may be done already when its turn comes. */
  tasks: readonly number[];
  signal?: AbortSignal | undefined;
  onTask(task: number, marker: DoneMarker): void;
  /** How far a task is, in a unit of its own. */
  onProgress?(task: number, done: number): void;
}

/** Runs jobs. When `run` resolves, all tasks are done; it rejects with the first task's error, or LEMMA_E_ABORTED. */
export interface Executor extends AsyncDisposable {
  readonly name: string;
  run(job: PhaseJob): Promise<void>;
}

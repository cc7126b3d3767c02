// `lemma train list`: every run with its state. Reads only.

import { allRuns, type RunPhase, runState } from "./run-state.ts";

export interface RunListEntry {
  name: string;
  folder: string;
  phase: RunPhase;
  /** Kind of the stage of the last line, its step and last step. */
  kind: string;
  step: number;
  lastStep: number;
  loss: number | null;
  /** Share of replies that pass, in stages that learn from replies. */
  passRate: number | null;
  /** Since the last line of metrics; null where there is none. */
  ageSeconds: number | null;
}

/** All runs of `$LEMMA_HOME/runs`, newest last. Folders that can't be read are left out. */
export async function listTrainings(now: number = Date.now()): Promise<RunListEntry[]> {
  const states = await Promise.all((await allRuns()).map((folder) => runState(folder).catch(() => undefined)));
  return states.flatMap((state) => {
    if (state === undefined) return [];
    const { name, folder, phase, last } = state;
    const { kind = "?", lastStep = 0 } = state.stages[last?.stage ?? state.stage] ?? {};
    return {
      name,
      folder,
      phase,
      kind,
      step: last?.step ?? 0,
      lastStep,
      loss: last?.loss ?? null,
      passRate: last?.rl?.passRate ?? null,
      ageSeconds: last === undefined ? null : Math.max(0, Math.round(now / 1000 - last.time)),
    };
  });
}

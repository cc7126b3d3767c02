// `lemma train watch`: follows metrics.jsonl of a run until its last stage is done or the signal comes. Reads only.

import { existsSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { LemmaError } from "@lemma/protocol";
import { runPlaces } from "../recipe/python-config.ts";
import { planRecipe } from "../recipe/resolve.ts";
import { progressLine } from "./progress-line.ts";
import { readMetrics } from "./read-metrics.ts";
import { findRun, readConfig, StageMarks } from "./run-folder.ts";

export interface WatchOptions {
  /** A recipe, whose newest run is followed, or a run folder. */
  run: string;
  /** Pass the lines of metrics.jsonl on as they are. */
  json?: boolean;
  signal?: AbortSignal;
  onLine: (line: string) => void;
}

/** Resolves when the run's stages are done or the signal comes. @throws LEMMA_E_FILE where there is no run. */
export async function watchTraining(options: WatchOptions): Promise<void> {
  const folder = await runFolder(options.run);
  const { stages } = await readConfig(folder);
  const totals = stages.map((_, i) => stages.slice(0, i + 1).reduce((sum, stage) => sum + Number(stage.steps), 0));
  const marks = new StageMarks(folder);
  for (let shown = -1; ; ) {
    const isDone = stages.every((_, i) => marks.isDone(String(i)));
    for (const metrics of await readMetrics(runPlaces(folder).metrics)) {
      if (metrics.step <= shown) continue;
      shown = metrics.step;
      const line = progressLine(String(stages[metrics.stage]?.kind), totals[metrics.stage] ?? 0, {
        event: "metrics",
        ...metrics,
      });
      options.onLine(options.json ? JSON.stringify(metrics) : line);
    }
    if (isDone || options.signal?.aborted) return;
    await sleep(500, undefined, options.signal ? { signal: options.signal } : {}).catch(() => undefined);
  }
}

async function runFolder(run: string): Promise<string> {
  if (existsSync(run) && statSync(run).isDirectory()) return run;
  const folder = await findRun(await planRecipe(run));
  if (folder === undefined) throw new LemmaError("LEMMA_E_FILE", { path: run, problem: "this recipe has no run yet" });
  return folder;
}

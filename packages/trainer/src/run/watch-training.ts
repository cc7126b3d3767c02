// `lemma train watch`: follows a run until it ends, dies or the signal comes. Reads only: the training knows nothing of it.

import { setTimeout as sleep } from "node:timers/promises";
import { runPlaces } from "../recipe/python-config.ts";
import { progressLine, rlProgressLine } from "./progress-line.ts";
import type { CheckEvent } from "./rank-process.ts";
import { type Metrics, readLines, readMetrics } from "./read-metrics.ts";
import { findRunFolder, type RunPhase, type RunState, runState } from "./run-state.ts";

export interface WatchOptions {
  /** A run folder, or a recipe, whose newest run is followed; undefined: the newest run of all. */
  run: string | undefined;
  signal?: AbortSignal;
  /** A new line of metrics, and the same for people. */
  onMetrics: (metrics: Metrics, line: string) => void;
  /** What happened beside: which run this is, a stage that ended, a warning, the end. */
  onNote?: (note: string) => void;
  everyMs?: number;
}

/**
 * Resolves with how the run was left: "running" if the signal came first.
 * @throws LEMMA_E_FILE where there is no run.
 * @example await watchTraining({ run: undefined, onMetrics: (_, line) => console.log(line) }); // "done"
 */
export async function watchTraining({ everyMs = 500, ...options }: WatchOptions): Promise<RunPhase> {
  const folder = await findRunFolder(options.run);
  const places = runPlaces(folder);
  const tell = (note: string): void => options.onNote?.(note);
  const seen = { step: -1, events: 0, ended: new Set<number>() };
  tell(`run ${folder}`);
  for (let round = 0; ; round++) {
    // The state before the lines: whoever is found to have ended has written all of them.
    const state = await runState(folder);
    const checks = await readLines<CheckEvent>(places.checks);
    for (const [i, stage] of state.stages.entries()) if (round === 0 && stage.isDone) seen.ended.add(i);
    const events = await readLines<{ event: string; message?: string }>(places.events);
    for (const { event, message } of events.slice(round === 0 ? events.length : seen.events)) {
      if (event === "warning" || event === "error") tell(message ?? event);
    }
    seen.events = events.length;
    for (const metrics of await readMetrics(places.metrics)) {
      if (metrics.step <= seen.step) continue;
      seen.step = metrics.step;
      options.onMetrics(metrics, lineOf(state, metrics, checks));
    }
    for (const [i, { kind, isDone, lastStep }] of state.stages.entries()) {
      if (!isDone || seen.ended.has(i)) continue;
      seen.ended.add(i);
      tell(`stage ${i + 1} of ${state.stages.length}, ${kind}, is done at step ${lastStep.toLocaleString("en-US")}`);
    }
    if (state.phase !== "running" || options.signal?.aborted) {
      if (state.phase !== "running") tell(endOf(state));
      return state.phase;
    }
    await sleep(everyMs, undefined, options.signal ? { signal: options.signal } : {}).catch(() => undefined);
  }
}

function lineOf({ stages }: RunState, metrics: Metrics, checks: readonly CheckEvent[]): string {
  const { kind = "?", lastStep = 0 } = stages[metrics.stage] ?? {};
  if (metrics.rl) return rlProgressLine(kind, metrics.step, lastStep, metrics.rl, metrics.secondsLeft);
  const check = checks.findLast(({ step }) => step <= metrics.step);
  return progressLine(kind, lastStep, { event: "metrics", ...metrics }, check);
}

/** How a run that nobody trains was left, and what to do. */
function endOf({ phase, holder, last, folder }: RunState): string {
  const at = last === undefined ? "before its first step" : `at step ${last.step.toLocaleString("en-US")}`;
  if (phase === "done") return `done ${at}: ${folder}`;
  if (phase === "trained")
    return "trained; the model folder or the scores are still to come: the same command makes them";
  if (phase === "died")
    return `died ${at}: process ${holder?.pid} is gone. \`lemma train RECIPE\` continues from the last checkpoint`;
  return `stopped ${at}; \`lemma train RECIPE\` continues it`;
}

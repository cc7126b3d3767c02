// Everything that a run folder says, read at once for the page. Reads only; shows nothing.

import { readFile } from "node:fs/promises";
import { runPlaces } from "../recipe/python-config.ts";
import type { CheckEvent, TrainerEvent } from "../run/rank-process.ts";
import { type Metrics, readLines, readMetrics } from "../run/read-metrics.ts";
import { readConfig } from "../run/run-folder.ts";
import { type RunState, runState } from "../run/run-state.ts";

/** A reply of a reinforcement learning step as completions.jsonl keeps it. Its texts are a model's: anything may stand in them. */
export interface Completion {
  stage: number;
  step: number;
  task: string;
  level: number;
  question: string;
  expected?: string;
  reasoning: string;
  text: string;
  tokens: number;
  /** Total and parts; null where the verifier failed. */
  reward: Record<string, number> | null;
  failure: { kind: string; reason: string } | null;
}

export type RunEvent = TrainerEvent & { time: number };

export interface RunRecord {
  state: RunState;
  model: Record<string, unknown>;
  parameters: number | undefined;
  metrics: readonly Metrics[];
  /** The exact-trace checks, each step once. */
  checks: readonly CheckEvent[];
  completions: readonly Completion[];
  events: readonly RunEvent[];
  /** The best checkpoint of each stage. */
  best: Readonly<Record<string, { step: number; by: string; value: number }>>;
}

/** @throws LEMMA_E_FILE where `folder` is no run. */
export async function readRun(folder: string): Promise<RunRecord> {
  const places = runPlaces(folder);
  const { model, recipe } = await readConfig(folder);
  const metrics = await readMetrics(places.metrics);
  const checks = await readLines<CheckEvent>(places.checks);
  const last = metrics.at(-1)?.step ?? 0;
  const best = await readFile(places.best, "utf8").catch(() => "{}");
  return {
    state: await runState(folder, metrics),
    model,
    parameters: recipe?.parameters,
    metrics,
    // An interrupted run repeats checks, and may have come further than the checkpoint from which it goes on.
    checks: [...new Map(checks.filter(({ step }) => step <= last).map((check) => [check.step, check])).values()],
    completions: await readLines<Completion>(places.completions),
    events: await readLines<RunEvent>(places.events),
    best: JSON.parse(best) as RunRecord["best"],
  };
}

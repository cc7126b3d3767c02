// Reads the JSONL files of a run. A line that a kill cut off is left out, and so are lines that an interrupted run repeated.

import { readFile } from "node:fs/promises";
import type { MetricsEvent } from "./rank-process.ts";

/** A line of metrics.jsonl; `rl` in stages that learn from replies. */
export type Metrics = Omit<MetricsEvent, "event"> & { rl?: RlNumbers };

/** What a reinforcement learning step adds to its line (docs/train-watch.md says what each number is). */
export interface RlNumbers {
  reward: Record<string, number>;
  passRate: number;
  rightRate: number;
  unsoundRate: number;
  tasks: Record<string, { passRate: number; replies: number; dial: number; status: string }>;
  entropy: number;
  kl: { mean: number; max: number };
  klReference?: number;
  clipShare: number;
  equalGroups: number;
  truncated: number;
  meanLength: number;
  rolloutTokensPerSecond: number;
  rolloutSeconds: number;
  updateSeconds: number;
  failures: Record<string, number>;
}

/** The lines of metrics.jsonl in order; none if the file is not there yet. */
export const readMetrics = (file: string): Promise<Metrics[]> => readLines<Metrics>(file);

/** The lines of a JSONL file in order; none if the file is not there yet. */
export async function readLines<T>(file: string): Promise<T[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as T];
    } catch {
      return [];
    }
  });
}

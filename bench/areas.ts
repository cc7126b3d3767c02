// The benchmark areas by name: the rows of each and how one is measured. `lemma bench` prints what they give.

import { type EngineChoices, engineRows, measureEngineRow } from "./engine.ts";
import { gymRows, measureGymRow } from "./gym.ts";
import type { BenchRow } from "./row.ts";
import { measureTrainRow, trainRows } from "./train.ts";
import { measureVerifyRow, verifyRows } from "./verify.ts";

export interface Area {
  rows: readonly string[];
  /** `choices`: what applies to the engine's rows only. */
  measure(row: string, note: (text: string) => void, choices: EngineChoices): Promise<BenchRow>;
}

export const AREAS: Readonly<Record<string, Area>> = {
  engine: { rows: engineRows, measure: measureEngineRow },
  gym: { rows: gymRows, measure: measureGymRow },
  train: { rows: trainRows, measure: measureTrainRow },
  verify: { rows: verifyRows, measure: measureVerifyRow },
};

// Which problems a model is scored on: fresh rows of the gym, distinct by key. Owns the choice; asks no model.

import { familyById, generateWithCells } from "@lemma/gym";
import type { DatasetRow, Language, Split } from "@lemma/protocol";

/** What to ask. What is left out: 500 problems, each family's default level, both languages, held out, trained wordings. */
export interface ProblemSettings {
  count?: number;
  seed?: number;
  levels?: readonly number[];
  languages?: readonly Language[];
  split?: Split;
  phrasing?: "trained" | "heldout";
}

export interface Problem {
  row: DatasetRow;
  cell: string;
}

export const DEFAULT_COUNT = 500;

/**
 * The problems of one family: `count` in all, shared evenly by levels and languages, or all that exist where there are
 * fewer. No key comes twice. Throws LEMMA_E_TASK, LEMMA_E_OPTION.
 * @example problemsOf("multiplication", { count: 10, seed: 7 }).length // 10
 */
export function problemsOf(task: string, settings: ProblemSettings = {}): Problem[] {
  const { count = DEFAULT_COUNT, seed = 0, split = "heldout", phrasing = "trained" } = settings;
  const levels = settings.levels ?? [familyById(task).defaultLevel];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  levels.forEach((level, number) => {
    const share = Math.floor(((number + 1) * count) / levels.length) - Math.floor((number * count) / levels.length);
    const options = { task, level, seed, split, phrasing, distinct: true };
    let taken = 0;
    for (const sample of generateWithCells(options)) {
      if (taken >= share) break;
      const { key, language } = sample.row;
      if (seen.has(key) || settings.languages?.includes(language) === false) continue;
      seen.add(key);
      problems.push(sample);
      taken++;
    }
  });
  return problems;
}

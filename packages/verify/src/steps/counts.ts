// What the verdicts on a reply's steps add up to. Owns what counts as checkable and as proved.

import type { StepVerdict } from "@lemma/protocol";

/** Steps by what could be said of them. `refuted` leaves out withdrawn ones; `proved` leaves out unlinked ones. */
export interface StepCounts {
  all: number;
  checkable: number;
  proved: number;
  refuted: number;
}

/** Counts steps; checkable are all but prose and definitions that nothing judges. */
export function countSteps(steps: readonly StepVerdict[]): StepCounts {
  const counts: StepCounts = { all: 0, checkable: 0, proved: 0, refuted: 0 };
  for (const step of steps) {
    counts.all++;
    const silent = step.verdict === "unknown" && (step.reason === "prose" || step.reason === "definition");
    if (!silent) counts.checkable++;
    if (step.verdict === "proved" && step.from.length > 0) counts.proved++;
    if (step.verdict === "refuted" && !step.withdrawn) counts.refuted++;
  }
  return counts;
}

// Where the numbers of a line stand: for families that judge lines of their own and say what these follow from.

import type { StepContext } from "@lemma/verify";

const has = (text: string, number: string): boolean => new RegExp(`(?<![\\d.])${number}(?![\\d]|\\.\\d)`).test(text);

/** The latest standing step with each number, else the question (-1); a number that stands nowhere adds nothing. */
export function sourcesOf(numbers: readonly string[], { question, steps }: StepContext): number[] {
  const from = new Set<number>();
  for (const number of numbers) {
    const step = steps.findLast(({ text }) => has(text, number));
    if (step !== undefined) from.add(step.index);
    else if (has(question, number)) from.add(-1);
  }
  return [...from].sort((a, b) => a - b);
}

// Judges the lines of written sums: `4-5-1<14-5-1=8` must be the next column of the sum that a label names. Owns the reading of
// such lines out of a reply; columns.ts owns their spelling.

import { proved, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { additionColumns, subtractionColumns } from "./columns.ts";

const WHOLE = /^(\d+)([+-])(\d+)$/;
const COLUMN = /^\d[+-]\d(?:[+-]1)?(?:<1\d-\d(?:-1)?)?=\d+$/;
const COMPARISON = /^(\d+)[<=>](\d+)$/;

/** The verdict on the next column of a labelled sum; undefined for any other line, which the general checker reads. */
export function columnStep(line: StepLine, context: StepContext): TaskVerdict | undefined {
  const body = line.body.replaceAll(" ", "");
  if (!COLUMN.test(body)) return undefined;
  let label = line.label;
  let labelled = -1;
  let column = 0;
  for (let i = context.steps.length - 1; i >= 0 && !WHOLE.test(label ?? ""); i--) {
    const step = context.steps[i]!;
    if (COLUMN.test(step.body)) column++;
    else if (!COMPARISON.test(step.body)) return undefined;
    label = step.label;
    labelled = step.index;
  }
  const match = WHOLE.exec(label ?? "");
  if (match === null) return undefined;
  const [a, b] = [Number(match[1]), Number(match[3])];
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || (match[2] === "-" && a < b)) return undefined;
  const expected = (match[2] === "+" ? additionColumns(a, b) : subtractionColumns(a, b))[column];
  if (body !== expected) return undefined;
  const inQuestion = [a, b].every((number) => new RegExp(`(?<!\\d)${number}(?!\\d)`).test(context.question));
  const from = column > 0 || line.label === undefined ? [labelled, line.index - 1] : [inQuestion ? -1 : line.index - 1];
  return { ...proved(), from: [...new Set(from)] };
}

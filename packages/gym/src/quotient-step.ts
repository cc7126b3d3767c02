// Judges the lines of a division by parts: `347/7>40` (a quotient digit that fits). Owns the reading of such lines out of a reply;
// written.ts owns their spelling.

import { proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { sourcesOf } from "./sources.ts";

/** The verdict on a quotient and a number below it, or equal; undefined for any other line, which the general checker reads. */
export function quotientStep(line: StepLine, context: StepContext): TaskVerdict | undefined {
  const [, over, under, sign, part] = /^(\d{1,9})\/(\d{1,9})([>=])(\d{1,9})$/.exec(line.body.replaceAll(" ", "")) ?? [];
  if (over === undefined || Number(under) === 0) return undefined;
  const [left, right] = [Number(over), Number(under) * Number(part)];
  if (sign === ">" ? left > right : left === right) return { ...proved(), from: sourcesOf([over, under!], context) };
  return refuted({ left: over, right: `${under}*${part}=${right}` });
}

// Judges lines of divisibility, `gcd(12,18)=6`, `12/6=2` and `6: 75=60+12+3`, and links them to where their numbers stand. division.ts
// owns the spelling of the last.

import {
  equivalent,
  judgeDivisors,
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskVerdict,
} from "@lemma/verify";
import { divisionParts, readDivision } from "./division.ts";

const QUOTIENT = /^(\d{1,15})\/[1-9]\d{0,14}=\d{1,15}$/;

/**
 * The verdict on a line with gcd or lcm, on a quotient, or on a division with remainder; undefined for any other line. By what one
 * divides is a choice: only the number that is divided must stand somewhere.
 */
export function divisorStep(line: StepLine, context: StepContext): TaskVerdict | undefined {
  const judged = judgeDivisors(line.body);
  if (judged !== undefined) return { ...judged.verdict, from: sourcesOf(judged.numbers, context) };
  const quotient = QUOTIENT.exec(line.text.replaceAll(" ", ""));
  if (quotient !== null) {
    const [whole, over] = quotient as unknown as [string, string];
    const [left, right] = whole.split("=") as [string, string];
    return { ...equivalent(left, right), from: sourcesOf([over], context) };
  }
  const division = readDivision(line.text.replaceAll(" ", ""));
  if (division === undefined) return undefined;
  const { divisor, value, parts } = division;
  const expected = divisionParts(value, divisor);
  if (parts.join("+") !== expected.join("+"))
    return refuted({ divisor: String(divisor), value: String(value), expected: expected.join("+") });
  return { ...proved(), from: sourcesOf([String(value)], context) };
}

/** The latest steps with these numbers, or the question; empty where one of them stands nowhere. */
export function sourcesOf(numbers: readonly string[], context: StepContext): number[] {
  const from = new Set<number>();
  for (const number of numbers) {
    const whole = new RegExp(`(?<![\\d.])${number}(?!\\d|\\.\\d)`);
    const step = context.steps.findLast(({ text }) => whole.test(text));
    if (step !== undefined) from.add(step.index);
    else if (whole.test(context.question)) from.add(-1);
    else if (number !== "1" && number !== "0") return [];
  }
  return [...from].sort((a, b) => a - b);
}

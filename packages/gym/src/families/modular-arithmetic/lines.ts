// Judges the lines that only modular arithmetic has: `(347+258) mod 7=(4+6) mod 7=3` (every side has the same remainder, a bare
// side is its own), `347/7>40` (a quotient digit), and the factor in front of a multiple. All else is the general checker's.

import {
  type Expression,
  proved,
  readExpression,
  refuted,
  type StepContext,
  type StepLine,
  type TaskVerdict,
} from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { quotientStep } from "../../quotient-step.ts";
import { sourcesOf } from "../../sources.ts";
import { type Modular, modulo, powerModulo } from "./problem.ts";

const LARGEST = 1_000_000;

/** The value modulo m of an expression of whole numbers; undefined where it has anything else. */
function valueModulo(expression: Expression, m: number): number | undefined {
  const all = (parts: readonly Expression[], start: number, join: (x: number, y: number) => number) =>
    parts.reduce<number | undefined>((value, part) => {
      const next = valueModulo(part, m);
      return value === undefined || next === undefined ? undefined : join(value, next) % m;
    }, start % m);
  switch (expression.kind) {
    case "number":
      return expression.value.d === 1n ? Number(((expression.value.n % BigInt(m)) + BigInt(m)) % BigInt(m)) : undefined;
    case "negative": {
      const value = valueModulo(expression.of, m);
      return value === undefined ? undefined : modulo(-value, m);
    }
    case "sum":
      return all(expression.terms, 0, (x, y) => x + y);
    case "product":
      return all(expression.factors, 1, (x, y) => x * y);
    case "power": {
      const base = valueModulo(expression.base, m);
      const { exponent } = expression;
      if (base === undefined || exponent.kind !== "number" || exponent.value.d !== 1n) return undefined;
      return exponent.value.n < 0n || exponent.value.n > BigInt(LARGEST)
        ? undefined
        : powerModulo(base, Number(exponent.value.n), m);
    }
    default:
      return undefined;
  }
}

/** The value of `… mod 7`, or of a bare whole number. */
function sideValue(side: string): number | undefined {
  const [, inner, modulus] = /^(.*?)\s*mod\s*(\d{1,6})$/.exec(side.trim()) ?? [];
  if (inner === undefined) return /^\s*\d{1,6}\s*$/.test(side) ? Number(side) : undefined;
  const m = Number(modulus);
  const reading = m > 0 && inner.length < 80 ? readExpression(inner) : undefined;
  return reading?.ok ? valueModulo(reading.expression, m) : undefined;
}

function remainderLine(line: StepLine, context: StepContext): TaskVerdict | undefined {
  const sides = line.body.split("=");
  const values = sides.map(sideValue);
  if (sides.length < 2 || values.some((value) => value === undefined)) return undefined;
  const wrong = values.findIndex((value) => value !== values[0]);
  if (wrong > 0) return refuted({ left: `${sides[0]} is ${values[0]}`, right: `${sides[wrong]} is ${values[wrong]}` });
  return { ...proved(), from: sourcesOf(line.body.match(/\d+/g) ?? [], context) };
}

/** The verdict on a line in the family's vocabulary; undefined for any other. */
export function modularStep({ kind, a, m }: Modular, line: StepLine, context: StepContext): TaskVerdict | undefined {
  if (/\bmod\b/.test(line.body)) return remainderLine(line, context);
  const body = line.body.replaceAll(" ", "");
  const quotient = quotientStep(line, context);
  if (quotient !== undefined) return quotient;
  const [, sum] = /=(\d{1,9})$/.exec(body) ?? [];
  if (sum !== undefined && (kind === "inverse" || kind === "congruence") && /^\d{1,6}$/.test(line.label ?? "")) {
    const expected = modulo(modulo(a, m) * Number(line.label), m);
    if (modulo(Number(sum), m) !== expected)
      return refuted({ [`(${a}*${line.label}) mod ${m}`]: String(expected), claimed: sum });
  }
  return columnStep(line, context);
}

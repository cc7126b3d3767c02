// The reasoning about financial statements. Owns its lines and the judgement of those that general mathematics does not know; must
// not know wordings. A total is added up from its lines, and the line with its name holds it; behind `made, stated:` stands where the
// two numbers first differ.

import type { Language } from "@lemma/protocol";
import { proved, refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { comparison } from "../../columns.ts";
import { gcd } from "../../division.ts";
import { quotientStep } from "../../quotient-step.ts";
import { sourcesOf } from "../../sources.ts";
import { writtenProduct, writtenQuotient, writtenSum } from "../../written.ts";
import { type Id, idNamed, nameOf, type Total, totalWith } from "./items.ts";
import {
  added,
  checkedTotals,
  type Financial,
  figure,
  missingValue,
  partsOf,
  quotientOf,
  RATIOS,
  relationOf,
  stated,
} from "./problem.ts";

/** Adds a line's value to another, one after the other. */
function sumOf(values: readonly number[]): string[] {
  let sum = values[0]!;
  return values.slice(1).flatMap((value) => {
    const lines = writtenSum(sum, "+", value);
    sum += value;
    return lines;
  });
}

/** What the lines of a total make. */
function addedLines(problem: Financial, total: Total, language: Language): string[] {
  const values = partsOf(problem, total)!.map((id) => stated(problem, id)!);
  const lines = total.isDifference ? writtenSum(values[0]!, "-", values[1]!) : sumOf(values);
  return [...lines, `${nameOf(total.id, language)}: ${added(problem, total)}`];
}

/** Where two numbers first differ: `4<8`, `85<147`, or that they are equal. */
const firstDifference = (a: number, b: number): string => (a === b ? `${a}=${b}` : comparison(a, b).at(-1)!);

function footing(problem: Financial, language: Language): string[] {
  const lines: string[] = [];
  for (const total of checkedTotals(problem)) {
    const [made, said] = [added(problem, total)!, stated(problem, total.id)!];
    lines.push(...addedLines(problem, total, language), `${made}, ${said}: ${firstDifference(made, said)}`);
    if (made !== said) return [...lines, ...writtenSum(Math.max(made, said), "-", Math.min(made, said))];
  }
  return lines;
}

function missing(problem: Financial, id: Id, language: Language): string[] {
  const { total, parts } = relationOf(problem, id)!;
  if (total.id === id) return addedLines(problem, total, language);
  const named = `${nameOf(id, language)}: ${missingValue(problem, id)}`;
  const whole = stated(problem, total.id)!;
  const others = parts.filter((part) => part !== id).map((part) => stated(problem, part)!);
  if (total.isDifference)
    return [...(id === parts[0] ? writtenSum(whole, "+", others[0]!) : writtenSum(others[0]!, "-", whole)), named];
  const rest = others.reduce((sum, value) => sum + value);
  return [...sumOf(others), ...writtenSum(whole, "-", rest), named];
}

/** Nothing where the statement says it, else how its lines make it. */
const figureLines = (problem: Financial, id: Id, language: Language): string[] =>
  stated(problem, id) === undefined ? addedLines(problem, totalWith(id)!, language) : [];

/** part·100/whole, for positive numbers. */
const percentLines = (part: number, whole: number): string[] => [
  ...writtenProduct(part, 100),
  ...writtenQuotient(part * 100, whole),
];

/** A fraction in lowest terms: zeros that both end with fall away, then common primes are divided out. */
function reduced(over: number, under: number): string[] {
  const lines: string[] = [];
  let [p, q] = [over, under];
  const go = (divisor: number) => {
    const next = [p / divisor, q / divisor] as const;
    if (!/^10+$/.test(String(divisor))) lines.push(...writtenQuotient(p, divisor), ...writtenQuotient(q, divisor));
    lines.push(`${p}/${q}=${next[0]}/${next[1]}`);
    [p, q] = next;
  };
  const zeros = Math.min(...[p, q].map((number) => /0*$/.exec(String(number))![0].length));
  if (zeros > 0) go(10 ** zeros);
  const common = gcd(p, q);
  let left = common;
  for (let prime = 2; left > 1; prime++) for (; left % prime === 0; left /= prime) go(prime);
  return [...lines, ...(q === 1 ? [`${over}/${under}=${p}`] : [`gcd(${p},${q})=1`])];
}

function ratio(problem: Financial, language: Language): string[] {
  const { over, under, ...rest } = RATIOS[problem.asked as keyof typeof RATIOS];
  const [above, below] = quotientOf(problem)!;
  const lines = [...figureLines(problem, over, language)];
  if ("without" in rest) lines.push(...writtenSum(figure(problem, over)!, "-", stated(problem, rest.without)!));
  return [...lines, ...figureLines(problem, under, language), ...reduced(above, below)];
}

function change(later: number, earlier: number): string[] {
  const difference = later - earlier;
  const by = Math.abs(difference);
  const lines = [...writtenSum(later, "-", earlier), ...percentLines(by, earlier)];
  if (difference < 0) lines.push(`${difference}*100/${earlier}=-${(by * 100) / earlier}`);
  return lines;
}

/** The steps of a problem, a line each. */
export function trace(problem: Financial, language: Language): string[] {
  const { kind, asked, rows } = problem;
  switch (kind) {
    case "footing":
      return footing(problem, language);
    case "missing":
      return missing(problem, asked as Id, language);
    case "margin":
      return [
        ...figureLines(problem, asked as Id, language),
        ...percentLines(figure(problem, asked as Id)!, stated(problem, "revenue")!),
      ];
    case "ratio":
      return ratio(problem, language);
    case "change": {
      const [later, earlier] = rows.find(({ id }) => id === asked)!.values as [number, number];
      return change(later, earlier);
    }
  }
}

/** What the line with a name should hold. */
function expected(problem: Financial, id: Id): number | undefined {
  if (problem.kind === "missing" && problem.asked === id) return missingValue(problem, id);
  const total = totalWith(id);
  const made = total === undefined ? undefined : added(problem, total);
  return made ?? stated(problem, id);
}

const PAIR = /^(\d{1,9}), ?(\d{1,9})$/;

/** The verdict on what a total should be against what is stated. */
function comparisonStep(problem: Financial, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const [, made, said] = PAIR.exec(line.label ?? "") ?? [];
  if (made === undefined || said === undefined) return undefined;
  const named = context.steps.findLast(({ label }) => label !== undefined && idNamed(label) !== undefined);
  const id = idNamed(named?.label ?? "");
  if (id === undefined) return undefined;
  const [right, stands] = [expected(problem, id), stated(problem, id)];
  const claimed = `${line.label}: ${line.body.replaceAll(" ", "")}`;
  const should = `${right}, ${stands}: ${firstDifference(right ?? 0, stands ?? 0)}`;
  if (claimed.replace(",", ", ").replace(",  ", ", ") !== should) return refuted({ [named!.label!]: should, claimed });
  return { ...proved(), from: [-1, named!.index] };
}

/** Refutes a named line with another value than the statement's lines make; judges comparisons; all else is the general checker's. */
export function statementStep(problem: Financial, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const id = line.label === undefined ? undefined : idNamed(line.label);
  const value = /(?:^|=)(-?\d{1,9})$/.exec(line.body.replaceAll(" ", ""))?.[1];
  if (id !== undefined && value !== undefined) {
    const right = expected(problem, id);
    if (right !== undefined && Number(value) !== right)
      return refuted({ [line.label!]: String(right), claimed: value });
    if (/^\d+$/.test(line.body)) return { ...proved(), from: sourcesOf([value], context) };
  }
  return comparisonStep(problem, line, context) ?? quotientStep(line, context) ?? columnStep(line, context);
}

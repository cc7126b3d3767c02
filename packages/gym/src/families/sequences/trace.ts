// The reasoning for a sequence. Owns its lines and the judgement of their labels; must not know wordings.
//
// All differences of neighbours are written, each labelled with the place of the later term, then compared: all equal (arithmetic),
// equal in turn (alternating), their own differences equal (quadratic); what is left has equal ratios (geometric). A line whose value
// is a term is labelled with its place, and places count on; `sum 3:` is the sum of the first three terms.

import { refuted, type StepContext, type StepLine, type TaskVerdict } from "@lemma/verify";
import { columnStep } from "../../column-step.ts";
import { operand } from "../../signed.ts";
import { writtenProduct, writtenSum } from "../../written.ts";
import { differences, extended, ruleOf, type Sequence } from "./problem.ts";

/** x plus a signed step: `9+3`, `9-1`. */
const stepped = (x: number, step: number, label = ""): string[] =>
  writtenSum(x, step < 0 ? "-" : "+", Math.abs(step), label);

/** The steps of a sequence, a line each. */
export function trace(problem: Sequence): string[] {
  const { terms, ask, n } = problem;
  const rule = ruleOf(terms);
  const steps = differences(terms);
  const lines = terms.slice(1).flatMap((term, i) => writtenSum(term, "-", terms[i]!, String(i + 2)));
  if (rule === "arithmetic") return [...lines, steps.join("="), ...byFormula(problem, steps[0]!)];
  lines.push(`${steps[0]}!=${steps[1]}`);
  const turns = [0, 1].map((parity) => steps.filter((_, i) => i % 2 === parity).join("="));
  if (rule === "alternating")
    return [
      ...lines,
      ...turns,
      ...onward(problem, (all) => stepped(all.at(-1)!, all.at(-2)! - all.at(-3)!, String(all.length + 1))),
    ];
  lines.push(`${steps[0]}!=${steps[2]}`);
  const second = differences(steps);
  if (rule === "quadratic") {
    lines.push(...steps.slice(1).flatMap((step, i) => writtenSum(step, "-", steps[i]!)), second.join("="));
    const next = (all: readonly number[]) => {
      const step = all.at(-1)! - all.at(-2)!;
      return [...stepped(step, second[0]!), ...stepped(all.at(-1)!, step + second[0]!, String(all.length + 1))];
    };
    return [...lines, ...onward(problem, next)];
  }
  lines.push(...steps.slice(1, 3).flatMap((step, i) => writtenSum(step, "-", steps[i]!)), `${second[0]}!=${second[1]}`);
  const ratio = terms[1]! / terms[0]!;
  lines.push(`2: ${terms[1]}/${operand(terms[0]!)}=${ratio}`);
  const times = (all: readonly number[]) => writtenProduct(all.at(-1)!, ratio, String(all.length + 1));
  for (let shown = 2; shown < terms.length; shown++) lines.push(...times(terms.slice(0, shown)));
  return [...lines, ...onward({ terms, ask, n }, times)];
}

/** First + (n-1)·step, and for a sum the mean of first and last, n times. */
function byFormula({ terms, ask, n }: Sequence, step: number): string[] {
  const [first, last] = [terms[0]!, terms.at(-1)!];
  if (ask === "next") return stepped(last, step, String(n));
  const lines = [`${n}-1=${n - 1}`, ...writtenProduct(n - 1, step), ...stepped(first, (n - 1) * step, String(n))];
  if (ask === "term") return lines;
  const term = first + (n - 1) * step;
  lines.push(...writtenSum(first, "+", term));
  const half = (value: number) => `${value}/2=${value / 2}`;
  const pair = first + term;
  if (n % 2 === 0) return [...lines, half(n), ...writtenProduct(pair, n / 2, `sum ${n}`)];
  return [...lines, half(pair), ...writtenProduct(pair / 2, n, `sum ${n}`)];
}

/** Term after term up to the n-th, and for a sum all of them added. */
function onward({ terms, ask, n }: Sequence, next: (all: readonly number[]) => string[]): string[] {
  const all = extended(terms, n);
  const lines: string[] = [];
  for (let shown = terms.length; shown < n; shown++) lines.push(...next(all.slice(0, shown)));
  if (ask !== "sum") return lines;
  let sum = all[0]!;
  for (let i = 1; i < n; i++) {
    lines.push(...stepped(sum, all[i]!, `sum ${i + 1}`));
    sum += all[i]!;
  }
  return lines;
}

/** Places further on than this are left to the general checker. */
const FARTHEST = 200;

/** Refutes a line whose label names a place or a partial sum that has another value; all else is left to the general checker. */
export function labelledStep({ terms }: Sequence, line: StepLine, context: StepContext): TaskVerdict | undefined {
  const [, isSum, place] = /^(sum )?(\d{1,3})$/.exec(line.label ?? "") ?? [];
  const k = Number(place);
  if (place === undefined || k < 1 || k > FARTHEST) return columnStep(line, context);
  const sides = line.body.replaceAll(" ", "").split("=");
  const claimed = sides.at(-1)!;
  if (!/^-?\d+$/.test(claimed)) return undefined;
  const all = extended(terms, k);
  const pair = [terms[k - 1], operand(terms[k - 2] ?? 0)];
  if (isSum === undefined && k > 1 && k <= terms.length && [pair.join("-"), pair.join("/")].includes(sides[0]!))
    return undefined;
  const expected = isSum === undefined ? all[k - 1]! : all.slice(0, k).reduce((sum, term) => sum + term, 0);
  return claimed === String(expected) ? undefined : refuted({ [line.label!]: String(expected), claimed });
}

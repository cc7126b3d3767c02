// Judges the lines of definite integrals that name F, the antiderivative, or G, F without its denominator: at the letter and at numbers.
// Terms are judged as those of indefinite integrals, all else by the general checker.

import { equivalent, proved, refuted, type StepLine, type TaskVerdict } from "@lemma/verify";
import { joinTerms } from "../../signed.ts";
import { fractionText } from "../../written-fraction.ts";
import { valueAt } from "../../written-value.ts";
import { spell } from "../derivatives/problem.ts";
import { antiderivative, type DefiniteIntegral } from "./problem.ts";

const NAMED = /(\d{0,4})([FG])\((-?\d{1,6}|[a-z])\)/g;

/** A side with what F and G stand for put in. */
function plain(side: string, problem: DefiniteIntegral): string {
  const { coefficients, under } = antiderivative(problem);
  return side.replace(NAMED, (all, factor: string, name: string, at: string) => {
    const divisor = name === "F" ? under : 1;
    const times = factor === "" ? "" : `${factor}*`;
    if (/\d/.test(at)) return `(${times}(${fractionText(valueAt(coefficients, Number(at)), divisor)}))`;
    if (at !== problem.letter) return all;
    const sum = joinTerms(coefficients.flatMap((c, n) => (c === 0 ? [] : [spell({ kind: "power", c, n }, at)])));
    return `(${times}(${sum})/${divisor})`;
  });
}

/** The verdict on a chain of equal sides that begins with F or G; undefined for any other line. */
export function namedStep(problem: DefiniteIntegral, line: StepLine): TaskVerdict | undefined {
  const body = line.body.replaceAll(" ", "");
  if (!/^[FG]\((?:-?\d{1,6}|[a-z])\)/.test(body) || /[<>]/.test(body)) return undefined;
  const sides = body.split("=");
  const [first = "", ...others] = sides.map((side) => plain(side, problem));
  if (others.length === 0 || others.includes("")) return undefined;
  for (const [i, other] of others.entries()) {
    const verdict = equivalent(first, other);
    if (verdict.verdict === "refuted")
      return { ...refuted({ [sides[0]!]: first, [sides[i + 1]!]: other, ...verdict.witness }), from: [-1] };
    if (verdict.verdict !== "proved") return { ...verdict, from: [] };
  }
  return { ...proved(), from: [-1] };
}

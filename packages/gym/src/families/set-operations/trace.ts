// How problems of sets are worked out. Owns the order of lines and their notation; knows no wording.
//
//   A: 1, 3, 5                  the sets
//   B: 3, 4
//   3: A                        each element of B: is it in A?
//   4: not A
//   A∪B: 1, 3, 5, 4             the list, with `none` for no element; for (A∪B)∩C it goes on with `1: not C`, …
//
// An intersection and a difference look at each element of the first set, a symmetric difference at those of both. Sizes are products; in
// counts, sums take away what was counted twice: 12+9=21, 21-4=17.

import type { Language } from "@lemma/protocol";
import { writtenProduct, writtenSum } from "../../written.ts";
import { nameOf } from "../ordering/names.ts";
import { type Counts, type Elements, type Expression, members, type Problem } from "./problem.ts";

/** All words of lines and answers beside elements and sets. */
export const SET_VOCABULARY = ["not", "none", "emptyset", "2"];

/** An element as it is written. */
export function elementText(of: Elements["of"], element: number, language: Language): string {
  if (of === "names") return nameOf(element, language);
  return of === "letters" ? String.fromCharCode(97 + element) : String(element);
}

/** An expression without spaces: `A∪B`, `(A∪B)\C`. */
export function writeExpression(expression: Expression, letters: readonly string[]): string {
  if (typeof expression === "number") return letters[expression]!;
  const inside = (part: Expression) =>
    typeof part === "number" ? letters[part]! : `(${writeExpression(part, letters)})`;
  return inside(expression.left) + expression.op + inside(expression.right);
}

/** The lines that lead to the list of an expression's members. */
function listLines(
  { sets, letters }: Elements & Problem,
  expression: Expression,
  text: (one: number) => string,
): string[] {
  if (typeof expression === "number") return [];
  const { op, left, right } = expression;
  const sides = [left, right].map((side) => members(side, sets)) as [number[], number[]];
  const looks = (some: readonly number[], others: readonly number[], other: Expression) =>
    some.map((one) => `${text(one)}: ${others.includes(one) ? "" : "not "}${writeExpression(other, letters)}`);
  const isIn = [
    ...(op === "∪" ? [] : looks(sides[0], sides[1], right)),
    ...(op === "∪" || op === "△" ? looks(sides[1], sides[0], left) : []),
  ];
  const found = members(expression, sets).map(text).join(", ") || "none";
  return [left, right]
    .flatMap((side) => listLines({ sets, letters } as Elements & Problem, side, text))
    .concat(isIn, `${writeExpression(expression, letters)}: ${found}`);
}

/** Sums and differences one after the other. */
function sums(start: number, parts: readonly (readonly ["+" | "-", number])[]): string[] {
  let sum = start;
  return parts.flatMap(([sign, number]) => {
    const lines = writtenSum(sum, sign, number);
    sum += sign === "+" ? number : -number;
    return lines;
  });
}

function countLines({ known, asked }: Counts): string[] {
  const { a = 0, b = 0, c, ab = 0, ac = 0, bc = 0, abc = 0, any, none, all } = known;
  if (c !== undefined) {
    const lines = sums(a, [
      ["+", b],
      ["+", c],
      ["-", ab],
      ["-", ac],
      ["-", bc],
      ["+", abc],
    ]);
    const either = a + b + c - ab - ac - bc + abc;
    return asked === "none" ? [...lines, ...sums(all!, [["-", either]])] : lines;
  }
  if (asked === "ab") {
    const either = any ?? all! - none!;
    return [
      ...(any === undefined ? sums(all!, [["-", none!]]) : []),
      ...sums(a, [
        ["+", b],
        ["-", either],
      ]),
    ];
  }
  const lines = sums(a, [
    ["+", b],
    ["-", ab],
  ]);
  const either = a + b - ab;
  if (asked === "one") return [...lines, ...sums(either, [["-", ab]])];
  return asked === "none" ? [...lines, ...sums(all!, [["-", either]])] : lines;
}

/** The reasoning. */
export function writeTrace(problem: Problem, language: Language): string[] {
  if (problem.kind === "counts") return countLines(problem);
  if (problem.kind === "sizes") {
    const [m, n] = problem.sizes;
    if (n !== undefined) return writtenProduct(m, n);
    // Each further element doubles the number of subsets.
    return Array.from({ length: m - 1 }, (_, i) => `${i + 2}: ${2 ** (i + 1)}*2=${2 ** (i + 2)}`);
  }
  const { sets, letters, of, expression } = problem;
  const text = (one: number) => elementText(of, one, language);
  return [
    ...sets.map((set, i) => `${letters[i]}: ${set.map(text).join(", ")}`),
    ...listLines(problem, expression, text),
  ];
}

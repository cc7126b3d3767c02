// Finds a product of linear factors, or a quadratic, in a text. Owns the two scanners.

import { type Expansion, type Factorization, factored, type Linear } from "./problem.ts";

const LINEAR = String.raw`\(\s*(-?\s*\d*)\s*\*?\s*([a-z])\s*([+-])\s*(\d+)\s*\)`;
const PRODUCT = new RegExp(
  String.raw`(?<![\w.^*/)]|[+^*/]\s)(-?\s*\d*)\s*\*?\s*((?:${LINEAR}(?:\s*\^\s*\{?2\}?)?\s*)+)(?![\w^*/(+-])`,
  "i",
);
const FACTOR = new RegExp(String.raw`${LINEAR}(\s*\^\s*\{?2\}?)?`, "gi");
/** Longer products are left alone. */
const MOST_FACTORS = 4;

/** `` is 1, `-` is -1. */
function coefficient(text: string): number {
  const plain = text.replace(/\s/g, "");
  return plain === "" ? 1 : plain === "-" ? -1 : Number(plain);
}

/** The product of linear factors in the text; undefined where none stands there. */
export function readProduct(plain: string): Expansion | undefined {
  const match = PRODUCT.exec(plain);
  if (match === null) return undefined;
  const factors: Linear[] = [];
  const letters = new Set<string>();
  for (const [, p = "", letter = "", sign, q, square] of match[2]!.matchAll(FACTOR)) {
    const factor: Linear = [coefficient(p), Number(`${sign}${q}`)];
    factors.push(factor);
    if (square !== undefined) factors.push(factor);
    letters.add(letter);
  }
  const [letter] = letters;
  const k = coefficient(match[1]!);
  if (letter === undefined || letters.size > 1 || factors.length > MOST_FACTORS || k === 0) return undefined;
  if (factors.some(([p]) => p === 0) || (factors.length === 1 && k === 1)) return undefined;
  return { task: "expand", letter, k, factors };
}

const QUADRATIC =
  /(?<![\w.^*/)(]|[-+^*/]\s?)(\d*)\s*\*?\s*([a-z])\s*\^\s*(?:2(?!\d)|\{2\})\s*(?:([+-])\s*(\d*)\s*\*?\s*\2(?![\w^(]))?\s*(?:([+-])\s*(\d+)(?!\d|\.\d))?(?![\w^*/(])(?!\s*[-+*/^]\s*[\w(])/gi;

/** The quadratic in the text that has rational factors; undefined where none stands there. */
export function readPolynomial(plain: string): Factorization | undefined {
  const found = [...plain.matchAll(QUADRATIC)].filter(([, , letter]) => letter !== undefined);
  if (found.length !== 1) return undefined;
  const [, a = "", letter = "", bSign, b = "", cSign, c = "0"] = found[0]!;
  const problem: Factorization = {
    task: "factor",
    letter,
    a: coefficient(a),
    b: bSign === undefined ? 0 : coefficient(`${bSign === "-" ? "-" : ""}${b}`),
    c: cSign === undefined ? 0 : Number(`${cSign}${c}`),
  };
  const size = Math.max(problem.a, Math.abs(problem.b), Math.abs(problem.c));
  if (problem.a === 0 || (problem.b === 0 && problem.c === 0) || size > 10_000) return undefined;
  return factored(problem) === undefined ? undefined : problem;
}

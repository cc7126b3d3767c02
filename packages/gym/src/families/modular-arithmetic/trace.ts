// The reasoning of modular arithmetic. Owns its lines; lines.ts judges them; must not know wordings.
//
// A number is reduced by dividing with one digit at a time: `347/7>40` names the largest multiple of one digit (and zeros) that
// fits, which is then taken away. A power halves its exponent down to 1 and comes back up by squares. An inverse or a
// congruence walks through the multiples of a, each labelled with its factor, until the wanted remainder comes.

import { division, writtenProduct, writtenSum } from "../../written.ts";
import { answerOf, type Modular, modulo, target } from "./problem.ts";

/** The steps from n to n modulo m; none where n is smaller already. */
const reduction = (n: number, m: number): readonly string[] => division(n, m).lines;

/** The same, and what came out: `347 mod 7=4`. */
const reduced = (n: number, m: number): string[] => (n < m ? [] : [...reduction(n, m), `${n} mod ${m}=${n % m}`]);

/** The steps of a problem, a line each. */
export function trace(problem: Modular): string[] {
  const { kind, a, b, m } = problem;
  switch (kind) {
    case "remainder":
      return a < m ? [`${a} mod ${m}=${a}`] : reduced(a, m);
    case "sum":
    case "product":
      return combined(problem);
    case "power":
      return a < m ? power(a, b, m) : [...reduced(a, m), ...power(a, b, m)];
    default:
      return [...reduced(a, m), ...walk(problem)];
  }
}

function combined({ kind, a, b, m }: Modular): string[] {
  const [p, q] = [modulo(a, m), modulo(b, m)];
  const sign = kind === "sum" ? "+" : "*";
  const result = kind === "sum" ? p + q : p * q;
  const sides = [`(${a}${sign}${b}) mod ${m}`, `(${p}${sign}${q}) mod ${m}`, `${result} mod ${m}`, String(result % m)];
  return [
    ...reduced(a, m),
    ...reduced(b, m),
    ...(kind === "sum" ? writtenSum(p, "+", q) : writtenProduct(p, q)),
    ...reduction(result, m),
    sides.filter((side, i) => side !== sides[i - 1]).join("="),
  ];
}

/** Halves the exponent down to 1, then squares, with one more factor where a half was rounded down. */
function power(base: number, exponent: number, m: number): string[] {
  const lines: string[] = [];
  const exponents = [exponent];
  for (let k = exponent; k > 1; k = Math.floor(k / 2)) {
    const half = Math.floor(k / 2);
    lines.push(`${k}/2${k % 2 === 0 ? "=" : ">"}${half}`);
    exponents.push(half);
  }
  const rest = modulo(base, m);
  let known = rest;
  for (const k of exponents.reverse().slice(1)) {
    const square = known * known;
    lines.push(...writtenProduct(known, known));
    const sides = [`${base}^${k} mod ${m}`];
    if (k % 2 === 0) {
      lines.push(...reduction(square, m));
      if (square >= m) sides.push(`${square} mod ${m}`);
      known = square % m;
    } else {
      const smaller = square % m;
      lines.push(...reduced(square, m), ...writtenProduct(smaller, rest), ...reduction(smaller * rest, m));
      sides.push(`(${smaller}*${rest}) mod ${m}`);
      known = (smaller * rest) % m;
    }
    lines.push([...sides, known].join("="));
  }
  return lines;
}

/** Multiples of a modulo m, up to the one with the wanted remainder. */
function walk(problem: Modular): string[] {
  const { a, m } = problem;
  const [step, last] = [modulo(a, m), answerOf(problem)];
  const lines: string[] = [];
  let at = step;
  for (let k = 2; k <= last; k++) {
    lines.push(...writtenSum(at, "+", step, String(k)));
    at += step;
    if (at >= m) lines.push(...writtenSum(at, "-", m));
    at %= m;
  }
  return [...lines, `(${a}*${last}) mod ${m}=${target(problem)}`];
}

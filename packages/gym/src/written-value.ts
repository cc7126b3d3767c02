// A polynomial at a point, written out: powers, products, then the sum from the left. Owns these lines; the last one holds the value.

import { operand, sumSides } from "./signed.ts";
import { writtenProduct, writtenSum } from "./written.ts";

/** The value of a polynomial, its coefficients given from the constant up. */
export const valueAt = (polynomial: readonly number[], x: number): number =>
  polynomial.reduceRight((sum, c) => sum * x + c, 0) || 0;

/** A polynomial of degree 0 or 1 at a point, as sides: `2*3+1`, `6+1`, `7`. */
export function linearSides([c = 0, m = 0]: readonly number[], at: number): string[] {
  if (m === 0 || at === 0) return [String(c)];
  const first = m === 1 ? String(at) : m === -1 ? `-${operand(at)}` : `${m}*${operand(at)}`;
  const product = m * at;
  const sides =
    c === 0
      ? [first, String(product)]
      : [first + (c < 0 ? `-${-c}` : `+${c}`), ...sumSides(product, c < 0 ? "-" : "+", Math.abs(c))];
  return sides.filter((side, i, all) => side !== all[i - 1]);
}

/**
 * The lines that end in `P(2)=…`, P the given name.
 * @example
 * writtenValue("P", [-2, -3, 2], 2) // ["P(2)=2*2^2-3*2-2", "2^2=4", "2*4=8", "-3*2=-6", "8-6=2", "2-2=0", "P(2)=0"]
 */
export function writtenValue(name: string, polynomial: readonly number[], at: number): string[] {
  const head = `${name}(${at})`;
  if (polynomial.length < 3 || at === 0) return [[head, ...linearSides(polynomial, at)].join("=")];
  const x = operand(at);
  const terms = polynomial.flatMap((c, n) => (c === 0 ? [] : [{ c, n }])).reverse();
  const spelled = terms.map(({ c, n }) => {
    const power = n === 0 ? "" : n === 1 ? x : `${x}^${n}`;
    const size = Math.abs(c) === 1 && n > 0 ? "" : `${Math.abs(c)}${n > 0 ? "*" : ""}`;
    return `${c < 0 ? "-" : "+"}${size}${power}`;
  });
  const lines = [`${head}=${spelled.join("").replace(/^\+/, "")}`];
  const known = new Set<number>();
  let total: number | undefined;
  for (const { c, n } of terms) {
    const power = at ** n;
    if (n > 1) lines.push(...powerLines(at, n, known));
    if (n > 0 && Math.abs(c) !== 1 && power !== 1) lines.push(...writtenProduct(c, power));
    if (total !== undefined) lines.push(...writtenSum(total, c * power < 0 ? "-" : "+", Math.abs(c * power)));
    total = (total ?? 0) + c * power;
  }
  return [...lines, `${head}=${total}`];
}

/** `(-2)^2=4`, `(-2)^3=4*(-2)=-8`: the powers from the second to the n-th; those of 1 at once. `known` are those that stand already. */
function powerLines(at: number, n: number, known: Set<number>): string[] {
  const x = operand(at);
  const lines: string[] = [];
  for (let k = Math.abs(at) === 1 ? n : 2; k <= n; k++) {
    if (known.has(k)) continue;
    known.add(k);
    const before = at ** (k - 1);
    if (k === 2 || Math.abs(at) === 1) lines.push(`${x}^${k}=${at ** k}`);
    else {
      const product = writtenProduct(before, at);
      if (product.length > 1) lines.push(...product, `${x}^${k}=${at ** k}`);
      else lines.push(`${x}^${k}=${product[0]}`);
    }
  }
  return lines;
}

// Two matrices and their product. Owns its computation and the line of one entry.

import type { Matrix } from "../../matrix.ts";
import { joinTerms, operand, sumSides } from "../../signed.ts";

/** The factors, in order; the second may be a column of numbers. */
export interface Product {
  readonly left: Matrix;
  readonly right: Matrix;
}

/** The pairs of numbers that make an entry: row of the first factor, column of the second. */
const pairsOf = ({ left, right }: Product, row: number, column: number): [number, number][] =>
  left[row]!.map((value, k) => [value, right[k]![column]!]);

/** The product. */
export const productOf = (product: Product): Matrix =>
  product.left.map((_, row) =>
    product.right[0]!.map((_, column) => pairsOf(product, row, column).reduce((sum, [a, b]) => sum + a * b, 0)),
  );

/**
 * One entry: products, then their sum, term by term.
 * @example
 * entryLine({ left: [[1, -2]], right: [[5], [7]] }, 0, 0) // "1,1: 1*5+(-2)*7=5-14=-(14-5)=-9"
 */
export function entryLine(product: Product, row: number, column: number): string {
  const pairs = pairsOf(product, row, column);
  const products = pairs.map(([a, b]) => a * b);
  const written = pairs.map(([a, b], i) => `${i === 0 ? a : operand(a)}*${operand(b)}`).join("+");
  const sides = [written, joinTerms(products.map(String))];
  let sum = products[0]!;
  products.slice(1).forEach((value, i) => {
    const rest = products.slice(i + 2).map(String);
    for (const side of sumSides(sum, "+", value).slice(1)) sides.push(joinTerms([side, ...rest]));
    sum += value;
  });
  return `${row + 1},${column + 1}: ${sides.filter((side, i) => side !== sides[i - 1]).join("=")}`;
}

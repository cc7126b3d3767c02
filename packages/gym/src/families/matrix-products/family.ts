// Products of two matrices, and of a matrix and a vector. Owns problems, trace and checker; product.ts computes, wordings.ts asks.
//
// Each entry has a line with its row and column: the products, then their sum.

import type { Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import type { Family } from "../../family.ts";
import { type Matrix, readMatrices, spell } from "../../matrix.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { questionText } from "../../question-text.ts";
import { entryLine, type Product, productOf } from "./product.ts";
import { productPhrasings, readProduct } from "./wordings.ts";

/** Rows and columns of the factors; numbers below 10 where two products are added, below 7 where three are. */
const SHAPES = {
  "2x2 times vector": { rows: 2, inner: 2, columns: 1, most: 9 },
  "2x2 times 2x2": { rows: 2, inner: 2, columns: 2, most: 9 },
  "2x3 times vector": { rows: 2, inner: 3, columns: 1, most: 6 },
  "2x3 times 3x2": { rows: 2, inner: 3, columns: 2, most: 6 },
} as const;
type Shape = keyof typeof SHAPES;

/** By level: shapes, and the largest number where it is smaller than the shape's. */
const LEVELS: readonly { readonly shapes: readonly Shape[]; readonly most: number }[] = [
  { shapes: ["2x2 times vector"], most: 5 },
  { shapes: ["2x2 times vector", "2x2 times 2x2"], most: 9 },
  { shapes: ["2x3 times vector", "2x3 times 3x2"], most: 9 },
];

const PLACE = /^([123]), ?([123])$/;

/** Refutes an entry's line with another value; all else is the general checker's. */
function checkStep(product: Product, { label, body }: StepLine, _: StepContext): TaskVerdict | undefined {
  const [, row, column] = PLACE.exec(label ?? "") ?? [];
  const claimed = /(?:^|=) ?(-?\d{1,9})$/.exec(body)?.[1];
  const expected = productOf(product)[Number(row) - 1]?.[Number(column) - 1];
  if (claimed === undefined || expected === undefined || Number(claimed) === expected) return undefined;
  return refuted({
    [`row ${row}, column ${column}`]: entryLine(product, Number(row) - 1, Number(column) - 1),
    claimed,
  });
}

/** The matrix that an answer says, in any spelling; a list of numbers for a column. */
function readAnswer(answer: string, isColumn: boolean): Matrix | undefined {
  const text = questionText(answer.replace(/^.*=/s, "").replaceAll("\\left", "").replaceAll("\\right", ""));
  if (text === undefined) return undefined;
  const found = readMatrices(text);
  if (found.length > 0) return found.length === 1 ? found[0]!.matrix : undefined;
  const list =
    /^ ?[[(<]? ?([-+]?\d{1,6}(?: ?, ?[-+]?\d{1,6}){1,2}) ?[\])>]?(?:\^[T⊤]|\^\{?\\?[a-zA-Z]{1,4}\}?)? ?$/.exec(
      text,
    )?.[1];
  return isColumn && list !== undefined ? list.split(",").map((value) => [Number(value)]) : undefined;
}

function checkAnswer(product: Product, answer: string): Verdict {
  const expected = productOf(product);
  const said = readAnswer(answer, expected[0]!.length === 1);
  if (said === undefined) return unknown("unparsed");
  const size = (matrix: Matrix) => `${matrix.length}x${matrix[0]!.length}`;
  if (size(said) !== size(expected)) return refuted({ size: size(said), expected: size(expected) });
  for (const [row, values] of expected.entries())
    for (const [column, value] of values.entries())
      if (said[row]![column] !== value)
        return refuted({
          [`row ${row + 1}, column ${column + 1}`]: String(said[row]![column]),
          expected: entryLine(product, row, column),
        });
  return proved();
}

const checker: TaskChecker<Product> = {
  id: "matrix-products",
  recognise: readProduct,
  premises: () => [],
  checkStep,
  checkAnswer,
  answerBy: "recomputing",
};

const spellKey = (matrix: Matrix) => matrix.map((row) => row.join(" ")).join("; ");

/** Products of matrices; at the default level of two rows, with numbers to 9. */
export const matrixProducts: Family<Product> = {
  id: "matrix-products",
  area: "algebra",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.shapes,
  draw(random, level) {
    const { shapes, most } = LEVELS[level - 1]!;
    const { rows, inner, columns, ...shape } = SHAPES[random.pick(shapes)];
    const limit = Math.min(most, shape.most);
    const matrix = (height: number, width: number) =>
      Array.from({ length: height }, () => Array.from({ length: width }, () => random.int(-limit, limit)));
    return { left: matrix(rows, inner), right: matrix(inner, columns) };
  },
  key: ({ left, right }) => `${spellKey(left)} * ${spellKey(right)}`,
  cell: ({ right }) => {
    const [inner, columns] = [right.length, right[0]!.length];
    return `2x${inner} times ${columns === 1 ? "vector" : `${inner}x${columns}`}`;
  },
  trace: (product) =>
    product.left.flatMap((_, row) => product.right[0]!.map((_, column) => entryLine(product, row, column))),
  answer: (product) => spell(productOf(product), "[[,]]"),
  verifier: () => ({ kind: "tuple", task: "matrix-products" }),
  vocabulary: ["2"],
  phrasings: productPhrasings,
  leastWordings: 8,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};

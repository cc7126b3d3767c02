// Products of whole numbers, by partial products and columns. Owns problems, trace and checker; the wordings stand in wordings.ts.

import type { TaskChecker } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import { columnStep } from "../../column-step.ts";
import { additionColumns } from "../../columns.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import { multiplicationPhrasings, readMultiplication } from "./wordings.ts";

/** a·b, both at least 0. */
export interface Product {
  readonly a: number;
  readonly b: number;
}

/** Digits of the two factors by level; at level 1 the first has one or two. */
const DIGITS = [
  [2, 1],
  [2, 2],
  [3, 2],
  [3, 3],
] as const;

/** The digits of `a` times one digit, the carry in sight: `7*8=56`, `4*8+5=37`. */
function digitProducts(a: number, digit: number): string[] {
  const lines: string[] = [];
  let carry = 0;
  for (const x of [...String(a)].reverse().map(Number)) {
    const product = x * digit + carry;
    lines.push(`${x}*${digit}${carry ? `+${carry}` : ""}=${product}`);
    carry = Math.floor(product / 10);
  }
  return lines;
}

function trace({ a, b }: Product): string[] {
  const digits = [...String(b)].reverse().map(Number);
  if (digits.length === 1) return withLabel(`${a}*${b}`, a < 10 ? [] : digitProducts(a, b), `${a}*${b}=${a * b}`);
  const parts = digits.map((digit, i) => digit * 10 ** i);
  const lines = [`${a}*${b}=${parts.map((part) => `${a}*${part}`).join("+")}`];
  let sum = 0;
  digits.forEach((digit, i) => {
    const part = a * parts[i]!;
    lines.push(
      ...withLabel(`${a}*${parts[i]}`, digit === 0 ? [] : digitProducts(a, digit), `${a}*${parts[i]}=${part}`),
    );
    if (i > 0)
      lines.push(
        ...withLabel(
          `${sum}+${part}`,
          additionColumns(sum, part),
          i === digits.length - 1 ? undefined : `${sum}+${part}=${sum + part}`,
        ),
      );
    sum += part;
  });
  return [...lines, `${a}*${b}=${sum}`];
}

const withLabel = (label: string, lines: readonly string[], result: string | undefined): string[] => [
  ...lines.map((line, i) => (i === 0 ? `${label}: ${line}` : line)),
  ...(result === undefined ? [] : [result]),
];

const checker: TaskChecker<Product> = {
  id: "multiplication",
  recognise: readMultiplication,
  premises: ({ a, b }) => [`${a}*${b}=${a * b}`],
  checkStep: (_, line, context) => columnStep(line, context),
  checkAnswer: ({ a, b }, answer, budget) => wholeAnswer(answer, String(a * b), budget),
  answerBy: "recomputing",
};

/** Products; the default level has two factors of two digits. */
export const multiplication: Family<Product> = {
  id: "multiplication",
  area: "arithmetic",
  version: "3",
  levels: DIGITS.length,
  defaultLevel: 2,
  cells: (level) =>
    level === 1 ? ["1x1 digits", "2x1 digits"] : [`${DIGITS[level - 1]![0]}x${DIGITS[level - 1]![1]} digits`],
  draw(random, level) {
    const number = (length: number) =>
      length === 1 ? random.below(10) : random.int(10 ** (length - 1), 10 ** length - 1);
    const [p, q] = DIGITS[level - 1]!;
    const factors = [number(level === 1 ? random.int(1, p) : p), number(q)] as const;
    const [a, b] = p === q && random.chance(0.5) ? [factors[1], factors[0]] : factors;
    return { a, b };
  },
  key: ({ a, b }) => `${Math.min(a, b)}*${Math.max(a, b)}`,
  cell: ({ a, b }) =>
    [a, b]
      .map((n) => String(n).length)
      .sort((p, q) => q - p)
      .join("x")
      .concat(" digits"),
  trace,
  answer: ({ a, b }) => String(a * b),
  verifier: () => ({ kind: "number" }),
  phrasings: multiplicationPhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};

// What a problem of counting is, and its answer. Knows no wordings and no trace.

/** k of n things in order without repetition, without order, in order with repetition. */
export type Kind = "arrangements" | "selections" | "sequences";

export const KINDS: readonly Kind[] = ["arrangements", "selections", "sequences"];

export interface Choice {
  readonly kind: Kind;
  readonly n: number;
  readonly k: number;
}

/** The factors of the product in the order of the reasoning: n, n-1, … or n, n, … */
export const factorsOf = ({ kind, n, k }: Choice): number[] =>
  Array.from({ length: k }, (_, i) => (kind === "sequences" ? n : n - i));

export const product = (factors: readonly number[]): number => factors.reduce((x, y) => x * y, 1);

/** k·(k-1)·…·1. */
export const factorial = (k: number): number => product(Array.from({ length: k }, (_, i) => i + 1));

export const answerOf = (choice: Choice): number =>
  product(factorsOf(choice)) / (choice.kind === "selections" ? factorial(choice.k) : 1);

/** Whether there is something to choose, in numbers that are exact. */
export const isProblem = ({ kind, n, k }: Choice): boolean =>
  n > 1 &&
  k > 1 &&
  k <= 12 &&
  (kind === "sequences" || k <= n) &&
  Number.isSafeInteger(product(factorsOf({ kind, n, k })));

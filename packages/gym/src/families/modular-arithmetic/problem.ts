// What a problem of modular arithmetic is, and its answer. Knows no wordings and no trace.

/** What is asked: a remainder of a number, a sum, a product, a power; an inverse; the solution of a·x ≡ b. */
export type Kind = "remainder" | "sum" | "product" | "power" | "inverse" | "congruence";

/** a, a+b, a·b, a^b modulo m; a·x ≡ 1 or a·x ≡ b modulo m. b is 0 where it has no part. */
export interface Modular {
  readonly kind: Kind;
  readonly a: number;
  readonly b: number;
  readonly m: number;
}

/** The remainder from 0 to m - 1, for n of either sign. */
export const modulo = (n: number, m: number): number => ((n % m) + m) % m;

/** base^exponent modulo m, for m below 2^26. */
export function powerModulo(base: number, exponent: number, m: number): number {
  let result = 1 % m;
  for (let i = exponent.toString(2).length - 1; i >= 0; i--) {
    result = (result * result) % m;
    if (Math.floor(exponent / 2 ** i) % 2 === 1) result = (result * modulo(base, m)) % m;
  }
  return result;
}

/** Whether a·x ≡ b has exactly one solution modulo m. */
export const isCoprime = (a: number, m: number): boolean => (m === 0 ? a === 1 : isCoprime(m, a % m));

/** The right side of the congruence that `inverse` and `congruence` ask for. */
export const target = ({ kind, b, m }: Modular): number => modulo(kind === "inverse" ? 1 : b, m);

/** The answer: a remainder, or the smallest solution that is not negative. */
export function answerOf(problem: Modular): number {
  const { kind, a, b, m } = problem;
  switch (kind) {
    case "remainder":
      return modulo(a, m);
    case "sum":
      return modulo(a + b, m);
    case "product":
      return (modulo(a, m) * modulo(b, m)) % m;
    case "power":
      return powerModulo(a, b, m);
    default: {
      let x = 0;
      while (x < m && (modulo(a, m) * x) % m !== target(problem)) x++;
      return x;
    }
  }
}

// What a problem of rates and percent is, and its answer. Knows no wordings and no trace.

/**
 * `percent`: a % of b. `change`: from a to b, in percent. `applied`: a raised or lowered by b %. `rate`: a a unit of time, b units.
 * `time`: how long for b. `price`: a cost b, what do c cost. `mixture`: a parts of b %, c parts of d %. `original`: what, raised or
 * lowered by b %, is a.
 */
export type Kind = "percent" | "change" | "applied" | "rate" | "time" | "price" | "mixture" | "original";

export const KINDS: readonly Kind[] = ["percent", "change", "applied", "rate", "time", "price", "mixture", "original"];

/** The numbers of a kind in its order, and whether something falls. */
export interface Rates {
  readonly kind: Kind;
  readonly values: readonly number[];
  readonly isDown: boolean;
}

/** The answer; whole for every problem of the family. */
export function answerOf({ kind, values, isDown }: Rates): number {
  const [a = 0, b = 0, c = 0, d = 0] = values;
  const rest = 100 + (isDown ? -b : b);
  switch (kind) {
    case "percent":
      return (a * b) / 100;
    case "change":
      return (Math.abs(b - a) * 100) / a;
    case "applied":
      return (a * rest) / 100;
    case "rate":
      return a * b;
    case "time":
      return b / a;
    case "price":
      return (b / a) * c;
    case "mixture":
      return (a * b + c * d) / (a + c);
    case "original":
      return (a * 100) / rest;
  }
}

/** Whether it has a whole answer that is not 0 by whole steps. */
export function isProblem(problem: Rates): boolean {
  const { kind, values } = problem;
  const [a = 0, b = 0, c = 0] = values;
  const answer = answerOf(problem);
  if (!Number.isSafeInteger(answer) || answer <= 0) return false;
  if (kind === "applied" && (a * b) % 100 !== 0) return false;
  if (kind === "price" && b % a !== 0) return false;
  if (kind === "change" && a === b) return false;
  return values.every((value) => Number.isInteger(value) && value > 0) && a < 1e7 && b < 1e7 && c < 1e7;
}

/** a·b/100 as p·q/u without the zeros that fall away: those of a first, then those of b. */
export function percentFactors(a: number, b: number): [p: number, q: number, u: number] {
  const zeros = (n: number) => /0*$/.exec(String(n))![0].length;
  const first = Math.min(2, zeros(a));
  const second = Math.min(2 - first, zeros(b));
  return [a / 10 ** first, b / 10 ** second, 10 ** (2 - first - second)];
}

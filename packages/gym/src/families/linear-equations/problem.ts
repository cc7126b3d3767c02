// What a linear equation of this family is: its shapes, its solution and its plain spelling. Knows no wordings and no trace.

import { joinTerms, withUnit } from "../../signed.ts";

/** `n` divides: x/n, px/n (p = a) or (x+b)/n. Fields that a shape lacks are 0 (n: 1). */
export interface LinearEquation {
  readonly shape: Shape;
  readonly letter: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly n: number;
}

export const SHAPES = ["ax+b=c", "a(x+b)=c", "ax+b=cx+d", "x/n+b=c", "ax/n+b=c", "(x+b)/n=c"] as const;
export type Shape = (typeof SHAPES)[number];

/** The solution of a problem. */
export function solution({ shape, a, b, c, d, n }: LinearEquation): number {
  switch (shape) {
    case "ax+b=c":
      return (c - b) / a;
    case "a(x+b)=c":
      return c / a - b;
    case "ax+b=cx+d":
      return (d - b) / (a - c);
    case "x/n+b=c":
    case "ax/n+b=c":
      return ((c - b) * n) / a;
    case "(x+b)/n=c":
      return c * n - b;
  }
}

/** The two sides in plain text; zero constants of a two-sided equation stay visible. */
export function sides({ shape, letter: x, a, b, c, d, n }: LinearEquation): [string, string] {
  const plus = (term: string, constant: number) => joinTerms([term, String(constant)]);
  switch (shape) {
    case "ax+b=c":
      return [b === 0 ? withUnit(a, x) : plus(withUnit(a, x), b), String(c)];
    case "a(x+b)=c":
      return [`${a}(${plus(x, b)})`, String(c)];
    case "ax+b=cx+d":
      return [plus(withUnit(a, x), b), plus(withUnit(c, x), d)];
    case "x/n+b=c":
    case "ax/n+b=c": {
      const quotient = `${withUnit(a, x)}/${n}`;
      return [b === 0 ? quotient : plus(quotient, b), String(c)];
    }
    case "(x+b)/n=c":
      return [`(${plus(x, b)})/${n}`, String(c)];
  }
}

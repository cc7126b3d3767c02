// Linear equations y' = p(x) + a·y: their spelling and general solution y = q(x) + C·e^(ax). Knows no wordings and no trace.

import { joinTerms, withUnit } from "../../signed.ts";

/** A fraction in lowest terms with a positive denominator. */
export interface Fraction {
  readonly n: number;
  readonly d: number;
}

/** y' = p + a·y. `p` holds the coefficients from the highest power down; empty for y' = a·y. */
export interface LinearOde {
  readonly y: string;
  readonly x: string;
  readonly p: readonly number[];
  readonly a: number;
}

/** n/d in lowest terms. */
export function fraction(n: number, d: number): Fraction {
  const gcd = (p: number, q: number): number => (q === 0 ? Math.abs(p) : gcd(q, p % q));
  const divisor = (gcd(n, d) || 1) * (d < 0 ? -1 : 1);
  return { n: n / divisor || 0, d: d / divisor };
}

/** The coefficients of the particular solution q, highest power first: q' = p + a·q, solved from the top. */
export function particular({ p, a }: LinearOde): Fraction[] {
  const q: Fraction[] = [];
  p.forEach((coefficient, i) => {
    const degree = p.length - i; // of the coefficient before this one
    const above = q[i - 1] ?? { n: 0, d: 1 };
    q.push(fraction(degree * above.n - coefficient * above.d, above.d * a));
  });
  return q;
}

/** `x^2`, `x` or nothing. */
export const power = (x: string, degree: number): string => (degree === 0 ? "" : degree === 1 ? x : `${x}^${degree}`);

/** One term of p in plain text. */
export const monomial = (c: number, x: string, degree: number): string =>
  degree === 0 ? String(c) : withUnit(c, power(x, degree));

/** The terms of p that are not zero. */
export const termsOf = ({ p, x }: LinearOde): string[] =>
  p.flatMap((c, i) => (c === 0 ? [] : [monomial(c, x, p.length - 1 - i)]));

/** `y'=x^2+y`: the normal form, zeros left out. */
export const normalForm = (problem: LinearOde): string =>
  `${problem.y}'=${joinTerms([...termsOf(problem), withUnit(problem.a, problem.y)])}`;

/** `e^(2x)`. */
export const exponential = ({ a, x }: LinearOde): string => `e^(${withUnit(a, x)})`;

/** `-x^2/2+3x/4-5`, `x^2/3`: one term of the solution. */
function solutionTerm({ n, d }: Fraction, x: string, degree: number): string {
  const top = degree === 0 ? String(n) : withUnit(n, power(x, degree));
  return d === 1 ? top : `${top}/${d}`;
}

/** The general solution's right side: `-x^2-2x-2+Ce^(x)`. */
export function solutionText(problem: LinearOde): string {
  const q = particular(problem);
  const terms = q.flatMap((c, i) => (c.n === 0 ? [] : [solutionTerm(c, problem.x, q.length - 1 - i)]));
  return joinTerms([...terms, `C${exponential(problem)}`]);
}

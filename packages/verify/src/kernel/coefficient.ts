// Gaussian rationals (re + im·i)/den, the coefficients of the kernel's polynomials: sine and cosine are exponentials of imaginary
// arguments. Almost all values are real; every operation has that case first.
// Invariant: den > 0 and gcd(re, im, den) = 1.

import { gcd, type Rational } from "../number/rational.ts";

export interface Coefficient {
  readonly re: bigint;
  readonly im: bigint;
  readonly den: bigint;
}

export const C_ZERO: Coefficient = { re: 0n, im: 0n, den: 1n };
export const C_ONE: Coefficient = { re: 1n, im: 0n, den: 1n };
export const C_I: Coefficient = { re: 0n, im: 1n, den: 1n };

function make(re: bigint, im: bigint, den: bigint): Coefficient {
  if (den === 1n) return { re, im, den };
  let g = gcd(re, den);
  if (im !== 0n && g !== 1n) g = gcd(g, im);
  return g === 1n ? { re, im, den } : { re: re / g, im: im / g, den: den / g };
}

export const coefficient = (value: Rational): Coefficient => ({ re: value.n, im: 0n, den: value.d });
export const isZero = (a: Coefficient): boolean => a.re === 0n && a.im === 0n;
export const isOne = (a: Coefficient): boolean => a.re === 1n && a.im === 0n && a.den === 1n;
export const isReal = (a: Coefficient): boolean => a.im === 0n;
/** The real part; the caller has checked isReal. */
export const toRational = (a: Coefficient): Rational => ({ n: a.re, d: a.den });

export function add(a: Coefficient, b: Coefficient): Coefficient {
  if (a.den === b.den) return make(a.re + b.re, a.im + b.im, a.den);
  return make(a.re * b.den + b.re * a.den, a.im * b.den + b.im * a.den, a.den * b.den);
}

export function mul(a: Coefficient, b: Coefficient): Coefficient {
  if (a.im === 0n && b.im === 0n) return make(a.re * b.re, 0n, a.den * b.den);
  return make(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re, a.den * b.den);
}

export const negate = (a: Coefficient): Coefficient => ({ re: -a.re, im: -a.im, den: a.den });
export const conjugate = (a: Coefficient): Coefficient => (a.im === 0n ? a : { re: a.re, im: -a.im, den: a.den });

/** 1/a; the caller guarantees a ≠ 0. */
export function inverse(a: Coefficient): Coefficient {
  if (a.im === 0n) return a.re < 0n ? { re: -a.den, im: 0n, den: -a.re } : { re: a.den, im: 0n, den: a.re };
  const norm = a.re * a.re + a.im * a.im;
  return make(a.re * a.den, -a.im * a.den, norm);
}

export const key = (a: Coefficient): string =>
  `${a.re}${a.im === 0n ? "" : `,${a.im}`}${a.den === 1n ? "" : `/${a.den}`}`;

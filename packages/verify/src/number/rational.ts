// Exact rationals on bigint. Owns their arithmetic and printing; knows nothing of expressions.
// Invariant: denominator > 0 and gcd(numerator, denominator) = 1. Values are immutable.

/** An exact rational number in lowest terms with a positive denominator. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };
export const MINUS_ONE: Rational = { n: -1n, d: 1n };
export const HALF: Rational = { n: 1n, d: 2n };

const SMALL = 1n << 52n;

/** Greatest common divisor, never negative. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (x >= SMALL || y >= SMALL) {
    if (y === 0n) return x;
    [x, y] = [y, x % y];
  }
  let u = Number(x);
  let v = Number(y);
  while (v !== 0) [u, v] = [v, u % v];
  return BigInt(u);
}

/** n/d in lowest terms. The caller guarantees d ≠ 0. */
export function rational(n: bigint, d: bigint = 1n): Rational {
  if (d === 1n) return { n, d };
  const g = gcd(n, d);
  const s = d < 0n ? -g : g;
  return s === 1n ? { n, d } : { n: n / s, d: d / s };
}

export const fromInteger = (n: number | bigint): Rational => ({ n: BigInt(n), d: 1n });

export function add(a: Rational, b: Rational): Rational {
  if (a.d === 1n && b.d === 1n) return { n: a.n + b.n, d: 1n };
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function sub(a: Rational, b: Rational): Rational {
  if (a.d === 1n && b.d === 1n) return { n: a.n - b.n, d: 1n };
  return rational(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function mul(a: Rational, b: Rational): Rational {
  if (a.d === 1n && b.d === 1n) return { n: a.n * b.n, d: 1n };
  return rational(a.n * b.n, a.d * b.d);
}

/** a/b. The caller guarantees b ≠ 0. */
export const div = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);

export const neg = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const abs = (a: Rational): Rational => (a.n < 0n ? neg(a) : a);
/** 1/a. The caller guarantees a ≠ 0. */
export const inverse = (a: Rational): Rational => (a.n < 0n ? { n: -a.d, d: -a.n } : { n: a.d, d: a.n });

/** a^k for an integer k; the caller guarantees a ≠ 0 where k < 0 and bounds the size. */
export function pow(a: Rational, k: bigint): Rational {
  if (k < 0n) return pow(inverse(a), -k);
  return { n: a.n ** k, d: a.d ** k };
}

export const equal = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const isZero = (a: Rational): boolean => a.n === 0n;
export const isOne = (a: Rational): boolean => a.n === 1n && a.d === 1n;
export const isInteger = (a: Rational): boolean => a.d === 1n;

/** -1, 0 or 1 as a < b, a = b, a > b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const left = a.d === b.d ? a.n : a.n * b.d;
  const right = a.d === b.d ? b.n : b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

export const sign = (a: Rational): -1 | 0 | 1 => (a.n < 0n ? -1 : a.n > 0n ? 1 : 0);

/** The largest integer that is not above a. */
export function floor(a: Rational): bigint {
  const q = a.n / a.d;
  return a.n < 0n && q * a.d !== a.n ? q - 1n : q;
}

/** `7`, `-3/4`. */
export const toText = (a: Rational): string => (a.d === 1n ? a.n.toString() : `${a.n}/${a.d}`);

/** The nearest double, also where numerator and denominator overflow one. */
export function toNumber(a: Rational): number {
  const n = Number(a.n);
  const d = Number(a.d);
  if (Number.isFinite(n) && Number.isFinite(d)) return n / d;
  const shift = BigInt(Math.max(a.n.toString(2).length, a.d.toString(2).length) - 900);
  return Number(a.n >> shift) / Number(a.d >> shift);
}

/** Exact value of a decimal numeral such as `12`, `0.5` or `.25`. */
export function fromDecimal(text: string): Rational {
  const dot = text.indexOf(".");
  if (dot < 0) return { n: BigInt(text), d: 1n };
  const digits = text.length - dot - 1;
  return rational(BigInt(text.slice(0, dot) + text.slice(dot + 1) || "0"), 10n ** BigInt(digits));
}

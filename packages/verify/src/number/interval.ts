// Interval arithmetic in fixed point on bigint: [low, high]·2^-bits certainly contains the value. Owns rounding; every function widens
// outwards. A result of undefined means: not certainly defined on the whole interval.

import * as Q from "./rational.ts";

/** Bounds in units of 2^-bits of the arithmetic that made them. */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

const floorDivide = (a: bigint, b: bigint): bigint => {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
};
const ceilDivide = (a: bigint, b: bigint): bigint => -floorDivide(-a, b);

/** Largest r with r^k <= n, for n >= 0. */
export function integerRoot(n: bigint, k: number): bigint {
  if (n < 2n) return n;
  const degree = BigInt(k);
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / k) + 1);
  for (;;) {
    const next = ((degree - 1n) * x + n / x ** (degree - 1n)) / degree;
    if (next >= x) return x;
    x = next;
  }
}

/** Values with more bits before the point than this are given up. */
const MAGNITUDE_LIMIT = 8192;

/** Arithmetic with a fixed number of binary places. */
export class IntervalArithmetic {
  readonly bits: number;
  readonly #shift: bigint;
  readonly #one: bigint;
  #pi: Interval | undefined;
  #ln2: Interval | undefined;

  constructor(bits: number) {
    this.bits = bits;
    this.#shift = BigInt(bits);
    this.#one = 1n << this.#shift;
  }

  rational(value: Q.Rational): Interval {
    const scaled = value.n << this.#shift;
    return { low: floorDivide(scaled, value.d), high: ceilDivide(scaled, value.d) };
  }

  add(a: Interval, b: Interval): Interval {
    return { low: a.low + b.low, high: a.high + b.high };
  }

  negate(a: Interval): Interval {
    return { low: -a.high, high: -a.low };
  }

  multiply(a: Interval, b: Interval): Interval {
    const products = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
    let low = products[0]!;
    let high = low;
    for (const product of products) {
      if (product < low) low = product;
      if (product > high) high = product;
    }
    return { low: low >> this.#shift, high: -(-high >> this.#shift) };
  }

  /** 1/a; undefined where a may be zero. */
  inverse(a: Interval): Interval | undefined {
    if (a.low <= 0n && a.high >= 0n) return undefined;
    const square = this.#one << this.#shift;
    return { low: floorDivide(square, a.high), high: ceilDivide(square, a.low) };
  }

  power(a: Interval, k: bigint): Interval | undefined {
    if (k < 0n) {
      const inverse = this.inverse(a);
      return inverse === undefined ? undefined : this.power(inverse, -k);
    }
    let result: Interval = { low: this.#one, high: this.#one };
    let square = a;
    for (let rest = k; rest > 0n; rest >>= 1n) {
      if (this.#isHuge(square) || this.#isHuge(result)) return undefined;
      if (rest & 1n) result = this.multiply(result, square);
      if (rest > 1n) square = this.#square(square);
    }
    return this.#isHuge(result) ? undefined : result;
  }

  #square(a: Interval): Interval {
    const product = this.multiply(a, a);
    return product.low < 0n ? { low: 0n, high: product.high } : product;
  }

  #isHuge(a: Interval): boolean {
    const limit = 1n << BigInt(this.bits + MAGNITUDE_LIMIT);
    return a.low < -limit || a.high > limit;
  }

  /** The real root; of even degree only where a is certainly not negative. */
  root(a: Interval, degree: number): Interval | undefined {
    if (degree % 2 === 0 && a.low < 0n) return undefined;
    const signed = (n: bigint, up: boolean): bigint => {
      const scaled = (n < 0n ? -n : n) << BigInt(this.bits * (degree - 1));
      const root = integerRoot(scaled, degree);
      const exact = root ** BigInt(degree) === scaled;
      if (n < 0n) return -(up || exact ? root : root + 1n);
      return up && !exact ? root + 1n : root;
    };
    return { low: signed(a.low, false), high: signed(a.high, true) };
  }

  pi(): Interval {
    if (this.#pi === undefined) {
      // Machin: π = 16·atan(1/5) - 4·atan(1/239), with 32 guard bits.
      const guard = this.#shift + 32n;
      const arctangent = (n: bigint): bigint => {
        let term = (1n << guard) / n;
        let sum = term;
        const square = n * n;
        for (let k = 3n; term !== 0n; k += 2n) {
          term = -term / square;
          sum += term / k;
        }
        return sum;
      };
      const value = 16n * arctangent(5n) - 4n * arctangent(239n);
      this.#pi = { low: (value >> 32n) - 1n, high: (value >> 32n) + 2n };
    }
    return this.#pi;
  }

  ln2(): Interval {
    this.#ln2 ??= this.#twiceArtanh(1n, 3n);
    return this.#ln2;
  }

  /** 2·artanh(n/d) = ln((d+n)/(d-n)) for 0 <= n/d <= 1/3: the terms' truncation is below one unit each, the tail below one term. */
  #twiceArtanh(n: bigint, d: bigint): Interval {
    const guard = 32n;
    const z = (n << (this.#shift + guard)) / d;
    const square = (z * z) >> (this.#shift + guard);
    let power = z;
    let sum = 0n;
    for (let k = 1n; power > 0n; k += 2n) {
      sum += power / k;
      power = (power * square) >> (this.#shift + guard);
    }
    const value = (2n * sum) >> guard;
    return { low: value - 1n, high: value + 2n };
  }

  exp(a: Interval): Interval | undefined {
    const limit = BigInt(MAGNITUDE_LIMIT) << this.#shift;
    if (a.high > limit) return undefined;
    const low = a.low < -limit ? 0n : this.#expOf(a.low).low;
    return { low, high: this.#expOf(a.high).high };
  }

  /** exp of an exact fixed-point number. */
  #expOf(x: bigint): Interval {
    const guard = 48n;
    const ln2 = new IntervalArithmetic(this.bits + 48 + 16).ln2().low >> 16n;
    const scaled = x << guard;
    const k = floorDivide(scaled, ln2);
    // Halve the remainder eight times, sum the series, square back. Error: below 2^(8 + 4) units of the guarded scale.
    const rest = (scaled - k * ln2) >> 8n;
    const width = this.#shift + guard;
    let term = 1n << width;
    let sum = term;
    for (let j = 1n; term !== 0n; j++) {
      term = (term * rest) >> width;
      term /= j;
      sum += term;
    }
    for (let j = 0; j < 8; j++) sum = (sum * sum) >> width;
    const size = k < 0n ? -k : k;
    // k·(error of ln2) shifts the exponent by at most |k| guarded units; sum is below 2.
    const error = (1n << 20n) + 4n * size;
    const shiftBack = guard - k;
    const shift = (value: bigint): bigint => (shiftBack >= 0n ? value >> shiftBack : value << -shiftBack);
    const low = shift(sum - error) - 1n;
    return { low: low < 0n ? 0n : low, high: shift(sum + error) + 1n };
  }

  ln(a: Interval): Interval | undefined {
    if (a.low <= 0n) return undefined;
    return { low: this.#lnOf(a.low).low, high: this.#lnOf(a.high).high };
  }

  #lnOf(x: bigint): Interval {
    // x = m·2^k with 2/3 <= m < 4/3; ln m = ±2·artanh(|m-1|/(m+1)).
    let k = x.toString(2).length - 1 - this.bits;
    const scale = (e: number): { n: bigint; d: bigint } =>
      e >= 0 ? { n: x, d: this.#one << BigInt(e) } : { n: x << BigInt(-e), d: this.#one };
    let m = scale(k);
    if (3n * m.n >= 4n * m.d) {
      k += 1;
      m = scale(k);
    }
    const above = m.n >= m.d;
    const part = this.#twiceArtanh(above ? m.n - m.d : m.d - m.n, m.n + m.d);
    const signed = above ? part : this.negate(part);
    const factor = BigInt(k);
    const ln2 = this.ln2();
    const whole =
      factor >= 0n
        ? { low: ln2.low * factor, high: ln2.high * factor }
        : { low: ln2.high * factor, high: ln2.low * factor };
    return this.add(signed, whole);
  }

  sin(a: Interval): Interval | undefined {
    return this.#turn(a, 0n);
  }

  cos(a: Interval): Interval | undefined {
    return this.#turn(a, 1n);
  }

  /** sin(a + quarter·π/2): value at the midpoint, widened by the radius (the slope is at most 1). */
  #turn(a: Interval, quarter: bigint): Interval | undefined {
    const radius = (a.high - a.low) / 2n + 1n;
    if (radius > this.#one) return { low: -this.#one, high: this.#one };
    const middle = (a.low + a.high) / 2n;
    if (this.#isHuge(a)) return undefined;
    const guard = BigInt(32 + Math.max(0, middle.toString(2).length - this.bits));
    const wide = new IntervalArithmetic(this.bits + Number(guard) + 8);
    const half = wide.pi().low >> 9n;
    const x = middle << guard;
    const k = floorDivide(x + half / 2n, half);
    const rest = x - k * half;
    const quadrant = (((k + quarter) % 4n) + 4n) % 4n;
    const width = this.#shift + guard;
    const square = (rest * rest) >> width;
    const isSine = quadrant % 2n === 0n;
    let term = isSine ? rest : 1n << width;
    let sum = term;
    for (let j = isSine ? 2n : 1n; term !== 0n && term !== -1n; j += 2n) {
      term = -((term * square) >> width) / (j * (j + 1n));
      sum += term;
    }
    const value = (quadrant >= 2n ? -sum : sum) >> guard;
    const low = value - radius - 4n;
    const high = value + radius + 4n;
    return { low: low < -this.#one ? -this.#one : low, high: high > this.#one ? this.#one : high };
  }

  atan(a: Interval): Interval {
    return { low: this.#atanOf(a.low).low, high: this.#atanOf(a.high).high };
  }

  #atanOf(x: bigint): Interval {
    if (x < 0n) return this.negate(this.#atanOf(-x));
    if (x > this.#one) {
      // atan x = π/2 - atan(1/x), where 1/x is known to one unit.
      const inverse = (this.#one << this.#shift) / x;
      const half = { low: this.pi().low >> 1n, high: (this.pi().high >> 1n) + 1n };
      const part = this.#atanOf(inverse);
      return { low: half.low - part.high - 1n, high: half.high - part.low };
    }
    // Halve the angle three times: atan x = 2·atan(x / (1 + √(1+x²))), then sum the series.
    const guard = 40n;
    const width = this.#shift + guard;
    const one = 1n << width;
    let y = x << guard;
    for (let j = 0; j < 3; j++) {
      const length = integerRoot((one << width) + y * y, 2);
      y = (y << width) / (one + length);
    }
    const square = (y * y) >> width;
    let power = y;
    let sum = 0n;
    for (let k = 1n; power > 0n; k += 2n) {
      sum += k % 4n === 1n ? power / k : -(power / k);
      power = (power * square) >> width;
    }
    const value = (sum * 8n) >> guard;
    return { low: value - 2n, high: value + 3n };
  }

  /** asin x = atan(x / √(1-x²)); undefined outside (-1, 1). */
  asin(a: Interval): Interval | undefined {
    const bound = (x: bigint): Interval | undefined => {
      const rest = (this.#one << this.#shift) - x * x;
      if (rest <= 0n) return undefined;
      const root = integerRoot(rest, 2);
      const cosine = this.inverse({ low: root, high: root + 1n });
      return cosine === undefined ? undefined : this.atan(this.multiply({ low: x, high: x }, cosine));
    };
    const low = bound(a.low);
    const high = bound(a.high);
    return low === undefined || high === undefined ? undefined : { low: low.low, high: high.high };
  }

  /** Through exp(-2|x|), which never overflows. */
  tanh(a: Interval): Interval | undefined {
    const low = this.#tanhOf(a.low);
    const high = this.#tanhOf(a.high);
    return low === undefined || high === undefined ? undefined : { low: low.low, high: high.high };
  }

  #tanhOf(x: bigint): Interval | undefined {
    if (x < 0n) {
      const mirrored = this.#tanhOf(-x);
      return mirrored === undefined ? undefined : this.negate(mirrored);
    }
    const q = this.exp({ low: -2n * x, high: -2n * x });
    if (q === undefined) return undefined;
    const one = { low: this.#one, high: this.#one };
    const under = this.inverse(this.add(one, q));
    return under === undefined ? undefined : this.multiply(this.add(one, this.negate(q)), under);
  }

  abs(a: Interval): Interval {
    if (a.low >= 0n) return a;
    if (a.high <= 0n) return this.negate(a);
    const low = -a.low;
    return low > a.high ? { low: 0n, high: low } : { low: 0n, high: a.high };
  }

  /** The middle as a decimal with up to 12 significant digits, also where it is beyond a double. */
  toText(a: Interval): string {
    const middle = (a.low + a.high) / 2n;
    const double = Q.toNumber({ n: middle, d: this.#one });
    if (Number.isFinite(double)) return double.toPrecision(12);
    const digits = (middle < 0n ? -middle >> this.#shift : middle >> this.#shift).toString();
    return `${middle < 0n ? "-" : ""}${digits[0]}.${digits.slice(1, 12)}e+${digits.length - 1}`;
  }
}

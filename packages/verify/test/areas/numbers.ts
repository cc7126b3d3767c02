// Numbers in the formats that people write: fractions, decimals, percent, mixed numbers, groups of digits, powers of ten, periods.

import type { TestRandom } from "../random.ts";
import { type Draw, pair } from "./case.ts";

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

/** n/d in one of the formats that can hold it. */
function written(n: bigint, d: bigint, random: TestRandom): string {
  const sign = n < 0n ? "-" : "";
  const size = n < 0n ? -n : n;
  const k = BigInt(random.between(2, 9));
  const formats: (() => string | undefined)[] = [
    () => `${sign}${size}/${d}`,
    () => `${sign}\\frac{${size}}{${d}}`,
    () => `${sign}\\dfrac{${size * k}}{${d * k}}`,
    () => decimal(size, d, sign),
    () => percent(size, d, sign),
    () => (size > d && size % d !== 0n ? `${sign}${size / d}\\frac{${size % d}}{${d}}` : undefined),
    () => (size > d && size % d !== 0n ? `${sign}${size / d} ${size % d}/${d}` : undefined),
    () => (d === 1n ? `${sign}${grouped(size, random.pick([",", "{,}", "\\,"]))}` : undefined),
    () => (d === 1n && size > 0n ? scientific(size, sign, random) : undefined),
    () => repeating(size, d, sign),
    () => `${sign}\\left(${size * k} \\div ${d * k}\\right)`,
    () => `${sign}${size + d}/${d} - (${sign}1)`,
  ];
  for (;;) {
    const text = random.pick(formats)();
    if (text !== undefined) return text;
  }
}

function decimal(n: bigint, d: bigint, sign: string): string | undefined {
  for (let places = 0, scale = 1n; places <= 8; places++, scale *= 10n) {
    if ((n * scale) % d !== 0n) continue;
    const digits = String((n * scale) / d).padStart(places + 1, "0");
    return places === 0 ? `${sign}${digits}.0` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }
  return undefined;
}

function percent(n: bigint, d: bigint, sign: string): string | undefined {
  const text = decimal(n * 100n, d, sign);
  return text === undefined ? undefined : `${text}\\%`;
}

const grouped = (n: bigint, separator: string): string => String(n).replace(/\B(?=(\d{3})+$)/g, separator);

function scientific(n: bigint, sign: string, random: TestRandom): string | undefined {
  const zeros = /0*$/.exec(String(n))![0].length;
  if (zeros === 0) return undefined;
  const k = random.between(1, zeros);
  const head = n / 10n ** BigInt(k);
  return random.pick([`${sign}${head}\\times 10^{${k}}`, `${sign}${head}.0e${k}`, `${sign}${head}·10^${k}`]);
}

/** Whole part, digits before the period, period, by long division. */
function repeating(n: bigint, d: bigint, sign: string): string | undefined {
  const seen = new Map<bigint, number>();
  let digits = "";
  let rest = n % d;
  while (rest !== 0n && !seen.has(rest) && digits.length < 30) {
    seen.set(rest, digits.length);
    digits += (rest * 10n) / d;
    rest = (rest * 10n) % d;
  }
  const start = seen.get(rest);
  if (rest === 0n || start === undefined) return undefined;
  return `${sign}${n / d}.${digits.slice(0, start)}\\overline{${digits.slice(start)}}`;
}

/** A number in two formats, or two numbers that differ by little. */
export const numbers: Draw = (random, equal) => {
  const d = BigInt(random.pick([1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 20, 25, 40, 125]));
  const n = BigInt(random.pick([1, 1, 1000, 100])) * BigInt(random.between(-3000, 3000) || 7);
  const g = gcd(n, d);
  const [p, q] = [n / g, d / g];
  const a = written(p, q, random);
  const b = equal
    ? written(p, q, random)
    : random.pick([
        () => written(p * 1000n + q, q * 1000n, random),
        () => written(p + 1n, q, random),
        () => written(-p || 1n, q, random),
      ])();
  return pair(a, b, equal);
};

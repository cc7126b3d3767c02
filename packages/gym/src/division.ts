// Division with remainder as one line of reasoning: `6: 75=60+12+3` takes from 75 the largest multiple of 6 in tens, then in ones, and
// ends with what is left. Owns this line format and the lines that find a greatest common divisor with it.

/** Pairs of numbers up to this have their greatest common divisor as one fact of a small table. */
export const SMALL_GCD = 20;

/** The greatest common divisor of two whole numbers from 0 up. */
export const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The multiples of `divisor` that `value` is made of, a digit of the quotient each, and the remainder last (also where it is 0). */
export function divisionParts(value: number, divisor: number): number[] {
  const parts: number[] = [];
  let rest = value;
  let unit = divisor;
  while (unit * 10 <= value) unit *= 10;
  for (; unit >= divisor; unit /= 10) {
    const part = Math.floor(rest / unit) * unit;
    if (part > 0) parts.push(part);
    rest -= part;
  }
  return [...parts, rest];
}

/**
 * The line of a division; `value` is at least `divisor`.
 * @example
 * divisionLine(75, 6) // "6: 75=60+12+3"
 */
export const divisionLine = (value: number, divisor: number): string =>
  `${divisor}: ${value}=${divisionParts(value, divisor).join("+")}`;

const DIVISION = /^(\d{1,9}):\s*(\d{1,9})=([\d+]+)$/;

/** The divisor, the value and the summands of a line of this form. */
export function readDivision(line: string): { divisor: number; value: number; parts: number[] } | undefined {
  const match = DIVISION.exec(line);
  if (match === null || Number(match[1]) === 0) return undefined;
  return { divisor: Number(match[1]), value: Number(match[2]), parts: match[3]!.split("+").map(Number) };
}

/** The lines that end in `gcd(a,b)=…`: numbers beyond the small table are first divided with remainder, as Euclid does. */
export function gcdLines(a: number, b: number): string[] {
  const lines: string[] = [];
  let [p, q] = [a, b];
  while (Math.max(p, q) > SMALL_GCD && Math.min(p, q) > 0) {
    if (p < q) [p, q] = [q, p];
    lines.push(divisionLine(p, q));
    [p, q] = [q, p % q];
  }
  return [...lines, `gcd(${p},${q})=${gcd(p, q)}`];
}

// Sums, products and quotients written out where one small fact does not do: columns from three digits on, places of a longer factor, digits of a longer quotient. Owns
// these lines for whole numbers with signs; the last line of each holds the result. Families put them into their reasoning.

import { additionColumns, subtractionColumns } from "./columns.ts";
import { operand, sumSides, unsignedSum } from "./signed.ts";

const labelled = (label: string, line: string): string => (label === "" ? line : `${label}: ${line}`);

/**
 * left ± right: one line where both are below 100, else with the columns of the unsigned sum before it.
 * @example
 * writtenSum(-14, "-", -19) // ["-14-(-19)=19-14=5"]
 * writtenSum(192, "-", 48, "4") // ["192-48: 2-8<12-8=4", "9-4-1=4", "1-0=1", "4: 192-48=144"]
 */
export function writtenSum(left: number, operation: "+" | "-", right: number, label = ""): string[] {
  const sides = sumSides(left, operation, right);
  if (left === 0 || right === 0 || Math.max(Math.abs(left), Math.abs(right)) < 100)
    return [labelled(label, sides.join("="))];
  const unsigned = unsignedSum(left, operation === "+" ? right : -right);
  const bare = unsigned.replace(/^-\((.*)\)$/, "$1");
  const [p, q] = bare.split(/[+-]/).map(Number) as [number, number];
  const [first, ...columns] = bare.includes("+") ? additionColumns(p, q) : subtractionColumns(p, q);
  const lines = [`${bare}: ${first}`, ...columns];
  if (bare === sides[0]) return [...lines, labelled(label, sides.join("="))];
  const result = bare.includes("+") ? p + q : p - q;
  return [sides.slice(0, -1).join("="), ...lines, `${bare}=${result}`, labelled(label, `${sides[0]}=${sides.at(-1)}`)];
}

/** The parts of a·b, one for each nonzero place of a: 47 and 6 give 240 and 42. */
function places(a: number, b: number): number[] {
  const digits = [...String(a)];
  return digits.map((digit, i) => Number(digit) * 10 ** (digits.length - 1 - i) * b).filter((part) => part !== 0);
}

/** Whether a number has one digit that is not 0. */
const isRound = (n: number): boolean => /^\d0*$/.test(String(n));

/**
 * a·b: place by place where one factor has a single digit that is not 0, else split by the places of the second.
 * @example
 * writtenProduct(47, -6) // ["47*(-6)=-(240+42)=-282"]
 * writtenProduct(51, 13) // ["51*13=51*10+51*3", "51*10=510", "51*3=150+3=153", "510+153: 0+3=3", "1+5=6", "5+1=6", "510+153=663", "51*13=663"]
 */
export function writtenProduct(a: number, b: number, label = ""): string[] {
  const [p, q] = [Math.abs(a), Math.abs(b)];
  const spelled = `${a}*${operand(b)}`;
  const isNegative = a < 0 !== b < 0;
  const signed = (text: string, isSum: boolean) => (isNegative ? (isSum ? `-(${text})` : `-${text}`) : text);
  if (p * q === 0) return [labelled(label, `${spelled}=0`)];
  if (isRound(p) || isRound(q)) {
    const [long, short] = isRound(q) ? [p, q] : [q, p];
    const sides = [spelled];
    const isDirect = short === 1 || /^10+$/.test(String(short));
    for (let parts = isDirect ? [long * short] : places(long, short); ; ) {
      sides.push(signed(parts.join("+"), parts.length > 1));
      if (parts.length === 1) break;
      parts = [parts[0]! + parts[1]!, ...parts.slice(2)];
    }
    return [labelled(label, sides.join("="))];
  }
  const plain = `${p}*${q}`;
  const parts = places(q, 1);
  const lines = [`${plain}=${parts.map((part) => `${p}*${part}`).join("+")}`];
  let sum = 0;
  for (const part of parts) lines.push(...writtenProduct(p, part));
  for (const part of parts) {
    if (sum !== 0) lines.push(...writtenSum(sum, "+", p * part));
    sum += p * part;
  }
  if (spelled === plain) return [...lines, labelled(label, `${plain}=${sum}`)];
  const sides = [spelled, signed(plain, false), signed(String(sum), false)].filter(
    (side, i, all) => side !== all[i - 1],
  );
  return [...lines, `${plain}=${sum}`, labelled(label, sides.join("="))];
}

/** A division by parts: its lines, the parts of the quotient and what is left. */
export interface Division {
  readonly lines: readonly string[];
  readonly parts: readonly number[];
  readonly rest: number;
}

/**
 * n divided by m, both positive, one digit of the quotient after the other: `347/7>40` names the largest multiple of one digit (and
 * zeros) that fits, which is then taken away.
 * @example
 * division(87, 7) // { lines: ["87/7>10", "10*7=70", "87-70=17", "17/7>2", "2*7=14", "17-14=3"], parts: [10, 2], rest: 3 }
 */
export function division(n: number, m: number): Division {
  const lines: string[] = [];
  const parts: number[] = [];
  let rest = n;
  while (rest >= m) {
    const quotient = Math.floor(rest / m);
    const unit = 10 ** (String(quotient).length - 1);
    const part = Math.floor(quotient / unit) * unit;
    parts.push(part);
    lines.push(`${rest}/${m}${part * m === rest ? "=" : ">"}${part}`);
    if (part > 1) lines.push(...writtenProduct(part, m));
    lines.push(...writtenSum(rest, "-", part * m));
    rest -= part * m;
  }
  return { lines, parts, rest };
}

/** Both numbers without the zeros that both end with. */
export function withoutCommonZeros(n: number, m: number): [number, number] {
  const zeros = Math.min(...[n, m].map((number) => /0*$/.exec(String(number))![0].length));
  return [n / 10 ** zeros, m / 10 ** zeros];
}

/**
 * n/m where it is whole: zeros that both end with fall away, then one line where the quotient has one digit, else a division by parts.
 * @example
 * writtenQuotient(1200, 80) // ["1200/80=120/8", "120/8>10", "10*8=80", "120-80: 0-0=0", "2-8<12-8=4", "1-0-1=0", "120-80=40", "40/8=5", "1200/80=10+5=15"]
 */
export function writtenQuotient(n: number, m: number): string[] {
  const [over, under] = withoutCommonZeros(n, m);
  const sides = [`${n}/${m}`, ...(over === n || under === 1 ? [] : [`${over}/${under}`])];
  const quotient = n / m;
  const { lines, parts } = division(over, under);
  if (parts.length === 1 || under === 1 || (over < 100 && under < 10)) return [[...sides, quotient].join("=")];
  // The last part leaves nothing: its product and difference say no more.
  const last = lines.findLastIndex((line) => line.startsWith(`${parts.at(-1)! * under}/`));
  const sums = [parts.join("+")];
  if (parts.length > 2) sums.push([parts[0]! + parts[1]!, ...parts.slice(2)].join("+"));
  const start = sides.length > 1 ? [sides.join("=")] : [];
  return [...start, ...lines.slice(0, last + 1), `${n}/${m}=${[...sums, quotient].join("=")}`];
}

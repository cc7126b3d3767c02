// Walks a trace and reports every number, word or letter that is not computable from earlier text. Owns the machine-checkable
// form of the law "a token may need at most one look-up or one small fact":
// - a number is known if it stands in the question or earlier in the trace, or is one digit of such a number (of a year also the
//   first or last two; a zero may stand in front, as in 8:05), or is 0 or 1 (an absent term, an unwritten coefficient), or belongs to
//   the family's fixed vocabulary; a label that is a number alone may also be the next one after the last such label (counting);
// - a new number must be one small fact away from the numbers of the side before it in the same chain: a sum or difference of
//   numbers up to three digits (with zeros that both end with, or in the zeros of one of them), a product or quotient with one
//   small operand, a quotient rounded down (of three digits to its first one, or by 10 to its first two), a product of two digits with zeros, zeros added or
//   dropped at the end, a carry or a borrow; the first side of a line and the answer hold no new numbers;
// - or it counts on by one on its side, from the number before it or, in a list of pairs, from the one before that;
// - or it is read off the columns above it: their last digits from the bottom up, zeros in front dropped;
// - or the line above spells it, digit by digit (`digits: 1, 0, 4`, also beside letters: `digits: 1, 0, C` for 10C);
// - or it belongs to a written division by the label (`6: 75=60+12+3`), or is a fact of another small table
//   (the gcd of two numbers up to 20, squares and their roots up to 31·31, factor pairs up to 150);
// - a word or letter stands in the question or earlier in the trace, or belongs to the family's fixed vocabulary.
// Must not know any family.

import { divisionLine, gcd, readDivision, SMALL_GCD } from "./division.ts";

/** What could not be computed: the line's number (the answer has the number after the last line), the line and the token. */
export interface LintIssue {
  readonly line: number;
  readonly text: string;
  readonly token: string;
}

const NUMBER = /\d+/g;
const WORD = /\p{L}+/gu;

/**
 * The issues of one trace and its answer; empty where every token follows.
 * @example
 * lintTrace("47+38=?", ["7+8=15", "4+3+1=8", "47+38=85"], "85"); // []
 * lintTrace("47+38=?", ["7+8=15", "47+38=86"], "86"); // [{ line: 1, text: "47+38=86", token: "86" }, …]
 */
export function lintTrace(
  question: string,
  lines: readonly string[],
  answer: string,
  vocabulary: ReadonlySet<string> = new Set(),
): LintIssue[] {
  const issues: LintIssue[] = [];
  const numbers = new Set<string>(["0", "1", ...vocabulary]);
  const words = new Set<string>(vocabulary);
  const columns: string[] = [];
  let count = 1;
  const learn = (text: string) => {
    for (const [token] of text.matchAll(NUMBER)) {
      numbers.add(token);
      for (const digit of token) numbers.add(digit);
      if (/^[12]\d{3}$/.test(token))
        for (const half of [token.slice(0, 2), token.slice(2)]) numbers.add(String(Number(half)));
    }
    for (const [word] of text.matchAll(WORD)) {
      words.add(word);
      for (const letter of word) words.add(letter);
    }
  };
  learn(question);
  [...lines, answer].forEach((text, line) => {
    const report = (token: string): void => {
      issues.push({ line, text, token });
    };
    const colon = text.search(/[:：]/);
    const label = colon < 0 ? "" : text.slice(0, colon);
    const isCount = /^\d+$/.test(label);
    for (const [token] of label.matchAll(NUMBER))
      if (!numbers.has(token) && !(isCount && Number(token) === count + 1)) report(token);
    if (isCount) count = Number(label);
    if (label !== "") columns.length = 0;
    const sides = text.slice(colon + 1).split(/<=|>=|!=|[=<>]/);
    let before: readonly string[] = [];
    const division = readDivision(text);
    const isDivision =
      division !== undefined && division.divisor <= TABLE && text === divisionLine(division.value, division.divisor);
    sides.forEach((side, i) => {
      const found = side.match(NUMBER) ?? [];
      for (const [at, token] of found.entries()) {
        if (numbers.has(token.replace(/^0(?=\d)/, ""))) continue;
        if (numbers.has(token) || assembled(columns, token) || (isDivision && i > 0)) continue;
        if (isSpelled(columns.at(-1), token)) continue;
        if ([1, 2].some((back) => Number(token) === Number(found[at - back] ?? Number.NaN) + 1)) continue;
        if (
          i > 0 &&
          line < lines.length &&
          (isSmallFact(before, token) || isTableFact(sides[i - 1]!, side, token, columns.at(-1)))
        )
          continue;
        report(token);
      }
      // Behind a semicolon another claim begins.
      before = side.slice(Math.max(side.lastIndexOf(";"), side.lastIndexOf("；")) + 1).match(NUMBER) ?? [];
      for (const token of found) numbers.add(token);
    });
    for (const [word] of text.matchAll(WORD))
      if (!words.has(word) && ![...word].every((letter) => words.has(letter))) report(word);
    columns.push(text);
    learn(text);
  });
  return issues;
}

/** Whether a number is the result of the columns above: `15`, `8` gives 85; zeros may follow (tens) or fall away in front. */
function assembled(columns: readonly string[], token: string): boolean {
  const results = columns.map((line) => /=(\d+)$/.exec(line)?.[1]);
  for (let start = 0; start < results.length; start++) {
    const run = results.slice(start);
    if (run.some((result) => result === undefined)) continue;
    const [top = "", ...rest] = run.reverse() as string[];
    const digits = top + rest.map((result) => result.at(-1)).join("");
    if (
      BigInt(digits) === BigInt(token) ||
      BigInt(`${digits}0`) === BigInt(token) ||
      BigInt(`${digits}00`) === BigInt(token)
    )
      return true;
  }
  return false;
}

/** Whether the line above lists single digits and letters that are a number with these digits next to each other. */
function isSpelled(above: string | undefined, token: string): boolean {
  const list = /^(?:[^:：]*[:：])?\s*(\w(?:, \w)+)$/.exec(above ?? "")?.[1] ?? "";
  return (list.replaceAll(", ", "").match(NUMBER) ?? []).some((number) => number === token);
}

/** Squares up to this are a small table, and so are the multiples of numbers up to it by one digit. */
const TABLE = 31;
/** The factor pairs of numbers up to this are a small table. */
const PAIRS = 150;

/**
 * Whether `token`, on the side `here`, follows from the side before it by a small table: `gcd(p,q)`, a square `p*p` or `p^2` or its
 * root, a factor pair, or `n/p` where the line above is the division of n by p.
 */
function isTableFact(side: string, here: string, token: string, above: string | undefined): boolean {
  const value = Number(token);
  if (value <= TABLE && side === String(value * value)) return true;
  if (/^\d+\*\d+$/.test(here) && Number(side) <= PAIRS && Number(side) % value === 0) return true;
  const [, kind, first, sign, second] = /^\s*(gcd\()?(\d+)([,*/^])(\d+)\)?$/.exec(side) ?? [];
  const [p, q] = [Number(first), Number(second)];
  if (kind !== undefined) return sign === "," && p <= SMALL_GCD && q <= SMALL_GCD && value === gcd(p, q);
  if (sign === "*" || sign === "^") return (sign === "^" ? q === 2 : p === q) && p <= TABLE && value === p * p;
  return sign === "/" && q > 0 && above === divisionLine(p, q) && value * q === p;
}

const SMALL = 1000;
const TENS = [10, 100, 1000];

/** How many zeros a number ends with. */
const zerosOf = (n: number): number => /0*$/.exec(String(n))![0].length;

/** A number with all its digits but the first set to 0. */
const firstDigit = (n: number): number => Number(String(n)[0]!.padEnd(String(n).length, "0"));

/** Whether one small fact leads from the numbers of one side to `token`. */
function isSmallFact(source: readonly string[], token: string): boolean {
  const target = Number(token);
  const written = [...new Set(source.map(Number))];
  const known = [...written, 1]; // a letter alone has the coefficient 1
  const digits = [1, ...new Set([...source.join("")].map(Number))];
  if (written.some((p) => target === p + 10 || target === p - 1)) return true;
  // A shorter number fits into the zeros at the end of another: 3000+250.
  const fills = (p: number, q: number) => target === p + q && q > 0 && p % 10 ** String(q).length === 0;
  if (written.some((p) => written.some((q) => fills(p, q)))) return true;
  if (written.some((p) => TENS.some((ten) => target === p * ten || target * ten === p))) return true;
  if (digits.some((p) => digits.some((q) => [1, 10, 100, 1000].some((ten) => target === p * q * ten)))) return true;
  const isShort = (n: number) => n < 10 || (n % 10 === 0 && n < 100);
  const two = known.some((p) =>
    known.some((q) => {
      const unit = 10 ** Math.min(zerosOf(p), zerosOf(q)); // zeros that both end with count for nothing
      const sum = p / unit < SMALL && q / unit < SMALL && (target === p + q || target === Math.abs(p - q));
      const product = target === p * q && target < SMALL && (isShort(p) || isShort(q));
      const quotient = q !== 0 && target * q === p && p < SMALL && (target < 100 || q < 10);
      const whole = Math.floor(p / q);
      const rounded =
        q > 1 && q < 100 && p < SMALL && (target === firstDigit(whole) || ((p < 100 || q === 10) && target === whole));
      return sum || product || quotient || rounded;
    }),
  );
  // A column with its carry or borrow: `4+3+1`, `4*8+5`, `14-5-1`.
  const column = ([p, q, r]: number[]) => [p! * q! + r!, p! + q! + r!, p! - q! - r!].includes(target);
  return (
    two ||
    (source.length === 3 &&
      Number(source[0]) < 20 &&
      source.slice(1).every((n) => n.length === 1) &&
      column(source.map(Number)))
  );
}

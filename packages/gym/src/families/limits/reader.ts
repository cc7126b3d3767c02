// Reads a limit out of a question, in any of the notations that people type. Owns the scanner of quotients and the patterns of the
// point.

import { questionText } from "../../question-text.ts";
import { isPolynomial, kindOf, type Limit, type Point, type Side } from "./problem.ts";

type Name = Exclude<Side, readonly number[]>["of"];

const ARGUMENT = "(-?\\d{0,6})\\s*\\*?\\s*([a-z])";
const IN_BRACKETS = `(?:\\(\\s*${ARGUMENT}\\s*\\)|\\s${ARGUMENT}(?![a-z(^]))`;
const FUNCTIONS = [
  ["sin", `\\\\?sin\\s*${IN_BRACKETS}`],
  ["tan", `\\\\?tan\\s*${IN_BRACKETS}`],
  ["cos", `1\\s*-\\s*\\\\?cos\\s*${IN_BRACKETS}`],
  [
    "exp",
    `(?:e\\s*\\^\\s*(?:\\(\\s*${ARGUMENT}\\s*\\)|\\{\\s*${ARGUMENT}\\s*\\}|([a-z]))|exp\\(\\s*${ARGUMENT}\\s*\\))\\s*-\\s*1(?!\\d)`,
  ],
  ["ln", `\\\\?(?:ln|log)\\s*\\(\\s*1\\s*([+-])\\s*(\\d{0,6})\\s*\\*?\\s*([a-z])\\s*\\)`],
].map(([of, pattern]) => ({ of: of as Name, pattern: new RegExp(pattern!, "iy") }));

const TERM =
  /\s*([+-])?\s*(?:(?:(\d{1,6})\s*\*?\s*)?([a-z])(?![a-z'])(?:\s*\^\s*(?:(\d)(?!\d)|\{(\d)\}))?|(\d{1,6})(?!\d|\.\d))/iy;

/** A side and its letter, read from a place in a text up to `end`; `terms` counts its terms. */
interface Read {
  readonly side: Side;
  readonly letter: string | undefined;
  readonly terms: number;
  readonly end: number;
}

function readFunction(text: string, at: number): Read | undefined {
  for (const { of, pattern } of FUNCTIONS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const [first = "", ...others] = match.slice(1).filter((part) => part !== undefined);
    const letter = others.at(-1) ?? first;
    const number = of === "ln" ? first + (others[0] ?? "") : others.length === 0 ? "" : first;
    const a = /\d/.test(number) ? Number(number) : number === "-" ? -1 : 1;
    if (a === 0) return undefined;
    return { side: { of, a }, letter, terms: of === "cos" || of === "exp" ? 2 : 1, end: at + match[0].length };
  }
  return undefined;
}

/** A sum of powers, or one of the functions. */
function readSide(text: string, at: number): Read | undefined {
  const known = readFunction(text, at);
  if (known !== undefined) return known;
  const coefficients: number[] = [0];
  const letters = new Set<string>();
  let end = at;
  let terms = 0;
  for (;;) {
    TERM.lastIndex = end;
    const match = TERM.exec(text);
    if (match === null || (terms > 0 && match[1] === undefined)) break;
    const [all, sign, c, x, power, braced, plain] = match;
    const n = x === undefined ? 0 : Number(power ?? braced ?? 1);
    while (coefficients.length <= n) coefficients.push(0);
    coefficients[n]! += (sign === "-" ? -1 : 1) * Number(plain ?? c ?? 1);
    if (x !== undefined) letters.add(x);
    terms++;
    end += all.length;
  }
  if (terms === 0 || letters.size > 1) return undefined;
  while (coefficients.length > 1 && coefficients.at(-1) === 0) coefficients.pop();
  return { side: coefficients, letter: [...letters][0], terms, end };
}

/** What stands between an opening and a closing mark. */
function readBetween(text: string, at: number, open: RegExp, close: RegExp): Read | undefined {
  open.lastIndex = at;
  const opened = open.exec(text);
  const inside = opened === null ? undefined : readSide(text, at + opened[0].length);
  if (inside === undefined) return undefined;
  close.lastIndex = inside.end;
  const closed = close.exec(text);
  return closed === null ? undefined : { ...inside, terms: 1, end: inside.end + closed[0].length };
}

const OPEN = /\s*\(\s*/y;
const CLOSE = /\s*\)/y;
const FRACTION = /\s*\\[dt]?frac\s*\{\s*/y;
const BRACE = /\s*\{\s*/y;
const END = /\s*\}/y;

/** The quotient that begins at a place. */
function readQuotient(
  text: string,
  at: number,
): (Pick<Limit, "letter" | "over" | "under"> & { end: number }) | undefined {
  const fraction = readBetween(text, at, FRACTION, END);
  const over = fraction ?? readBetween(text, at, OPEN, CLOSE) ?? readSide(text, at);
  if (over === undefined) return undefined;
  const slash = /^\s*\/\s*/.exec(text.slice(over.end, over.end + 20));
  const under =
    fraction !== undefined
      ? readBetween(text, over.end, BRACE, END)
      : slash === null
        ? { side: [1], letter: over.letter, terms: 1, end: over.end }
        : divisor(text, over, over.end + slash[0].length);
  if (under === undefined || /^\s*(?:[-+*/^(\\]|=\s*[-\w(])|^\w/.test(text.slice(under.end, under.end + 20)))
    return undefined;
  const letters = new Set([over.letter, under.letter].filter((letter) => letter !== undefined));
  const [letter] = letters;
  return letters.size === 1 ? { letter: letter!, over: over.side, under: under.side, end: under.end } : undefined;
}

/** A divisor without brackets: in `1/2x` the letter may belong to either. */
const BARE = /^\s*(?:\d+|[a-z](?:\s*\^\s*\{?\d\}?)?)$/i;

/** What a side is divided by: sums need brackets, above and below. */
function divisor(text: string, over: Read, at: number): Read | undefined {
  if (over.terms > 1) return undefined;
  const bracketed = readBetween(text, at, OPEN, CLOSE);
  if (bracketed !== undefined) return bracketed;
  const bare = readSide(text, at);
  if (bare === undefined || (isPolynomial(bare.side) && !BARE.test(text.slice(at, bare.end)))) return undefined;
  return bare;
}

/** A text that is a quotient and nothing else. */
export function readWhole(text: string): Pick<Limit, "letter" | "over" | "under"> | undefined {
  const found = readQuotient(text, 0);
  return found !== undefined && found.end === text.trimEnd().length ? found : undefined;
}

/** The text with `x^2` for `x²`. */
export const withPowers = (text: string): string => text.replaceAll("²", "^2").replaceAll("³", "^3");

const ARROW =
  "(?:-+>|→|⟶|\\\\to\\b|\\\\rightarrow\\b|approach(?:es|ing)?|near(?:s|ing)?|(?:tend|go|run|grow|drift|mov)(?:s|es|e|ing|ning)?(?: off| ever nearer)? (?:to|towards?)|(?:无限|不断)?(?:趋|接|靠)[近向]?[于向]?|无限接近于?|一路变到)";
const INFINITY = "(?:∞|\\\\infty\\b|infinity\\b|\\binf\\b|无穷大?)";
const POINT = `(\\+|-|plus |minus |positive |negative |正|负)?\\s*(?:${INFINITY}|(\\d{1,6})(?!\\d|\\.\\d|[a-z]|\\s*[\\^*/]))`;
const GOES = new RegExp(`(?<![a-z])([a-z])\\s*${ARROW}\\s*${POINT}`, "iu");
const NAMED = /\blim|极限|\bapproach|\btend|\bgoes? to|\brunning to|→|->|\\to\b|趋|\bnear|drift|靠向|变到/iu;

/** Reads a limit of one of the kinds from a question. */
export function readLimit(text: string): Limit | undefined {
  const question = questionText(text);
  if (question === undefined || !NAMED.test(question)) return undefined;
  const plain = withPowers(question.replace(/\\left|\\right(?!arrow)|[$]|\\[,;!]/g, ""));
  const goes = GOES.exec(plain);
  if (goes === null) return undefined;
  const [all, letter = "", sign = "", number] = goes;
  const isNegative = /-|minus|negative|负/i.test(sign);
  const to: Point =
    number === undefined ? (isNegative ? "-∞" : "∞") : isNegative ? -Number(number) || 0 : Number(number);
  const rest = plain.slice(0, goes.index) + ";".padEnd(all.length, " ") + plain.slice(goes.index + all.length);
  let best: (Limit & { length: number }) | undefined;
  for (let start = 0; start < rest.length; start++) {
    if (
      !/[\d(a-z\\+-]/i.test(rest[start]!) ||
      /[\w.)\\}^]$|[-+^*/]\s*$|[a-z]\($/i.test(rest.slice(Math.max(0, start - 8), start))
    )
      continue;
    if (/[+-]/.test(rest[start]!) && /(?:\d|\)|\b[a-z])\s*$/i.test(rest.slice(Math.max(0, start - 8), start))) continue;
    const found = readQuotient(rest, start);
    if (found === undefined || found.letter !== letter || found.end - start < 2) continue;
    // A sum in brackets that belongs to something larger.
    if (
      /[-+^*/]\s*\(\s*$/.test(rest.slice(Math.max(0, start - 8), start)) ||
      /^\s*\)\s*[-+*/^(]/.test(rest.slice(found.end))
    )
      continue;
    const { over, under } = found;
    if (best === undefined || found.end - start > best.length)
      best = { letter, to, over, under, length: found.end - start };
  }
  if (best === undefined) return undefined;
  const { length: _, ...problem } = best;
  return kindOf(problem) === undefined ? undefined : problem;
}

// Cuts mathematical text (plain ASCII, Unicode operators, common LaTeX) into tokens. Owns spelling: after this file nobody knows
// whether a fraction bar was `/`, `÷` or `\div`. Meaning (precedence, implicit products) belongs to reader.ts.

import { fromDecimal, type Rational } from "../number/rational.ts";
import type { RelationOperator } from "./expression.ts";

/** A token with its offset in the text. `word` is a run of letters that reader.ts splits; `name` is already one symbol. */
export type Token =
  | { readonly kind: "number"; readonly at: number; readonly value: Rational }
  | { readonly kind: "word" | "name" | "command"; readonly at: number; readonly text: string }
  | { readonly kind: "operator"; readonly at: number; readonly text: string }
  | { readonly kind: "relation"; readonly at: number; readonly operator: RelationOperator }
  | { readonly kind: "end"; readonly at: number };

/** Why a text can't be read; `at` is a UTF-16 offset. Internal: readStatement turns it into a result. */
export class SyntaxProblem extends Error {
  readonly at: number;
  readonly tooLarge: boolean;
  constructor(message: string, at: number, tooLarge = false) {
    super(message);
    this.at = at;
    this.tooLarge = tooLarge;
  }
}

/** Limits on what is read at all: hostile input ends here. */
export const LIMITS = Object.freeze({ textLength: 20_000, tokens: 8_000, digits: 2_000, depth: 120 });

const CHARACTERS: Readonly<Record<string, string>> = {
  "×": "*", "·": "*", "⋅": "*", "∙": "*", "∗": "*", "＊": "*", "÷": "/", "∕": "/", "／": "/", "−": "-", "–": "-", "－": "-", "＋": "+",
  "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}", "，": ",", "、": ",", "；": ";", "∶": ":", "＝": "=", "＜": "<", "＞": ">",
  "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!=", "′": "'", "’": "'", "∧": "and", "∨": "or", "或": "or", "且": "and", "和": "and",
  "²": "^2", "³": "^3", "⁴": "^4", "⁵": "^5", "⁻": "^-", "±": "±", "∈": "in", "∪": "union", "π": "pi", "∞": "infinity", "√": "sqrt", "°": "°",
}; // biome-ignore format: a table reads better packed

const COMMANDS: Readonly<Record<string, string>> = {
  cdot: "*", times: "*", ast: "*", div: "/", pm: "±", le: "<=", leq: "<=", leqslant: "<=", ge: ">=", geq: ">=", geqslant: ">=",
  ne: "!=", neq: "!=", lt: "<", gt: ">", land: "and", wedge: "and", lor: "or", vee: "or", in: "in", cup: "union", infty: "infinity",
  pi: "pi", lbrace: "\\{", rbrace: "\\}", lbrack: "[", rbrack: "]", lvert: "|", rvert: "|", vert: "|", mid: "|", prime: "'", percent: "%",
  arcsin: "arcsin", arccos: "arccos", arctan: "arctan", dfrac: "frac", tfrac: "frac", cfrac: "frac",
}; // biome-ignore format: a table reads better packed

const KEPT = new Set(
  "frac sqrt sin cos tan cot sec csc sinh cosh tanh ln log exp arcsin arccos arctan boxed overline".split(" "),
);
const SPACING = new Set(
  "left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle quad qquad limits middle".split(" "),
);
const TEXT_COMMANDS = new Set("text mathrm operatorname mathbf mathit textbf mbox rm".split(" "));
const KEYWORDS = new Set(["or", "and", "in", "union"]);
const FUNCTIONS_AS_TEXT = new Set(["sqrt", "pi", "infinity"]);

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isLetter = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
const GREEK = /^[\u0370-\u03ff]$/;
const HAN = /[\u3400-\u9fff]/;

/** All tokens of the text, ended by an `end` token; throws SyntaxProblem. */
export function tokenize(text: string): Token[] {
  if (text.length > LIMITS.textLength) throw new SyntaxProblem("the text is too long", LIMITS.textLength, true);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (tokens.length > LIMITS.tokens) throw new SyntaxProblem("the text has too many parts", at, true);
    at = readToken(text, at, tokens);
  }
  tokens.push({ kind: "end", at: text.length });
  return tokens;
}

function readToken(text: string, at: number, out: Token[]): number {
  const code = text.charCodeAt(at);
  if (code === 32 || code === 9 || code === 10 || code === 13 || code === 0xa0 || code === 0x3000) return at + 1;
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) return readNumber(text, at, out);
  if (isLetter(code)) return readWord(text, at, out);
  if (code === 92) return readCommand(text, at, out);
  const symbol = readSymbol(text, at, out);
  if (symbol > at) return symbol;
  const character = text[at]!;
  const plain = CHARACTERS[character];
  if (plain !== undefined) {
    pushPlain(plain, at, out);
    return at + 1;
  }
  if (GREEK.test(character)) {
    out.push({ kind: "name", at, text: character });
    return at + 1;
  }
  if (HAN.test(character)) {
    let end = at + 1;
    while (end < text.length && HAN.test(text[end]!) && !"或且和".includes(text[end]!)) end++;
    out.push({ kind: "name", at, text: text.slice(at, end) });
    return end;
  }
  throw new SyntaxProblem(`unexpected character ${JSON.stringify(character)}`, at);
}

function readNumber(text: string, at: number, out: Token[]): number {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  if (text.charCodeAt(end) === 46 && isDigit(text.charCodeAt(end + 1))) {
    end++;
    while (isDigit(text.charCodeAt(end))) end++;
  }
  if (end - at > LIMITS.digits) throw new SyntaxProblem("the number has too many digits", at, true);
  out.push({ kind: "number", at, value: fromDecimal(text.slice(at, end)) });
  return end;
}

const DERIVATIVE = /^d(?:\^(\d)|([²³]))?([a-zA-Z])\s*\/\s*d([a-zA-Z])(?:\^(\d)|([²³]))?(?![a-zA-Z])/;

function readWord(text: string, at: number, out: Token[]): number {
  if (text[at] === "d" && text.indexOf("/", at) > 0) {
    const found = DERIVATIVE.exec(text.slice(at, at + 24));
    if (found !== null) {
      const order = Number(found[1] ?? { "²": 2, "³": 3 }[found[2] ?? ""] ?? 1);
      if (order >= 1 && order <= 3) {
        out.push({ kind: "name", at, text: found[3]! + "'".repeat(order) });
        return at + found[0].length;
      }
    }
  }
  let end = at;
  while (isLetter(text.charCodeAt(end))) end++;
  const run = text.slice(at, end);
  const lower = run.toLowerCase();
  if (KEYWORDS.has(lower) && end - at > 1) out.push({ kind: "operator", at, text: lower });
  else out.push({ kind: "word", at, text: run });
  return end;
}

const DERIVATIVE_FRACTION =
  /^\\[dt]?frac\s*\{\s*(?:\\mathrm\{d\}|d)(?:\^\{?(\d)\}?)?\s*([a-zA-Z])\s*\}\s*\{\s*(?:\\mathrm\{d\}|d)\s*[a-zA-Z](?:\^\{?\d\}?)?\s*\}/;

function readCommand(text: string, at: number, out: Token[]): number {
  const next = text[at + 1];
  if (next === undefined) throw new SyntaxProblem("a lone backslash", at);
  if (next === "{" || next === "}") {
    out.push({ kind: "operator", at, text: `\\${next}` });
    return at + 2;
  }
  if (next === "%") {
    out.push({ kind: "operator", at, text: "%" });
    return at + 2;
  }
  if (",;:! ()[]\\$".includes(next)) return at + 2;
  let end = at + 1;
  while (isLetter(text.charCodeAt(end))) end++;
  const name = text.slice(at + 1, end);
  if (SPACING.has(name)) return text[end] === "." ? end + 1 : end;
  if (TEXT_COMMANDS.has(name)) return readTextCommand(text, at, end, out);
  const plain = COMMANDS[name] ?? name;
  if (plain === "frac") {
    const found = DERIVATIVE_FRACTION.exec(text.slice(at, at + 80));
    const order = found === null ? 0 : Number(found[1] ?? 1);
    if (found !== null && order >= 1 && order <= 3) {
      out.push({ kind: "name", at, text: found[2]! + "'".repeat(order) });
      return at + found[0].length;
    }
  }
  if (KEPT.has(plain)) out.push({ kind: "command", at, text: plain });
  else if (plain !== name || FUNCTIONS_AS_TEXT.has(plain) || KEYWORDS.has(plain)) pushPlain(plain, at, out);
  else if (GREEK_NAMES.has(name)) out.push({ kind: "name", at, text: name });
  else throw new SyntaxProblem(`unknown command \\${name.slice(0, 20)}`, at);
  return end;
}

const GREEK_NAMES = new Set(
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi chi psi omega".split(" "),
);

function readTextCommand(text: string, at: number, after: number, out: Token[]): number {
  let open = after;
  while (text[open] === " ") open++;
  const close = text.indexOf("}", open);
  if (text[open] !== "{" || close < 0) throw new SyntaxProblem("expected {…} after a text command", at);
  const inside = text.slice(open + 1, close).trim();
  if (inside === "") return close + 1;
  if (!/^\p{L}+$/u.test(inside)) throw new SyntaxProblem("a text command holds more than one word", open);
  const found: Token[] = [];
  if (/^[a-zA-Z]+$/.test(inside)) readWord(inside, 0, found);
  else readToken(inside, 0, found);
  for (const token of found) out.push({ ...token, at });
  return close + 1;
}

const PAIRS: Readonly<Record<string, string>> = {
  "<=": "<=", ">=": ">=", "!=": "!=", "==": "=", "**": "^",
}; // biome-ignore format: a table reads better packed

/** ASCII operators and relations; returns `at` unchanged where none stands there. Arrows are no relations and are refused. */
function readSymbol(text: string, at: number, out: Token[]): number {
  const pair = text.slice(at, at + 2);
  if (pair === "=>" || pair === "->" || pair === "=<" || pair === "<-" || pair === "<>") {
    if (pair !== "<-") throw new SyntaxProblem(`"${pair}" is no relation`, at);
  }
  const known = PAIRS[pair];
  if (known !== undefined) {
    pushPlain(known, at, out);
    return at + 2;
  }
  const character = text[at]!;
  if ("=<>+-*/^()[]{},;|_'!%".includes(character)) {
    pushPlain(character, at, out);
    return at + 1;
  }
  if (character === "$" || character === "~") return at + 1;
  return at;
}

const RELATIONS = new Set<string>(["=", "!=", "<", ">", "<=", ">="]);

function pushPlain(plain: string, at: number, out: Token[]): void {
  if (RELATIONS.has(plain)) out.push({ kind: "relation", at, operator: plain as RelationOperator });
  else if (plain.startsWith("^") && plain.length > 1) {
    out.push({ kind: "operator", at, text: "^" });
    if (plain[1] === "-") throw new SyntaxProblem("a superscript minus sign is not supported", at);
    out.push({ kind: "number", at, value: fromDecimal(plain.slice(1)) });
  } else if (isLetter(plain.charCodeAt(0)) && !KEYWORDS.has(plain)) out.push({ kind: "word", at, text: plain });
  else out.push({ kind: "operator", at, text: plain });
}

// Cuts mathematical text (plain ASCII, Unicode operators, common LaTeX, Chinese words) into tokens. Owns spelling: after this file nobody
// knows whether a fraction bar was `/`, `÷` or `\div`. Meaning (precedence, implicit products) belongs to reader.ts, units to units.ts.

import { add, div, fromDecimal, fromInteger, mul, type Rational, rational } from "../number/rational.ts";
import type { RelationOperator } from "./expression.ts";
import * as S from "./spelling.ts";
import { spelled } from "./words.ts";

/**
 * A token with its offset in the text. `word` is a run of letters that reader.ts splits; `name` is already one symbol; `places` are the
 * written decimal places of a number; `differentiate` is d/dx, `differential` the dx of an integral; `label` is text behind a number.
 */
export type Token =
  | { readonly kind: "number"; readonly at: number; readonly value: Rational; readonly places: number }
  | { readonly kind: "word" | "name" | "command" | "unit" | "label"; readonly at: number; readonly text: string }
  | { readonly kind: "operator"; readonly at: number; readonly text: string }
  | { readonly kind: "relation"; readonly at: number; readonly operator: RelationOperator }
  | { readonly kind: "differentiate"; readonly at: number; readonly variable: string; readonly order: number }
  | { readonly kind: "differential"; readonly at: number; readonly variable: string }
  | { readonly kind: "begin" | "finish"; readonly at: number; readonly environment: string }
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
export const LIMITS = Object.freeze({ textLength: 20_000, tokens: 8_000, digits: 2_000, depth: 120, parts: 20_000 });

/** How digits and commas are read: `list` takes 1,234 as two numbers everywhere; `letterE` never reads 1.5e3 as a number. */
export interface Spelling {
  readonly list?: boolean;
  readonly letterE?: boolean;
}

/** All tokens of the text, ended by an `end` token; throws SyntaxProblem. */
export function tokenize(text: string, spelling: Spelling = {}): Token[] {
  if (text.length > LIMITS.textLength) throw new SyntaxProblem("the text is too long", LIMITS.textLength, true);
  return new Cutter(text, spelling).cut();
}

const KEYWORDS = new Set(["or", "and", "in", "union"]);
const RELATIONS = new Set<string>(["=", "!=", "<", ">", "<=", ">="]);
const FUNCTIONS_AS_TEXT = new Set(["pi", "infinity"]);
const HAN = /[\u3400-\u9fff]/;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isLetter = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
const isSpace = (c: number): boolean =>
  c === 32 || c === 9 || c === 10 || c === 13 || c === 0xa0 || c === 0x3000 || (c >= 0x2000 && c <= 0x200a);

/** Digits that go on in groups of three: `1,234,567`; also `1{,}234` and `1\,234`, which are never lists. */
const COMMA_GROUPS = /\d{1,3}(?:,\d{3})+(?![\d,])/y;
const LATEX_GROUPS = /\d{1,3}(?:(?:\{,\}|\\,|\\!|,\\!)\d{3})+(?!\d)/y;
const DIGITS = /(?:\d+(?:\.\d+)?|\.\d+)/y;
/** `1.5e3`, `2E-5`; a small e with a sign behind a whole number may be a difference (2e-3). */
const SCIENTIFIC = /(?:\d+(?:\.\d+)?E[+-]?|\d+\.\d+e[+-]?|\d+e)\d+(?![\d.a-zA-Z^])/y;
const REPEATING = /(\d*)\.(\d*)\\overline\s*\{\s*(\d+)\s*\}/y;
const DOTTED = /(\d*)\.(\d*)\\dot\s*\{?(\d)\}?(?:(\d*)\\dot\s*\{?(\d)\}?)?/y;
const DERIVATIVE = /d(?:\^(\d)|([²³]))?([a-zA-Z])\s*\/\s*d([a-zA-Z])(?:\^\d|[²³])?(?![a-zA-Z])/y;
const OPERATOR = /d(?:\^(\d)|([²³]))?\s*\/\s*d([a-zA-Z])(?:\^\d|[²³])?(?![a-zA-Z])/y;
const D = String.raw`(?:\\mathrm\s*\{\s*d\s*\}|\\mathrm\s+d|d)`;
const ORDER = String.raw`(?:\^\s*\{?\s*(\d)\s*\}?)?`;
const DERIVATIVE_FRACTION = new RegExp(
  String.raw`\\[dt]?frac\s*\{\s*${D}${ORDER}\s*([a-zA-Z]?)\s*\}\s*\{\s*${D}\s*([a-zA-Z])(?:\^\s*\{?\s*\d\s*\}?)?\s*\}`,
  "y",
);
const PAIRS: Readonly<Record<string, string>> = { "<=": "<=", ">=": ">=", "!=": "!=", "==": "=", "**": "^" };
const TEXT_UNIT = /^[\p{L}°µ/^²³·* \d()-]+$/u;

class Cutter {
  readonly #text: string;
  readonly #spelling: Spelling;
  readonly #tokens: Token[] = [];
  /** Open brackets that make a comma separate items: ( [ \{. */
  #brackets = 0;
  #environments = 0;
  #integrals = 0;
  #at = 0;

  constructor(text: string, spelling: Spelling) {
    this.#text = text;
    this.#spelling = spelling;
  }

  cut(): Token[] {
    while (this.#at < this.#text.length) {
      if (this.#tokens.length > LIMITS.tokens) throw new SyntaxProblem("the text has too many parts", this.#at, true);
      const before = this.#at;
      this.#next();
      if (this.#at === before)
        throw new SyntaxProblem(`unexpected character ${JSON.stringify(this.#text[before])}`, before);
    }
    this.#tokens.push({ kind: "end", at: this.#text.length });
    return this.#tokens;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }

  #next(): undefined {
    const code = this.#text.charCodeAt(this.#at);
    if (isSpace(code)) this.#at++;
    else if (isDigit(code) || (code === 46 && /[\d\\]/.test(this.#text[this.#at + 1] ?? ""))) this.#number();
    else if (isLetter(code)) this.#word();
    else if (code === 92) this.#command();
    else this.#symbol();
  }

  #pushNumber(value: Rational, places: number, length: number): undefined {
    this.#tokens.push({ kind: "number", at: this.#at, value, places });
    this.#at += length;
  }

  #number(): undefined {
    const repeating = this.#match(REPEATING) ?? this.#dotted();
    if (repeating !== null) {
      const [all, whole, fixed, period] = repeating as unknown as [string, string, string, string];
      this.#limit(all);
      const shift = 10n ** BigInt(fixed.length);
      const start = rational(BigInt(`${whole}${fixed}` || "0"), shift);
      const rest = rational(BigInt(period), shift * (10n ** BigInt(period.length) - 1n));
      return this.#pushNumber(add(start, rest), 0, all.length);
    }
    const scientific = this.#spelling.letterE === true ? null : this.#match(SCIENTIFIC);
    if (scientific !== null) {
      const [digits, exponent] = scientific[0].split(/e/i) as [string, string];
      if (exponent.length > 4) throw new SyntaxProblem("the exponent is too large", this.#at, true);
      const k = BigInt(exponent);
      const scale = fromInteger(10n ** (k < 0n ? -k : k));
      const value = fromDecimal(digits);
      return this.#pushNumber(k < 0n ? div(value, scale) : mul(value, scale), 0, scientific[0].length);
    }
    const groups = this.#match(LATEX_GROUPS) ?? this.#commaGroups();
    const whole = groups ?? this.#match(DIGITS);
    if (whole === null) throw new SyntaxProblem("unexpected character", this.#at);
    let length = whole[0].length;
    let digits = whole[0].replace(/\{,\}|\\,|,?\\!|,/g, "");
    if (groups !== null) {
      const fraction = /^\.\d+/.exec(this.#text.slice(this.#at + length, this.#at + length + LIMITS.digits))?.[0] ?? "";
      digits += fraction;
      length += fraction.length;
    }
    this.#limit(digits);
    this.#pushNumber(fromDecimal(digits), (digits.split(".")[1] ?? "").length, length);
  }

  #limit(digits: string): undefined {
    if (digits.length > LIMITS.digits) throw new SyntaxProblem("the number has too many digits", this.#at, true);
  }

  /** 0.1\dot{2}\dot{3} as whole, fixed digits and period. */
  #dotted(): RegExpExecArray | null {
    const found = this.#match(DOTTED);
    if (found === null) return null;
    const period = found[5] === undefined ? found[3]! : `${found[3]}${found[4] ?? ""}${found[5]}`;
    return [found[0], found[1], found[2], period] as unknown as RegExpExecArray;
  }

  #commaGroups(): RegExpExecArray | null {
    if (this.#spelling.list === true || this.#brackets > 0) return null;
    const before = this.#tokens.at(-1);
    // `2,100` behind `x=1,` is an item of a list.
    if (before?.kind === "operator" && before.text === "," && before.at === this.#at - 1) return null;
    return this.#match(COMMA_GROUPS);
  }

  #word(): undefined {
    const text = this.#text;
    const at = this.#at;
    if (text[at] === "d" && !isLetter(text.charCodeAt(at - 1))) {
      const found = this.#match(DERIVATIVE);
      const operator = found === null ? this.#match(OPERATOR) : null;
      const raisedOrder = { "²": 2, "³": 3 }[(found ?? operator)?.[2] ?? ""];
      const order = Number((found ?? operator)?.[1] ?? raisedOrder ?? 1);
      if (order >= 1 && order <= 3 && (found !== null || operator !== null)) {
        if (found !== null) this.#tokens.push({ kind: "name", at, text: found[3]! + "'".repeat(order) });
        else this.#tokens.push({ kind: "differentiate", at, variable: operator![3]!, order });
        this.#at += (found ?? operator)![0].length;
        return;
      }
    }
    for (const [phrase, meaning] of Object.entries(S.PHRASES)) {
      if (text[at]!.toLowerCase() !== phrase[0] || text.slice(at, at + phrase.length).toLowerCase() !== phrase)
        continue;
      if (isLetter(text.charCodeAt(at + phrase.length))) continue;
      this.#plain(meaning);
      this.#at += phrase.length;
      return;
    }
    let end = at;
    while (isLetter(text.charCodeAt(end))) end++;
    this.#at = end;
    this.#run(text.slice(at, end), at);
  }

  /** A run of letters that starts at `at`. */
  #run(run: string, at: number): undefined {
    const lower = run.toLowerCase();
    const before = this.#tokens.at(-1);
    const closes = before?.kind === "operator" && (before.text === ")" || before.text === "]" || before.text === "\\}");
    if (KEYWORDS.has(lower) && run.length > 1) this.#tokens.push({ kind: "operator", at, text: lower });
    else if (run === "U" && closes) this.#tokens.push({ kind: "operator", at, text: "union" });
    else if (lower === "mod" || lower === "of") this.#tokens.push({ kind: "operator", at, text: lower });
    else if (this.#integrals > 0 && /d[a-zA-Z]$/.test(run) && (run.length === 2 || spelled(run) === undefined)) {
      this.#integrals--;
      if (run.length > 2) this.#tokens.push({ kind: "word", at, text: run.slice(0, -2) });
      this.#tokens.push({ kind: "differential", at: at + run.length - 2, variable: run.at(-1)! });
    } else this.#tokens.push({ kind: "word", at, text: run });
  }

  #command(): undefined {
    const text = this.#text;
    const at = this.#at;
    const next = text[at + 1];
    if (next === undefined) throw new SyntaxProblem("a lone backslash", at);
    if (next === "{" || next === "}") return this.#skip(2, () => this.#plain(`\\${next}`));
    if (next === "%") return this.#skip(2, () => this.#plain("%"));
    if (next === "|") return this.#skip(2, () => this.#plain("|"));
    if (next === "\\" && this.#environments > 0) return this.#skip(2, () => this.#plain("\\\\"));
    if (",;:! ()[]\\$>".includes(next)) return this.#skip(2);
    let end = at + 1;
    while (isLetter(text.charCodeAt(end))) end++;
    const name = text.slice(at + 1, end);
    if (S.SPACING.has(name)) {
      this.#at = text[end] === "." ? end + 1 : end;
      return;
    }
    if (S.TEXT_COMMANDS.has(name)) return this.#textCommand(end);
    if (S.ACCENTS.has(name)) return this.#skip(end - at);
    if (name === "begin" || name === "end") return this.#environment(name, end);
    if (name === "mathbb") {
      const found = /^\s*\{?\s*R\s*\}?/.exec(text.slice(end, end + 12));
      if (found === null) throw new SyntaxProblem("only the set of real numbers is known", at);
      return this.#skip(end - at + found[0].length, () => this.#plain("reals"));
    }
    if (name === "bmod" || name === "mod" || name === "pmod")
      return this.#skip(end - at, () => this.#plain(name === "bmod" ? "mod" : "pmod"));
    const plain = S.COMMANDS[name] ?? name;
    if (plain === "frac" && this.#derivativeFraction()) return;
    this.#at = end;
    if (S.KEPT.has(plain) || (plain === name && spelled(name) !== undefined && !FUNCTIONS_AS_TEXT.has(name))) {
      if (plain === "int") this.#integrals++;
      this.#tokens.push({ kind: "command", at, text: plain });
    } else if (Object.hasOwn(S.COMMANDS, name) || KEYWORDS.has(plain)) this.#plain(plain, at);
    else if (S.GREEK_NAMES.has(name)) this.#tokens.push({ kind: "name", at, text: name.replace(/^var/, "") });
    else throw new SyntaxProblem(`unknown command \\${name.slice(0, 20)}`, at);
  }

  #skip(length: number, before: () => void = () => {}): undefined {
    before();
    this.#at += length;
  }

  #derivativeFraction(): boolean {
    const found = this.#match(DERIVATIVE_FRACTION);
    const order = found === null ? 0 : Number(found[1] ?? 1);
    if (found === null || order < 1 || order > 3) return false;
    const at = this.#at;
    if (found[2] === "") this.#tokens.push({ kind: "differentiate", at, variable: found[3]!, order });
    else this.#tokens.push({ kind: "name", at, text: found[2]! + "'".repeat(order) });
    this.#at += found[0].length;
    return true;
  }

  #environment(name: "begin" | "end", after: number): undefined {
    const found = /^\s*\{\s*([a-zA-Z]+)\*?\s*\}(?:\s*\{[lcr| ]*\})?/.exec(this.#text.slice(after, after + 40));
    if (found === null) throw new SyntaxProblem(`expected {…} after \\${name}`, this.#at);
    this.#environments += name === "begin" ? 1 : -1;
    this.#tokens.push({ kind: name === "begin" ? "begin" : "finish", at: this.#at, environment: found[1]! });
    this.#at = after + found[0].length;
  }

  /** \text{…}: a keyword, a phrase, a name; behind a number a unit or a label. */
  #textCommand(after: number): undefined {
    const at = this.#at;
    let open = after;
    while (this.#text[open] === " ") open++;
    const close = this.#text.indexOf("}", open);
    if (this.#text[open] !== "{" || close < 0) throw new SyntaxProblem("expected {…} after a text command", at);
    const inside = this.#text
      .slice(open + 1, close)
      .trim()
      .replace(/\s+/g, " ");
    this.#at = close + 1;
    if (inside === "") return;
    const phrase = S.PHRASES[inside.toLowerCase()] ?? S.CHINESE.find(([word]) => word === inside)?.[1];
    if (phrase !== undefined) return this.#plain(phrase, at);
    const before = this.#tokens.at(-1);
    const isWord = /^\p{L}+$/u.test(inside);
    const follows =
      before?.kind === "number" ||
      before?.kind === "unit" ||
      (before?.kind === "operator" && /^(?:[)%}°/*|]|\\\})$/.test(before.text));
    if (
      follows &&
      TEXT_UNIT.test(inside) &&
      !KEYWORDS.has(inside.toLowerCase()) &&
      spelled(inside) === undefined &&
      !/^[dei]$/.test(inside)
    ) {
      this.#tokens.push({ kind: "label", at, text: inside });
    } else if (!isWord) throw new SyntaxProblem("a text command holds more than one word", open);
    else if (/^[a-zA-Z]+$/.test(inside)) this.#textWord(inside, at, close + 1);
    else if (S.GREEK_LETTERS[inside] !== undefined)
      this.#tokens.push({ kind: "name", at, text: S.GREEK_LETTERS[inside] });
    else this.#tokens.push({ kind: "name", at, text: inside });
  }

  #textWord(word: string, at: number, after: number): undefined {
    // \mathrm{d}x closes an integral.
    const letter = this.#text.slice(after).match(/^\s*([a-zA-Z])(?![a-zA-Z])/);
    if (word === "d" && this.#integrals > 0 && letter !== null) {
      this.#integrals--;
      this.#tokens.push({ kind: "differential", at, variable: letter[1]! });
      this.#at = after + letter[0].length;
    } else this.#run(word, at);
  }

  /** ASCII operators and relations, single characters, Greek, Chinese. Arrows are no relations and are refused. */
  #symbol(): undefined {
    const text = this.#text;
    const at = this.#at;
    const pair = text.slice(at, at + 2);
    if (pair === "=>" || pair === "->" || pair === "=<" || pair === "<>")
      throw new SyntaxProblem(`"${pair}" is no relation`, at);
    if (PAIRS[pair] !== undefined) return this.#skip(2, () => this.#plain(PAIRS[pair]!));
    const character = text[at]!;
    if (character === "$" || character === "~") return this.#skip(1);
    if ("=<>+-*/^()[]{},;|_'!%".includes(character)) return this.#skip(1, () => this.#plain(character));
    if (raised(character) !== undefined) return this.#raised();
    const digit = S.lowered(character);
    if (digit !== undefined) return this.#lowered();
    const fraction = S.FRACTIONS[character];
    if (fraction !== undefined) {
      return this.#pushFraction(fraction);
    }
    const plain = S.CHARACTERS[character];
    if (plain !== undefined) return this.#skip(1, () => this.#plain(plain));
    const greek = S.GREEK_LETTERS[character];
    if (greek !== undefined) return this.#skip(1, () => this.#tokens.push({ kind: "name", at, text: greek }));
    if (/[\u0370-\u03ff]/.test(character))
      return this.#skip(1, () => this.#tokens.push({ kind: "name", at, text: character }));
    if (HAN.test(character)) this.#chinese();
  }

  /** ½ as \frac{1}{2}, so that 3½ is a mixed number. */
  #pushFraction([over, under]: readonly [number, number]): undefined {
    const at = this.#at;
    this.#tokens.push({ kind: "command", at, text: "frac" });
    for (const n of [over, under]) {
      this.#tokens.push({ kind: "operator", at, text: "{" });
      this.#tokens.push({ kind: "number", at, value: fromInteger(n), places: 0 });
      this.#tokens.push({ kind: "operator", at, text: "}" });
    }
    this.#at++;
  }

  #raised(): undefined {
    const at = this.#at;
    let inside = "";
    while (raised(this.#text[this.#at] ?? "") !== undefined) inside += raised(this.#text[this.#at++]!);
    this.#tokens.push({ kind: "operator", at, text: "^" }, { kind: "operator", at, text: "{" });
    for (const token of new Cutter(inside, this.#spelling).cut())
      if (token.kind !== "end") this.#tokens.push({ ...token, at });
    this.#tokens.push({ kind: "operator", at, text: "}" });
  }

  #lowered(): undefined {
    const at = this.#at;
    let digits = "";
    while (S.lowered(this.#text[this.#at] ?? "") !== undefined) digits += S.lowered(this.#text[this.#at++]!);
    this.#tokens.push({ kind: "operator", at, text: "_" });
    this.#tokens.push({ kind: "number", at, value: fromInteger(BigInt(digits)), places: 0 });
  }

  #chinese(): undefined {
    const text = this.#text;
    const at = this.#at;
    const known = (from: number): readonly [string, string] | undefined =>
      S.CHINESE.find(([word]) => text.startsWith(word, from));
    const word = known(at);
    if (word !== undefined) return this.#skip(word[0].length, () => this.#plain(word[1]));
    if (text.startsWith("百分之", at)) {
      const number = /^\s*(\d+(?:\.\d+)?)/.exec(text.slice(at + 3, at + 3 + LIMITS.digits));
      if (number === null) throw new SyntaxProblem("expected digits after 百分之", at);
      this.#tokens.push({ kind: "number", at, value: fromDecimal(number[1]!), places: 0 });
      return this.#skip(3 + number[0].length, () => this.#plain("%"));
    }
    const beside = S.CHINESE_BESIDE_NUMBERS[text[at]!];
    const digitFollows = /^\s*[\d\\½⅓¼]/.test(text.slice(at + 1, at + 4));
    const before = this.#tokens.at(-1);
    const digitBefore = before?.kind === "number" || (before?.kind === "operator" && before.text === "}");
    const isBeside = text[at] === "度" ? digitBefore : text[at] === "约" ? digitFollows : digitBefore && digitFollows;
    if (beside !== undefined && isBeside) return this.#skip(1, () => this.#plain(beside));
    let end = at + 1;
    while (end < text.length && HAN.test(text[end]!) && known(end) === undefined) end++;
    this.#tokens.push({ kind: "name", at, text: text.slice(at, end) });
    this.#at = end;
  }

  #plain(plain: string, at: number = this.#at): undefined {
    if (RELATIONS.has(plain)) this.#tokens.push({ kind: "relation", at, operator: plain as RelationOperator });
    else if (plain === "''") for (let k = 0; k < 2; k++) this.#tokens.push({ kind: "operator", at, text: "'" });
    else if (plain === "°") this.#degree(at);
    else if (/^(?:pi|infinity|sqrt|cbrt)$/.test(plain)) this.#tokens.push({ kind: "word", at, text: plain });
    else {
      if (plain === "(" || plain === "[" || plain === "\\{") this.#brackets++;
      if (plain === ")" || plain === "]" || plain === "\\}") this.#brackets--;
      this.#tokens.push({ kind: "operator", at, text: plain });
    }
  }

  /** ° and ^\circ and ^{\circ}, with C or F behind it a temperature. */
  #degree(at: number): undefined {
    const tokens = this.#tokens;
    const last = (k: number): string => {
      const token = tokens.at(-k);
      return token?.kind === "operator" ? token.text : "";
    };
    if (last(1) === "^") tokens.pop();
    else if (last(1) === "{" && last(2) === "^") {
      tokens.splice(-2);
      const close = this.#text.indexOf("}", this.#at);
      if (close < 0) throw new SyntaxProblem("expected }", this.#at);
      const command = this.#text.slice(this.#at, close);
      if (!/^\\?[a-zA-Z°]*\s*$/.test(command)) throw new SyntaxProblem("expected } after the degree sign", this.#at);
      this.#at = close + (this.#text[this.#at] === "°" ? 0 : 1);
    }
    tokens.push({ kind: "operator", at, text: "°" });
  }
}

const { raised } = S;

// Reads expressions: precedence, implicit products, functions, roots, fractions. Owns the grammar of expressions; statement.ts
// owns relations, lists and sets above it.
//
//   sum      = product { (+ | -) product }
//   product  = unary { (* | / | nothing) unary }     implicit products bind like written ones: 1/2x is (1/2)·x
//   unary    = { + | - } power
//   power    = postfix [ ^ unary ]                    right-associative; -x^2 is -(x^2)
//   postfix  = primary { ' | ! | % | ° }
// A function without parentheses takes the implicit product that follows it, up to the next function: sin 2x cos x = sin(2x)·cos(x).

import { add, ONE, type Rational, rational } from "../number/rational.ts";
import * as D from "./derived.ts";
import type { Expression, FunctionName } from "./expression.ts";
import * as N from "./notations.ts";
import { LIMITS, SyntaxProblem, type Token } from "./tokens.ts";
import { unitValue } from "./units.ts";
import { type Piece, spelled, splitWord, type Vocabulary } from "./words.ts";

/** A number as an expression. */
export const number = (value: Rational): Expression => ({ kind: "number", value });
const integer = (n: number): Expression => number(rational(BigInt(n)));
const call = (name: FunctionName, of: Expression): Expression => ({ kind: "call", name, of });
const power = (base: Expression, exponent: Expression): Expression => ({ kind: "power", base, exponent });

function product(factors: Expression[]): Expression {
  return factors.length === 1 ? factors[0]! : { kind: "product", factors };
}

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "\\{": "\\}", "⌊": "⌋", "⌈": "⌉" };
const OPENERS = new Set(["(", "[", "{", "⌊", "⌈"]);
const WHOLE_NUMBER_LIMIT = 1000n;

export class Reader {
  readonly tokens: readonly Token[];
  readonly vocabulary: Vocabulary;
  /** Which sign ± stands for in this reading. */
  readonly plusMinus: "+" | "-";
  at = 0;
  /** Decimal places as they were written, for numbers that a ≈ marks as rounded. */
  readonly written = new Map<Expression, number>();
  /** Between ≡ and its modulus, where "mod" is no operation. */
  inCongruence = false;
  #depth = 0;
  #bars = 0;
  /** Pieces of a split word that are still to be read before the next token. */
  #pieces: Piece[] = [];

  constructor(tokens: readonly Token[], vocabulary: Vocabulary, plusMinus: "+" | "-") {
    this.tokens = tokens;
    this.vocabulary = vocabulary;
    this.plusMinus = plusMinus;
  }

  get token(): Token {
    return this.tokens[this.at]!;
  }

  fail(message: string): never {
    throw new SyntaxProblem(message, this.token.at);
  }

  isOperator(text: string): boolean {
    const token = this.token;
    return token.kind === "operator" && token.text === text && this.#pieces.length === 0;
  }

  take(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail(`expected "${text}"`);
  }

  #nest<T>(read: () => T): T {
    if (++this.#depth > LIMITS.depth)
      throw new SyntaxProblem("the expression is nested too deeply", this.token.at, true);
    const result = read();
    this.#depth--;
    return result;
  }

  expression(): Expression {
    return this.#nest(() => {
      const terms: Expression[] = [];
      terms.push(this.#product());
      for (;;) {
        const sign = this.#sign();
        if (sign === undefined) break;
        const term = this.#product();
        terms.push(sign === "-" ? { kind: "negative", of: term } : term);
      }
      return terms.length === 1 ? terms[0]! : { kind: "sum", terms };
    });
  }

  #sign(): "+" | "-" | undefined {
    if (this.take("+")) return "+";
    if (this.take("-")) return "-";
    if (this.take("±")) return this.plusMinus;
    return undefined;
  }

  /** What stands between + and -. */
  product(): Expression {
    return this.#nest(() => this.#product());
  }

  #product(): Expression {
    const over: Expression[] = [this.#unary()];
    const under: Expression[] = [];
    for (;;) {
      if (this.take("*")) over.push(this.#unary());
      else if (this.isOperator("of") && (under.length > 0 || isShare(over.at(-1)!))) {
        this.at++;
        over.push(this.#unary());
      } else if (!this.inCongruence && this.take("mod")) {
        const value: Expression =
          under.length === 0
            ? product(over.splice(0))
            : { kind: "quotient", over: product(over.splice(0)), under: product(under.splice(0)) };
        over.push(D.remainder(value, this.#unary()));
      } else if (this.take("/")) under.push(this.#unary());
      else if (this.#startsFactor()) over.push(this.#power());
      else break;
    }
    return under.length === 0 ? product(over) : { kind: "quotient", over: product(over), under: product(under) };
  }

  /** Whether an implicit product goes on here. A number never continues one: `3 4` is a mistake, not 12. */
  #startsFactor(): boolean {
    if (this.#pieces.length > 0) return true;
    const token = this.token;
    if (token.kind === "word" || token.kind === "name" || token.kind === "command" || token.kind === "unit")
      return true;
    if (token.kind === "differentiate") return true;
    if (token.kind === "begin") return /^(?:vmatrix|Vmatrix)$/.test(token.environment);
    if (token.kind === "number") return this.#followsFactorial();
    if (token.kind === "operator") {
      if (token.text === "(" && this.#opensModulus()) return false;
      if (OPENERS.has(token.text)) return true;
      return token.text === "|" && this.#bars === 0;
    }
    return false;
  }

  /** The bracket of (mod 5). */
  #opensModulus(): boolean {
    const next = this.tokens[this.at + 1];
    return next?.kind === "operator" && (next.text === "mod" || next.text === "pmod");
  }

  /** 3!7! is a product although a number continues it. */
  #followsFactorial(): boolean {
    const before = this.tokens[this.at - 1];
    return before?.kind === "operator" && before.text === "!" && before.at + 1 === this.token.at;
  }

  #unary(): Expression {
    let negative = false;
    for (let sign = this.#sign(); sign !== undefined; sign = this.#sign()) if (sign === "-") negative = !negative;
    const value = this.#power();
    return negative ? { kind: "negative", of: value } : value;
  }

  #power(): Expression {
    const base = this.#postfix();
    if (!this.take("^")) return base;
    return power(base, this.#exponent());
  }

  #exponent(): Expression {
    return this.#nest(() => this.#unary());
  }

  #postfix(): Expression {
    let value = this.#primary();
    for (;;) {
      if (this.#pieces.length > 0) return value;
      if (this.isOperator("'")) {
        if (value.kind !== "symbol") this.fail("a prime needs a name before it");
        this.at++;
        value = { kind: "symbol", name: `${value.name}'` };
      } else if (this.isOperator("!")) value = this.#factorial(value);
      else if (this.take("%")) value = { kind: "quotient", over: value, under: integer(100) };
      else if (this.take("°")) value = N.readDegrees(this, value);
      else if (this.take("°C")) value = N.temperature(value, true);
      else if (this.take("°F")) value = N.temperature(value, false);
      else return value;
    }
  }

  #factorial(value: Expression): Expression {
    if (value.kind !== "number") {
      this.at++;
      return call("factorial", value);
    }
    if (value.value.d !== 1n || value.value.n < 0n || value.value.n > WHOLE_NUMBER_LIMIT) {
      this.fail("a factorial needs a whole number up to 1000");
    }
    this.at++;
    let result = 1n;
    for (let k = 2n; k <= value.value.n; k++) result *= k;
    return number(rational(result));
  }

  #primary(): Expression {
    const piece = this.#pieces.shift();
    if (piece !== undefined) return this.#piece(piece);
    const token = this.token;
    switch (token.kind) {
      case "number": {
        this.at++;
        const value = number(this.#mixed(token.value));
        if (token.places > 0) this.written.set(value, token.places);
        return value;
      }
      case "name":
        this.at++;
        return { kind: "symbol", name: token.text + this.#subscript() };
      case "unit":
        this.at++;
        return this.vocabulary.dropUnits === true ? one : unitValue(token.text);
      case "differentiate":
        this.at++;
        return N.readDerivative(this, token.variable, token.order);
      case "begin":
        return N.readDeterminant(this);
      case "word": {
        const choice = N.readChoice(this, token.text);
        if (choice !== undefined) return choice;
        this.at++;
        this.#pieces = splitWord(token.text, this.vocabulary);
        return this.#piece(this.#pieces.shift()!);
      }
      case "command":
        this.at++;
        return this.#command(token.text);
      case "operator":
        if (token.text === "(" || token.text === "[" || token.text === "{") return this.group();
        if (token.text === "|") return this.#absolute();
        if (token.text === "⌊") return call("floor", this.group());
        if (token.text === "⌈") return D.derived("ceil", this.group());
        return this.fail(`unexpected "${token.text}"`);
      case "relation":
        return this.fail("a relation without a left or right side");
      default:
        return this.fail("the text ends where a value is expected");
    }
  }

  /** `3\frac{1}{2}`, `3 1/2` and 3又1/2 are three and a half. */
  #mixed(whole: Rational): Rational {
    if (whole.d !== 1n) return whole;
    const start = this.at;
    const isSaid = this.take("又");
    const token = this.token;
    if (token.kind === "number") {
      const [bar, under] = [this.tokens[this.at + 1], this.tokens[this.at + 2]];
      const isBar = bar?.kind === "operator" && bar.text === "/" && under?.kind === "number";
      if (
        isBar &&
        token.value.d === 1n &&
        under.value.d === 1n &&
        token.value.n < under.value.n &&
        token.value.n > 0n
      ) {
        this.at += 3;
        return add(whole, rational(token.value.n, under.value.n));
      }
    }
    if (token.kind !== "command" || token.text !== "frac") {
      if (isSaid) this.fail("expected a fraction after 又");
      return whole;
    }
    this.at++;
    const over = this.argument();
    const under = this.argument();
    if (over.kind === "number" && under.kind === "number" && over.value.d === 1n && under.value.d === 1n) {
      if (over.value.n < under.value.n) return add(whole, rational(over.value.n, under.value.n));
    }
    this.at = start;
    return whole;
  }

  /** `_1`, `_{12}`, `_n`, or digits that touch the letter: `C1`. */
  #subscript(): string {
    if (this.take("_")) {
      const braced = this.take("{");
      if (braced) return this.#longSubscript();
      const token = this.token;
      let text: string;
      if (token.kind === "number" && token.value.d === 1n) text = token.value.n.toString();
      else if (token.kind === "word" || token.kind === "name") text = token.text;
      else this.fail("expected a subscript");
      this.at++;
      return /^\d/.test(text) ? text : `_${text}`;
    }
    const token = this.token;
    const before = this.tokens[this.at - 1];
    const touches = before !== undefined && "text" in before && before.at + before.text.length === token.at;
    if (token.kind === "number" && touches && token.value.d === 1n && token.value.n < 100n) {
      this.at++;
      return token.value.n.toString();
    }
    return "";
  }

  /** What stands between the braces of a_{n+1}, as part of the name. */
  #longSubscript(): string {
    let text = "";
    while (!this.isOperator("}")) {
      const token = this.token;
      if (token.kind === "number" && token.value.d === 1n) text += token.value.n.toString();
      else if ("text" in token && token.text !== "{") text += token.text;
      else this.fail("expected a subscript");
      this.at++;
    }
    this.at++;
    if (text === "" || text.length > 20) this.fail("expected a subscript of at most 20 characters");
    return /^\d/.test(text) ? text : `_${text}`;
  }

  #piece(piece: Piece): Expression {
    switch (piece.kind) {
      case "symbol":
        return { kind: "symbol", name: this.#pieces.length === 0 ? piece.name + this.#subscript() : piece.name };
      case "constant":
        return { kind: "constant", name: piece.name };
      case "root":
        return { kind: "root", degree: piece.degree, of: this.#operand(false) };
      case "function":
        return this.#function(piece.name);
      case "derived": {
        if (!this.take("^")) return D.derived(piece.name, this.#operand(true));
        const exponent = this.#nest(() => this.#exponentOfFunction());
        return power(D.derived(piece.name, this.#operand(true)), exponent);
      }
      case "list-function":
        return N.limited(
          this,
          D.ofList(piece.name, N.readList(this)) ?? this.fail(`${piece.name} can't be computed of these values`),
        );
      case "logarithm":
      case "decimal-logarithm":
        return this.#logarithm(piece.kind === "decimal-logarithm");
      default:
        return this.fail("infinity is no number");
    }
  }

  #command(text: string): Expression {
    if (text === "frac") {
      const over = this.argument();
      return { kind: "quotient", over, under: this.argument() };
    }
    if (text === "boxed") return this.group();
    if (text === "sqrt") return this.#root();
    if (text === "binom") {
      const above = this.argument();
      return D.binomial(above, this.argument());
    }
    if (text === "sum" || text === "prod") return N.readSeries(this, text === "sum");
    if (text === "int") return N.readIntegral(this);
    if (text === "det")
      return this.token.kind === "begin" ? N.readDeterminant(this) : this.fail("expected a matrix after \\det");
    return this.#piece(spelled(text) ?? this.fail(`unknown command \\${text}`));
  }

  #root(): Expression {
    if (!this.take("[")) return { kind: "root", degree: 2, of: this.argument() };
    const degree = this.expression();
    this.expect("]");
    const whole = D.wholeNumber(degree);
    if (whole === undefined) return power(this.argument(), { kind: "quotient", over: integer(1), under: degree });
    if (whole < 2n || whole > WHOLE_NUMBER_LIMIT) this.fail("expected the degree of a root, 2 to 1000");
    return { kind: "root", degree: Number(whole), of: this.argument() };
  }

  /** The argument of a LaTeX command: a group, or one digit or letter (`\frac12`). */
  argument(): Expression {
    if (this.isOperator("{") || this.isOperator("(")) return this.group();
    const token = this.token;
    if (token.kind === "number" && token.value.d === 1n && token.value.n >= 10n) {
      // `\frac12`: the first digit is this argument, the rest stays.
      const digits = token.value.n.toString();
      const rest: Token = { kind: "number", at: token.at + 1, value: rational(BigInt(digits.slice(1))), places: 0 };
      (this.tokens as Token[])[this.at] = rest;
      return number(rational(BigInt(digits[0]!)));
    }
    return this.#nest(() => this.#primary());
  }

  #function(name: FunctionName): Expression {
    if (!this.take("^")) return call(name, this.#operand(true));
    const exponent = this.#nest(() => this.#exponentOfFunction());
    if (exponent.kind === "negative" && exponent.of.kind === "number" && exponent.of.value.n === 1n) {
      const inverse = D.INVERSES[name];
      if (inverse !== undefined) {
        const of = this.#operand(true);
        const derived = D.isDerived(inverse);
        return derived === undefined ? call(inverse as FunctionName, of) : D.derived(derived, of);
      }
    }
    return power(call(name, this.#operand(true)), exponent);
  }

  /** sin^2 x, sin^{-1}(x): one number or group, so that the argument stays the function's. */
  #exponentOfFunction(): Expression {
    if (this.isOperator("{") || this.isOperator("(")) return this.group();
    if (this.take("-")) return { kind: "negative", of: this.#primary() };
    return this.#primary();
  }

  #logarithm(decimal: boolean): Expression {
    let base: Expression | undefined = decimal ? integer(10) : undefined;
    if (this.take("_")) base = this.#argumentOfBase();
    const exponent = this.take("^") ? this.#nest(() => this.#exponentOfFunction()) : undefined;
    const of = call("ln", this.#operand(true));
    const value: Expression = base === undefined ? of : { kind: "quotient", over: of, under: call("ln", base) };
    return exponent === undefined ? value : power(value, exponent);
  }

  #argumentOfBase(): Expression {
    if (this.isOperator("{") || this.isOperator("(")) return this.group();
    return this.#nest(() => this.#primary());
  }

  /** The operand of a function: a group as it stands, else (where `greedy`) the implicit product up to the next function. */
  #operand(greedy: boolean): Expression {
    return this.#nest(() => {
      if (this.#pieces.length === 0) {
        if (this.isOperator("(") || this.isOperator("{") || this.isOperator("[")) return this.group();
        if (this.isOperator("-")) return greedy ? this.#unary() : this.fail("expected a value after the root");
      }
      const factors = [this.#power()];
      while (greedy && this.#startsFactor() && !this.#startsFunction() && !this.isOperator("("))
        factors.push(this.#power());
      return product(factors);
    });
  }

  #startsFunction(): boolean {
    const next = this.#pieces[0];
    const isCall = (piece: Piece | undefined): boolean =>
      piece !== undefined && piece.kind !== "symbol" && piece.kind !== "constant";
    if (next !== undefined) return isCall(next);
    const token = this.token;
    if (token.kind === "command") return token.text !== "frac";
    return token.kind === "word" && isCall(splitWord(token.text, this.vocabulary)[0]);
  }

  /** A bracketed expression. */
  group(): Expression {
    const open = this.token;
    const text = open.kind === "operator" ? open.text : "";
    const close = CLOSERS[text] ?? this.fail("expected a bracket");
    this.at++;
    const bars = this.#bars;
    this.#bars = 0;
    const value = this.expression();
    this.#bars = bars;
    this.expect(close);
    return value;
  }

  #absolute(): Expression {
    this.expect("|");
    this.#bars++;
    const value = this.expression();
    this.#bars--;
    this.expect("|");
    return call("abs", value);
  }
}

/** What "of" makes a product of: 25% of 80, 1/2 of 10. */
const isShare = (e: Expression): boolean =>
  e.kind === "quotient" && e.over.kind === "number" && e.under.kind === "number";

/** 1, for callers that build expressions. */
export const one: Expression = number(ONE);

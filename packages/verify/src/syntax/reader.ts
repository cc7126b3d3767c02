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
import type { Expression, FunctionName } from "./expression.ts";
import { LIMITS, SyntaxProblem, type Token } from "./tokens.ts";
import { type Piece, spelled, splitWord, type Vocabulary } from "./words.ts";

/** A number as an expression. */
export const number = (value: Rational): Expression => ({ kind: "number", value });
const integer = (n: number): Expression => number(rational(BigInt(n)));
const call = (name: FunctionName, of: Expression): Expression => ({ kind: "call", name, of });
const power = (base: Expression, exponent: Expression): Expression => ({ kind: "power", base, exponent });

function product(factors: Expression[]): Expression {
  return factors.length === 1 ? factors[0]! : { kind: "product", factors };
}

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "\\{": "\\}" };
const WHOLE_NUMBER_LIMIT = 1000n;

export class Reader {
  readonly tokens: readonly Token[];
  readonly vocabulary: Vocabulary;
  /** Which sign ± stands for in this reading. */
  readonly plusMinus: "+" | "-";
  at = 0;
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

  #product(): Expression {
    const over: Expression[] = [this.#unary()];
    const under: Expression[] = [];
    for (;;) {
      if (this.take("*")) over.push(this.#unary());
      else if (this.take("/")) under.push(this.#unary());
      else if (this.#startsFactor()) over.push(this.#power());
      else break;
    }
    return under.length === 0 ? product(over) : { kind: "quotient", over: product(over), under: product(under) };
  }

  /** Whether an implicit product goes on here. A number never continues one: `3 4` is a mistake, not 12. */
  #startsFactor(): boolean {
    if (this.#pieces.length > 0) return true;
    const token = this.token;
    if (token.kind === "word" || token.kind === "name" || token.kind === "command") return true;
    if (token.kind === "operator") {
      if (token.text === "(" || token.text === "[" || token.text === "{") return true;
      return token.text === "|" && this.#bars === 0;
    }
    return false;
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
      else if (this.take("°")) {
        value = product([value, { kind: "quotient", over: { kind: "constant", name: "pi" }, under: integer(180) }]);
      } else return value;
    }
  }

  #factorial(value: Expression): Expression {
    if (value.kind !== "number" || value.value.d !== 1n || value.value.n > WHOLE_NUMBER_LIMIT) {
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
      case "number":
        this.at++;
        return number(this.#mixed(token.value));
      case "name":
        this.at++;
        return { kind: "symbol", name: token.text + this.#subscript() };
      case "word":
        this.at++;
        this.#pieces = splitWord(token.text, this.vocabulary);
        return this.#piece(this.#pieces.shift()!);
      case "command":
        this.at++;
        return this.#command(token.text);
      case "operator":
        if (token.text === "(" || token.text === "[" || token.text === "{") return this.group();
        if (token.text === "|") return this.#absolute();
        return this.fail(`unexpected "${token.text}"`);
      case "relation":
        return this.fail("a relation without a left or right side");
      default:
        return this.fail("the text ends where a value is expected");
    }
  }

  /** `3\frac{1}{2}` is three and a half. */
  #mixed(whole: Rational): Rational {
    const token = this.token;
    if (whole.d !== 1n || token.kind !== "command" || token.text !== "frac") return whole;
    const start = this.at;
    this.at++;
    const over = this.#argument();
    const under = this.#argument();
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
      const token = this.token;
      let text: string;
      if (token.kind === "number" && token.value.d === 1n) text = token.value.n.toString();
      else if (token.kind === "word" || token.kind === "name") text = token.text;
      else this.fail("expected a subscript");
      this.at++;
      if (braced) this.expect("}");
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
      case "logarithm":
      case "decimal-logarithm":
        return this.#logarithm(piece.kind === "decimal-logarithm");
      default:
        return this.fail("infinity is no number");
    }
  }

  #command(text: string): Expression {
    if (text === "frac") {
      const over = this.#argument();
      return { kind: "quotient", over, under: this.#argument() };
    }
    if (text === "boxed" || text === "overline") {
      if (text === "overline") this.fail("\\overline is not supported");
      return this.group();
    }
    if (text === "sqrt") {
      let degree = 2;
      if (this.take("[")) {
        const token = this.token;
        if (
          token.kind !== "number" ||
          token.value.d !== 1n ||
          token.value.n < 2n ||
          token.value.n > WHOLE_NUMBER_LIMIT
        ) {
          this.fail("expected the degree of a root, 2 to 1000");
        }
        degree = Number(token.value.n);
        this.at++;
        this.expect("]");
      }
      return { kind: "root", degree, of: this.#argument() };
    }
    return this.#piece(spelled(text) ?? this.fail(`unknown command \\${text}`));
  }

  /** The argument of a LaTeX command: a group, or one digit or letter (`\frac12`). */
  #argument(): Expression {
    if (this.isOperator("{") || this.isOperator("(")) return this.group();
    const token = this.token;
    if (token.kind === "number" && token.value.d === 1n && token.value.n >= 10n) {
      // `\frac12`: the first digit is this argument, the rest stays.
      const digits = token.value.n.toString();
      const rest: Token = { kind: "number", at: token.at + 1, value: rational(BigInt(digits.slice(1))) };
      (this.tokens as Token[])[this.at] = rest;
      return number(rational(BigInt(digits[0]!)));
    }
    return this.#nest(() => this.#primary());
  }

  #function(name: FunctionName): Expression {
    if (!this.take("^")) return call(name, this.#operand(true));
    const exponent = this.#nest(() => this.#exponentOfFunction());
    if (exponent.kind === "negative" && exponent.of.kind === "number" && exponent.of.value.n === 1n) {
      const inverse = { sin: "asin", cos: "acos", tan: "atan" }[name as string] as FunctionName | undefined;
      if (inverse !== undefined) return call(inverse, this.#operand(true));
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

/** 1, for callers that build expressions. */
export const one: Expression = number(ONE);

// Expressions with calls, and what a definition must be: what the grammars of both languages share. Whatever is not known throws Unreadable.

import type { Call, Language, Operator } from "../program-output/program.ts";
import { Reader, Unreadable } from "../program-output/reader.ts";
import { type Definition, type Expression, type FunctionProgram, nested, returns, type Statement } from "./program.ts";

const WORDS = new Set(["return", "function", "def", "lambda", "elif"]);

/** Expressions with calls and whole quotients: `//` in Python, `Math.floor(a / b)` in JavaScript. */
export class CallReader extends Reader<Call> {
  readonly #language: Language;

  constructor(text: string, language: Language) {
    super(text);
    this.#language = language;
  }

  override term(): Expression {
    let left: Expression = super.term();
    while (this.#language === "python" && this.peek() === "//") {
      this.take();
      left = { op: "//", left, right: this.factor() };
      while (this.peek() === "*" || this.peek() === "%")
        left = { op: this.take() as Operator, left, right: this.factor() };
    }
    return left;
  }

  override factor(): Expression {
    if (this.#language === "javascript" && (this.peek() === "Math.floor" || this.peek() === "Math.trunc")) {
      this.take();
      this.take("(");
      const left = this.factor();
      this.take("/");
      const right = this.factor();
      this.take(")");
      return { op: "//", left, right };
    }
    const token = this.peek() ?? "";
    if (this.peek(1) === "(" && /^[A-Za-z_]\w*$/.test(token)) {
      const call = this.name();
      this.take("(");
      return { call, args: this.list(")") };
    }
    return super.factor();
  }

  override name(): string {
    const name = super.name();
    if (WORDS.has(name)) throw new Unreadable();
    return name;
  }

  params(): string[] {
    this.take("(");
    const params: string[] = [];
    while (!this.accept(")")) {
      if (params.length > 0) this.take(",");
      params.push(this.name());
    }
    return params;
  }

  /** What is returned: an expression, or one of two by a condition, as an `if`. */
  returned(): Statement {
    if (this.#language === "javascript") return this.#javascriptChoice();
    const value = this.expression();
    if (!this.accept("if")) return { kind: "return", value };
    const condition = this.condition();
    this.take("else");
    return { kind: "if", condition, body: [{ kind: "return", value }], otherwise: [this.returned()] };
  }

  #javascriptChoice(): Statement {
    const left = this.expression();
    if (!/^[<>]=?$|^[!=]==?$/.test(this.peek() ?? "")) return { kind: "return", value: left };
    const op = this.comparison();
    const condition = { op, left, right: this.expression() };
    this.take("?");
    const body = [this.#javascriptChoice()];
    this.take(":");
    return { kind: "if", condition, body, otherwise: [this.#javascriptChoice()] };
  }
}

/** A program without its language. */
export interface Parts {
  readonly functions: Definition[];
  readonly main: FunctionProgram["main"][number][];
}

/** A function, which must return on every way. */
export function define(name: string, params: readonly string[], written: readonly Statement[]): Definition {
  const body = nested(written);
  if (!returns(body) || new Set(params).size !== params.length) throw new Unreadable();
  return { name, params, body };
}

// What the grammars of both languages share: tokens, expressions, conditions, assignments, loop values. Owns the operators; knows
// neither language's blocks. Whatever it doesn't know throws Unreadable, which parse.ts turns into "no program".

import type { Comparison, Condition, Expression, Header, Operator, Statement } from "./program.ts";

export class Unreadable extends Error {}

const TOKEN =
  /\s*(?:(\d+)|([A-Za-z_]\w*(?:\.\w+)?)|(=>|===|!==|==|!=|<=|>=|\+=|-=|\*=|%=|\/\/|\+\+|--|[-+*%/?()[\]{}<>=,:;]))/y;

function tokens(text: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (match === null) throw new Unreadable();
    found.push((match[1] ?? match[2] ?? match[3])!);
  }
  return found;
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "==": "==",
  "===": "==",
  "!=": "!=",
  "!==": "!=",
};
const RESERVED = new Set([
  "for",
  "while",
  "if",
  "else",
  "in",
  "of",
  "let",
  "var",
  "const",
  "print",
  "range",
  "and",
  "or",
  "not",
  "def",
]);

/** What both grammars share: a row of tokens, expressions, assignments. A grammar with further leaves extends `factor`. */
export class Reader<Leaf = never> {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead];
  }

  take(expected?: string): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined || (expected !== undefined && token !== expected)) throw new Unreadable();
    return token;
  }

  accept(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#at++;
    return true;
  }

  atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  name(): string {
    const token = this.take();
    if (!/^[A-Za-z_]\w*$/.test(token) || RESERVED.has(token)) throw new Unreadable();
    return token;
  }

  expression(): Expression<Leaf> {
    let left: Expression<Leaf> = this.term();
    while (this.peek() === "+" || this.peek() === "-") left = { op: this.take() as Operator, left, right: this.term() };
    return left;
  }

  term(): Expression<Leaf> {
    let left: Expression<Leaf> = this.factor();
    while (this.peek() === "*" || this.peek() === "%")
      left = { op: this.take() as Operator, left, right: this.factor() };
    return left;
  }

  factor(): Expression<Leaf> {
    if (this.accept("(")) {
      const inner = this.expression();
      this.take(")");
      return inner;
    }
    if (this.accept("-")) {
      const inner = this.factor();
      return typeof inner === "number" ? -inner : { op: "-", left: 0, right: inner };
    }
    const token = this.peek() ?? "";
    if (/^\d+$/.test(token)) return Number(this.take());
    return this.name();
  }

  condition(): Condition<Leaf> {
    const left = this.expression();
    return { op: this.comparison(), left, right: this.expression() };
  }

  comparison(): Comparison {
    const op = COMPARISONS[this.take()];
    if (op === undefined) throw new Unreadable();
    return op;
  }

  /** `x = e`, `x += e`, `x++`. */
  assignment(): Statement<Leaf> & { kind: "assign" } {
    const name = this.name();
    const sign = this.take();
    if (sign === "=") return { kind: "assign", name, value: this.expression(), form: "plain" };
    if (sign === "++" || sign === "--")
      return { kind: "assign", name, value: { op: sign[0] as Operator, left: name, right: 1 }, form: "step" };
    if (!/^[-+*%]=$/.test(sign)) throw new Unreadable();
    return {
      kind: "assign",
      name,
      value: { op: sign[0] as Operator, left: name, right: this.expression() },
      form: "augmented",
    };
  }

  print(): Statement<Leaf> & { kind: "print" } {
    this.take("(");
    const values = this.list(")");
    if (values.length === 0) throw new Unreadable();
    return { kind: "print", values };
  }

  list(close: string): Expression<Leaf>[] {
    const values: Expression<Leaf>[] = [];
    while (!this.accept(close)) {
      if (values.length > 0) this.take(",");
      values.push(this.expression());
    }
    return values;
  }

  integer(): number {
    const value = this.expression();
    if (typeof value !== "number") throw new Unreadable();
    return value;
  }
}

const MOST_VALUES = 200;

export function loop(name: string, header: Header & { kind: "range" }, body: Statement[]): Statement {
  const { start, end, step, inclusive } = header;
  if (step === 0) throw new Unreadable();
  const values: number[] = [];
  for (let at = start; inclusive ? (end - at) * step >= 0 : (end - at) * step > 0; at += step) {
    if (values.push(at) > MOST_VALUES) throw new Unreadable();
  }
  return { kind: "for", name, values, header, body };
}

export function listLoop(name: string, values: readonly Expression[], body: Statement[]): Statement {
  if (!values.every((value) => typeof value === "number")) throw new Unreadable();
  return { kind: "for", name, values: values as number[], header: { kind: "list" }, body };
}

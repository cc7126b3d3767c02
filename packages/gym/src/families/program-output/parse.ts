// Reads programs from source text: the subset of Python and JavaScript that the family writes, a little wider. Owns the
// grammar; runs nothing. What it doesn't know makes the whole program unreadable (undefined), never half-read.

import type { Comparison, Condition, Expression, Header, Language, Operator, Program, Statement } from "./program.ts";

/** The program in a question: in a fence, or the lines that look like code; undefined without a readable one. */
export function findProgram(question: string): Program | undefined {
  const fence = /```[a-zA-Z]*\n([\s\S]*?)\n?```/.exec(question);
  if (fence !== null) return parseProgram(fence[1]!);
  const lines = question.split("\n");
  if (lines.some((line) => FOREIGN.test(line))) return undefined;
  const first = lines.findIndex(isCode);
  const last = lines.findLastIndex(isCode);
  return first < 0 ? undefined : parseProgram(lines.slice(first, last + 1).join("\n"));
}

/** A line of code of this subset, or at least one that begins like it: prose stands before the first and after the last. */
function isCode(line: string): boolean {
  return !/[?？。]\s*$/.test(line) && [KEYWORD, ASSIGNMENT, /^\s*\}/].some((pattern) => pattern.test(line));
}

const KEYWORD = /^\s*(?:let|const|var|for|while|if|else|print|console\.log)\b.*[({:;=)\d\w]\s*$/;
const ASSIGNMENT = /^\s*[a-zA-Z_]\w*\s*(?:[-+*%]?=[^=].*|\+\+;?|--;?)$/;
/** Statements beyond the subset: a program with one of them is not half-read. */
const FOREIGN =
  /^\s*(?:(?:import|from|def|class|function|async|try|with|switch|return)\s+\w+.*[\w(){}:;*]|(?!print\b|console\.log\b)[a-zA-Z_][\w.]*\([^)]*\);?)\s*$/;

/** Longer or deeper sources are not read: the parser goes down one call a bracket. */
const LONGEST = 2000;
const DEEPEST = 32;

function isTooDeep(source: string): boolean {
  let depth = 0;
  for (const character of source) {
    if ("([{".includes(character) && ++depth > DEEPEST) return true;
    if (")]}".includes(character)) depth--;
  }
  return /(?:-\s*){32}|^\s{200}/m.test(source);
}

/** Parses source text of either language. */
export function parseProgram(source: string): Program | undefined {
  if (source.length > LONGEST || isTooDeep(source)) return undefined;
  const language: Language = /console\.log|\blet\b|\bvar\b|\bconst\b|[;{]/.test(source) ? "javascript" : "python";
  try {
    const statements =
      language === "python" ? new PythonParser(source).program() : new JavaScriptParser(source).program();
    return { language, statements };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

const TOKEN = /\s*(?:(\d+)|([A-Za-z_]\w*(?:\.\w+)?)|(===|!==|==|!=|<=|>=|\+=|-=|\*=|%=|\+\+|--|[-+*%()[\]{}<>=,:;]))/y;

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

/** What both grammars share: a row of tokens, expressions, assignments. */
class Reader {
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

  expression(): Expression {
    let left = this.term();
    while (this.peek() === "+" || this.peek() === "-") left = { op: this.take() as Operator, left, right: this.term() };
    return left;
  }

  term(): Expression {
    let left = this.factor();
    while (this.peek() === "*" || this.peek() === "%")
      left = { op: this.take() as Operator, left, right: this.factor() };
    return left;
  }

  factor(): Expression {
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

  condition(): Condition {
    const left = this.expression();
    const op = COMPARISONS[this.take()];
    if (op === undefined) throw new Unreadable();
    return { op, left, right: this.expression() };
  }

  /** `x = e`, `x += e`, `x++`. */
  assignment(): Statement {
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

  print(): Statement {
    this.take("(");
    const values = this.list(")");
    if (values.length === 0) throw new Unreadable();
    return { kind: "print", values };
  }

  list(close: string): Expression[] {
    const values: Expression[] = [];
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

function loop(name: string, header: Header & { kind: "range" }, body: Statement[]): Statement {
  const { start, end, step, inclusive } = header;
  if (step === 0) throw new Unreadable();
  const values: number[] = [];
  for (let at = start; inclusive ? (end - at) * step >= 0 : (end - at) * step > 0; at += step) {
    if (values.push(at) > MOST_VALUES) throw new Unreadable();
  }
  return { kind: "for", name, values, header, body };
}

function listLoop(name: string, values: readonly Expression[], body: Statement[]): Statement {
  if (!values.every((value) => typeof value === "number")) throw new Unreadable();
  return { kind: "for", name, values: values as number[], header: { kind: "list" }, body };
}

/** Python: blocks by indentation, one statement a line. */
class PythonParser {
  readonly #lines: readonly { readonly indent: number; readonly text: string }[];
  #at = 0;

  constructor(source: string) {
    this.#lines = source
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
  }

  program(): Statement[] {
    const statements = this.#block(this.#lines[0]?.indent ?? 0);
    if (this.#at < this.#lines.length || statements.length === 0) throw new Unreadable();
    return statements;
  }

  #block(indent: number): Statement[] {
    const statements: Statement[] = [];
    while (this.#lines[this.#at]?.indent === indent) statements.push(this.#statement(indent));
    return statements;
  }

  #body(reader: Reader, indent: number): Statement[] {
    reader.take(":");
    if (!reader.atEnd()) return [this.#simple(reader)];
    const inner = this.#lines[this.#at]?.indent ?? 0;
    if (inner <= indent) throw new Unreadable();
    return this.#block(inner);
  }

  #statement(indent: number): Statement {
    const reader = new Reader(this.#lines[this.#at++]!.text);
    if (reader.accept("for")) {
      const name = reader.name();
      reader.take("in");
      if (reader.accept("[")) {
        const values = reader.list("]");
        return listLoop(name, values, this.#body(reader, indent));
      }
      reader.take("range");
      reader.take("(");
      const bounds = reader.list(")");
      if (bounds.length === 0 || bounds.length > 3 || !bounds.every((bound) => typeof bound === "number"))
        throw new Unreadable();
      const [a, b, step = 1] = bounds as number[];
      const header = { kind: "range", start: b === undefined ? 0 : a!, end: b ?? a!, step, inclusive: false } as const;
      return loop(name, header, this.#body(reader, indent));
    }
    if (reader.accept("while"))
      return { kind: "while", condition: reader.condition(), body: this.#body(reader, indent) };
    if (reader.accept("if")) {
      const condition = reader.condition();
      const body = this.#body(reader, indent);
      const next = this.#lines[this.#at];
      if (next?.indent !== indent || !/^else\s*:/.test(next.text))
        return { kind: "if", condition, body, otherwise: [] };
      const other = new Reader(this.#lines[this.#at++]!.text);
      other.take("else");
      return { kind: "if", condition, body, otherwise: this.#body(other, indent) };
    }
    return this.#simple(reader);
  }

  #simple(reader: Reader): Statement {
    const statement = reader.accept("print") ? reader.print() : reader.assignment();
    if (!reader.atEnd()) throw new Unreadable();
    return statement;
  }
}

/** JavaScript: blocks by braces; semicolons may be left out at the ends of lines. */
class JavaScriptParser {
  readonly #reader: Reader;

  constructor(source: string) {
    // A line's end counts as a semicolon; empty statements are skipped.
    this.#reader = new Reader(source.split("\n").join(" ;\n"));
  }

  program(): Statement[] {
    const statements = this.#block(undefined);
    if (statements.length === 0) throw new Unreadable();
    return statements;
  }

  #skip(): void {
    while (this.#reader.accept(";"));
  }

  #block(close: "}" | undefined): Statement[] {
    const statements: Statement[] = [];
    for (this.#skip(); close === undefined ? !this.#reader.atEnd() : !this.#reader.accept(close); this.#skip())
      statements.push(...this.#statement());
    return statements;
  }

  #body(): Statement[] {
    this.#skip();
    return this.#reader.accept("{") ? this.#block("}") : this.#statement();
  }

  #statement(): Statement[] {
    const reader = this.#reader;
    if (["let", "var", "const"].some((word) => reader.accept(word))) {
      const declared: Statement[] = [];
      do declared.push(reader.assignment());
      while (reader.accept(","));
      return declared;
    }
    if (reader.accept("for")) return [this.#for()];
    if (reader.accept("while")) {
      const condition = this.#condition();
      return [{ kind: "while", condition, body: this.#body() }];
    }
    if (reader.accept("if")) {
      const condition = this.#condition();
      const body = this.#body();
      let ahead = 0;
      while (reader.peek(ahead) === ";") ahead++;
      if (reader.peek(ahead) !== "else") return [{ kind: "if", condition, body, otherwise: [] }];
      this.#skip();
      reader.take("else");
      return [{ kind: "if", condition, body, otherwise: this.#body() }];
    }
    if (reader.accept("console.log")) return [reader.print()];
    return [reader.assignment()];
  }

  #condition(): Condition {
    this.#reader.take("(");
    const condition = this.#reader.condition();
    this.#reader.take(")");
    return condition;
  }

  #for(): Statement {
    const reader = this.#reader;
    reader.take("(");
    if (!["let", "var", "const"].some((word) => reader.accept(word))) throw new Unreadable();
    const name = reader.name();
    if (reader.accept("of")) {
      reader.take("[");
      const values = reader.list("]");
      reader.take(")");
      return listLoop(name, values, this.#body());
    }
    reader.take("=");
    const start = reader.integer();
    reader.take(";");
    reader.take(name);
    const sign = reader.take();
    const end = reader.integer();
    reader.take(";");
    const move = reader.assignment();
    reader.take(")");
    if (move.kind !== "assign" || move.name !== name || typeof move.value !== "object" || move.value.left !== name)
      throw new Unreadable();
    const { op, right } = move.value;
    if (typeof right !== "number" || (op !== "+" && op !== "-")) throw new Unreadable();
    const step = op === "+" ? right : -right;
    if (!(step > 0 ? ["<", "<="] : [">", ">="]).includes(sign)) throw new Unreadable();
    return loop(name, { kind: "range", start, end, step, inclusive: sign.length === 2 }, this.#body());
  }
}

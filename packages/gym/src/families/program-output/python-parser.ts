// Python's statements: blocks by indentation, one statement a line. Owns that grammar; runs nothing.

import type { Statement } from "./program.ts";
import { listLoop, loop, Reader, Unreadable } from "./reader.ts";

/** Python: blocks by indentation, one statement a line. */
export class PythonParser {
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

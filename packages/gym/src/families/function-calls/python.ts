// Python's programs of functions: blocks by indentation, one statement a line. Owns that grammar; runs nothing.

import { Unreadable } from "../program-output/reader.ts";
import { CallReader, define, type Parts } from "./call-reader.ts";
import type { Statement } from "./program.ts";

/** Python: blocks by indentation. */
export class Python {
  readonly #lines: readonly { readonly indent: number; readonly text: string }[];
  #at = 0;

  constructor(source: string) {
    this.#lines = source
      .split("\n")
      .map((line) => line.replace(/\s*#.*$/, ""))
      .filter((line) => line.trim() !== "")
      .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
  }

  program(): Parts {
    const parts: Parts = { functions: [], main: [] };
    const margin = this.#lines[0]?.indent ?? 0;
    while (this.#lines[this.#at]?.indent === margin) {
      const reader = this.#next();
      if (reader.accept("def")) {
        // A function must stand before the part that calls it.
        if (parts.main.some((statement) => statement.kind === "print")) throw new Unreadable();
        const name = reader.name();
        const params = reader.params();
        parts.functions.push(define(name, params, this.#body(reader, margin)));
      } else {
        parts.main.push(reader.accept("print") ? reader.print() : reader.assignment());
        this.#end(reader);
      }
    }
    if (this.#at < this.#lines.length) throw new Unreadable();
    return parts;
  }

  #next = () => new CallReader(this.#lines[this.#at++]!.text, "python");

  #end(reader: CallReader): void {
    if (!reader.atEnd()) throw new Unreadable();
  }

  #body(reader: CallReader, indent: number): Statement[] {
    reader.take(":");
    if (!reader.atEnd()) return [this.#simple(reader)];
    const inner = this.#lines[this.#at]?.indent ?? 0;
    if (inner <= indent) throw new Unreadable();
    const statements: Statement[] = [];
    while (this.#lines[this.#at]?.indent === inner) {
      const next = this.#next();
      statements.push(next.accept("if") ? this.#if(next, inner) : this.#simple(next));
    }
    return statements;
  }

  #simple(reader: CallReader): Statement {
    const statement = reader.accept("return") ? reader.returned() : reader.assignment();
    this.#end(reader);
    return statement;
  }

  #if(reader: CallReader, indent: number): Statement {
    const condition = reader.condition();
    const body = this.#body(reader, indent);
    const next = this.#lines[this.#at];
    if (next?.indent !== indent || !/^el(?:se|if)\b/.test(next.text))
      return { kind: "if", condition, body, otherwise: [] };
    const other = this.#next();
    if (other.accept("elif")) return { kind: "if", condition, body, otherwise: [this.#if(other, indent)] };
    other.take("else");
    return { kind: "if", condition, body, otherwise: this.#body(other, indent) };
  }
}

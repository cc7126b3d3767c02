// JavaScript's programs of functions: declared, or arrows; blocks by braces, semicolons that may be left out at line ends. Owns that grammar.

import { Unreadable } from "../program-output/reader.ts";
import { CallReader, define, type Parts } from "./call-reader.ts";
import type { Definition, Statement } from "./program.ts";

/** JavaScript: blocks by braces; semicolons may be left out at the ends of lines. */
export class JavaScript {
  readonly #reader: CallReader;

  constructor(source: string) {
    // A line's end counts as a semicolon, but not where the line goes on below.
    const lines = source.split("\n").map((line) => line.replace(/\s*\/\/.*$/, "").trim());
    const text = lines.map((line, i) =>
      /[?:,(]$|=>$/.test(line) || /^[?:]/.test(lines[i + 1] ?? "") ? line : `${line} ;`,
    );
    this.#reader = new CallReader(text.join("\n"), "javascript");
  }

  program(): Parts {
    const reader = this.#reader;
    const parts: Parts = { functions: [], main: [] };
    for (this.#skip(); !reader.atEnd(); this.#skip()) {
      if (reader.accept("function")) {
        const name = reader.name();
        parts.functions.push(define(name, reader.params(), this.#braces()));
      } else if (reader.accept("console.log")) parts.main.push(reader.print());
      else if (this.#declares()) {
        const arrow = this.#arrow();
        if (arrow !== undefined) parts.functions.push(arrow);
        else
          do parts.main.push(reader.assignment());
          while (reader.accept(","));
      } else parts.main.push(reader.assignment());
      this.#end();
    }
    return parts;
  }

  #declares = () => ["let", "var", "const"].some((word) => this.#reader.accept(word));

  #skip(): void {
    while (this.#reader.accept(";"));
  }

  /** A statement ends with a semicolon, a line, or the block. */
  #end(): void {
    const next = this.#reader.peek();
    if (next !== undefined && next !== ";" && next !== "}") throw new Unreadable();
  }

  /** `f = (a, b) => …`, behind the declaring word. */
  #arrow(): Definition | undefined {
    const reader = this.#reader;
    if (reader.peek(1) !== "=") return undefined;
    let ahead = 2;
    if (reader.peek(ahead) === "(") {
      while (reader.peek(ahead) !== undefined && reader.peek(ahead) !== ")") ahead++;
    }
    if (reader.peek(ahead + 1) !== "=>") return undefined;
    const name = reader.name();
    reader.take("=");
    const params = reader.peek() === "(" ? reader.params() : [reader.name()];
    reader.take("=>");
    return define(name, params, reader.peek() === "{" ? this.#braces() : [reader.returned()]);
  }

  #braces(): Statement[] {
    this.#skip();
    this.#reader.take("{");
    const statements: Statement[] = [];
    for (this.#skip(); !this.#reader.accept("}"); this.#skip()) statements.push(...this.#statement());
    return statements;
  }

  #branch(): Statement[] {
    this.#skip();
    return this.#reader.peek() === "{" ? this.#braces() : this.#statement();
  }

  #statement(): Statement[] {
    const reader = this.#reader;
    if (reader.accept("if")) {
      reader.take("(");
      const condition = reader.condition();
      reader.take(")");
      const body = this.#branch();
      let ahead = 0;
      while (reader.peek(ahead) === ";") ahead++;
      if (reader.peek(ahead) !== "else") return [{ kind: "if", condition, body, otherwise: [] }];
      this.#skip();
      reader.take("else");
      return [{ kind: "if", condition, body, otherwise: this.#branch() }];
    }
    const statements: Statement[] = [];
    if (reader.accept("return")) statements.push(reader.returned());
    else {
      this.#declares();
      do statements.push(reader.assignment());
      while (reader.accept(","));
    }
    this.#end();
    return statements;
  }
}

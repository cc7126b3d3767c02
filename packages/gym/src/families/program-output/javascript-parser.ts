// JavaScript's statements: blocks by braces, semicolons that may be left out at line ends. Owns that grammar; runs nothing.

import type { Condition, Statement } from "./program.ts";
import { listLoop, loop, Reader, Unreadable } from "./reader.ts";

/** JavaScript: blocks by braces; semicolons may be left out at the ends of lines. */
export class JavaScriptParser {
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

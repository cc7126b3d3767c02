// Reads what a line or an answer says: chains of relations, lists, tuples, sets, intervals, alternatives. Never throws: hostile or
// foreign text gives a result with position and reason. The grammar of expressions is reader.ts.

import type { Expression, RelationOperator, Statement } from "./expression.ts";
import { Reader } from "./reader.ts";
import { SyntaxProblem, type Token, tokenize } from "./tokens.ts";
import type { Vocabulary } from "./words.ts";

export type { Vocabulary } from "./words.ts";

/** A statement, or where and why reading stopped. `tooLarge`: a limit on length or depth was met. */
export type Reading =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly position: number; readonly reason: string; readonly tooLarge: boolean };

/**
 * Reads one statement.
 * @example
 * readStatement("\\frac{1}{2}x = 3"); // { ok: true, statement: { kind: "chain", … } }
 * readStatement("3 +"); // { ok: false, position: 3, reason: "the text ends where a value is expected", tooLarge: false }
 */
export function readStatement(text: string, vocabulary: Vocabulary = {}): Reading {
  try {
    const trimmed = text.replace(/[\s.。]+$/, "");
    const tokens = tokenize(trimmed);
    const hasPlusMinus = tokens.some((token) => token.kind === "operator" && token.text === "±");
    const statement = new StatementReader(tokens.slice(), vocabulary, "+").read();
    if (!hasPlusMinus) return { ok: true, statement };
    const other = new StatementReader(tokens, vocabulary, "-").read();
    return { ok: true, statement: { kind: "any", parts: [statement, other] } };
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem;
    return { ok: false, position: problem.at, reason: problem.message, tooLarge: problem.tooLarge };
  }
}

/** Reads text that must be one expression. */
export function readExpression(
  text: string,
  vocabulary: Vocabulary = {},
): { ok: true; expression: Expression } | (Reading & { ok: false }) {
  const reading = readStatement(text, vocabulary);
  if (!reading.ok) return reading;
  if (reading.statement.kind !== "expression") {
    return { ok: false, position: 0, reason: "expected one expression", tooLarge: false };
  }
  return { ok: true, expression: reading.statement.expression };
}

/** For each opening bracket: where it closes and whether a comma stands directly inside. */
interface Bracket {
  close: number;
  hasComma: boolean;
}

const OPENERS = new Set(["(", "[", "{", "\\{"]);
const CLOSING = new Set([")", "]", "}", "\\}"]);

function matchBrackets(tokens: readonly Token[]): Map<number, Bracket> {
  const brackets = new Map<number, Bracket>();
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== "operator") return;
    if (OPENERS.has(token.text)) {
      open.push(index);
      brackets.set(index, { close: -1, hasComma: false });
    } else if (CLOSING.has(token.text)) {
      const start = open.pop();
      if (start !== undefined) brackets.get(start)!.close = index;
    } else if (token.text === "," || token.text === ";") {
      const start = open.at(-1);
      if (start !== undefined) brackets.get(start)!.hasComma = true;
    }
  });
  return brackets;
}

const SEPARATORS = new Set([",", ";", "and", "or", "union", ")", "]", "}", "\\}"]);

class StatementReader {
  readonly #reader: Reader;
  readonly #brackets: Map<number, Bracket>;
  #depth = 0;

  constructor(tokens: Token[], vocabulary: Vocabulary, plusMinus: "+" | "-") {
    this.#reader = new Reader(tokens, vocabulary, plusMinus);
    this.#brackets = matchBrackets(tokens);
  }

  read(): Statement {
    const statement = this.#any();
    if (this.#reader.token.kind !== "end") this.#reader.fail("unexpected text after the statement");
    return statement;
  }

  #any(): Statement {
    const parts = [this.#all()];
    while (this.#reader.take("or") || this.#reader.take("union")) parts.push(this.#all());
    return parts.length === 1 ? parts[0]! : { kind: "any", parts };
  }

  #all(): Statement {
    const parts = [this.#chain()];
    for (;;) {
      if (this.#reader.take(",") || this.#reader.take(";")) {
        if (this.#reader.isOperator("or") || this.#reader.isOperator("union")) break;
        this.#reader.take("and");
      } else if (!this.#reader.take("and")) break;
      parts.push(this.#chain());
    }
    return parts.length === 1 ? parts[0]! : { kind: "all", parts };
  }

  #chain(): Statement {
    const items = [this.#item()];
    const operators: RelationOperator[] = [];
    if (this.#reader.take("in")) return this.#membership(items[0]!, this.#regions());
    for (let token = this.#reader.token; token.kind === "relation"; token = this.#reader.token) {
      operators.push(token.operator);
      this.#reader.at++;
      items.push(this.#item());
    }
    if (operators.length === 0) return items[0]!;
    return this.#relate(items, operators);
  }

  #regions(): Statement {
    const parts = [this.#item()];
    while (this.#reader.take("union")) parts.push(this.#item());
    return parts.length === 1 ? parts[0]! : { kind: "any", parts };
  }

  #relate(items: Statement[], operators: RelationOperator[]): Statement {
    const terms: Expression[] = [];
    for (const item of items) if (item.kind === "expression") terms.push(item.expression);
    if (terms.length === items.length) return { kind: "chain", terms, operators };
    const [left, right] = items;
    const isPair = items.length === 2 && operators[0] === "=";
    if (isPair && left?.kind === "tuple" && right?.kind === "tuple" && left.items.length === right.items.length) {
      const parts = left.items.map((item, index) => this.#relate([item, right.items[index]!], ["="]));
      return { kind: "all", parts };
    }
    // `S = {1, 2}`: the name of a set says nothing about the set.
    if (isPair && left?.kind === "expression" && left.expression.kind === "symbol" && right !== undefined) return right;
    return this.#reader.fail("a relation between things that are not expressions");
  }

  #membership(item: Statement, region: Statement): Statement {
    if (item.kind !== "expression") this.#reader.fail("expected an expression before ∈");
    const name = item.expression;
    if (region.kind === "any") return { kind: "any", parts: region.parts.map((part) => this.#membership(item, part)) };
    if (region.kind === "set") {
      const parts = region.items.map((value) => this.#relate([item, value], ["="]));
      return { kind: "any", parts };
    }
    if (region.kind === "tuple" && region.items.length === 2) {
      const [low, high] = region.items;
      if (low?.kind === "expression" && high?.kind === "expression") {
        return { kind: "chain", terms: [low.expression, name, high.expression], operators: ["<", "<"] };
      }
    }
    if (region.kind === "interval") {
      const parts: Statement[] = [];
      if (region.low !== undefined) {
        parts.push({ kind: "chain", terms: [region.low, name], operators: [region.lowClosed ? "<=" : "<"] });
      }
      if (region.high !== undefined) {
        parts.push({ kind: "chain", terms: [name, region.high], operators: [region.highClosed ? "<=" : "<"] });
      }
      return parts.length === 1 ? parts[0]! : { kind: "all", parts };
    }
    return this.#reader.fail("expected a set or an interval after ∈");
  }

  #item(): Statement {
    const reader = this.#reader;
    const token = reader.token;
    const bracket = this.#brackets.get(reader.at);
    if (token.kind === "operator" && bracket !== undefined && bracket.close > 0 && this.#endsAfter(bracket.close)) {
      if (token.text === "\\{" || (token.text === "{" && (bracket.hasComma || reader.at === 0))) return this.#set();
      if ((token.text === "(" || token.text === "[") && bracket.hasComma) return this.#tuple();
    }
    return { kind: "expression", expression: reader.expression() };
  }

  #endsAfter(close: number): boolean {
    const next = this.#reader.tokens[close + 1]!;
    return next.kind === "end" || next.kind === "relation" || (next.kind === "operator" && SEPARATORS.has(next.text));
  }

  #set(): Statement {
    const reader = this.#reader;
    const close = reader.take("\\{") ? "\\}" : "}";
    if (close === "}") reader.expect("{");
    const items: Statement[] = [];
    if (!reader.isOperator(close)) {
      do items.push(this.#nested());
      while (reader.take(",") || reader.take(";"));
    }
    reader.expect(close);
    return { kind: "set", items };
  }

  #nested(): Statement {
    if (++this.#depth > 40) this.#reader.fail("lists are nested too deeply");
    const item = this.#chain();
    this.#depth--;
    return item;
  }

  #tuple(): Statement {
    const reader = this.#reader;
    const lowClosed = reader.isOperator("[");
    reader.at++;
    const items: Statement[] = [];
    let infinite = false;
    const bounds: (Expression | undefined)[] = [];
    do {
      if (this.#infinity()) {
        infinite = true;
        bounds.push(undefined);
      } else {
        const item = this.#nested();
        items.push(item);
        bounds.push(item.kind === "expression" ? item.expression : undefined);
      }
    } while (reader.take(",") || reader.take(";"));
    const highClosed = reader.isOperator("]");
    if (!highClosed && !reader.isOperator(")")) reader.fail("expected a closing bracket");
    reader.at++;
    const isInterval = bounds.length === 2 && (infinite || lowClosed || highClosed);
    if (isInterval) return { kind: "interval", low: bounds[0], high: bounds[1], lowClosed, highClosed };
    if (infinite) reader.fail("infinity inside a tuple");
    if (lowClosed !== highClosed) reader.fail("brackets do not match");
    return { kind: "tuple", items };
  }

  /** Reads a bound that is ±∞, directly before a comma or bracket. */
  #infinity(): boolean {
    const reader = this.#reader;
    let at = reader.at;
    const first = reader.tokens[at]!;
    if (first.kind === "operator" && (first.text === "-" || first.text === "+")) at++;
    const token = reader.tokens[at]!;
    if (token.kind !== "word" || (token.text !== "infinity" && token.text !== "inf" && token.text !== "oo"))
      return false;
    reader.at = at + 1;
    return true;
  }
}

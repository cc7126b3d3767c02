// Reads what a line or an answer says: chains of relations, lists, tuples, sets, intervals, alternatives. Never throws: hostile or
// foreign text gives a result with position and reason. The grammar of expressions is reader.ts.

import type { Expression, RelationOperator, Statement } from "./expression.ts";
import { readRows } from "./notations.ts";
import { Reader } from "./reader.ts";
import { SyntaxProblem, type Token, tokenize } from "./tokens.ts";
import { markUnits } from "./units.ts";
import { symbolsOf } from "./walk.ts";
import type { Vocabulary } from "./words.ts";

export type { Vocabulary } from "./words.ts";

/**
 * A statement, or where and why reading stopped. `tooLarge`: a limit on length or depth was met; `hasUnits`: words behind numbers were
 * read as units.
 */
export type Reading =
  | { readonly ok: true; readonly statement: Statement; readonly hasUnits: boolean }
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
    const letterE = vocabulary.variables?.has("e") === true;
    const tokens = plainHead(unboxed(tokenize(trimmed, { list: vocabulary.list === true, letterE })));
    const hasUnits = markUnits(tokens, vocabulary.units === true);
    // One sure unit makes single letters behind other numbers units too: 5 m = 500 cm.
    if (hasUnits) markUnits(tokens, true);
    const hasPlusMinus = tokens.some((token) => token.kind === "operator" && token.text === "±");
    const statement = new StatementReader(tokens.slice(), vocabulary, "+").read();
    if (!hasPlusMinus) return { ok: true, statement, hasUnits };
    const other = new StatementReader(tokens, vocabulary, "-").read();
    return { ok: true, statement: { kind: "any", parts: [statement, other] }, hasUnits };
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

/** `\boxed{x=5}` says what it holds. */
function unboxed(tokens: Token[]): Token[] {
  const [command, open] = tokens;
  if (command?.kind !== "command" || command.text !== "boxed" || open?.kind !== "operator" || open.text !== "{")
    return tokens;
  if (matchBrackets(tokens).get(1)?.close !== tokens.length - 2) return tokens;
  return unboxed([...tokens.slice(2, -2), tokens.at(-1)!]);
}

const FUNCTION_NAMES = new Set([..."fghFGHyuvwPQTN"]);

/** `f(x) = …` and `f'(x) = …` define f: the bracket with the variable goes. */
function plainHead(tokens: Token[]): Token[] {
  const [name] = tokens;
  let at = 1;
  const isSign = (k: number, text: string): boolean => {
    const token = tokens[k];
    return token?.kind === "operator" && token.text === text;
  };
  while (isSign(at, "'")) at++;
  const [argument, relation] = [tokens[at + 1], tokens[at + 3]];
  const isHead =
    (name?.kind === "word" || name?.kind === "name") &&
    FUNCTION_NAMES.has(name.text.replace(/'+$/, "")) &&
    isSign(at, "(") &&
    (argument?.kind === "word" || argument?.kind === "name") &&
    argument.text.length === 1 &&
    argument.text !== name.text &&
    isSign(at + 2, ")") &&
    relation?.kind === "relation" &&
    relation.operator === "=";
  if (isHead) tokens.splice(at, 3);
  return tokens;
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

const SEPARATORS = new Set([
  ",", ";", "and", "or", "union", "intersection", "setminus", "\\\\", ")", "]", "}", "\\}",
]); // biome-ignore format: a list reads better packed
const ALL_REALS: Statement = { kind: "interval", low: undefined, high: undefined, lowClosed: false, highClosed: false };

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
    const reader = this.#reader;
    const isRounded = reader.take("≈");
    const items = [this.#region()];
    const operators: RelationOperator[] = [];
    if (isRounded) items[0] = this.#rounded(items[0]!) ?? reader.fail("expected a decimal number behind ≈");
    if (reader.take("in")) return this.#membership(items[0]!, this.#regions());
    if (reader.isOperator("≡")) return this.#congruence(items[0]!);
    for (;;) {
      const { token } = reader;
      if (token.kind === "relation") {
        operators.push(token.operator);
        reader.at++;
        // `x = ≈ 3` and `x ≈ 3` say the same.
        const isAbout = reader.take("≈");
        const item = this.#region();
        items.push(isAbout ? (this.#rounded(item) ?? item) : item);
      } else if (reader.take("≈")) {
        operators.push("=");
        const item = this.#region();
        const rounded = this.#rounded(item);
        items.push(rounded ?? item);
        if (rounded === undefined)
          items[items.length - 2] = this.#rounded(items.at(-2)!) ?? reader.fail("≈ needs a decimal number on one side");
      } else break;
    }
    if (operators.length === 0) return items[0]!;
    return this.#relate(items, operators);
  }

  /** The statement with its number marked as rounded; undefined where it is no number. */
  #rounded(item: Statement): Statement | undefined {
    if (item.kind !== "expression") return undefined;
    const expression = roundedNumber(item.expression, this.#reader.written);
    return expression === undefined ? undefined : { kind: "expression", expression };
  }

  /** a ≡ b (mod m). */
  #congruence(first: Statement): Statement {
    const reader = this.#reader;
    const terms: Expression[] = [];
    const add = (item: Statement): void => {
      if (item.kind !== "expression") reader.fail("expected expressions beside ≡");
      else terms.push(item.expression);
    };
    add(first);
    reader.inCongruence = true;
    while (reader.take("≡")) add({ kind: "expression", expression: reader.expression() });
    reader.inCongruence = false;
    const bracket = reader.take("(") ? ")" : undefined;
    if (!reader.take("pmod") && !reader.take("mod")) reader.fail("expected (mod m) after a congruence");
    const modulus = reader.isOperator("{") ? reader.group() : reader.expression();
    if (bracket !== undefined) reader.expect(bracket);
    return { kind: "congruence", terms, modulus };
  }

  #regions(): Statement {
    const parts = [this.#region()];
    while (this.#reader.take("union")) parts.push(this.#region());
    return parts.length === 1 ? parts[0]! : { kind: "any", parts };
  }

  /** Intersections and differences of sets. */
  #region(): Statement {
    const parts = [this.#item()];
    for (;;) {
      if (this.#reader.take("intersection")) parts.push(this.#item());
      else if (this.#reader.take("setminus")) parts.push({ kind: "complement", of: this.#item() });
      else return parts.length === 1 ? parts[0]! : { kind: "all", parts };
    }
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
    const isRegion = right !== undefined && right.kind !== "expression" && right.kind !== "chain";
    // `S = {1, 2}`: the name of a set says nothing about the set.
    if (isPair && isRegion && left?.kind === "expression" && left.expression.kind === "symbol") return right;
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
    if (region.kind === "all") return { kind: "all", parts: region.parts.map((part) => this.#membership(item, part)) };
    if (region.kind === "complement") return { kind: "complement", of: this.#membership(item, region.of) };
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
    if (reader.take("emptyset")) return { kind: "set", items: [] };
    if (reader.take("reals")) return ALL_REALS;
    const infinity = this.#lonelyInfinity();
    if (infinity !== undefined) return infinity;
    const isBraceOfCases = token.kind === "operator" && token.text === "\\{" && bracket?.close === -1;
    const opening = isBraceOfCases ? reader.tokens[reader.at + 1]! : token;
    if (opening.kind === "begin") {
      const environment = this.#environment(opening.environment, isBraceOfCases);
      if (environment !== undefined) return environment;
    }
    if (token.kind === "operator" && bracket !== undefined && bracket.close > 0 && this.#endsAfter(bracket.close)) {
      if (token.text === "\\{" || (token.text === "{" && (bracket.hasComma || reader.at === 0))) return this.#set();
      if ((token.text === "(" || token.text === "[") && bracket.hasComma) return this.#tuple();
    }
    const expression = reader.expression();
    if (!reader.isOperator(":")) return { kind: "expression", expression };
    // 3:4 is a ratio; a word before a colon is a label.
    if ([...symbolsOf(expression)].some((name) => name.length > 1)) reader.fail("a label before a colon");
    reader.at++;
    return { kind: "expression", expression: { kind: "quotient", over: expression, under: reader.expression() } };
  }

  /** ∞ alone, as the value of a limit. */
  #lonelyInfinity(): Statement | undefined {
    const { at } = this.#reader;
    const first = this.#reader.token;
    if (!this.#infinity()) return undefined;
    const next = this.#reader.token;
    if (next.kind === "end" || (next.kind === "operator" && SEPARATORS.has(next.text)))
      return { kind: "infinity", negative: first.kind === "operator" && first.text === "-" };
    this.#reader.at = at;
    return undefined;
  }

  /** A matrix as a tuple of rows (a column as a tuple), equations between braces as conditions that hold together. */
  #environment(name: string, hasBrace: boolean): Statement | undefined {
    const reader = this.#reader;
    if (/^(?:matrix|pmatrix|bmatrix|Bmatrix)$/.test(name) && !hasBrace) {
      const items = readRows(reader).map((row): Statement[] =>
        row.map((expression) => ({ kind: "expression", expression })),
      );
      const isColumn = items.every((row) => row.length === 1);
      return {
        kind: "tuple",
        items: items.map((row): Statement => (isColumn ? row[0]! : { kind: "tuple", items: row })),
      };
    }
    if (!/^(?:cases|aligned|align|array|gathered|split)$/.test(name)) return undefined;
    reader.at += hasBrace ? 2 : 1;
    const parts: Statement[] = [];
    while (reader.token.kind !== "finish") {
      while (reader.take("&") || reader.take("\\\\"));
      if ((reader.token as Token).kind === "finish") break;
      parts.push(this.#any());
      while (reader.take(",") || reader.take("&"));
      if (!reader.take("\\\\") && (reader.token as Token).kind !== "finish") reader.fail("expected the end of a line");
    }
    reader.at++;
    if (parts.length === 0) reader.fail("an empty system");
    return parts.length === 1 ? parts[0]! : { kind: "all", parts };
  }

  #endsAfter(close: number): boolean {
    const next = this.#reader.tokens[close + 1]!;
    if (next.kind === "end" || next.kind === "relation" || next.kind === "finish") return true;
    return next.kind === "operator" && SEPARATORS.has(next.text);
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
    const hasBounds = items.every((item) => item.kind === "expression");
    const isInterval = bounds.length === 2 && hasBounds && (infinite || lowClosed || highClosed);
    if (isInterval) return { kind: "interval", low: bounds[0], high: bounds[1], lowClosed, highClosed };
    if (infinite) reader.fail("infinity inside a tuple");
    if (lowClosed !== highClosed) reader.fail("brackets do not match");
    return { kind: "tuple", items: lowClosed ? items.map(asRow) : items };
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

/** `[1,2]` inside of `[[1,2],[3,4]]` is a row, no interval. */
function asRow(item: Statement): Statement {
  if (item.kind !== "interval" || !item.lowClosed || !item.highClosed) return item;
  const bounds = [item.low, item.high].filter((bound) => bound !== undefined);
  return { kind: "tuple", items: bounds.map((expression) => ({ kind: "expression", expression })) };
}

/** The expression with its one written number marked as rounded: 3.14, -3.14, 33.3%, 2.5 cm. */
function roundedNumber(e: Expression, written: ReadonlyMap<Expression, number>): Expression | undefined {
  switch (e.kind) {
    case "number":
      return { ...e, places: written.get(e) ?? 0 };
    case "negative": {
      const of = roundedNumber(e.of, written);
      return of === undefined ? undefined : { kind: "negative", of };
    }
    case "quotient": {
      const over = e.under.kind === "number" ? roundedNumber(e.over, written) : undefined;
      return over === undefined ? undefined : { ...e, over };
    }
    case "product": {
      const [first, ...rest] = e.factors;
      const rounded = first === undefined ? undefined : roundedNumber(first, written);
      return rounded === undefined ? undefined : { kind: "product", factors: [rounded, ...rest] };
    }
    default:
      return undefined;
  }
}

// Notations that are written out while reading: choices C(5,2), d/dx, sums, integrals, determinants, degrees. Owns how they are spelled; what
// they stand for is derived.ts, the grammar around them reader.ts.

import { Unsupported } from "../budget.ts";
import { differentiate } from "../kernel/derivative.ts";
import { rational } from "../number/rational.ts";
import * as D from "./derived.ts";
import type { Expression } from "./expression.ts";
import type { Reader } from "./reader.ts";
import { LIMITS, SyntaxProblem, type Token } from "./tokens.ts";
import { isLargerThan, substitute } from "./walk.ts";

const number = (value: ReturnType<typeof rational>): Expression => ({ kind: "number", value });
const integer = (n: number): Expression => number(rational(BigInt(n)));
const product = (factors: Expression[]): Expression => ({ kind: "product", factors });
const ZERO_CELSIUS = rational(27315n, 100n);
const KELVIN: Expression = { kind: "symbol", name: "[K]" };

/** Degrees of an angle, with minutes and seconds (3°30'), or of a temperature (20°C). */
export function readDegrees(reader: Reader, value: Expression): Expression {
  const next = reader.token;
  const touches = next.at === reader.tokens[reader.at - 1]!.at + 1 || reader.tokens[reader.at - 1]!.at + 6 >= next.at;
  if (next.kind === "word" && (next.text === "C" || next.text === "F") && touches) {
    reader.at++;
    return temperature(value, next.text === "C");
  }
  let sum = value;
  for (const part of [60, 3600]) {
    const marks = part === 60 ? 1 : 2;
    const token = reader.token;
    if (token.kind !== "number" || !hasPrimes(reader, reader.at + 1, marks)) continue;
    sum = { kind: "sum", terms: [sum, { kind: "quotient", over: number(token.value), under: integer(part) }] };
    reader.at += 1 + marks;
  }
  return product([sum, { kind: "quotient", over: { kind: "constant", name: "pi" }, under: integer(180) }]);
}

function hasPrimes(reader: Reader, at: number, count: number): boolean {
  const isPrime = (token: Token | undefined): boolean => token?.kind === "operator" && token.text === "'";
  for (let k = 0; k < count; k++) if (!isPrime(reader.tokens[at + k])) return false;
  return !isPrime(reader.tokens[at + count]);
}

/** Comma-separated values in brackets. */
export function readList(reader: Reader): Expression[] {
  const values: Expression[] = [];
  reader.expect("(");
  do values.push(reader.expression());
  while (reader.take(",") || reader.take(";"));
  reader.expect(")");
  return values;
}

/** C(5,2), P(5,2), A(5,2) and C_5^2, A_5^2 count choices; undefined where the letter is a name. */
export function readChoice(reader: Reader, letter: string): Expression | undefined {
  if (!/^[CPA]$/.test(letter)) return undefined;
  const value = (n: Expression, k: Expression): Expression =>
    letter === "C" ? D.binomial(n, k) : (D.permutations(n, k) ?? reader.fail("too many choices to write out"));
  const text = (k: number): string => {
    const token = reader.tokens[reader.at + k];
    return token?.kind === "operator" ? token.text : token?.kind === "number" ? "number" : (token?.kind ?? "");
  };
  if (text(1) === "(" && /^(?:number|word|name)$/.test(text(2)) && text(3) === ",") {
    reader.at++;
    const list = readList(reader);
    return list.length === 2 ? value(list[0]!, list[1]!) : reader.fail("expected two values");
  }
  const pattern = [1, 2, 3, 4, 5, 6, 7, 8].map(text).join(" ");
  const plain = /^_ number \^ number/.test(pattern) ? [2, 4, 5] : undefined;
  const braced = /^_ \{ number \} \^ \{ number \}/.test(pattern) ? [3, 7, 9] : undefined;
  const mixed = /^_ \{ number \} \^ number/.test(pattern)
    ? [3, 6, 7]
    : /^_ number \^ \{ number \}/.test(pattern)
      ? [2, 5, 7]
      : undefined;
  const places = plain ?? braced ?? mixed;
  if (places === undefined) return undefined;
  const [n, k] = [reader.tokens[reader.at + places[0]!]!, reader.tokens[reader.at + places[1]!]!];
  if (n.kind !== "number" || k.kind !== "number" || n.value.n < 3n || k.value.n > n.value.n) return undefined;
  reader.at += places[2]!;
  return value(number(n.value), number(k.value));
}

/** d/dx of a bracket, or of the product that follows. */
export function readDerivative(reader: Reader, variable: string, order: number): Expression {
  const isBracket = reader.isOperator("(") || reader.isOperator("[") || reader.isOperator("{");
  let value = isBracket ? reader.group() : reader.product();
  try {
    for (let k = 0; k < order; k++) value = limited(reader, differentiate(value, variable, dependents(reader)));
  } catch (problem) {
    if (problem instanceof Unsupported) reader.fail(problem.message);
    throw problem;
  }
  return value;
}

/** What was written out may not outgrow the text without a bound. */
export function limited(reader: Reader, e: Expression): Expression {
  if (!isLargerThan(e, LIMITS.parts)) return e;
  throw new SyntaxProblem("the expression is too large when written out", reader.token.at, true);
}

/** Names that stand with a prime somewhere: functions of the variable. */
function dependents(reader: Reader): Set<string> {
  const found = new Set<string>();
  for (const [k, token] of reader.tokens.entries()) {
    if (token.kind === "name" && token.text.endsWith("'")) found.add(token.text.replace(/'+$/, ""));
    const before = reader.tokens[k - 1];
    if (token.kind === "operator" && token.text === "'" && before?.kind === "word") found.add(before.text);
  }
  return found;
}

/** \sum_{k=1}^{10} k^2, written out. */
export function readSeries(reader: Reader, isSum: boolean): Expression {
  reader.expect("_");
  const braced = reader.take("{");
  const index = reader.token;
  if (index.kind !== "word" && index.kind !== "name") reader.fail("expected the index of a sum");
  reader.at++;
  if (reader.token.kind !== "relation" || reader.token.operator !== "=") reader.fail("expected = after the index");
  reader.at++;
  const low = reader.expression();
  if (braced) reader.expect("}");
  reader.expect("^");
  const high = reader.argument();
  const of = reader.product();
  return (
    D.series(isSum, index.text, low, high, of) ?? reader.fail("expected whole numbers as bounds, at most 300 apart")
  );
}

/** ∫ f dx by rule: with bounds the difference, without them with a constant C. */
export function readIntegral(reader: Reader): Expression {
  const low = reader.take("_") ? reader.argument() : undefined;
  const high = reader.take("^") ? reader.argument() : undefined;
  if ((low === undefined) !== (high === undefined)) reader.fail("expected both bounds of the integral");
  const of = reader.expression();
  const token = reader.token;
  if (token.kind !== "differential") reader.fail("expected the differential of the integral");
  reader.at++;
  const isPositive = (e: Expression | undefined): boolean => e?.kind === "number" && e.value.n > 0n;
  const found = D.antiderivative(of, token.variable, low !== undefined && !(isPositive(low) && isPositive(high)));
  if (found === undefined) reader.fail("no antiderivative of this form is known");
  if (low === undefined || high === undefined) return { kind: "sum", terms: [found, { kind: "symbol", name: "C" }] };
  const at = (value: Expression): Expression => substitute(found, new Map([[token.variable, value]]));
  return { kind: "sum", terms: [at(high), { kind: "negative", of: at(low) }] };
}

export function readDeterminant(reader: Reader): Expression {
  const written = D.determinant(readRows(reader));
  return written === undefined
    ? reader.fail("a determinant needs as many rows as columns, at most 5")
    : limited(reader, written);
}

/** The rows of a matrix environment. */
export function readRows(reader: Reader): Expression[][] {
  const begin = reader.token;
  if (begin.kind !== "begin") reader.fail("expected a matrix");
  reader.at++;
  const rows: Expression[][] = [[]];
  while (reader.token.kind !== "finish") {
    rows.at(-1)!.push(reader.expression());
    if (reader.take("\\\\")) rows.push([]);
    else if (!reader.take("&") && (reader.token as Token).kind !== "finish")
      reader.fail("expected & or \\\\ in a matrix");
  }
  reader.at++;
  if (rows.at(-1)!.length === 0) rows.pop();
  return rows;
}

/** A temperature in kelvin. */
export function temperature(value: Expression, isCelsius: boolean): Expression {
  const celsius: Expression = isCelsius
    ? value
    : { kind: "product", factors: [{ kind: "sum", terms: [value, integer(-32)] }, number(rational(5n, 9n))] };
  return product([{ kind: "sum", terms: [celsius, number(ZERO_CELSIUS)] }, KELVIN]);
}

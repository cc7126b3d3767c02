// Congruences a ≡ b (mod m): values in Z/m, and the solutions of congruences in one unknown by going through all residues of the common
// modulus. Divisions count where the divisor has an inverse.

import type { Verdict } from "@lemma/protocol";
import { type Budget, Unsupported } from "../budget.ts";
import { Evaluator, isExact } from "../kernel/evaluate.ts";
import * as Q from "../number/rational.ts";
import type { Expression, Statement } from "../syntax/expression.ts";
import { expressionsOf, printExpression, symbolsOf } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";

type Congruence = Extract<Statement, { kind: "congruence" }>;

/** A condition made of congruences. */
type Condition =
  | Congruence
  | { readonly kind: "all"; readonly parts: readonly Condition[] }
  | { readonly kind: "any"; readonly parts: readonly Condition[] };

const MODULUS_LIMIT = 200_000n;

/** The value of an expression in Z/m at a residue of its unknown; throws Unsupported where it has none. */
export function residue(e: Expression, modulus: bigint, at: ReadonlyMap<string, bigint>, budget: Budget): bigint {
  const go = (part: Expression): bigint => residue(part, modulus, at, budget);
  const reduce = (value: bigint): bigint => ((value % modulus) + modulus) % modulus;
  budget.spend(1);
  switch (e.kind) {
    case "number":
      return reduce(e.value.n * inverse(e.value.d, modulus));
    case "symbol": {
      const value = at.get(e.name);
      if (value === undefined) throw new Unsupported("an unknown in a congruence");
      return reduce(value);
    }
    case "negative":
      return reduce(-go(e.of));
    case "sum":
      return e.terms.reduce((sum, term) => reduce(sum + go(term)), 0n);
    case "product":
      return e.factors.reduce((product, factor) => reduce(product * go(factor)), 1n);
    case "quotient":
      return reduce(go(e.over) * inverse(go(e.under), modulus));
    case "power": {
      const exponent = new Evaluator(new Map(), 64, budget).value(e.exponent);
      if (exponent === undefined || !isExact(exponent) || exponent.d !== 1n)
        throw new Unsupported("an exponent that is not whole");
      const base = go(e.base);
      return powerModulo(
        exponent.n < 0n ? inverse(base, modulus) : base,
        exponent.n < 0n ? -exponent.n : exponent.n,
        modulus,
        budget,
      );
    }
    case "call":
      if (e.name === "factorial" && symbolsOf(e).size === 0) return exactResidue(e, modulus, budget);
      throw new Unsupported(`${e.name} in a congruence`);
    default:
      throw new Unsupported("no whole number in a congruence");
  }
}

function exactResidue(e: Expression, modulus: bigint, budget: Budget): bigint {
  const value = new Evaluator(new Map(), 64, budget).value(e);
  if (value === undefined || !isExact(value)) throw new Unsupported("no whole number in a congruence");
  return (((value.n * inverse(value.d, modulus)) % modulus) + modulus) % modulus;
}

function powerModulo(base: bigint, exponent: bigint, modulus: bigint, budget: Budget): bigint {
  let result = 1n % modulus;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    budget.spend(1);
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The inverse of a in Z/m. */
function inverse(a: bigint, modulus: bigint): bigint {
  if (a === 1n) return 1n;
  let [x, y] = [((a % modulus) + modulus) % modulus, modulus];
  let [u, v] = [1n, 0n];
  while (y !== 0n) {
    const q = x / y;
    [x, y] = [y, x - q * y];
    [u, v] = [v, u - q * v];
  }
  if (x !== 1n) throw new Unsupported("a division without an inverse");
  return ((u % modulus) + modulus) % modulus;
}

/** The modulus as a number above 1. */
function modulusOf({ modulus }: Congruence): bigint {
  if (modulus.kind !== "number" || modulus.value.d !== 1n || modulus.value.n < 2n)
    throw new Unsupported("a modulus that is no whole number above 1");
  return modulus.value.n;
}

function holds(condition: Condition, at: ReadonlyMap<string, bigint>, budget: Budget): boolean {
  if (condition.kind === "all") return condition.parts.every((part) => holds(part, at, budget));
  if (condition.kind === "any") return condition.parts.some((part) => holds(part, at, budget));
  const modulus = modulusOf(condition);
  const values = condition.terms.map((term) => residue(term, modulus, at, budget));
  return values.every((value) => value === values[0]);
}

/** The condition that a statement is; undefined where anything but congruences occurs. */
export function conditionOf(statement: Statement): Condition | undefined {
  if (statement.kind === "congruence") return statement;
  if (statement.kind !== "all" && statement.kind !== "any") return undefined;
  const parts = statement.parts.map(conditionOf);
  return parts.includes(undefined) ? undefined : { kind: statement.kind, parts: parts as Condition[] };
}

function commonModulus(condition: Condition): bigint {
  if (condition.kind === "congruence") return modulusOf(condition);
  return condition.parts.map(commonModulus).reduce((a, b) => (a / Q.gcd(a, b)) * b, 1n);
}

/** Compares two conditions by their solutions; undefined where they are not both made of congruences. */
export function compareCongruences(a: Statement, b: Statement, budget: Budget): Verdict | undefined {
  const [left, right] = [conditionOf(a), conditionOf(b)];
  if (left === undefined || right === undefined) return undefined;
  const symbols = [...symbolsOf(...expressionsOf(a), ...expressionsOf(b))];
  if (symbols.length > 1) return unknown("unsupported");
  const [m, n] = [commonModulus(left), commonModulus(right)];
  const modulus = (m / Q.gcd(m, n)) * n;
  if (modulus > MODULUS_LIMIT) return unknown("budget");
  const [name] = symbols;
  for (let value = 0n; value < (name === undefined ? 1n : modulus); value++) {
    const at = new Map(name === undefined ? [] : [[name, value] as const]);
    const [first, second] = [holds(left, at, budget), holds(right, at, budget)];
    if (first !== second) {
      const witness = name === undefined ? {} : { [name]: String(value) };
      return refuted({ ...witness, first: String(first), second: String(second) });
    }
  }
  return proved("enumeration");
}

/** Judges a congruence without unknowns; with one, whether it holds for every residue. */
export function judgeCongruence(statement: Congruence, budget: Budget): Verdict {
  const symbols = [...symbolsOf(...statement.terms)];
  const modulus = modulusOf(statement);
  if (symbols.length > 1 || (symbols.length === 1 && modulus > MODULUS_LIMIT)) return unknown("undecided");
  const [name] = symbols;
  for (let value = 0n; value < (name === undefined ? 1n : modulus); value++) {
    const at = new Map(name === undefined ? [] : [[name, value] as const]);
    if (holds(statement, at, budget)) continue;
    if (name !== undefined) return unknown("undecided");
    const residues = statement.terms.map((term) => [
      printExpression(term).slice(0, 60),
      String(residue(term, modulus, at, budget)),
    ]);
    return refuted({ modulus: String(modulus), ...Object.fromEntries(residues) });
  }
  return proved(name === undefined ? "exact" : "enumeration");
}

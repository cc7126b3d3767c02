// Statements as formulas: which points satisfy them? Owns the reading of chains, alternatives, sets and intervals as conditions on points,
// and their truth at one rational point.

import type { Budget } from "../budget.ts";
import { Evaluator, isExact, type Point } from "../kernel/evaluate.ts";
import * as Q from "../number/rational.ts";
import type { Expression, RelationOperator, Statement } from "../syntax/expression.ts";
import { mapParts, partsOf } from "../syntax/walk.ts";
import { holdsForSign } from "./constants.ts";

export interface Atom {
  readonly kind: "atom";
  readonly left: Expression;
  readonly operator: RelationOperator;
  readonly right: Expression;
}

export type Formula = Atom | { readonly kind: "and" | "or"; readonly parts: readonly Formula[] };

/** The formula of a statement about the named unknown (needed for sets and intervals); undefined where it is none. */
export function formulaOf(statement: Statement, unknown: string): Formula | undefined {
  const name: Expression = { kind: "symbol", name: unknown };
  const all = (kind: "and" | "or", parts: readonly (Formula | undefined)[]): Formula | undefined =>
    parts.includes(undefined) ? undefined : { kind, parts: parts as Formula[] };
  switch (statement.kind) {
    case "chain":
      return all(
        "and",
        statement.operators.map(
          (operator, k): Atom => ({
            kind: "atom",
            left: statement.terms[k]!,
            operator,
            right: statement.terms[k + 1]!,
          }),
        ),
      );
    case "all": {
      // `x = 2, 3` lists values; `x > 1, x < 3` are conditions that hold together; `x = 2, x = 3` lists again.
      const isList = statement.parts.some((part) => part.kind === "expression") || areValuesOfOne(statement.parts);
      return all(
        isList ? "or" : "and",
        statement.parts.map((part) => formulaOf(part, unknown)),
      );
    }
    case "any":
      return all(
        "or",
        statement.parts.map((part) => formulaOf(part, unknown)),
      );
    case "complement": {
      const of = formulaOf(statement.of, unknown);
      return of === undefined ? undefined : negated(of);
    }
    case "congruence":
    case "infinity":
      return undefined;
    case "set":
      return all(
        "or",
        statement.items.map((item) => formulaOf(item, unknown)),
      );
    case "expression":
      return { kind: "atom", left: name, operator: "=", right: statement.expression };
    case "interval": {
      const parts: Formula[] = [];
      if (statement.low !== undefined)
        parts.push({ kind: "atom", left: name, operator: statement.lowClosed ? ">=" : ">", right: statement.low });
      if (statement.high !== undefined)
        parts.push({ kind: "atom", left: name, operator: statement.highClosed ? "<=" : "<", right: statement.high });
      return { kind: "and", parts };
    }
    case "tuple": {
      // As a region, (a, b) is the open interval.
      const [low, high] = statement.items;
      if (statement.items.length !== 2 || low?.kind !== "expression" || high?.kind !== "expression") return undefined;
      return formulaOf(
        { kind: "interval", low: low.expression, high: high.expression, lowClosed: false, highClosed: false },
        unknown,
      );
    }
  }
}

const OPPOSITE: Readonly<Record<RelationOperator, RelationOperator>> = {
  "=": "!=",
  "!=": "=",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};

/** Where the formula does not hold, apart from points where a side has no value. */
export function negated(formula: Formula): Formula {
  if (formula.kind === "atom") return { ...formula, operator: OPPOSITE[formula.operator] };
  return { kind: formula.kind === "and" ? "or" : "and", parts: formula.parts.map(negated) };
}

const MODULUS_LIMIT = 4;

/** The formula with each |u| split into the cases u >= 0 and u < 0; at most four different moduli an atom. */
export function withoutModuli(formula: Formula, depth = 0): Formula {
  if (formula.kind !== "atom") return { ...formula, parts: formula.parts.map((part) => withoutModuli(part, depth)) };
  const inside = [formula.left, formula.right].map(innerModulus).find((of) => of !== undefined);
  if (inside === undefined || depth >= MODULUS_LIMIT) return formula;
  const zero: Expression = { kind: "number", value: Q.ZERO };
  const caseOf = (operator: RelationOperator, value: Expression): Formula => ({
    kind: "and",
    parts: [
      { kind: "atom", left: inside, operator, right: zero },
      withoutModuli(
        { ...formula, left: replaced(formula.left, inside, value), right: replaced(formula.right, inside, value) },
        depth + 1,
      ),
    ],
  });
  return { kind: "or", parts: [caseOf(">=", inside), caseOf("<", { kind: "negative", of: inside })] };
}

/** The inside of a modulus that holds no other. */
function innerModulus(e: Expression): Expression | undefined {
  for (const part of partsOf(e)) {
    const found = innerModulus(part);
    if (found !== undefined) return found;
  }
  return e.kind === "call" && e.name === "abs" ? e.of : undefined;
}

/** |of| replaced by its value in one case. */
function replaced(e: Expression, of: Expression, value: Expression): Expression {
  return mapParts(e, (part) => (part.kind === "call" && part.name === "abs" && part.of === of ? value : undefined));
}

/** `x = 1, x = 2`: several different values of one name can only be alternatives. */
function areValuesOfOne(parts: readonly Statement[]): boolean {
  const names = parts.map((part) => {
    const isValue =
      part.kind === "chain" && part.terms.length === 2 && part.operators[0] === "=" && part.terms[0]!.kind === "symbol";
    return isValue && part.terms[0]!.kind === "symbol" ? part.terms[0]!.name : undefined;
  });
  return names.length > 1 && names[0] !== undefined && names.every((name) => name === names[0]);
}

export function atomsOf(formula: Formula): Atom[] {
  return formula.kind === "atom" ? [formula] : formula.parts.flatMap(atomsOf);
}

/** The truth of a formula from the truth of its atoms; undefined atoms (not decided) make it undefined where they matter. */
export function truth(formula: Formula, of: (atom: Atom) => boolean | undefined): boolean | undefined {
  if (formula.kind === "atom") return of(formula);
  const values = formula.parts.map((part) => truth(part, of));
  const decisive = formula.kind === "or";
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}

const BITS = 128;

/** The truth at a rational point; an atom with an undefined side does not hold there. */
export function truthAt(formula: Formula, point: Point, budget: Budget): boolean | undefined {
  const evaluator = new Evaluator(point, BITS, budget);
  return truth(formula, ({ left, operator, right }) => {
    const a = evaluator.value(left);
    const b = evaluator.value(right);
    if (a === undefined || b === undefined) return undefined;
    if (isExact(a) && isExact(b)) return holdsForSign(operator, Q.compare(a, b));
    const x = evaluator.interval(a);
    const y = evaluator.interval(b);
    if (x.high < y.low) return holdsForSign(operator, -1);
    if (y.high < x.low) return holdsForSign(operator, 1);
    return undefined;
  });
}

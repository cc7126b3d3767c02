// Truth by going through models. Propositional formulas: every assignment. First-order formulas: every model of one, two and three things
// refutes; and where all predicates have one argument, a formula that holds in all models of at most 2^predicates things holds in all,
// for things with the same predicates can't be told apart. Owns the enumeration; what is asked of it is judge.ts.

import { type Budget, Unsupported } from "../budget.ts";
import type { Formula } from "./formula.ts";

const ATOM_LIMIT = 20;

/** What a set of formulas speaks of. */
export interface Signature {
  /** Arguments of each predicate; 0 for a proposition. */
  readonly predicates: ReadonlyMap<string, number>;
  /** Names that no quantifier binds. */
  readonly constants: readonly string[];
  readonly hasQuantifier: boolean;
}

/** The signature of some formulas; throws Unsupported where a predicate has different numbers of arguments. */
export function signatureOf(formulas: readonly Formula[]): Signature {
  const predicates = new Map<string, number>();
  const constants = new Set<string>();
  let hasQuantifier = false;
  const visit = (formula: Formula, bound: ReadonlySet<string>): undefined => {
    switch (formula.kind) {
      case "truth":
        return;
      case "atom": {
        const known = predicates.get(formula.name);
        if (known !== undefined && known !== formula.of.length)
          throw new Unsupported("a predicate with different arguments");
        predicates.set(formula.name, formula.of.length);
        for (const name of formula.of) if (!bound.has(name)) constants.add(name);
        return;
      }
      case "not":
        return visit(formula.of, bound);
      case "every":
      case "some":
        hasQuantifier = true;
        return visit(formula.of, new Set([...bound, formula.variable]));
      default:
        visit(formula.left, bound);
        visit(formula.right, bound);
    }
  };
  for (const formula of formulas) visit(formula, new Set());
  return { predicates, constants: [...constants].sort(), hasQuantifier };
}

/** A model: the number of things, what holds of them, and what the constants name. */
export interface Model {
  readonly size: number;
  readonly facts: ReadonlySet<string>;
  readonly constants: ReadonlyMap<string, number>;
}

const fact = (name: string, things: readonly number[]): string =>
  things.length === 0 ? name : `${name}(${things.join(",")})`;

/** The truth of a formula in a model. */
export function isTrue(
  formula: Formula,
  model: Model,
  budget: Budget,
  bound: ReadonlyMap<string, number> = NONE,
): boolean {
  budget.spend(0.2);
  const go = (part: Formula, more = bound): boolean => isTrue(part, model, budget, more);
  switch (formula.kind) {
    case "truth":
      return formula.value;
    case "atom":
      return model.facts.has(
        fact(
          formula.name,
          formula.of.map((name) => bound.get(name) ?? model.constants.get(name)!),
        ),
      );
    case "not":
      return !go(formula.of);
    case "and":
      return go(formula.left) && go(formula.right);
    case "or":
      return go(formula.left) || go(formula.right);
    case "xor":
      return go(formula.left) !== go(formula.right);
    case "implies":
      return !go(formula.left) || go(formula.right);
    case "iff":
      return go(formula.left) === go(formula.right);
    case "every":
    case "some": {
      for (let thing = 0; thing < model.size; thing++) {
        if (go(formula.of, new Map([...bound, [formula.variable, thing]])) !== (formula.kind === "every"))
          return formula.kind === "some";
      }
      return formula.kind === "every";
    }
  }
}

const NONE: ReadonlyMap<string, number> = new Map();

/** Whether the models that `modelsOf` goes through decide every question about the signature. */
export function isDecidable({ predicates }: Signature): boolean {
  return [...predicates.values()].every((count) => count <= 1) && unaryCount(predicates) <= 3;
}

const unaryCount = (predicates: ReadonlyMap<string, number>): number =>
  [...predicates.values()].filter((count) => count === 1).length;

/** The models to look at: all that matter where the signature is decidable, else the small ones. */
export function* modelsOf(signature: Signature, budget: Budget): Generator<Model> {
  const { predicates, constants } = signature;
  const propositions = [...predicates].filter(([, count]) => count === 0).map(([name]) => name);
  if (propositions.length > ATOM_LIMIT) throw new Unsupported("too many propositions to go through");
  for (const truths of subsets(propositions, budget)) {
    if (predicates.size === propositions.length)
      yield { size: 1, facts: new Set(truths), constants: placed(constants, 0, 1) };
    else
      for (const model of structures(signature, budget))
        yield { ...model, facts: new Set([...model.facts, ...truths]) };
  }
}

function* structures(signature: Signature, budget: Budget): Generator<Model> {
  const { predicates, constants } = signature;
  const unary = [...predicates].filter(([, count]) => count === 1).map(([name]) => name);
  if (isDecidable(signature)) {
    // A thing is what holds of it: a model is a set of kinds of things that is not empty.
    const kinds = [...subsets(unary, budget)];
    for (const things of subsets(kinds, budget)) {
      if (things.length === 0) continue;
      const facts = new Set(things.flatMap((kind, thing) => kind.map((name) => fact(name, [thing]))));
      yield* named(things.length, facts, constants, budget);
    }
    return;
  }
  for (let size = 1; size <= 3; size++) {
    const possible: string[] = [];
    for (const [name, count] of predicates) {
      if (count === 0) continue;
      for (let k = 0; k < size ** count; k++) {
        const things = Array.from({ length: count }, (_, j) => Math.floor(k / size ** j) % size);
        possible.push(fact(name, things));
      }
    }
    if (possible.length > 14) return;
    for (const facts of subsets(possible, budget)) yield* named(size, new Set(facts), constants, budget);
  }
}

/** The model with every choice of what the constants name. */
function* named(
  size: number,
  facts: ReadonlySet<string>,
  constants: readonly string[],
  budget: Budget,
): Generator<Model> {
  const choices = size ** constants.length;
  if (choices > 4096) throw new Unsupported("too many constants to go through");
  for (let k = 0; k < choices; k++) {
    budget.spend(1);
    yield { size, facts, constants: placed(constants, k, size) };
  }
}

const placed = (constants: readonly string[], k: number, size: number): Map<string, number> =>
  new Map(constants.map((name, j) => [name, Math.floor(k / size ** j) % size]));

function* subsets<T>(of: readonly T[], budget: Budget): Generator<T[]> {
  for (let bits = 0; bits < 2 ** of.length; bits++) {
    budget.spend(1);
    yield of.filter((_, k) => Math.floor(bits / 2 ** k) % 2 === 1);
  }
}

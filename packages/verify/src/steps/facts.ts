// What is known at a point of the reasoning: relations from the question and from proved steps, and definitions. Owns exact implication:
// does a relation between two expressions follow from what is known?

import type { Verdict } from "@lemma/protocol";
import type { Budget } from "../budget.ts";
import { judgeAtComplexRoots } from "../compare/complex-roots.ts";
import { judgeConstants } from "../compare/constants.ts";
import { compareExpressions } from "../compare/expressions.ts";
import { atomsOf, type Formula, formulaOf } from "../compare/formula.ts";
import { addForms, formExpression, type LinearForm, LinearSystem, linearForm } from "../compare/linear.ts";
import { judgeOrder, type OrderFact, orderFacts } from "../compare/order.ts";
import { decideOnLine } from "../compare/real-line.ts";
import { MINUS_ONE, toText } from "../number/rational.ts";
import type { Chain, Expression, RelationOperator } from "../syntax/expression.ts";
import { substitute, symbolsOf } from "../syntax/walk.ts";
import { proved, refuted, unknown } from "../verdict.ts";

/** A relation taken as true, and where it stands (-1 is the question). */
export interface Fact {
  readonly chain: Chain;
  readonly step: number;
}

export interface Definition {
  readonly value: Expression;
  readonly step: number;
}

/** A verdict with the facts used; `isIdentity`: it holds by itself, whatever is known. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly from: readonly number[];
  readonly isIdentity: boolean;
}

const RECENT = 8;

const identity = (verdict: Verdict, from: readonly number[] = []): Judgement => ({ verdict, from, isIdentity: true });
const implied = (verdict: Verdict, from: readonly number[]): Judgement => ({ verdict, from, isIdentity: false });

/** Adds the equations of a chain to a system; returns whether any was linear. */
function addEquations(system: LinearSystem, chain: Chain): void {
  chain.operators.forEach((operator, k) => {
    if (operator !== "=") return;
    const left = linearForm(chain.terms[k]!);
    const right = linearForm(chain.terms[k + 1]!);
    if (left !== undefined && right !== undefined) system.add(addForms(left, right, MINUS_ONE));
  });
}

export class Facts {
  readonly #question: readonly Fact[];
  #steps: Fact[] = [];
  #definitions = new Map<string, Definition>();
  #system: LinearSystem | undefined;
  #order: OrderFact[] | undefined;

  constructor(question: readonly Chain[]) {
    this.#question = question.map((chain) => ({ chain, step: -1 }));
  }

  get definitions(): ReadonlyMap<string, Definition> {
    return this.#definitions;
  }

  addStep(chain: Chain, step: number): void {
    this.#steps.push({ chain, step });
    this.#order = undefined;
  }

  define(name: string, value: Expression, step: number): void {
    this.#definitions.set(name, { value, step });
    this.#system = undefined;
  }

  /** Forgets everything that the step contributed. */
  withdraw(step: number): void {
    this.#steps = this.#steps.filter((fact) => fact.step !== step);
    for (const [name, definition] of this.#definitions) if (definition.step === step) this.#definitions.delete(name);
    this.#system = undefined;
    this.#order = undefined;
  }

  /** The question's equations with the definitions put in. Proved steps follow from them and add nothing. */
  #full(): LinearSystem {
    if (this.#system === undefined) {
      this.#system = new LinearSystem();
      for (const fact of this.#question) addEquations(this.#system, this.#defined(fact.chain).chain);
    }
    return this.#system;
  }

  /** A chain with the definitions put in, and the steps that made them. */
  #defined(chain: Chain): { chain: Chain; from: number[] } {
    if (this.#definitions.size === 0) return { chain, from: [] };
    const from = new Set<number>();
    let terms = chain.terms;
    // A value may use earlier definitions: at most as many rounds as definitions.
    for (let round = 0; round < 8; round++) {
      const used = [...symbolsOf(...terms)].filter((name) => this.#definitions.has(name));
      if (used.length === 0) break;
      const values = new Map<string, Expression>();
      for (const name of used) {
        const definition = this.#definitions.get(name)!;
        from.add(definition.step);
        values.set(name, definition.value);
      }
      terms = terms.map((term) => substitute(term, values));
    }
    return { chain: { ...chain, terms }, from: [...from] };
  }

  /** Judges left operator right. */
  judge(left: Expression, operator: RelationOperator, right: Expression, budget: Budget): Judgement {
    const claim: Chain = { kind: "chain", terms: [left, right], operators: [operator] };
    const { chain, from } = this.#defined(claim);
    const [a, b] = [chain.terms[0]!, chain.terms[1]!];
    const symbols = symbolsOf(a, b);
    if (symbols.size === 0) return identity(judgeConstants(a, operator, b, budget), from);
    const order = this.#judgeNames(a, operator, b);
    if (order !== undefined) return order;
    const byIdentity = this.#judgeIdentity(a, operator, b, budget);
    if (byIdentity !== undefined) return identity(byIdentity, from);
    const bySystem = this.#judgeBySystems(a, operator, b, from, budget);
    return bySystem ?? implied(unknown("undecided"), from);
  }

  #judgeNames(a: Expression, operator: RelationOperator, b: Expression): Judgement | undefined {
    if (a.kind !== "symbol" || b.kind !== "symbol") return undefined;
    if (this.#order === undefined) {
      const facts: OrderFact[] = [];
      for (const { chain, step } of [...this.#question, ...this.#steps]) {
        chain.operators.forEach((sign, k) => {
          const [high, low] = [chain.terms[k]!, chain.terms[k + 1]!];
          if (high.kind === "symbol" && low.kind === "symbol")
            facts.push(...orderFacts(high.name, sign, low.name, step));
        });
      }
      this.#order = facts;
    }
    const found = judgeOrder(this.#order, a.name, operator, b.name);
    if (found === undefined) return undefined;
    const from = [...new Set(found.path.map((fact) => fact.step))].sort((x, y) => x - y);
    if (found.holds) return implied(proved("exact"), from);
    const path = found.path.map((fact) => `${fact.high}${fact.isStrict ? ">" : ">="}${fact.low}`).join(", ");
    return implied(refuted({ known: path, claimed: `${a.name}${operator}${b.name}` }), from);
  }

  /** proved where it holds for all values of its unknowns, refuted where it holds for none (their difference is constant). */
  #judgeIdentity(a: Expression, operator: RelationOperator, b: Expression, budget: Budget): Verdict | undefined {
    const left = linearForm(a);
    const right = linearForm(b);
    if (left !== undefined && right !== undefined) {
      const difference = addForms(left, right, MINUS_ONE);
      if (difference.coefficients.size > 0) return undefined;
      const zero: Expression = { kind: "number", value: { n: 0n, d: 1n } };
      return judgeConstants({ kind: "number", value: difference.constant }, operator, zero, budget);
    }
    if (operator !== "=" && operator !== "<=" && operator !== ">=") return undefined;
    const verdict = compareExpressions(a, b, budget);
    return verdict.verdict === "proved" ? verdict : undefined;
  }

  #judgeBySystems(
    a: Expression,
    operator: RelationOperator,
    b: Expression,
    from: readonly number[],
    budget: Budget,
  ): Judgement | undefined {
    const recent = this.#steps.slice(-RECENT).reverse();
    for (const fact of recent) {
      const system = new LinearSystem();
      const defined = this.#defined(fact.chain);
      addEquations(system, defined.chain);
      const judged = judgeIn(system, a, operator, b, budget);
      if (judged?.verdict === "proved") return implied(judged, unique([...from, ...defined.from, fact.step]));
    }
    const judged = judgeIn(this.#full(), a, operator, b, budget);
    if (judged !== undefined) {
      const definitionSteps = this.#question.flatMap((fact) => this.#defined(fact.chain).from);
      return implied(judged, unique([...from, ...definitionSteps, -1]));
    }
    return this.judgeOnLine({ kind: "atom", left: a, operator, right: b }, from, budget);
  }

  /**
   * Judges a condition on one unknown by the solutions of the question's conditions on it: proved where it holds for all of them, refuted
   * where it holds for none; by complex ones where the question has no real solution.
   */
  judgeOnLine(claim: Formula, from: readonly number[], budget: Budget): Judgement | undefined {
    const symbols = symbolsOf(...atomsOf(claim).flatMap(({ left, right }) => [left, right]));
    const [name] = symbols;
    if (name === undefined || symbols.size > 1) return undefined;
    const used: number[] = [];
    const known: Formula[] = [];
    for (const fact of this.#question) {
      const { chain, from: steps } = this.#defined(fact.chain);
      const inside = symbolsOf(...chain.terms);
      const formula = inside.size === 1 && inside.has(name) ? formulaOf(chain, name) : undefined;
      if (formula === undefined) continue;
      known.push(formula);
      used.push(...steps);
    }
    if (known.length === 0) return undefined;
    const decided = decideOnLine([{ kind: "and", parts: known }, claim], name, budget);
    const solutions = decided?.filter(({ values }) => values[0]);
    if (solutions === undefined) return undefined;
    const sources = unique([...from, ...used, -1]);
    if (solutions.length === 0) {
      const verdict = judgeAtComplexRoots(known, claim, name, budget);
      return verdict === undefined ? undefined : implied(verdict, sources);
    }
    if (solutions.every(({ values }) => values[1])) return implied(proved("exact"), sources);
    if (solutions.some(({ values }) => values[1])) return implied(unknown("undecided"), sources);
    return implied(refuted({ [name]: solutions[0]!.piece.text, claim: "false" }), sources);
  }
}

const unique = (values: readonly number[]): number[] => [...new Set(values)].sort((x, y) => x - y);

/** Judges in a linear system: by reduction where the claim is linear, else with the solved unknowns put in. */
function judgeIn(
  system: LinearSystem,
  a: Expression,
  operator: RelationOperator,
  b: Expression,
  budget: Budget,
): Verdict | undefined {
  if (!system.isConsistent || system.solved.size === 0) return undefined;
  budget.spend(20);
  const symbols = symbolsOf(a, b);
  if (![...symbols].some((name) => system.solved.has(name))) return undefined;
  const values = new Map<string, Expression>();
  for (const name of symbols) {
    const form: LinearForm | undefined = system.solved.get(name);
    if (form !== undefined) values.set(name, formExpression(form));
  }
  const left = substitute(a, values);
  const right = substitute(b, values);
  if (symbolsOf(left, right).size === 0) {
    const verdict = judgeConstants(left, operator, right, budget);
    return verdict.verdict === "refuted" ? withValues(verdict.witness, system, symbols) : verdict;
  }
  const leftForm = linearForm(left);
  const rightForm = linearForm(right);
  if (leftForm !== undefined && rightForm !== undefined) {
    const difference = addForms(leftForm, rightForm, MINUS_ONE);
    if (difference.coefficients.size > 0) return undefined;
    const zero: Expression = { kind: "number", value: { n: 0n, d: 1n } };
    return judgeConstants({ kind: "number", value: difference.constant }, operator, zero, budget);
  }
  if (operator !== "=") return undefined;
  const verdict = compareExpressions(left, right, budget);
  return verdict.verdict === "proved" ? verdict : undefined;
}

function withValues(witness: Record<string, string>, system: LinearSystem, symbols: ReadonlySet<string>): Verdict {
  const values: Record<string, string> = {};
  for (const [name, value] of system.values()) if (symbols.has(name)) values[name] = toText(value);
  return refuted({ ...values, ...witness });
}

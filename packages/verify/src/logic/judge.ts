// Questions about formulas: are two equivalent, does one follow from others? Every answer names a model where it is no.

import type { Verdict } from "@lemma/protocol";
import { Budget, BudgetExhausted, DEFAULT_BUDGET, Unsupported } from "../budget.ts";
import { proved, refuted, unknown } from "../verdict.ts";
import { type Formula, readFormula } from "./formula.ts";
import { isDecidable, isTrue, type Model, modelsOf, signatureOf } from "./models.ts";

/**
 * Whether two formulas are true in the same models; undefined where one of the texts is no formula.
 * @example
 * equivalentFormulas("p -> q", "not p or q"); // { verdict: "proved", method: "enumeration" }
 */
export function equivalentFormulas(a: string, b: string, budget: Budget = new Budget()): Verdict | undefined {
  const [left, right] = [readFormula(a), readFormula(b)];
  if (left === undefined || right === undefined) return undefined;
  return judge([left, right], budget, (model) => {
    const [first, second] = [isTrue(left, model, budget), isTrue(right, model, budget)];
    return first === second ? undefined : { first: String(first), second: String(second) };
  });
}

/**
 * Whether the conclusion holds wherever all premises do.
 * @example
 * follows(["p -> q", "p"], "q"); // { verdict: "proved", method: "enumeration" }
 * follows(["p -> q", "q"], "p"); // { verdict: "refuted", witness: { q: "true", p: "false", … } }
 */
export function follows(premises: readonly string[], conclusion: string, operations: number = DEFAULT_BUDGET): Verdict {
  const budget = new Budget(operations);
  const [result, ...given] = [conclusion, ...premises].map(readFormula);
  if (result === undefined || given.includes(undefined)) return unknown("unparsed");
  return judge([result, ...(given as Formula[])], budget, (model) => {
    const isCounter =
      (given as Formula[]).every((premise) => isTrue(premise, model, budget)) && !isTrue(result, model, budget);
    return isCounter ? { premises: "true", conclusion: "false" } : undefined;
  });
}

/** Looks for a model that speaks against the claim. */
function judge(
  formulas: readonly Formula[],
  budget: Budget,
  against: (model: Model) => Record<string, string> | undefined,
): Verdict {
  try {
    const signature = signatureOf(formulas);
    for (const model of modelsOf(signature, budget)) {
      const found = against(model);
      if (found !== undefined) return refuted({ ...described(model, [...signature.predicates]), ...found });
    }
    return isDecidable(signature) ? proved("enumeration") : unknown("undecided");
  } catch (problem) {
    if (problem instanceof BudgetExhausted) return unknown("budget");
    if (problem instanceof Unsupported) return unknown("unsupported");
    throw problem;
  }
}

function described(model: Model, predicates: readonly (readonly [string, number])[]): Record<string, string> {
  const witness: Record<string, string> = {};
  for (const [name, count] of predicates) {
    if (count === 0) witness[name] = String(model.facts.has(name));
    else witness[name] = [...model.facts].filter((fact) => fact.startsWith(`${name}(`)).join(" ") || "nothing";
  }
  if (predicates.some(([, count]) => count > 0)) witness.things = String(model.size);
  for (const [name, thing] of model.constants) witness[name] = String(thing);
  return witness;
}

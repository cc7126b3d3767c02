// The kernel's front door for a pair: are these two texts the same mathematics?

import type { Verdict } from "@lemma/protocol";
import { Budget, BudgetExhausted, DEFAULT_BUDGET, Unsupported } from "./budget.ts";
import { compareStatements } from "./compare/statements.ts";
import { looksLogical } from "./logic/formula.ts";
import { equivalentFormulas } from "./logic/judge.ts";
import { readPair } from "./syntax/pair.ts";
import { unknown } from "./verdict.ts";

/** `budget`: operations allowed. `variables`: letters that are unknowns even where mathematics has a constant (`e`). */
export interface EquivalentOptions {
  readonly budget?: number | undefined;
  readonly variables?: readonly string[];
}

/**
 * Compares two texts: expressions as real functions where both are defined, relations by their solution sets, tuples and sets by members,
 * formulas of logic by their models.
 * @example
 * equivalent("\\frac{x^2-1}{x-1}", "x+1"); // { verdict: "proved", method: "exact" }
 * equivalent("sqrt(x^2)", "x"); // { verdict: "refuted", witness: { x: "-2", left: "2", right: "-2" } }
 */
export function equivalent(a: string, b: string, options: EquivalentOptions = {}): Verdict {
  if (looksLogical(a) || looksLogical(b)) {
    const verdict = equivalentFormulas(a, b, new Budget(options.budget ?? DEFAULT_BUDGET));
    if (verdict !== undefined) return verdict;
  }
  const variables = new Set(options.variables);
  const { left, right, isAmbiguous } = readPair(a, b, { variables });
  if (!left.ok || !right.ok) {
    const tooLarge = (!left.ok && left.tooLarge) || (!right.ok && right.tooLarge);
    return unknown(tooLarge ? "budget" : "unparsed");
  }
  if (isAmbiguous) return unknown("undecided");
  try {
    return compareStatements(left.statement, right.statement, new Budget(options.budget ?? DEFAULT_BUDGET));
  } catch (problem) {
    if (problem instanceof BudgetExhausted) return unknown("budget");
    if (problem instanceof Unsupported) return unknown("unsupported");
    throw problem;
  }
}

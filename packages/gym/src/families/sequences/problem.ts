// What a sequence problem is: the terms that are shown, the rule behind them, and what is asked. Knows no wordings and no trace.

/** How a sequence goes on: equal differences, equal ratios, equal differences of differences, two differences in turn. */
export type Rule = "arithmetic" | "geometric" | "quadratic" | "alternating";

export const RULES: readonly Rule[] = ["arithmetic", "geometric", "quadratic", "alternating"];

/** Terms that are shown; `next` asks for the one after them, `term` for the n-th, `sum` for the sum of the first n. */
export interface Sequence {
  readonly terms: readonly number[];
  readonly ask: "next" | "term" | "sum";
  readonly n: number;
}

/** The differences of neighbours. */
export const differences = (terms: readonly number[]): number[] => terms.slice(1).map((term, i) => term - terms[i]!);

const areEqual = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** The simplest rule that at least four terms follow; undefined where they follow none of the four, or fewer are shown. */
export function ruleOf(terms: readonly number[]): Rule | undefined {
  if (terms.length < 4) return undefined;
  const steps = differences(terms);
  if (areEqual(steps)) return "arithmetic";
  if (terms.length > 4 && steps.every((step, i) => step === steps[i % 2])) return "alternating";
  if (areEqual(differences(steps))) return "quadratic";
  const ratio = terms[1]! / terms[0]!;
  if (Number.isInteger(ratio) && terms.every((term, i) => i === 0 || term === terms[i - 1]! * ratio))
    return "geometric";
  return undefined;
}

/** The first n terms by the rule of the terms shown (at least as many as are shown). */
export function extended(terms: readonly number[], n: number): number[] {
  const rule = ruleOf(terms);
  const all = [...terms];
  while (all.length < n) {
    const [last, before, third] = [all.at(-1)!, all.at(-2)!, all.at(-3)!];
    if (rule === "geometric") all.push((last / before) * last);
    else if (rule === "alternating") all.push(last + before - third);
    else all.push(last + (last - before) + (rule === "quadratic" ? last - before - (before - third) : 0));
  }
  return all;
}

/** The value that is asked for. */
export function value({ terms, ask, n }: Sequence): number {
  const all = extended(terms, n);
  return ask === "sum" ? all.slice(0, n).reduce((sum, term) => sum + term, 0) : all[n - 1]!;
}

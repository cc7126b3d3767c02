// Functions of this family as source text in Python and JavaScript. Owns the texts; runs nothing.

import type { Keep, Synthesis, Take } from "./problem.ts";

/** The condition on x, or undefined where all are kept. */
export function conditionText(keep: Keep, equal: "==" | "==="): string | undefined {
  switch (keep.keep) {
    case "all":
      return undefined;
    case "even":
      return `x % 2 ${equal} 0`;
    case "odd":
      return `x % 2 ${equal} 1`;
    case "above":
      return `x > ${keep.by}`;
    case "below":
      return `x < ${keep.by}`;
    case "divisible":
      return `x % ${keep.by} ${equal} 0`;
  }
}

/** What is taken of x. */
export function termText(take: Take): string {
  switch (take.take) {
    case "itself":
      return "x";
    case "square":
      return "x * x";
    case "times":
      return `x * ${take.by}`;
    case "plus":
      return `x + ${take.by}`;
  }
}

/** The function f, a few lines. */
export function writeFunction(problem: Synthesis): string {
  return problem.language === "python" ? python(problem) : javascript(problem);
}

function python({ keep, take, give }: Synthesis): string {
  const condition = conditionText(keep, "==");
  const each = (term: string) => `${term} for x in xs${condition === undefined ? "" : ` if ${condition}`}`;
  const term = termText(take);
  const value = {
    sum: `sum(${each(term)})`,
    count: `sum(${each("1")})`,
    largest: `max((${each(term)}), default=0)`,
    list: `[${each(term)}]`,
  }[give];
  return `def f(xs):\n    return ${value}`;
}

function javascript({ keep, take, give }: Synthesis): string {
  const condition = conditionText(keep, "===");
  const kept = condition === undefined ? "xs" : `xs.filter((x) => ${condition})`;
  const taken = take.take === "itself" ? kept : `${kept}.map((x) => ${termText(take)})`;
  const value = {
    sum: `${taken}.reduce((a, b) => a + b, 0)`,
    count: `${kept}.length`,
    largest: `Math.max(0, ...${taken})`,
    list: taken,
  }[give];
  return `function f(xs) {\n  return ${value};\n}`;
}

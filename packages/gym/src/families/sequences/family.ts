// Sequences by rule: the next term, the n-th, the sum of the first n. Owns levels, drawing and the entry; problem.ts says what a
// sequence is, trace.ts reasons, wordings.ts asks.

import type { TaskChecker } from "@lemma/verify";
import { wholeAnswer } from "../../answers.ts";
import type { Family } from "../../family.ts";
import { MATHEMATICAL_PROOFS } from "../../proof-names.ts";
import type { Random } from "../../random.ts";
import { extended, RULES, type Rule, ruleOf, type Sequence, value } from "./problem.ts";
import { labelledStep, trace } from "./trace.ts";
import { readSequence, sequencePhrasings } from "./wordings.ts";

/** By level: rules, the largest first term and difference, how far beyond the shown terms `term` and `sum` go, the largest value. */
const LEVELS = [
  { rules: ["arithmetic", "geometric"], first: 20, step: 9, ratio: 3, places: 10, more: 1, value: 99 },
  { rules: RULES, first: 40, step: 12, ratio: 3, places: 20, more: 2, value: 499 },
  { rules: RULES, first: 99, step: 25, ratio: 5, places: 40, more: 4, value: 999 },
] as const satisfies readonly { rules: readonly Rule[]; [name: string]: unknown }[];

function draw(random: Random, level: number): Sequence {
  const limit = LEVELS[level - 1]!;
  const signed = (most: number) => (level > 1 && random.chance(0.35) ? -1 : 1) * random.int(1, most);
  for (;;) {
    const rule = random.pick<Rule>(limit.rules);
    const count = random.int(rule === "alternating" ? 5 : 4, rule === "geometric" ? 5 : 6);
    const terms = begin(random, rule, count, signed, limit);
    if (ruleOf(terms) !== rule) continue;
    const ask = random.weighted([
      ["next", 4],
      ["term", 4],
      ["sum", 3],
    ] as const);
    const most = rule === "arithmetic" ? limit.places : count + limit.more;
    const n = ask === "next" ? count + 1 : random.int(ask === "sum" ? count : count + 1, most);
    const problem = { terms, ask, n };
    const values = [...extended(terms, n), ...extended(terms, n).map((_, i) => value({ terms, ask: "sum", n: i + 1 }))];
    const asked = ask === "sum" ? values : values.slice(0, values.length / 2);
    if (asked.every((number) => Math.abs(number) <= limit.value)) return problem;
  }
}

/** The first terms of a new sequence. */
function begin(
  random: Random,
  rule: Rule,
  count: number,
  signed: (most: number) => number,
  limit: (typeof LEVELS)[number],
): number[] {
  const first = signed(rule === "geometric" ? 9 : limit.first);
  const terms = [first];
  const [step, other] = [signed(limit.step), signed(limit.step)];
  const bend = signed(Math.ceil(limit.step / 3));
  const ratio = Math.sign(signed(1)) * random.int(2, limit.ratio);
  for (let i = 1; i < count; i++) {
    const last = terms.at(-1)!;
    if (rule === "geometric") terms.push(last * ratio);
    else if (rule === "alternating") terms.push(last + (i % 2 === 1 ? step : other));
    else terms.push(last + step + (rule === "quadratic" ? (i - 1) * bend : 0));
  }
  return terms;
}

const checker: TaskChecker<Sequence> = {
  id: "sequences",
  recognise: readSequence,
  // The formula of an arithmetic sum brings in the 2.
  premises: ({ ask }) => (ask === "sum" ? ["S=(a+b)*n/2"] : []),
  checkStep: labelledStep,
  checkAnswer: (problem, answer) => wholeAnswer(answer, String(value(problem))),
  answerBy: "recomputing",
};

/** Sequences; the default level has four rules and up to six terms shown. */
export const sequences: Family<Sequence> = {
  id: "sequences",
  area: "algebra",
  version: "1",
  levels: LEVELS.length,
  defaultLevel: 2,
  cells: (level) => LEVELS[level - 1]!.rules,
  draw,
  // The same whatever number of terms is shown: the next term after four is the fifth.
  key: ({ terms, ask, n }) => `${extended(terms, 5).slice(0, 5).join(",")} ${ask === "sum" ? "sum" : "term"} ${n}`,
  cell: ({ terms }) => ruleOf(terms) ?? "arithmetic",
  trace,
  answer: (problem) => String(value(problem)),
  verifier: () => ({ kind: "number" }),
  vocabulary: ["sum"],
  phrasings: sequencePhrasings,
  checker,
  proofs: MATHEMATICAL_PROOFS,
};

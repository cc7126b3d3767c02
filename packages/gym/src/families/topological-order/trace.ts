// The order of tasks found in lines. Owns their notation; must not know wordings.
//
//   A-B: B[A]                          each rule: what its second task needs, grown by one
//   A-C: C[A]
//   B-C: C[A, B]
//   left: A[], B[A], C[A, B]           the tasks that are left, each with what it still needs
//   A: left B[], C[B]                  the first task that needs nothing is done: it falls away everywhere
//   B: left C[]
//   C: left none
//   order: A, B, C                     or `possible: yes`
//   stuck: B[C], C[B]                  where every task that is left needs another: then `possible: no`, `order: none`
//
// Where time is asked, a task begins when the last of those that it needs ends:
//
//   A: 0+3=3; left B[], C[B]
//   C: A 3, B 8; 8+2=10; left none
//   ends: A 3, B 8, C 10
//   time: 10

import type { Language } from "@lemma/protocol";
import { endsOf, isPossible, needsOf, orderOf, type Problem } from "./tasks.ts";

/** The words of the lines. */
export const WORDS = {
  en: {
    left: "left",
    stuck: "stuck",
    order: "order",
    possible: "possible",
    ends: "ends",
    time: "time",
    none: "none",
    yes: "yes",
    no: "no",
  },
  zh: {
    left: "剩",
    stuck: "卡住",
    order: "顺序",
    possible: "可行",
    ends: "结束",
    time: "时间",
    none: "无",
    yes: "是",
    no: "否",
  },
} as const;

/** Everything that lines and answers have beside letters and numbers. */
export const TASK_VOCABULARY: readonly string[] = [
  ...Object.values(WORDS.en),
  ...Object.values(WORDS.zh),
  "impossible",
  "不可能",
];

const writeNeeds = (task: string, needs: readonly string[]): string => `${task}[${needs.join(", ")}]`;

/** The n-th rule with what its second task needs so far. */
export function writeRule({ rules }: Problem, n: number): string {
  const [before, after] = rules[n]!;
  return `${before}-${after}: ${writeNeeds(after, needsOf(rules.slice(0, n + 1), after))}`;
}

/** The tasks left, each with what it needs. */
export const writeLeft = ({ rules }: Problem, left: readonly string[], language: Language): string =>
  left.map((task) => writeNeeds(task, needsOf(rules, task, left))).join(", ") || WORDS[language].none;

/** One task done; `left` is what is left after it, `ends` when the tasks end (only where time is asked). */
export function writeStep(
  problem: Problem,
  task: string,
  left: readonly string[],
  ends: ReadonlyMap<string, number> | undefined,
  language: Language,
): string {
  const rest = `${WORDS[language].left} ${writeLeft(problem, left, language)}`;
  if (ends === undefined) return `${task}: ${rest}`;
  const needs = needsOf(problem.rules, task);
  const start = Math.max(0, ...needs.map((before) => ends.get(before)!));
  const sum = `${start}+${problem.durations[problem.tasks.indexOf(task)]}=${ends.get(task)}`;
  return `${task}: ${[...(needs.length === 0 ? [] : [writeEnds(needs, ends)]), sum, rest].join("; ")}`;
}

export const writeEnds = (tasks: readonly string[], ends: ReadonlyMap<string, number>): string =>
  tasks.map((task) => `${task} ${ends.get(task)}`).join(", ");

export function writeTrace(problem: Problem, language: Language): string[] {
  const { ask, tasks, rules } = problem;
  const words = WORDS[language];
  const order = orderOf(problem);
  const works = isPossible(problem);
  const ends = ask === "time" ? endsOf(problem) : undefined;
  let left = tasks;
  const steps = order.map((task) => {
    left = left.filter((other) => other !== task);
    return writeStep(problem, task, left, ends, language);
  });
  return [
    ...rules.map((_, n) => writeRule(problem, n)),
    `${words.left}: ${writeLeft(problem, tasks, language)}`,
    ...steps,
    ...(works ? [] : [`${words.stuck}: ${writeLeft(problem, left, language)}`]),
    ...(works && ends !== undefined ? [`${words.ends}: ${writeEnds(tasks, ends)}`] : []),
    `${words[ask]}: ${resultOf(problem, language) ?? words.none}`,
  ];
}

/** What is asked; undefined where there is no order. */
export function resultOf(problem: Problem, language: Language): string | undefined {
  const works = isPossible(problem);
  if (problem.ask === "possible") return WORDS[language][works ? "yes" : "no"];
  if (!works) return undefined;
  return problem.ask === "order" ? orderOf(problem).join(", ") : `${Math.max(...endsOf(problem).values())}`;
}

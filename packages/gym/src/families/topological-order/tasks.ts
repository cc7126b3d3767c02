// Tasks of which some must be done before others, each with a duration where time is asked. Owns the problem as data, what follows from it,
// the key, and drawing; knows no words.

import { permutations } from "../../permutations.ts";
import type { Random } from "../../random.ts";

/** Can all be done, in which order, when is everything finished? */
export type Ask = "possible" | "order" | "time";
export const ASKS: readonly Ask[] = ["possible", "order", "time"];

export interface Problem {
  readonly ask: Ask;
  readonly tasks: readonly string[];
  /** How long each task takes, in their order; only where time is asked. */
  readonly durations: readonly number[];
  /** The first must be done before the second; in the order in which they are told. */
  readonly rules: readonly (readonly [string, string])[];
}

/** What must be done before a task and is not done yet, in the order of the rules. */
export const needsOf = (rules: Problem["rules"], task: string, left?: readonly string[]): string[] =>
  rules.flatMap(([before, after]) => (after === task && (left?.includes(before) ?? true) ? [before] : []));

/** The tasks that nothing left over holds back. */
export const freeOf = ({ rules }: Problem, left: readonly string[]): string[] =>
  left.filter((task) => needsOf(rules, task, left).length === 0);

/** Always the first free task of those left; as far as it goes. */
export function orderOf(problem: Problem): string[] {
  const order: string[] = [];
  let left = problem.tasks;
  for (let [next] = freeOf(problem, left); next !== undefined; [next] = freeOf(problem, left)) {
    order.push(next);
    left = left.filter((task) => task !== next);
  }
  return order;
}

export const isPossible = (problem: Problem): boolean => orderOf(problem).length === problem.tasks.length;

/** When each task is finished if all start as early as they can; of a possible problem. */
export function endsOf(problem: Problem): Map<string, number> {
  const ends = new Map<string, number>();
  for (const task of orderOf(problem)) {
    const start = Math.max(0, ...needsOf(problem.rules, task).map((before) => ends.get(before)!));
    ends.set(task, start + problem.durations[problem.tasks.indexOf(task)]!);
  }
  return ends;
}

const MOST_TASKS = 10;

/** Whether tasks and rules make a problem: no task twice, no rule twice, each rule about two tasks. */
export function isProblem({ ask, tasks, durations, rules }: Problem): boolean {
  const isPlain = new Set(tasks).size === tasks.length && new Set(rules.map(String)).size === rules.length;
  const isAbout = rules.every(([a, b]) => a !== b && tasks.includes(a) && tasks.includes(b));
  const isTimed = durations.length === (ask === "time" ? tasks.length : 0) && durations.every((hours) => hours > 0);
  return isPlain && isAbout && isTimed && tasks.length >= 2 && tasks.length <= MOST_TASKS && rules.length > 0;
}

/** By level: tasks, rules, the longest duration. */
const LEVELS = [
  { tasks: 4, rules: [3, 4], longest: 9 },
  { tasks: 5, rules: [5, 6], longest: 12 },
  { tasks: 6, rules: [7, 9], longest: 20 },
] as const;

export const TASK_LEVELS = LEVELS.length;

/** Most problems have the letters from A on, some others. */
const LETTERS = [..."ABCDEFGHKLMNPQRSTUVWXYZ"];

export function drawProblem(random: Random, level: number): Problem {
  const { tasks: count, rules: sizes, longest } = LEVELS[level - 1]!;
  const ask = random.pick(ASKS);
  const wanted = ask !== "possible" || random.chance(0.5);
  const tasks = (random.chance(0.6) ? LETTERS.slice(0, count) : random.shuffle(LETTERS).slice(0, count)).sort();
  const durations = ask === "time" ? tasks.map(() => random.int(1, longest)) : [];
  for (;;) {
    const order = random.shuffle(tasks);
    const pairs = order.flatMap((a, i) => order.slice(i + 1).map((b) => [a, b] as const));
    const chosen = random.shuffle(pairs).slice(0, random.int(sizes[0], sizes[1]));
    // A rule turned round may close a circle.
    const turned = wanted ? -1 : random.below(chosen.length);
    const rules = chosen.map(([a, b], i) => (i === turned ? ([b, a] as const) : ([a, b] as const)));
    const problem = { ask, tasks, durations, rules };
    // Where nothing can be done, the search gets somewhere first; every task has a rule.
    if (isPossible(problem) !== wanted || new Set(rules.flat()).size < count) continue;
    if (!wanted && orderOf(problem).length === 0) continue;
    return problem;
  }
}

/** Equal for equal problems: names and the order of rules are forgotten. */
export function problemKey({ ask, tasks, durations, rules }: Problem): string {
  const texts = permutations(tasks).map((order) => {
    const place = new Map(order.map((task, i) => [task, i + 1]));
    const told = rules.map(([a, b]) => `${place.get(a)}<${place.get(b)}`).sort();
    const hours = durations.length === 0 ? "" : ` ${order.map((task) => durations[tasks.indexOf(task)]).join(",")}`;
    return `${told.join(" ")}${hours}`;
  });
  return `${ask} ${tasks.length}: ${texts.sort()[0]}`;
}

// Draws programs of stack machines by level, instruction by instruction: kept where every number stays in the level's range.

import type { Random } from "../../random.ts";
import { type Ask, type Instruction, NEEDS, type Operation, type Problem, run } from "./machine.ts";

/** Sizes by level: operators of an expression, instructions of a program, values, and what a program may use beside arithmetic. */
export const LEVELS = [
  { operators: [2, 3], program: [4, 6], largest: 99, lowest: 0, words: ["dup", "swap"] },
  { operators: [3, 4], program: [6, 8], largest: 200, lowest: 0, words: ["dup", "swap", "drop", "over"] },
  { operators: [4, 6], program: [8, 11], largest: 999, lowest: -99, words: ["dup", "swap", "drop", "over", "rot"] },
] as const;

type Limits = (typeof LEVELS)[number];

export function drawProblem(random: Random, level: number): Problem {
  const limits = LEVELS[level - 1]!;
  const ask = random.weighted<Ask>([
    ["value", 2],
    ["stack", 2],
    ["top", 1],
  ]);
  for (;;) {
    const program =
      ask === "value"
        ? expression(random, random.int(limits.operators[0], limits.operators[1]))
        : words(random, limits);
    const stacks = run(program);
    if (stacks === undefined || !stacks.every((stack) => keeps(stack, limits))) continue;
    const last = stacks.at(-1)!;
    // A product of two long numbers is no small fact.
    const isSmall = program.every((instruction, i) => {
      const [a, b] = (stacks[i - 1] ?? []).slice(-2).map((value) => String(Math.abs(value)).replace(/0$/, ""));
      return instruction !== "mul" || Math.min(a!.length, b!.length) === 1;
    });
    if (isSmall && (ask === "value" ? last.length === 1 : last.length > 1)) return { ask, program };
  }
}

const keeps = (stack: readonly number[], { lowest, largest }: Limits): boolean =>
  stack.length <= 5 && stack.every((value) => value >= lowest && value <= largest);

/** An expression in reverse Polish notation with that many operators. */
function expression(random: Random, operators: number): Instruction[] {
  if (operators === 0) return [random.int(1, 12)];
  const left = random.below(operators);
  const operator = random.pick(["add", "add", "sub", "sub", "mul"] as const);
  return [...expression(random, left), ...expression(random, operators - 1 - left), operator];
}

/** A program: it begins with two numbers, has some word beside arithmetic, and doesn't undo what it has just done. */
function words(random: Random, { program: [fewest, most], words: allowed }: Limits): Instruction[] {
  const length = random.int(fewest, most);
  for (;;) {
    const program: Instruction[] = [random.int(1, 12), random.int(1, 12)];
    let depth = 2;
    while (program.length < length) {
      const next = random.weighted<Instruction>([
        [random.int(1, 12), 4],
        [random.pick(["add", "sub", "mul"] as const), 4],
        [random.pick(allowed), 4],
      ]);
      if (typeof next === "number") depth++;
      else {
        const last = program.at(-1);
        const undoes =
          (next === "swap" && (last === "swap" || last === "dup")) ||
          (next === "drop" && last !== "swap") ||
          (next === "sub" && last === "dup");
        if (depth < NEEDS[next] || undoes) continue;
        depth += CHANGES[next];
      }
      program.push(next);
    }
    const used = program.filter((instruction) => (allowed as readonly Instruction[]).includes(instruction));
    const reckoned = program.filter(
      (instruction) => instruction === "add" || instruction === "sub" || instruction === "mul",
    );
    if (used.length > 0 && reckoned.length > 0 && typeof program.at(-1) !== "number") return program;
  }
}

/** By how much an operation changes the height of the stack. */
const CHANGES: Readonly<Record<Operation, number>> = {
  add: -1,
  sub: -1,
  mul: -1,
  dup: 1,
  swap: 0,
  drop: -1,
  over: 1,
  rot: 0,
};

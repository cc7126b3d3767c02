// The reasoning of stack machines: a line for each instruction, numbered, with the stack behind it, its top last. Owns the lines.
//
//   1: push 7; 7             a number is pushed, whether the program says so or has the number alone
//   2: push 3; 7 3
//   3: 7-3=4; 4              arithmetic, worked out; then the stack
//   4: dup; 4 4
//   stack: 4 4               the end; `top: 4`

import { sumSides } from "../../signed.ts";
import { OPERATIONS, type Problem, run } from "./machine.ts";

/** Words of the traces that are no words of every question. */
export const VOCABULARY = ["stack", "top", "push", "empty", ...OPERATIONS];

/** The lines of a problem. */
export function traceProblem({ ask, program }: Problem): string[] {
  const stacks = run(program)!;
  const lines = program.map((instruction, i) => {
    const before = stacks[i - 1] ?? [];
    const stack = stacks[i]!.join(" ") || "empty";
    if (typeof instruction === "number") return `${i + 1}: push ${instruction}; ${stack}`;
    const [a, b] = before.slice(-2) as [number, number];
    if (instruction === "add" || instruction === "sub")
      return `${i + 1}: ${sumSides(a, instruction === "add" ? "+" : "-", b).join("=")}; ${stack}`;
    if (instruction === "mul") return `${i + 1}: ${a}*${b < 0 ? `(${b})` : b}=${a * b}; ${stack}`;
    return `${i + 1}: ${instruction}; ${stack}`;
  });
  const last = stacks.at(-1)!;
  return [...lines, ask === "stack" ? `stack: ${last.join(" ")}` : `top: ${last.at(-1)}`];
}

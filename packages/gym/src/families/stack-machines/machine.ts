// Stack machines: instructions that push a number or work on the top of a stack. Owns what each does, by the conventions of Forth and of
// reverse Polish notation: a difference takes the top from the number below it. Knows no wording.

/** What works on the stack; `over` copies the second number to the top, `rot` brings the third one there. */
export const OPERATIONS = ["add", "sub", "mul", "dup", "swap", "drop", "over", "rot"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A number is pushed. */
export type Instruction = number | Operation;

/** `value`: an expression in reverse Polish notation; `stack` and `top`: a program. */
export type Ask = "value" | "stack" | "top";

export interface Problem {
  readonly ask: Ask;
  readonly program: readonly Instruction[];
}

/** How many numbers an operation needs. */
export const NEEDS: Readonly<Record<Operation, number>> = {
  add: 2,
  sub: 2,
  mul: 2,
  dup: 1,
  swap: 2,
  drop: 1,
  over: 2,
  rot: 3,
};

/** The signs of arithmetic. */
export const SIGNS: Readonly<Partial<Record<Operation, string>>> = { add: "+", sub: "-", mul: "*" };

/** The stack after an instruction, its top last; undefined where it has too few numbers. */
export function after(stack: readonly number[], instruction: Instruction): number[] | undefined {
  if (typeof instruction === "number") return [...stack, instruction];
  if (stack.length < NEEDS[instruction]) return undefined;
  const below = stack.slice(0, -NEEDS[instruction]);
  const [a, b, c] = stack.slice(-NEEDS[instruction]) as [number, number, number];
  switch (instruction) {
    case "add":
      return [...below, a + b];
    case "sub":
      return [...below, a - b];
    case "mul":
      return [...below, a * b];
    case "dup":
      return [...below, a, a];
    case "swap":
      return [...below, b, a];
    case "drop":
      return below;
    case "over":
      return [...below, a, b, a];
    case "rot":
      return [...below, b, c, a];
  }
}

/** The stacks after each instruction; undefined where one has too few numbers, or a number grows beyond all bounds. */
export function run(program: readonly Instruction[]): number[][] | undefined {
  const stacks: number[][] = [];
  for (const instruction of program) {
    const next = after(stacks.at(-1) ?? [], instruction);
    if (next === undefined || next.some((value) => Math.abs(value) > 1e12)) return undefined;
    stacks.push(next);
  }
  return stacks;
}

/** The answer: a number, or the stack from the bottom to the top. */
export function solve({ ask, program }: Problem): string {
  const stack = run(program)!.at(-1)!;
  return ask === "stack" ? stack.join(" ") : `${stack.at(-1)}`;
}

/** Equal for equal problems: a program that leaves one number is the same problem whatever is asked, in either notation. */
export function problemKey({ ask, program }: Problem): string {
  const isOne = run(program)?.at(-1)?.length === 1;
  return `${program.join(" ")}${isOne ? "" : `; ${ask === "stack" ? "stack" : "top"}`}`;
}

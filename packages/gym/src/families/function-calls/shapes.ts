// The shapes of programs of functions, written as the Python that they are. F and G are functions, N and M their parameters, S a variable
// of a function, X and Y variables of the main part; draw.ts puts names in.

import type { Random } from "../../random.ts";

/** `calls`: no function calls itself, by itself or by others; `recursion`: with one call at a time; `tree`: with two. */
export type Kind = "calls" | "recursion" | "tree";

/** A shape with its numbers drawn. */
type Shape = (random: Random) => string;

/** A function's body of one return, in its parameter. */
const simple: Shape = (random) =>
  random.weighted<() => string>([
    [() => `N + ${random.int(1, 9)}`, 2],
    [() => `N - ${random.int(1, 4)}`, 1],
    [() => `N * ${random.int(2, 5)}`, 2],
    [() => `${random.int(2, 4)} * N + ${random.int(1, 9)}`, 2],
    [() => `N * N`, 1],
    [() => `N * N - ${random.int(1, 5)}`, 1],
    [() => `${random.int(10, 30)} - N`, 1],
    [() => `N // 2 + ${random.int(1, 5)}`, 1],
    [() => `(N + ${random.int(1, 4)}) * ${random.int(2, 3)}`, 1],
  ])();

/** A definition of a function with one parameter. */
const unary = (name: string, random: Random): string => {
  if (random.chance(0.65)) return `def ${name}(N):\n  return ${simple(random)}\n`;
  const test = random.pick([`N > ${random.int(3, 9)}`, `N % 2 == 0`, `N < ${random.int(3, 9)}`]);
  const yes = simple(random);
  let no = simple(random);
  while (no === yes) no = simple(random);
  return `def ${name}(N):\n  if ${test}:\n    return ${yes}\n  return ${no}\n`;
};

/** A definition of a function with two parameters, now and then with a variable of its own. */
const binary = (name: string, random: Random): string => {
  const made = random.weighted<() => string>([
    [() => `return N + ${random.int(2, 3)} * M`, 2],
    [() => `return N * M + ${random.int(1, 9)}`, 2],
    [() => `return N * M - N`, 1],
    [() => `return (N + M) * 2`, 1],
    [() => `S = N + M\n  return S * ${random.int(2, 4)}`, 2],
    [() => `S = N * ${random.int(2, 3)}\n  return S + M`, 1],
    [() => `if N > M:\n    return N - M\n  return M - N`, 1],
    [() => `if N < M:\n    return M\n  return N`, 1],
  ])();
  return `def ${name}(N, M):\n  ${made}\n`;
};

const small = (random: Random) => random.int(1, 9);

/** Two calls of one function that take different numbers. */
function pair(random: Random): [number, number] {
  const [a, b] = [small(random), small(random)];
  return a === b ? [a, a + 1] : [a, b];
}

const CALLS: readonly Shape[] = [
  (random) => `${unary("F", random)}print(F(${small(random)}))`,
  (random) => `${binary("F", random)}print(F(${small(random)}, ${small(random)}))`,
  (random) => `${unary("F", random)}print(F(F(${small(random)})))`,
  (random) => {
    const [a, b] = pair(random);
    return `${unary("F", random)}print(F(${a}) + F(${b}))`;
  },
  (random) => `${unary("F", random)}${unary("G", random)}print(F(G(${small(random)})))`,
  (random) => `${unary("F", random)}${unary("G", random)}print(F(${small(random)}) + G(${small(random)}))`,
  (random) => `${unary("F", random)}${binary("G", random)}X = F(${small(random)})\nprint(G(X, ${small(random)}))`,
  (random) => `${unary("F", random)}${binary("G", random)}print(G(F(${small(random)}), ${small(random)}))`,
  (random) =>
    `${unary("F", random)}def G(N):\n  return F(N + ${random.int(1, 3)}) ${random.pick(["+", "-"])} N\nprint(G(${small(random)}))`,
  (random) => `${unary("F", random)}def G(N, M):\n  return F(N) + F(M)\nprint(G(${pair(random).join(", ")}))`,
  (random) => `${unary("F", random)}X = F(${small(random)})\nY = F(X)\nprint(${random.pick(["X + Y", "Y", "Y + X"])})`,
];

const RECURSION: readonly Shape[] = [
  // Down by one: factorials, sums and their like.
  (random) => {
    const base = random.pick([0, 1, 1, 2]);
    const value = random.int(1, 5);
    const step = random.pick([
      "N * F(N - 1)",
      "N + F(N - 1)",
      "F(N - 1) + N",
      `${random.int(2, 3)} * F(N - 1)`,
      `2 * F(N - 1) + ${random.int(1, 3)}`,
      "2 * F(N - 1) + N",
      `F(N - 1) + ${random.int(2, 9)}`,
      "N * N + F(N - 1)",
    ]);
    return `def F(N):\n  if N ${random.pick(["==", "<="])} ${base}:\n    return ${value}\n  return ${step}\nprint(F(${base + random.int(2, 4)}))`;
  },
  // Down by two or three.
  (random) => {
    const by = random.int(2, 3);
    const step = random.pick([`N + F(N - ${by})`, `N * F(N - ${by})`, `F(N - ${by}) + ${random.int(2, 6)}`]);
    return `def F(N):\n  if N < ${by}:\n    return ${random.pick(["N", "1", `${random.int(1, 6)}`])}\n  return ${step}\nprint(F(${random.int(by * 2, by * 4)}))`;
  },
  // Digits of a number.
  (random) => {
    const step = random.pick(["N % 10 + F(N // 10)", "F(N // 10) + N % 10", "1 + F(N // 10)", "N % 10 * F(N // 10)"]);
    const end = step.startsWith("1") ? "1" : "N";
    return `def F(N):\n  if N < 10:\n    return ${end}\n  return ${step}\nprint(F(${random.int(11, 999)}))`;
  },
  // Powers and products by repetition.
  (random) => {
    const [step, end] = random.pick([
      ["N * F(N, M - 1)", "1"],
      ["N + F(N, M - 1)", `${random.int(0, 5)}`],
      ["M + F(N, M - 1)", "N"],
      ["F(N, M - 1) + 2 * N", `${random.int(0, 5)}`],
    ]);
    return `def F(N, M):\n  if M == 0:\n    return ${end}\n  return ${step}\nprint(F(${random.int(2, 7)}, ${random.int(2, 4)}))`;
  },
  // The result so far as a parameter.
  (random) => {
    const step = random.pick(["F(N - 1, M + N)", "F(N - 1, M * 2)", "F(N - 1, M * N)", "F(N - 1, 2 * M + 1)"]);
    return `def F(N, M):\n  if N == 0:\n    return M\n  return ${step}\nprint(F(${random.int(2, 4)}, ${random.int(1, 4)}))`;
  },
  // Halving.
  (random) => {
    const step = random.pick(["1 + F(N // 2)", "N % 2 + F(N // 2)", "N + F(N // 2)", "2 * F(N // 2) + N % 2"]);
    return `def F(N):\n  if N <= 1:\n    return ${random.pick(["0", "1", "N"])}\n  return ${step}\nprint(F(${random.int(5, 60)}))`;
  },
  // Greatest common divisors, by remainders and by differences.
  (random) => {
    const unit = random.int(1, 9);
    const [a, b] = [unit * random.int(2, 11), unit * random.int(2, 11)];
    return `def F(N, M):\n  if M == 0:\n    return N\n  return F(M, N % M)\nprint(F(${a}, ${b}))`;
  },
  (random) => {
    const unit = random.int(1, 9);
    const [a, b] = [unit * random.int(1, 5), unit * random.int(1, 5)];
    return `def F(N, M):\n  if N == M:\n    return N\n  if N > M:\n    return F(N - M, M)\n  return F(N, M - N)\nprint(F(${a}, ${b}))`;
  },
  // One way for even, one for odd numbers.
  (random) => {
    const odd = random.pick(["1 + F(N + 1)", "F(N - 1) + 1", "N + F(N - 1)"]);
    const even = random.pick(["1 + F(N // 2)", "F(N // 2)", "2 + F(N // 2)"]);
    return `def F(N):\n  if N <= 1:\n    return ${random.int(0, 3)}\n  if N % 2 == 0:\n    return ${even}\n  return ${odd}\nprint(F(${random.int(5, 40)}))`;
  },
  // A helper at each step.
  (random) => {
    const help = random.pick(["N * N", `N + ${random.int(1, 4)}`, `${random.int(2, 3)} * N`]);
    return `def G(N):\n  return ${help}\ndef F(N):\n  if N == 0:\n    return ${random.int(0, 3)}\n  return G(N) + F(N - 1)\nprint(F(${random.int(2, 3)}))`;
  },
  // Two that call each other.
  (random) => {
    const [p, q] = [
      random.pick(["N + G(N - 1)", "2 * G(N - 1)", "G(N - 1) + 1"]),
      random.pick(["F(N - 1) + 3", "N * F(N - 1)", "F(N - 1)"]),
    ];
    return `def F(N):\n  if N <= 0:\n    return ${random.int(1, 3)}\n  return ${p}\ndef G(N):\n  if N <= 0:\n    return ${random.int(1, 3)}\n  return ${q}\nprint(F(${random.int(2, 4)}))`;
  },
];

const TREE: readonly Shape[] = [
  // Fibonacci numbers and their like.
  (random) => {
    const step = random.pick([
      "F(N - 1) + F(N - 2)",
      "F(N - 1) + F(N - 2)",
      "F(N - 1) + F(N - 2) + 1",
      "2 * F(N - 1) + F(N - 2)",
      "F(N - 1) + 2 * F(N - 2)",
      "F(N - 1) * F(N - 2)",
      "F(N - 1) + F(N - 2) + N",
      "F(N - 2) + F(N - 1)",
    ]);
    const base = random.pick([
      `if N < 2:\n    return N`,
      `if N < 2:\n    return ${random.int(1, 4)}`,
      `if N <= 2:\n    return ${random.int(1, 4)}`,
    ]);
    return `def F(N):\n  ${base}\n  return ${step}\nprint(F(${random.int(3, 6)}))`;
  },
  // Halves.
  (random) => {
    const step = random.pick(["F(N // 2) + F(N // 3)", "F(N // 2) + F(N - 2)", "F(N - 3) + F(N // 2) + 1"]);
    return `def F(N):\n  if N <= ${random.int(1, 2)}:\n    return ${random.int(1, 3)}\n  return ${step}\nprint(F(${random.int(5, 14)}))`;
  },
  // Paths through a grid.
  (random) =>
    `def F(N, M):\n  if N == 0:\n    return ${random.int(1, 3)}\n  if M == 0:\n    return ${random.int(1, 3)}\n  return F(N - 1, M) + F(N, M - 1)\nprint(F(${random.int(1, 3)}, ${random.int(1, 2)}))`,
];

export const SHAPES: Readonly<Record<Kind, readonly Shape[]>> = { calls: CALLS, recursion: RECURSION, tree: TREE };

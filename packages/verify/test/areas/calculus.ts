// Derivatives, integrals and differential equations with truth by construction: functions grow together with their derivatives, by rules
// that are written here once more, independently of the kernel.

import { isAntiderivative, isDerivative, solvesOde } from "../../src/index.ts";
import type { Expression } from "../../src/syntax/expression.ts";
import { readExpression } from "../../src/syntax/statement.ts";
import { printExpression } from "../../src/syntax/walk.ts";
import { change, rewrite, sameEverywhere } from "../pairs.ts";
import type { TestRandom } from "../random.ts";
import type { Case, Draw } from "./case.ts";

interface Grown {
  readonly f: string;
  readonly d: string;
}

function leaf(random: TestRandom): Grown {
  const k = random.between(2, 4);
  return random.pick<() => Grown>([
    () => ({ f: `${k}`, d: "0" }),
    () => ({ f: "x", d: "1" }),
    () => ({ f: `x^${k}`, d: `${k}*x^${k - 1}` }),
    () => ({ f: `e^(${k}*x)`, d: `${k}*e^(${k}*x)` }),
    () => ({ f: `sin(${k}*x)`, d: `${k}*cos(${k}*x)` }),
    () => ({ f: `cos(${k}*x)`, d: `(-${k})*sin(${k}*x)` }),
    () => ({ f: `ln(x^2+${k})`, d: `2*x/(x^2+${k})` }),
    () => ({ f: "atan(x)", d: "1/(1+x^2)" }),
    () => ({ f: `sqrt(x^2+${k})`, d: `x/sqrt(x^2+${k})` }),
    () => ({ f: "sinh(x)", d: "cosh(x)" }),
  ])();
}

/** A function and its derivative. */
export function grow(random: TestRandom, depth: number): Grown {
  if (depth === 0) return leaf(random);
  const [u, v] = [grow(random, depth - 1), grow(random, random.between(0, depth - 1))];
  const n = random.between(2, 3);
  return random.pick<() => Grown>([
    () => ({ f: `(${u.f}+${v.f})`, d: `(${u.d}+${v.d})` }),
    () => ({ f: `(${u.f}-(${v.f}))`, d: `(${u.d}-(${v.d}))` }),
    () => ({ f: `(${u.f})*(${v.f})`, d: `((${u.d})*(${v.f})+(${u.f})*(${v.d}))` }),
    () => ({ f: `(${u.f})/(x^2+${n})`, d: `((${u.d})*(x^2+${n})-2*x*(${u.f}))/(x^2+${n})^2` }),
    () => ({ f: `(${u.f})^${n}`, d: `${n}*(${u.f})^${n - 1}*(${u.d})` }),
    () => ({ f: `sin(${u.f})`, d: `cos(${u.f})*(${u.d})` }),
    () => ({ f: `e^(${u.f})`, d: `e^(${u.f})*(${u.d})` }),
    () => ({ f: `ln((${u.f})^2+1)`, d: `2*(${u.f})*(${u.d})/((${u.f})^2+1)` }),
    () => ({ f: `atan(${u.f})`, d: `(${u.d})/(1+(${u.f})^2)` }),
  ])();
}

function read(text: string): Expression {
  const reading = readExpression(text);
  if (!reading.ok) throw new Error(`the generator wrote ${text}: ${reading.reason}`);
  return reading.expression;
}

/** The text rewritten by identities; where `equal` is false also changed, so that it differs somewhere. */
function disguised(text: string, random: TestRandom, equal: boolean): string {
  const original = read(text);
  if (equal) return printExpression(rewrite(original, random, random.between(0, 4)));
  for (;;) {
    const other = rewrite(change(original, random), random, random.between(0, 3));
    if (sameEverywhere(original, other) === false) return printExpression(other);
  }
}

export const derivatives: Draw = (random, equal) => {
  const { f, d } = grow(random, random.between(0, 2));
  const b = disguised(d, random, equal);
  return { a: f, b, equal, judge: () => isDerivative(f, "x", b), oracle: { derivative: f, variable: "x", is: b } };
};

export const integrals: Draw = (random, equal) => {
  const { f, d } = grow(random, random.between(0, 2));
  const losesConstant = !equal && random.chance(1, 4);
  const a = disguised(d, random, equal || losesConstant);
  const b = losesConstant ? f : `${f}+${random.pick(["C", "2*C", "K"])}`;
  return {
    a,
    b,
    equal,
    judge: () => isAntiderivative(a, "x", b),
    ...(losesConstant ? {} : { oracle: { derivative: f, variable: "x", is: a } }),
  };
};

/** A particular solution with two derivatives. */
function particular(random: TestRandom): { f: string; d: string; dd: string } {
  const [a, b, k] = [random.between(1, 5), random.between(-4, 4), random.between(1, 3)];
  return random.pick([
    { f: "0", d: "0", dd: "0" },
    { f: `${a}*x^2+(${b})*x`, d: `${2 * a}*x+(${b})`, dd: `${2 * a}` },
    { f: `${a}*x^3+(${b})`, d: `${3 * a}*x^2`, dd: `${6 * a}*x` },
    { f: `${a}*sin(${k}*x)`, d: `${a * k}*cos(${k}*x)`, dd: `(${-a * k * k})*sin(${k}*x)` },
    { f: `${a}*e^(${k + 5}*x)`, d: `${a * (k + 5)}*e^(${k + 5}*x)`, dd: `${a * (k + 5) ** 2}*e^(${k + 5}*x)` },
    { f: `${a}*x*e^(${k + 5}*x)`, d: `${a}*(1+${k + 5}*x)*e^(${k + 5}*x)`, dd: `${a}*(${2 * (k + 5)}+${(k + 5) ** 2}*x)*e^(${k + 5}*x)` },
  ]);
} // biome-ignore format: a table reads better packed

const ode = (equation: string, solution: string, equal: boolean, conditions: readonly string[] = []): Case => ({
  a: [equation, ...conditions].join(", "),
  b: solution,
  equal,
  judge: () => solvesOde({ equation, function: "y", variable: "x", conditions }, solution),
  oracle: { ode: equation, solution: solution.replace("y=", "").replace(/2C/, "2*C"), conditions },
});

/** y' = a·y + r, general or with y(0). */
function firstOrder(random: TestRandom, equal: boolean): Case {
  const a = random.between(-4, 4) || 2;
  const { f, d } = particular(random);
  const equation = `y'=(${a})*y+(${disguised(`${d}-(${a})*(${f})`, random, true)})`;
  const general = (constant: string): string => `y=${constant}*e^(${a}*x)+${f}`;
  if (random.chance(1, 3)) {
    // y(0) = c + f(0), where f(0) is the value of the particular solution.
    const c = random.between(-5, 5) || 1;
    const condition = `y(0)=${c}+(${f.replace(/x/g, "(0)").replace(/e\(0\)p/g, "exp")})`;
    return ode(equation, general(equal ? `(${c})` : random.pick([`(${c + 1})`, "C"])), equal, [condition]);
  }
  if (equal) return ode(equation, general(random.pick(["C", "2C", "(-C)"])), true);
  return ode(
    equation,
    random.pick([
      () => `y=${f}`,
      () => general("3"),
      () => `y=C*e^(${a + 1}*x)+${f}`,
      () => `y=C*e^(${a}*x)+${f}+1`,
      () => `y=C+${f}`,
    ])(),
    false,
  );
}

/** y'' + b·y' + c·y = r with real, double or complex roots. */
function secondOrder(random: TestRandom, equal: boolean): Case {
  const { f, d, dd } = particular(random);
  const [p, q] = [random.between(-3, 3), random.between(1, 3)];
  const [b, c, first, second] = random.pick([
    () => [-(2 * p + q), p * (p + q), `e^(${p}*x)`, `e^(${p + q}*x)`] as const,
    () => [-2 * p, p * p, `e^(${p}*x)`, `x*e^(${p}*x)`] as const,
    () => [-2 * p, p * p + q * q, `e^(${p}*x)*cos(${q}*x)`, `e^(${p}*x)*sin(${q}*x)`] as const,
  ])();
  const equation = `y''+(${b})*y'+(${c})*y=${disguised(`${dd}+(${b})*(${d})+(${c})*(${f})`, random, true)}`;
  const general = (left: string, right: string): string => `y=${left}*${first}+${right}*${second}+${f}`;
  if (equal) return ode(equation, general("C1", random.pick(["C2", "3*C2", "(C1-C2)"])), true);
  const wrong = random.pick([
    () => general("C1", "2"),
    () => `y=C1*${first}+C2*${first}+${f}`,
    // x itself solves y'' = 0.
    () => `y=C1*${first}+C2*${second}+${f}+${b === 0 && c === 0 ? "x^2" : "x"}`,
    () => `y=C1*${first}+C2*${second}*e^x+${f}`,
    () => `y=${f}`,
  ])();
  return ode(equation, wrong, false);
}

export const odes: Draw = (random, equal) => (random.chance(1, 2) ? firstOrder : secondOrder)(random, equal);

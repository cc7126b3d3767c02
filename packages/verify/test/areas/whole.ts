// Modular arithmetic, combinatorial counts, units: exact by small computations that stand here in plain numbers.

import type { TestRandom } from "../random.ts";
import { type Draw, pair } from "./case.ts";

const mod = (a: number, m: number): number => ((a % m) + m) % m;
const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

function power(base: number, exponent: number, m: number): number {
  let result = 1 % m;
  for (let k = 0; k < exponent; k++) result = mod(result * base, m);
  return result;
}

const congruence = (left: string, right: string, m: number, random: TestRandom): string =>
  random.pick([
    `${left}\\equiv ${right}\\pmod{${m}}`,
    `${left}≡${right} (mod ${m})`,
    `${left} \\equiv ${right} \\pmod ${m}`,
  ]);

/** Linear congruences, powers, two congruences at once, against their solution. */
export const congruences: Draw = (random, equal) => {
  const m = random.between(3, 40);
  const shift = (value: number, modulus: number): number => value + modulus * random.between(-3, 3);
  const off = equal ? 0 : random.between(1, m - 1);
  return random.pick([
    () => {
      let a = random.between(2, 50);
      while (gcd(a, m) !== 1) a++;
      const x = random.below(m);
      const [b, c] = [shift(mod(a * x, m), m), shift(mod(x + off, m), m)];
      const oracle = { congruences: [[`${a}*x+${m}`, String(b), m]], others: [["x", String(c), m]] };
      return pair(congruence(`${a}x+${m}`, String(b), m, random), congruence("x", String(c), m, random), equal, oracle);
    },
    () => {
      const [base, exponent] = [random.between(2, 30), random.between(2, 60)];
      const value = String(mod(power(base, exponent, m) + off, m));
      const oracle = { congruences: [["x", `${base}**${exponent}`, m]], others: [["x", value, m]] };
      return pair(
        congruence("x", `${base}^{${exponent}}`, m, random),
        congruence("x", value, m, random),
        equal,
        oracle,
      );
    },
    () => {
      let n = random.between(3, 20);
      while (gcd(n, m) !== 1) n++;
      const x = random.below(m * n);
      const both = `${congruence("x", String(x % m), m, random)} and ${congruence("x", String(shift(x, n)), n, random)}`;
      const value = String(equal ? x : mod(x + random.between(1, m * n - 1), m * n));
      const oracle = {
        congruences: [
          ["x", String(x % m), m],
          ["x", String(x), n],
        ],
        others: [["x", value, m * n]],
      };
      return pair(both, congruence("x", value, m * n, random), equal, oracle);
    },
    () => {
      const [a, b] = [random.between(-500, 500), random.between(2, 30)];
      const value = String(mod(a, b) + (equal ? 0 : 1));
      return pair(random.pick([`${a < 0 ? `(${a})` : a} mod ${b}`, `(${a})\\bmod ${b}`]), value, equal, {
        a: `Mod(${a},${b})`,
        b: value,
      });
    },
  ])();
};

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Counts in their notations, and identities between them with letters. */
export const counts: Draw = (random, equal) => {
  const n = random.between(4, 16);
  const k = random.between(1, n - 1);
  const one = equal ? 0 : random.pick([-1, 1, n]);
  const binomial = (above: string, below: string): string =>
    random.pick([`\\binom{${above}}{${below}}`, `C(${above},${below})`]);
  const of = (a: string, b: string, plainA: string, plainB: string) => pair(a, b, equal, { a: plainA, b: plainB });
  const [above, below, other] = [String(n), String(k), String(n - k)];
  return random.pick([
    () => of(binomial(above, below), String(choose(n, k) + one), `binomial(${n},${k})`, String(choose(n, k) + one)),
    () =>
      of(
        `C_{${n}}^{${k}}`,
        `\\frac{${n}!}{${k}!(${n - k}+${equal ? 0 : 1})!}`,
        `binomial(${n},${k})`,
        `factorial(${n})/(factorial(${k})*factorial(${n - k + (equal ? 0 : 1)}))`,
      ),
    () =>
      of(
        binomial(above, below),
        `${binomial(above, other)}${equal ? "" : "+1"}`,
        `binomial(${n},${k})`,
        `binomial(${n},${n - k})+${equal ? 0 : 1}`,
      ),
    () =>
      of(
        `P(${n},${k})`,
        `${n}!/${n - k}!${equal ? "" : "-1"}`,
        `ff(${n},${k})`,
        `factorial(${n})/factorial(${n - k})-${equal ? 0 : 1}`,
      ),
    () =>
      of(
        `\\sum_{j=0}^{${n}}\\binom{${n}}{j}`,
        `2^{${n}}${equal ? "" : "-1"}`,
        `Sum(binomial(${n},y),(y,0,${n})).doit()`,
        `2^${n}-${equal ? 0 : 1}`,
      ),
    () =>
      of(
        `(n+${k})!/(n+${k - 1})!`,
        `n+${equal ? k : k + 1}`,
        `factorial(x+${k})/factorial(x+${k - 1})`,
        `x+${equal ? k : k + 1}`,
      ),
    () =>
      of(
        `\\binom{n}{2}+\\binom{n}{${equal ? 1 : 2}}`,
        "\\binom{n+1}{2}",
        `binomial(x,2)+binomial(x,${equal ? 1 : 2})`,
        "binomial(x+1,2)",
      ),
    () =>
      of(
        `${k + 2}!`,
        `${random.pick([1, 2])}*0+${factorial(k + 2) + one}`,
        `factorial(${k + 2})`,
        String(factorial(k + 2) + one),
      ),
    () => pair("\\binom{n}{k}", equal ? "n!/(k!(n-k)!)" : "n!/(n-k)!", equal),
    () =>
      of(
        `\\sum_{j=1}^{${n}} j^2`,
        `${n}*${n + 1}*${2 * n + (equal ? 1 : -1)}/6`,
        `Sum(y^2,(y,1,${n})).doit()`,
        `${n}*${n + 1}*${2 * n + (equal ? 1 : -1)}/6`,
      ),
  ])();
};

/** Units of one dimension with their size as a fraction of the base. */
const UNITS: readonly (readonly (readonly [string, number, number])[])[] = [
  [["km", 1000, 1], ["meters", 1, 1], ["cm", 1, 100], ["mm", 1, 1000], ["厘米", 1, 100], ["公里", 1000, 1], ["\\text{ dm}", 1, 10]],
  [["kg", 1, 1], ["grams", 1, 1000], ["mg", 1, 1_000_000], ["吨", 1000, 1], ["克", 1, 1000]],
  [["hours", 3600, 1], ["min", 60, 1], ["seconds", 1, 1], ["days", 86_400, 1], ["分钟", 60, 1], ["小时", 3600, 1]],
  [["\\text{ L}", 1, 1], ["mL", 1, 1000], ["\\text{ cm}^3", 1, 1000], ["升", 1, 1], ["毫升", 1, 1000]],
  [["\\text{ km/h}", 5, 18], ["\\text{ m/s}", 1, 1], ["km/h", 5, 18], ["\\text{ cm/s}", 1, 100]],
  [["\\text{ m}^2", 1, 1], ["\\text{ cm}^2", 1, 10_000], ["\\text{ square meters}", 1, 1], ["公顷", 10_000, 1]],
]; // biome-ignore format: a table reads better packed

/** A quantity in two units. */
export const units: Draw = (random, equal) => {
  const kind = random.pick(UNITS);
  const [from, to] = [random.pick(kind), random.pick(kind)];
  const [n, d] = [random.between(1, 400), random.pick([1, 1, 2, 4, 5])];
  const amount = (over: number, under: number): string => {
    const g = gcd(over, under);
    return under === g ? String(over / g) : `\\frac{${over / g}}{${under / g}}`;
  };
  const over = n * from[1] * to[2];
  const under = d * from[2] * to[1];
  const wrong = random.pick([
    () => `${amount(over * 10, under)} ${to[0]}`,
    () => `${amount(over + under, under)} ${to[0]}`,
    () => `${amount(over, under)} ${random.pick(UNITS.filter((other) => other !== kind))[0]![0]}`,
    () => amount(over, under),
  ]);
  return pair(`${amount(n, d)} ${from[0]}`, equal ? `${amount(over, under)} ${to[0]}` : wrong(), equal);
};

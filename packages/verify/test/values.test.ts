// Certain intervals against SymPy's decimals: each interval contains the value and is narrow.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget } from "../src/budget.ts";
import { arithmetic, Evaluator, isExact } from "../src/kernel/evaluate.ts";
import { fromDecimal, type Rational, rational } from "../src/number/rational.ts";
import { readExpression } from "../src/syntax/statement.ts";
import { TestRandom, testSeed } from "./random.ts";
import { askSympy, sympyMissing } from "./sympy.ts";

const FUNCTIONS = [
  "exp",
  "ln",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "sqrt",
  "abs",
  "sec",
  "csc",
  "cot",
];
const BITS = 192;

function randomConstant(random: TestRandom): string {
  const size = random.pick([1, 1, 10, 1000, 1_000_000]);
  const n = random.between(-9 * size, 9 * size);
  const d = random.pick([1, 2, 3, 7, 10, 1000, 1_000_003]);
  const name = random.pick(FUNCTIONS);
  const limited = /exp|sinh|cosh|tanh/.test(name) ? `(${n % 400})/(${d})` : `(${n})/(${d})`;
  const argument = random.chance(1, 3) ? `(sin(${limited})+${random.between(1, 3)}/2)` : `(${limited})`;
  return random.chance(1, 4)
    ? `${name}(${argument})*${random.pick(["pi", "e", "sqrt(3)"])}-1/7`
    : `${name}(${argument})`;
}

/** SymPy's decimal as an exact number, with a slack of fifteen digits: SymPy rounds functions of large arguments. */
function readDecimal(text: string): { value: Rational; ulp: Rational } | undefined {
  const found = /^(-?)(\d*\.?\d*)(?:e([+-]?\d+))?$/.exec(text);
  if (found === null) return undefined;
  const exponent = BigInt(found[3] ?? 0);
  const power = exponent < 0n ? rational(1n, 10n ** -exponent) : rational(10n ** exponent);
  const plain = fromDecimal(found[2]!);
  const digits = BigInt((found[2]!.split(".")[1] ?? "").length);
  const scale = (value: Rational): Rational => rational(value.n * power.n, value.d * power.d);
  const value = scale(plain);
  return {
    value: found[1] === "-" ? { n: -value.n, d: value.d } : value,
    ulp: scale(rational(10n ** 15n, 10n ** digits)),
  };
}

test("intervals contain SymPy's values", { skip: sympyMissing() }, () => {
  const seed = testSeed();
  console.log(`seed ${seed}`);
  const random = new TestRandom(seed);
  const texts = Array.from({ length: 600 }, () => randomConstant(random));
  const answers = askSympy(texts.map((value) => ({ value, digits: 60 })));
  const a = arithmetic(BITS);
  let compared = 0;
  for (const [k, text] of texts.entries()) {
    const reading = readExpression(text);
    assert.ok(reading.ok, text);
    const value = new Evaluator(new Map(), BITS, new Budget()).value(reading.expression);
    const oracle = readDecimal(answers[k]!.value ?? "");
    if (value === undefined || oracle === undefined) {
      // Undefined for us must be complex or infinite for SymPy, or so large that we give up.
      assert.ok(value === undefined, `${text}: we say ${JSON.stringify(value)}, SymPy ${answers[k]!.value}`);
      assert.ok(
        oracle === undefined || /tan|sec|csc|cot|asin|acos/.test(text),
        `${text}: undefined here, SymPy ${answers[k]!.value}`,
      );
      continue;
    }
    const { low, high } = isExact(value) ? a.rational(value) : value;
    const one = 1n << BigInt(BITS);
    const width = rational(high - low, one);
    assert.ok(
      width.n * 10n ** 30n < width.d * (1n + (high < 0n ? -high : high) / one) * 10n ** 6n,
      `${text}: interval too wide`,
    );
    const below = rational(low, one);
    const above = rational(high, one);
    const minus = oracle.value.n * oracle.ulp.d - oracle.ulp.n * oracle.value.d;
    const plus = oracle.value.n * oracle.ulp.d + oracle.ulp.n * oracle.value.d;
    const scale = oracle.value.d * oracle.ulp.d;
    assert.ok(below.n * scale <= plus * below.d, `${text}: low bound above ${answers[k]!.value}`);
    assert.ok(above.n * scale >= minus * above.d, `${text}: high bound below ${answers[k]!.value}`);
    compared++;
  }
  console.log(`${compared} of ${texts.length} values compared`);
  assert.ok(compared > 300);
});

// The equivalence proof: pairs with truth by construction for every area of the kernel, each judged, every wrong verdict printed. As a
// command:
//   node packages/verify/test/equivalence.ts [--count 2000] [--seed N] [--area NAME] [--sympy 200] [--show]
// ends with code 1 where a verdict is wrong or SymPy contradicts one.

import { parseArgs } from "node:util";
import { collections, inequalities, systems } from "./areas/algebra.ts";
import { derivatives, integrals, odes } from "./areas/calculus.ts";
import type { Case, Draw } from "./areas/case.ts";
import { algebra, functions, roots } from "./areas/expressions.ts";
import { logic } from "./areas/logic.ts";
import { numbers } from "./areas/numbers.ts";
import { congruences, counts, units } from "./areas/whole.ts";
import { TestRandom, testSeed } from "./random.ts";
import { askSympy, type OracleAnswer } from "./sympy.ts";

export const AREAS: Readonly<Record<string, Draw>> = {
  numbers, algebra, roots, functions, derivatives, integrals, odes, systems, inequalities, collections, congruences, counts, units, logic,
}; // biome-ignore format: a list reads better packed

/** What came of an area. `wrong`: false proofs and false refutations; `open`: unknown verdicts. */
export interface AreaResult {
  readonly area: string;
  readonly count: number;
  readonly wrong: readonly string[];
  readonly open: readonly string[];
  /** Unknown verdicts by reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** The pairs of an area, half of them equal: a pure function of its arguments. */
export function* casesOf(area: string, count: number, seed: number): Generator<Case> {
  const random = new TestRandom(seed + Object.keys(AREAS).indexOf(area) * 1_000_003);
  for (let k = 0; k < count; k++) yield AREAS[area]!(random, k % 2 === 0);
}

/** Judges the pairs of an area. */
export function proveArea(area: string, count: number, seed: number): AreaResult {
  const wrong: string[] = [];
  const open: string[] = [];
  const reasons: Record<string, number> = {};
  for (const { a, b, equal, judge } of casesOf(area, count, seed)) {
    const verdict = judge();
    const line = `${area}: ${a}  |  ${b}  (${equal ? "equal" : "unequal"}): ${JSON.stringify(verdict)}`;
    if (verdict.verdict === "unknown") {
      open.push(line);
      reasons[verdict.reason] = (reasons[verdict.reason] ?? 0) + 1;
    } else if ((verdict.verdict === "proved") !== equal) wrong.push(line);
  }
  return { area, count, wrong, open, reasons };
}

/** One line a person reads: how many, how many unknown and why. */
export function summary({ area, count, wrong, open, reasons }: AreaResult): string {
  const why = Object.entries(reasons)
    .map(([reason, times]) => `${reason} ${times}`)
    .join(", ");
  return `${area.padEnd(12)} ${count} pairs, ${wrong.length} wrong, unknown ${((100 * open.length) / count).toFixed(1)} % ${why}`;
}

/** What SymPy says of the first cases of an area that it can be asked about: contradictions to the construction or the kernel. */
export function askAboutArea(area: string, count: number, seed: number): { judged: number; contradictions: string[] } {
  const cases = [...casesOf(area, count, seed)].filter(({ oracle }) => oracle !== undefined);
  if (cases.length === 0) return { judged: 0, contradictions: [] };
  const answers: OracleAnswer[] = askSympy(
    cases.map(({ oracle }) => oracle!),
    1_200_000,
  );
  const contradictions: string[] = [];
  let judged = 0;
  for (const [k, { a, b, equal, judge }] of cases.entries()) {
    const said = answers[k]!.equal;
    if (said !== true && said !== false && said !== "numerically") continue;
    judged++;
    const verdict = judge().verdict;
    if ((said !== false) !== equal || (verdict !== "unknown" && (verdict === "proved") !== (said !== false)))
      contradictions.push(`${area}: ${a}  |  ${b} (${equal ? "equal" : "unequal"}): kernel ${verdict}, SymPy ${said}`);
  }
  return { judged, contradictions };
}

function main(): void {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "2000" },
      seed: { type: "string", default: String(testSeed()) },
      area: { type: "string" },
      sympy: { type: "string", default: "0" },
      show: { type: "boolean", default: false },
    },
  });
  const seed = Number(values.seed);
  console.log(`seed ${seed}`);
  let unknown = 0;
  let all = 0;
  for (const area of values.area === undefined ? Object.keys(AREAS) : [values.area]) {
    const started = performance.now();
    const result = proveArea(area, Number(values.count), seed);
    console.log(`${summary(result)} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    for (const line of [...result.wrong, ...(values.show ? result.open : [])]) console.log(`  ${line}`);
    if (result.wrong.length > 0) process.exitCode = 1;
    unknown += result.open.length;
    all += result.count;
    if (Number(values.sympy) === 0) continue;
    const { judged, contradictions } = askAboutArea(area, Number(values.sympy), seed);
    console.log(`  SymPy judged ${judged} of ${values.sympy}, ${contradictions.length} contradictions`);
    for (const line of contradictions) console.log(`  ${line}`);
    if (contradictions.length > 0) process.exitCode = 1;
  }
  console.log(`unknown overall: ${((100 * unknown) / all).toFixed(2)} % of ${all}`);
}

if (import.meta.main) main();

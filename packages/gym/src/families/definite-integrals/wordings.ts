// How definite integrals are asked, and how such a question is read back. The held-out wordings were written first.
//
// Slots: {int} the integral as a formula, {f} the polynomial, {a} and {b} the bounds, {x} the letter, {g} a name for a function.

import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { spellFunction } from "../derivatives/problem.ts";
import { asksIntegral } from "../integrals/asks.ts";
import { readIntegrand } from "../integrals/wordings.ts";
import { readBounds } from "./bounds.ts";
import type { DefiniteIntegral } from "./problem.ts";

const ENGLISH: Wordings<string> = {
  heldOut: [
    "Which number comes of integrating {f} over the stretch [{a}, {b}]?",
    "{int} turns out to be how much?",
    "Sum up {f} continuously, between {x} = {a} and {x} = {b}: I want that integral as one number.",
  ],
  trained: [
    "[Find|Compute|Evaluate|Calculate|Work out|Determine] {int}[.|]",
    "{int}[ = ?| =|=?|?|]",
    "[What is|What's|Give me|Show me] [the value of |]{int}?",
    "[Find|Compute|Calculate|Evaluate] the [definite |]integral of {f} from {a} to {b}[.|]",
    "[What is|What's] the [definite |]integral of {f} from {x} = {a} to {x} = {b}?",
    "[Integrate|Please integrate] {f} from {a} to {b}[.|]",
    "[Let|Suppose] {g}({x}) = {f}. [Integrate {g}|Find the integral of {g}] [from {a} to {b}|between {a} and {b}|over [{a}, {b}]][.|]",
    "The integral of {f} [over|on] [the interval |][{a}, {b}] [is what|equals what|is wanted][?|.|]",
    "[Can|Could] you [please |]integrate {f} from {x}={a} to {x}={b}[ for me|]?",
    "[Function|Given]: {f}\n[Integral from {a} to {b}|Integrate from {a} to {b}|Definite integral, from {a} to {b}][?|]",
    "[By the fundamental theorem|With an antiderivative], [find|evaluate|compute] {int}[.|]",
    "[My homework is|The exercise is|On the board stands]: {int}[. Help me.|. What comes out?|.|]",
    "Lower bound {a}, upper bound {b}: [integrate|what is the integral of|find the integral of] {f}[.|?]",
    "[I need|We look for|He wants] the [value|number] of {int}[.|]",
    "[A rate is|Water flows at the rate] {f}. [Integrate it|Take its integral] from {x} = {a} to {x} = {b}[.|]",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: [
    "把{f}在[{a}, {b}]这一段上积起来，积分得出哪个数？",
    "{int}最终算得多大？",
    "让{x}由{a}到{b}连续累加{f}，这个积分值请告诉我。",
  ],
  trained: [
    "[求|计算|算出|求出|请计算]{int}[。|]",
    "{int}[=？|=?|=|等于多少？|是多少？|]",
    "[求|计算]{f}从{a}到{b}的[定|]积分[。|]",
    "{f}在[区间|][{a}, {b}]上的[定|]积分[是多少|等于几|等于多少]？",
    "[设|令|已知]{g}({x})={f}，[求它从{a}到{b}的积分。|求{g}在[{a}, {b}]上的定积分。]",
    "[把|将]{f}从{x}={a}积分到{x}={b}[。|，结果是几？|，得多少？]",
    "[函数|被积函数|已知]：{f}\n[从{a}到{b}的定积分|求从{a}到{b}的积分][？|]",
    "下限{a}，上限{b}，[求|计算]{f}的定积分[。|]",
    "[你能|可以|能不能]帮我算{int}吗？",
    "[用|利用]牛顿-莱布尼茨公式[求|计算]{int}[。|]",
    "[作业是|题目是|黑板上写着]：{int}[，帮帮我。|，结果是几？|]",
    "[我要|我们想求|她要算]定积分{int}[。|，是多少？]",
    "某个速率是{f}，[从{x}={a}到{x}={b}积分|求从{a}到{b}的积分][是多少？|。]",
  ],
};

const NAMES = ["f", "g", "h"] as const;

/** Notations of an integral: A and B the bounds, F the polynomial, X the letter. */
const FORMULAS = [
  ["∫_A^B F dX", 6],
  ["∫_{A}^{B} F dX", 5],
  ["\\int_{A}^{B} F \\, dX", 3],
  ["\\int_A^B F dX", 2],
] as const;

function formula(problem: DefiniteIntegral, random: Random): string {
  const { terms, letter, from, to } = problem;
  const form = random.weighted(FORMULAS);
  const polynomial = spellFunction(problem, random.chance(0.5) ? " " : "");
  const shown = terms.length > 1 || random.chance(0.1) ? `(${polynomial})` : polynomial;
  const values: Record<string, string> = { A: String(from), B: String(to), F: shown, X: letter };
  return form.replace(/[ABFX]/g, (name) => values[name]!);
}

/** The wordings of the family, by language. */
export const definiteIntegralPhrasings = phrasingsFrom<DefiniteIntegral, string>(
  { en: ENGLISH, zh: CHINESE },
  (text) => {
    // Brackets of intervals are no alternatives.
    const form = template(text.replaceAll("[{a}, {b}]", "{range}"));
    return {
      templates: [form],
      render: (problem, random) =>
        form.render(
          {
            int: formula(problem, random),
            f: spellFunction(problem, random.chance(0.5) ? " " : ""),
            a: String(problem.from),
            b: String(problem.to),
            range: `[${problem.from}, ${problem.to}]`,
            x: problem.letter,
            g: random.pick(NAMES.filter((name) => name !== problem.letter)),
          },
          random,
        ),
    };
  },
);

/** Reads a definite integral of a polynomial from a question in any of the wordings. */
export function readDefiniteIntegral(text: string): DefiniteIntegral | undefined {
  const question = questionText(text)?.replaceAll("²", "^2").replaceAll("³", "^3");
  if (question === undefined || !asksIntegral(question)) return undefined;
  const bounds = readBounds(question);
  const found = bounds && readIntegrand(bounds.rest);
  if (found === undefined || found.terms.some(({ kind, n }) => kind !== "power" || n > 8)) return undefined;
  return { ...found, from: bounds!.from, to: bounds!.to };
}

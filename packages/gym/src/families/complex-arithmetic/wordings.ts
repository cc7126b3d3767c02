// How complex arithmetic is asked, and how such a question is read back: an expression of two numbers in parentheses, or of one with an
// exponent, and no other number in the text; or one of the texts with words. The texts stand in texts.ts.

import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { type Complex, type ComplexProblem, complexText, KINDS, type Kind, SIGNS } from "./problem.ts";
import { TEXTS, type Text } from "./texts.ts";

const textFor = (text: Text, kind: Kind): string => (typeof text === "string" ? text : text[kind]);

/** The wordings of the family, by language. */
export const complexPhrasings = phrasingsFrom<ComplexProblem, Text>(TEXTS, (text) => {
  const forms = new Map(KINDS.map((kind) => [kind, template(textFor(text, kind))]));
  return {
    templates: [...new Set(forms.values())],
    render(problem, random) {
      const space = random.chance(0.3) ? " " : "";
      const [p, q] = [problem.z, "w" in problem ? problem.w : problem.z].map((z) => complexText(z, 1, space));
      const n = problem.kind === "power" ? String(problem.n) : "";
      const sign = problem.kind === "power" ? "" : SIGNS[problem.kind];
      const shown = sign === "*" ? random.pick(["*", "", " * ", "·"]) : random.pick([sign, ` ${sign} `]);
      const e = problem.kind === "power" ? `(${p})^${n}` : `(${p})${shown}(${q})`;
      return forms.get(problem.kind)!.render({ p: p!, q: q!, n, e }, random);
    },
  };
});

const NUMBER = "-?(?:\\d{1,4} ?[-+] ?\\d{0,4}i|\\d{0,4}i|\\d{1,4})";
const BRACKETED = `\\( ?(${NUMBER}) ?\\)`;
/** A number alone needs no parentheses as a factor: `2(3+i)`, `i*(1-i)`. */
const OPERAND = `(?:${BRACKETED}|(?<![\\w)^.] ?|[-+*/] ?)(-?\\d{0,4}i|-?\\d{1,4}))`;
const BINARY = new RegExp(
  `${OPERAND} ?(\\+|-|\\*|·|×|\\\\cdot|\\\\times|\\/|÷|) ?(?:${BRACKETED}|(-?\\d{0,4}i|\\d{1,4})(?![\\w(]))`,
);
const POWER = new RegExp(`${BRACKETED} ?(?:\\^ ?\\{?([2-9])(?!\\d)\\}?|²|³)`);
const FRACTION = new RegExp(`\\\\[dt]?frac ?\\{ ?(${NUMBER}) ?\\} ?\\{ ?(${NUMBER}) ?\\}`);
/** Other things to do with complex numbers. */
const OTHER =
  /modul|absolute|argument|conjugate|\broots?\b|solve|polar|real part of|imaginary part of|共轭|辐角|模|实部是|虚部是|解方程|根/i;

/** A number as it is spelled; undefined where it is none. */
function readComplex(text: string): Complex | undefined {
  const [, re, sign, im] = /^(-?\d+)?(?:([-+]?)(\d*)i)?$/.exec(text.replaceAll(" ", "")) ?? [];
  if (re === undefined && sign === undefined) return undefined;
  const size = im === undefined ? 0 : im === "" ? 1 : Number(im);
  return [Number(re ?? 0), sign === "-" ? -size || 0 : size];
}

/** `2i` where the sign of the whole stands in front: `-2i` has no real part. */
const complexIn = (text: string): Complex | undefined => {
  const plain = text.replace(/[() ]/g, "");
  const pure = /^(-?)(\d*)i$/.exec(plain);
  if (pure === null) return readComplex(plain);
  return [0, Number(`${pure[1]}${pure[2] === "" ? 1 : pure[2]}`)];
};

const KIND_OF: Readonly<Record<string, Kind>> = { "+": "sum", "-": "difference", "/": "quotient", "÷": "quotient" };

/** A problem of these numbers; undefined where both are real, or one is divided by 0. */
function problemOf(kind: Kind, first: string, second: string): ComplexProblem | undefined {
  const z = complexIn(first);
  if (z === undefined) return undefined;
  if (kind === "power") {
    const n = Number(second);
    return z[1] === 0 || n < 2 ? undefined : { kind, z, n };
  }
  const w = complexIn(second);
  if (w === undefined || (z[1] === 0 && w[1] === 0)) return undefined;
  return kind === "quotient" && w[0] === 0 && w[1] === 0 ? undefined : { kind, z, w };
}

/** The one expression in a text without other numbers. */
function readExpression(question: string): ComplexProblem | undefined {
  const alone = (found: RegExpExecArray) =>
    !/[\d^]|(?<![A-Za-z])i(?![A-Za-z])/.test(
      question.slice(0, found.index) + question.slice(found.index + found[0].length),
    );
  const power = POWER.exec(question);
  if (power !== null && alone(power)) {
    const n = power[2] ?? (power[0].endsWith("²") ? "2" : "3");
    return problemOf("power", power[1]!, n);
  }
  const fraction = FRACTION.exec(question);
  if (fraction !== null && alone(fraction)) return problemOf("quotient", fraction[1]!, fraction[2]!);
  const binary = BINARY.exec(question);
  if (binary === null || !alone(binary)) return undefined;
  const [, a, b, sign = "", c, d] = binary;
  return problemOf(KIND_OF[sign] ?? "product", (a ?? b)!, (c ?? d)!);
}

let inWords: Matcher<Kind> | undefined;

/** Reads a problem from a question. */
export function readComplexQuestion(text: string): ComplexProblem | undefined {
  const question = questionText(text)?.replace(/\\left|\\right|\$/g, "");
  if (question === undefined || !/(?<![A-Za-z])i(?![A-Za-z])/.test(question) || OTHER.test(question)) return undefined;
  const read = readExpression(question);
  if (read !== undefined) return read;
  inWords ??= matcher(
    Object.values(TEXTS).flatMap(({ heldOut, trained }) =>
      [...heldOut, ...trained].flatMap((text) =>
        typeof text === "string" ? [] : KINDS.map((kind) => [template(text[kind]), kind] as const),
      ),
    ),
    { p: `\\(? ?${NUMBER} ?\\)?`, q: `\\(? ?${NUMBER} ?\\)?`, n: "[2-9]" },
  );
  const found = inWords(question);
  return found === undefined ? undefined : problemOf(found.tag, found.slots.p!, found.slots.q ?? found.slots.n!);
}

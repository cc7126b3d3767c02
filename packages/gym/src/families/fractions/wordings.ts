// How fraction problems are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {p} and {q} the fractions, {e} the problem as it is typed.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type FractionProblem, value } from "./problem.ts";

/** A text with {e}, or one for each operation; `belowZero` where the story of a difference needs another, `wholeFactor` of a product. */
export type Wording =
  | string
  | {
      readonly sum: string;
      readonly difference: string;
      readonly belowZero?: string;
      readonly product: string;
      readonly wholeFactor?: string;
    };

type Operation = FractionProblem["operation"];

/** The texts of a wording with the operation that each one says. */
function textsOf(wording: Wording): (readonly [string, Operation])[] {
  if (typeof wording === "string") return [];
  const { sum, difference, belowZero, product, wholeFactor } = wording;
  const texts: (readonly [string | undefined, Operation])[] = [
    [sum, "+"],
    [difference, "-"],
    [belowZero, "-"],
    [product, "*"],
    [wholeFactor, "*"],
  ];
  return texts.flatMap(([text, operation]) => (text === undefined ? [] : [[text, operation] as const]));
}

/** The text of a wording that says this problem. */
function textFor(wording: Wording, problem: FractionProblem): string {
  if (typeof wording === "string") return wording;
  if (problem.operation === "+") return wording.sum;
  if (problem.operation === "*")
    return problem.b === 1 || problem.d === 1 ? (wording.wholeFactor ?? wording.product) : wording.product;
  return value(problem)[0] < 0 ? (wording.belowZero ?? wording.difference) : wording.difference;
}

type Style = "plain" | "latex" | "chinese";

const written = (over: number, under: number, style: Style): string =>
  under === 1
    ? String(over)
    : style === "latex"
      ? `\\frac{${over}}{${under}}`
      : style === "chinese"
        ? `${under}分之${over}`
        : `${over}/${under}`;

/** The problem as people type it: with spaces or none, with parentheses now and then, one of several signs for a product. */
function typed({ operation, a, b, c, d }: FractionProblem, style: Style, random: Random): string {
  const space = random.chance(0.5) ? " " : "";
  const sign =
    operation !== "*"
      ? operation
      : random.weighted([
          ["*", 5],
          ["×", 4],
          ["·", 1],
        ] as const);
  const [p, q] = [written(a, b, style), written(c, d, style)];
  const isBracketed = style === "plain" && b > 1 && d > 1 && random.chance(operation === "*" ? 0.25 : 0.08);
  return isBracketed ? `(${p})${space}${sign}${space}(${q})` : `${p}${space}${sign}${space}${q}`;
}

/** The wordings of the family, by language. */
export const fractionPhrasings = phrasingsFrom<FractionProblem, Wording>(
  { en: ENGLISH, zh: CHINESE },
  (wording, language) => {
    const texts = typeof wording === "string" ? [wording] : textsOf(wording).map(([text]) => text);
    const forms = new Map(texts.map((text) => [text, template(text)]));
    return {
      templates: [...forms.values()],
      render(problem, random) {
        const { a, b, c, d } = problem;
        const style = drawStyle(language, random);
        const slots = { p: written(a, b, style), q: written(c, d, style), e: typed(problem, style, random) };
        return forms.get(textFor(wording, problem))!.render(slots, random);
      },
    };
  },
);

function drawStyle(language: Language, random: Random): Style {
  if (random.chance(0.06)) return "latex";
  return language === "zh" && random.chance(0.2) ? "chinese" : "plain";
}

const ENTRIES = [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) => [...heldOut, ...trained].flatMap(textsOf));
const FRACTION = "\\d+(?:/\\d+)?";
let read: Matcher<Operation> | undefined;

const EXPRESSION = new RegExp(
  `(?<![\\w.^*/)+-])(${FRACTION})\\s*([-+*×·⋅＋]|plus|minus|times|multiplied by|加上?|减[去掉]?|乘[以上]?|\\\\times|\\\\cdot)\\s*(${FRACTION})(?![\\w^*/(]|\\.\\d)`,
  "iu",
);

/** One spelling for every way to write a fraction: `\frac{5}{6}`, `6分之5` and `(5/6)` become `5/6`. */
const plainFractions = (text: string): string =>
  text
    .replace(/\\[dt]?frac\s*\{\s*(\d+)\s*\}\s*\{\s*(\d+)\s*\}/g, "$1/$2")
    .replace(/(\d+)\s*分之\s*(\d+)/g, "$2/$1")
    .replace(/(\d)\s*\/\s*(?=\d)/g, "$1/")
    .replace(/\((\d+\/\d+)\)/g, "$1");

/** Reads a problem from a question in any of the wordings, or from a typed expression. At least one number is a fraction. */
export function readFractions(text: string): FractionProblem | undefined {
  const question = questionText(text);
  if (question === undefined) return undefined;
  const plain = plainFractions(question);
  const numbers = plain.match(/\d+(?:\/\d+)?/g) ?? [];
  if (numbers.length !== 2 || !plain.includes("/")) return undefined;
  const typed_ = EXPRESSION.exec(plain);
  if (typed_ !== null) {
    if (/[=<>^*/×÷+]\s*[^\s?？_.。（=＝]|[a-z]\(/iu.test(plain.replace(typed_[0], ""))) return undefined;
    const sign = typed_[2]!;
    const operation = /[+＋加]|plus/i.test(sign) ? "+" : /^-|minus|减/i.test(sign) ? "-" : "*";
    return problemOf(operation, typed_[1]!, typed_[3]!);
  }
  read ??= matcher(
    ENTRIES.map(([form, operation]) => [template(form), operation] as const),
    { p: FRACTION, q: FRACTION },
  );
  const found = read(plain);
  return found === undefined ? undefined : problemOf(found.tag, found.slots.p!, found.slots.q!);
}

function problemOf(operation: Operation, p: string, q: string): FractionProblem | undefined {
  const [a, b = 1] = p.split("/").map(Number);
  const [c, d = 1] = q.split("/").map(Number);
  if (b === 0 || d === 0 || [a, b, c, d].some((n) => n! > 1_000_000)) return undefined;
  return { operation, a: a!, b, c: c!, d };
}

// How limits are asked; the texts stand in english.ts and chinese.ts, the reading in reader.ts.
//
// Slots: {f} the quotient, {lim} the limit as a formula, {x} its letter, {a} the point, {A} the point in signs alone, {g} a name.

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type Limit, type Point, spellQuotient, spellSide } from "./problem.ts";

const NAMES = ["f", "g", "h", "F"] as const;

/** Notations of a limit, `P` the point and `F` the quotient. */
const FORMULAS = [
  ["lim x->P F", 5],
  ["lim x→P F", 4],
  ["lim_{x→P} F", 4],
  ["lim(x->P) F", 3],
  ["lim_{x->P} F", 3],
  ["\\lim_{x\\to P} F", 4],
  ["lim (x→P) F", 2],
] as const;

const WORDS: Readonly<Record<Language, readonly [string, string]>> = {
  en: ["infinity", "minus infinity"],
  zh: ["正无穷", "负无穷"],
};

/** The point in signs: `2`, `∞`, `+∞`. */
const signs = (to: Point, random: Random): string => (to === "∞" ? random.pick(["∞", "∞", "+∞"]) : String(to));

function pointText(to: Point, language: Language, random: Random): string {
  if (typeof to === "number" || random.chance(0.5)) return signs(to, random);
  return WORDS[language][to === "∞" ? 0 : 1];
}

/** The quotient as people type it. */
function typed({ over, under, letter }: Limit, random: Random): string {
  const text = spellQuotient(over, under, letter, random.chance(0.5) ? " " : "");
  return random.chance(0.15) ? text.replace(/e\^\(([a-z])\)/g, "e^$1").replaceAll("^2", "²") : text;
}

function formula(problem: Limit, random: Random): string {
  const { over, under, letter, to } = problem;
  const form = random.weighted(FORMULAS);
  const isLatex = form.startsWith("\\");
  const quotient =
    isLatex && spellQuotient(over, under, letter).includes("/") && random.chance(0.8)
      ? `\\frac{${spellSide(over, letter)}}{${spellSide(under, letter)}}`
      : typed(problem, random);
  const isSum = /^[^(/]*\w ?[+-]/.test(quotient) && !/\/|frac/.test(quotient);
  const point = isLatex ? signs(to, random).replace("∞", "\\infty") : signs(to, random);
  return form
    .replace("x", letter)
    .replace("P", point)
    .replace("F", () => (isSum ? `(${quotient})` : quotient));
}

/** The wordings of the family, by language. */
export const limitPhrasings = phrasingsFrom<Limit, string>({ en: ENGLISH, zh: CHINESE }, (text, language) => {
  const form = template(text);
  return {
    templates: [form],
    render: (problem, random) =>
      form.render(
        {
          f: typed(problem, random),
          lim: formula(problem, random),
          x: problem.letter,
          a: pointText(problem.to, language, random),
          A: signs(problem.to, random),
          g: random.pick(NAMES.filter((name) => name !== problem.letter)),
        },
        random,
      ),
  };
});

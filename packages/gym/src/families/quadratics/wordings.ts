// How quadratic equations are asked, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {eq} the equation as it is typed, {x} its letter, {U} the letter in a story (left out for x), and those of words.ts.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { joinTerms } from "../../signed.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type Quadratic, terms } from "./problem.ts";
import { readTypedQuadratic } from "./reader.ts";
import { KINDS, type Kind, kindOf, nameOf, type Wording } from "./words.ts";

function templatesOf(wording: Wording): ReadonlyMap<string, Template> {
  if (typeof wording === "string") return new Map([["", template(wording)]]);
  return new Map(KINDS.map((kind) => [nameOf(kind), template(wording(kind))]));
}

function slotsFor(problem: Quadratic, language: Language, random: Random) {
  const { letter: x, a, b, c } = problem;
  const plain = x === "x" && random.chance(0.6);
  const first =
    language === "en"
      ? random.pick(["a number", "some number", "a certain number"])
      : random.pick(["一个数", "某数", "某个数"]);
  const space = language === "en" ? " " : "";
  return {
    x,
    a: String(a),
    b: String(Math.abs(b)),
    r: String(-c || 0),
    X: plain ? first : `${first}${space}${x}`,
    Y: language === "en" ? random.pick(["the number", "the same number"]) : random.pick(["这个数", "它"]),
    U: plain ? "" : `${x}${space}`,
    eq: (r: Random) => typed(problem, r),
  };
}

/** The equation as people type it: terms on either side, sides swapped, spaces or none, `x²` now and then. */
function typed(problem: Quadratic, random: Random): string {
  const { b, c } = problem;
  const [square = "", ...others] = terms(problem);
  const style = random.below(20);
  let sides = [joinTerms([square, ...others]), "0"];
  if (style < 4 && c !== 0) sides = [joinTerms([square, ...terms({ ...problem, c: 0 }).slice(1)]), String(-c)];
  else if (style < 6) sides = [square, joinTerms(terms({ ...problem, b: -b, c: -c }).slice(1))];
  else if (style === 6) sides.reverse();
  let text = sides.join("=");
  if (random.chance(0.5)) text = text.replace(/(?<=[\w)])([+-])/g, " $1 ").replace("=", " = ");
  return random.chance(0.1) ? text.replace(/\^2/g, "²") : text;
}

/** The wordings of the family, by language. */
export const quadraticPhrasings = phrasingsFrom<Quadratic, Wording>(
  { en: ENGLISH, zh: CHINESE },
  (wording, language) => {
    const forms = templatesOf(wording);
    return {
      templates: [...forms.values()],
      render(problem, random) {
        const form = forms.get("") ?? forms.get(nameOf(kindOf(problem)));
        const text = form!.render(slotsFor(problem, language, random), random);
        return /^[a-z]+ /.test(text) && text[1] !== " " ? text[0]!.toUpperCase() + text.slice(1) : text;
      },
    };
  },
);

let read: Matcher<Kind> | undefined;

function wordMatcher(): Matcher<Kind> {
  const entries = [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) =>
    [...heldOut, ...trained].flatMap((wording) =>
      typeof wording === "string" ? [] : KINDS.map((kind) => [template(wording(kind)), kind] as const),
    ),
  );
  return matcher(entries, {
    a: "\\d+",
    b: "\\d+",
    r: "-?\\d+",
    X: "(?:a|some|a certain) number(?: [a-z])?|(?:一个数|某数|某个数)[a-z]?",
    Y: "the number|the same number|这个数|它",
    U: "(?:[a-z] ?)?",
  });
}

/** Reads a quadratic equation from a question: a typed equation, or one of the wordings. */
export function readQuadratic(text: string): Quadratic | undefined {
  const question = questionText(text);
  if (question === undefined) return undefined;
  const plain = question.replaceAll("²", "^2");
  const found = readTypedQuadratic(plain);
  if (found !== undefined) return found;
  if (/=|\d[a-z]/i.test(plain) || !/\d/.test(plain) || !/squar|itself|times the number|平方|自乘|乘以比它/i.test(plain))
    return undefined;
  read ??= wordMatcher();
  const said = read(plain);
  if (said === undefined) return undefined;
  const { a = "1", b = "1", r = "0", X = "", U = "" } = said.slots;
  const letter = (U.trim() || /(?:number |数)([a-z])$/i.exec(X)?.[1]) ?? "x";
  return { letter: letter === "" ? "x" : letter, a: Number(a), b: said.tag.b * Number(b) || 0, c: -Number(r) || 0 };
}

// How linear equations are asked, and how such a question is read back. The texts stand in english.ts and chinese.ts.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type LinearEquation, SHAPES, sides } from "./problem.ts";
import { readTypedEquation } from "./reader.ts";
import type { Wording } from "./sentences.ts";
import { type Kind, kindOf } from "./words.ts";

/** Every kind that a problem can have. */
const KINDS: readonly Kind[] = SHAPES.flatMap((shape) =>
  ([-1, 0, 1] as const).flatMap((b) =>
    (shape === "ax+b=cx+d" ? ([-1, 0, 1] as const) : ([0] as const)).flatMap((d) =>
      [false, true].flatMap((plainX) => [false, true].map((countable) => ({ shape, b, d, plainX, countable }))),
    ),
  ),
).filter(
  ({ shape, b, plainX, countable }) =>
    (b !== 0 || !shape.includes("(")) &&
    (shape === "ax+b=c" || !(plainX || countable)) &&
    !(plainX && (countable || b === 0)) &&
    !(countable && b < 1),
);

const nameOf = ({ shape, b, d, plainX, countable }: Kind) => `${shape} ${b} ${d} ${plainX} ${countable}`;

/** The templates of a wording: one for all kinds, or one a kind. */
function templatesOf(wording: Wording): ReadonlyMap<string, Template> {
  if (typeof wording === "string") return new Map([["", template(wording)]]);
  return new Map(KINDS.map((kind) => [nameOf(kind), template(wording(kind))]));
}

const THINGS = {
  en: ["pens", "books", "cups", "tickets", "balls"],
  zh: ["支笔", "本书", "个杯子", "张票", "个球"],
} as const;

function slotsFor(problem: LinearEquation, language: Language, random: Random) {
  const { letter: x, a, b, c, d, n } = problem;
  const plain = x === "x" && random.chance(0.6);
  const first =
    language === "en"
      ? random.pick(["a number", "some number", "a certain number"])
      : random.pick(["一个数", "某数", "某个数"]);
  return {
    x,
    a: String(a),
    b: String(Math.abs(b)),
    c: String(c),
    d: String(Math.abs(d)),
    n: String(n),
    X: plain ? first : `${first}${language === "en" ? " " : ""}${x}`,
    Y: language === "en" ? random.pick(["the number", "the same number"]) : random.pick(["这个数", "它"]),
    unit: x,
    things: random.pick(THINGS[language]),
    eq: (r: Random) => equationText(problem, r),
  };
}

/** The equation as people type it: sides swapped, constant first, spaces or none, a fraction in one of three forms. */
function equationText(problem: LinearEquation, random: Random): string {
  const { shape, letter: x, a, b, n } = problem;
  let [left, right] = sides(problem);
  if (shape === "ax/n+b=c") {
    const coefficient = random.pick([`${a}${x}/${n}`, `(${a}/${n})${x}`, `${a}/${n} ${x}`, `${a}/${n}*${x}`]);
    left = left.replace(`${a}${x}/${n}`, coefficient);
  }
  const term = left.replace(/[+-]\d+$/, "");
  if (shape !== "a(x+b)=c" && shape !== "(x+b)/n=c" && b !== 0 && term[0] !== "-" && random.chance(0.12))
    left = `${b}+${term}`;
  if (shape === "ax+b=cx+d") [left, right] = [left.replace(/\+0$/, ""), right.replace(/\+0$/, "")];
  else if (random.chance(0.1)) [left, right] = [right, left];
  const text = `${left}=${right}`;
  return random.chance(0.5) ? text : spaced(text);
}

/** Spaces around signs that join terms and around `=`. */
function spaced(text: string): string {
  return text.replace(/(?<=[\w)])([+-])/g, " $1 ").replace("=", " = ");
}

/** The wordings of the family, by language. */
export const linearEquationPhrasings = phrasingsFrom<LinearEquation, Wording>(
  { en: ENGLISH, zh: CHINESE },
  (wording, language) => {
    const templates = templatesOf(wording);
    return {
      templates: [...templates.values()],
      render(problem, random) {
        const form = templates.get("") ?? templates.get(nameOf(kindOf(problem)));
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
  const number = "-?\\d+";
  return matcher(entries, {
    a: number,
    b: "\\d+",
    c: number,
    d: "\\d+",
    n: "\\d+",
    X: "(?:a|some|a certain) number(?: [a-z])?|(?:一个数|某数|某个数)[a-z]?",
    Y: "the number|the same number|这个数|它",
    unit: "[a-z]",
    things: "\\w+|.{1,3}?",
  });
}

/** Reads a linear equation from a question: a typed equation, or one of the wordings. */
export function readLinearEquation(text: string): LinearEquation | undefined {
  const question = questionText(text);
  if (question === undefined || /\bmod\b|≡/.test(question)) return undefined;
  const typed = readTypedEquation(question);
  if (typed !== undefined) return typed;
  if (/[a-z]\s*=|=\s*[a-z]/i.test(question) || !/\d/.test(question) || !/number|数|each|每/i.test(question))
    return undefined;
  read ??= wordMatcher();
  const found = read(question);
  if (found === undefined) return undefined;
  const { a = "1", b = "0", c = "0", d = "0", n = "1", X = "", unit } = found.slots;
  const { shape, b: signB, d: signD } = found.tag;
  const letter = unit ?? /(?:number |数)([a-z])$/i.exec(X)?.[1] ?? "x";
  return {
    shape,
    letter,
    a: Number(a),
    b: signB * Number(b) || 0,
    c: Number(c),
    d: signD * Number(d) || 0,
    n: Number(n),
  };
}

// Finds the world and the claim in a question, in signs or in words. Owns that reading for both languages; whether the text is a question
// at all is wordings.ts's.

import type { Language } from "@lemma/protocol";
import { read as readIn, type Words } from "./formula.ts";
import { parseSentence } from "./parse.ts";
import { namedIn, type Predicate, type Problem, renumbered } from "./problem.ts";
import { formulaOf } from "./sentence.ts";
import { THEMES } from "./themes.ts";

/** Things and predicates by name, numbered as they are met. */
class Named {
  readonly names: string[] = [];
  readonly arities: number[] = [];
  readonly holds: number[][][] = [];

  /** The number of a predicate; undefined where it has another number of arguments or there are too many. */
  number(name: string, arity: number): number | undefined {
    const at = this.names.indexOf(name);
    if (at >= 0) return this.arities[at] === arity ? at : undefined;
    if (this.names.length >= MOST_PREDICATES || (arity !== 1 && arity !== 2)) return undefined;
    this.arities.push(arity);
    this.holds.push([]);
    return this.names.push(name) - 1;
  }

  /** Notes a fact; false where it does not fit. */
  add(name: string, tuple: readonly number[]): boolean {
    const at = this.number(name, tuple.length);
    if (at === undefined || tuple.includes(-1)) return false;
    const known = this.holds[at]!;
    if (!known.some((other) => other.join() === tuple.join())) known.push([...tuple]);
    return true;
  }
}

const MOST_PREDICATES = 6;
const MOST_THINGS = 5;

/** The problem with the predicates of the formula, in its order. */
function problemOf(
  named: Named,
  formula: Problem["formula"],
  things: readonly string[],
  theme: number,
): Problem | undefined {
  const order = namedIn(formula);
  if (order.length === 0 || things.length < 2 || things.length > MOST_THINGS) return undefined;
  const predicates = order.map((at): Predicate => ({ arity: named.arities[at] as 1 | 2, holds: named.holds[at]! }));
  const words: Words = { things, predicates: order.map((at) => named.names[at]!) };
  return {
    things: things.length,
    predicates,
    formula: renumbered(formula, (old) => order.indexOf(old)),
    theme,
    names: [],
    called: [],
    words,
  };
}

const ARGUMENT = "[A-Za-z]\\w{0,12}";
const ATOM = `[A-Za-z]\\w{0,12}\\(\\s*${ARGUMENT}\\s*(?:,\\s*${ARGUMENT}\\s*)?\\)`;
const QUANTIFIER =
  "(?:∀|∃|\\\\forall(?![a-z])|\\\\exists(?![a-z])|\\bforall\\b|\\bexists\\b)\\s*[a-z](?![A-Za-z])\\s*[.:]?";
const CONNECTIVE =
  "(?:<->|<=>|->|=>|&&|\\|\\||[¬~!∧&∨|→⇒↔⇔()[\\]]|\\\\(?:neg|lnot|land|wedge|lor|vee|to|rightarrow|leftrightarrow|implies|iff)(?![a-z])|\\b(?:not|and|or)\\b)";
const FORMULA = new RegExp(`(?:(?:${QUANTIFIER}|${ATOM}|${CONNECTIVE})\\s*)+`, "g");
const IS_QUANTIFIED = new RegExp(QUANTIFIER);
const SET = /([A-Z])\s*=\s*(\\?\{[^{}=]{0,120}\\?\}|∅)/g;

/** Reads a problem in signs. */
export function readSigns(text: string): Problem | undefined {
  if (!IS_QUANTIFIED.test(text)) return undefined;
  const runs = [...text.matchAll(FORMULA)].filter(([run]) => IS_QUANTIFIED.test(run));
  if (runs.length !== 1) return undefined;
  const run = runs[0]!;
  const rest = `${text.slice(0, run.index)} ; ${text.slice(run.index + run[0].length)}`;
  const named = new Named();
  const sets = [...rest.matchAll(SET)];
  const bare = rest.replace(SET, " ; ");
  const things = thingsIn(bare, sets);
  if (things === undefined) return undefined;
  const thing = (name: string) => things.indexOf(name.trim());
  const pieces = formulaPieces(run[0]);
  const known = (name: string) => (thing(name) < 0 ? undefined : thing(name));
  const formula = pieces.map((piece) => readIn(piece, (name, arity) => named.number(name, arity), known)).find(Boolean);
  if (formula === undefined) return undefined;
  let fits = true;
  for (const [, name = "", body = ""] of sets) {
    if (isDomain(name, body)) continue;
    const pairs = [...body.matchAll(/\(([^()]*)\)/g)].map(([, pair = ""]) => pair);
    const tuples = pairs.length > 0 ? pairs : body.split(/[,，、]/).map((one) => one.replace(/[\\{}∅]/g, "").trim());
    for (const tuple of tuples) if (tuple !== "") fits &&= named.add(name, tuple.split(/[,，]/).map(thing));
  }
  for (const [, name = "", of = ""] of bare.matchAll(/(\b[A-Za-z]\w{0,12})\(([^()]{1,30})\)/g))
    fits &&= named.add(name, of.split(",").map(thing));
  return fits ? problemOf(named, formula, things, 0) : undefined;
}

/** The run, and the run without what stands around the formula in the sentence: a bracket or an "and" at either end. */
function formulaPieces(run: string): string[] {
  const pieces = [run.trim()];
  for (let i = 0; i < 3; i++) pieces.push(pieces.at(-1)!.replace(/\s*(?:\band|\bor|\bnot|[()[\]|&!])$/, ""));
  return pieces.flatMap((piece) => [piece, piece.replace(/^(?:and\b|or\b|[()[\]])\s*/, "")]);
}

const isDomain = (name: string, body: string): boolean => /^[DUMW]$/.test(name) && !body.includes("(");

const LETTERS =
  /(?<![\w(])[a-z]\d?(?:\s*[,，、]\s*(?:and\s+)?[a-z]\d?(?!\w)|\s+and\s+[a-z]\d?(?!\w)|和[a-z]\d?(?!\w)){1,4}/g;

/** The things: a set called D, U, M or W, else the longest list of letters. */
function thingsIn(bare: string, sets: readonly RegExpMatchArray[]): string[] | undefined {
  const domain = sets.find(([, name = "", body = ""]) => isDomain(name, body))?.[2];
  const lists = domain === undefined ? [...bare.matchAll(LETTERS)].map(([list]) => list) : [domain];
  const [longest] = lists
    .map((list) => list.replace(/\band\b/g, ",").match(/[a-z]\d?/g) ?? [])
    .sort((a, b) => b.length - a.length);
  return longest !== undefined && new Set(longest).size === longest.length ? [...longest] : undefined;
}

const NAME: Readonly<Record<Language, (theme: number) => string>> = {
  en: () => "[A-Z][a-z]{1,11}",
  zh: (theme) => `(?:${THEMES[theme]!.zh.names.join("|")}|[小阿老]\\p{Script=Han}|[甲乙丙丁戊])`,
};
const LIST: Readonly<Record<Language, (name: string) => RegExp>> = {
  en: (name) => new RegExp(`\\b${name}(?:, ${name})*(?:,? and | & |, )${name}\\b`, "gu"),
  zh: (name) => new RegExp(`${name}(?:[、，,]${name})*[和与跟、]${name}`, "gu"),
};

/** Reads a problem in the words of a theme. */
export function readWords(typed: string, theme: number, language: Language): Problem | undefined {
  const words = THEMES[theme]![language];
  const text = language === "zh" ? typed.replace(/\s+/g, "") : typed.replace(/\s+/g, " ");
  const name = NAME[language](theme);
  const lists = [...text.matchAll(LIST[language](name))].map(([list]) => list.match(new RegExp(name, "gu"))!);
  const things = lists.sort((a, b) => b.length - a.length)[0];
  if (things === undefined || new Set(things).size < things.length || things.length > MOST_THINGS) return undefined;
  const found = parseSentence(text, language, words, things);
  if (found === undefined) return undefined;
  const rest = `${text.slice(0, found.start)} ; ${text.slice(found.end)}`;
  // Another quantified sentence in the text would be one claim too many.
  if (parseSentence(rest, language, words, things) !== undefined) return undefined;
  const named = new Named();
  const relation = words.relations.find((one) => text.includes(one)) ?? words.relations[0]!;
  const number = (at: number) => named.number(words.properties[at]!, 1)!;
  const raw = formulaOf(found.sentence, words.properties.length);
  const formula = renumbered(raw, (old) => (old < words.properties.length ? number(old) : named.number(relation, 2)!));
  const relations = words.relations.filter((one) => text.includes(one));
  if (relations.length > 1 || !readFacts(rest, language, theme, things, named)) return undefined;
  return problemOf(named, formula, things, theme);
}

/** Notes all facts of a text; false where there is none or one does not fit. */
function readFacts(text: string, language: Language, theme: number, things: readonly string[], named: Named): boolean {
  const { properties, relations } = THEMES[theme]![language];
  const name = things.join("|");
  const related =
    language === "en" ? `(?:${relations.join("|")}) of (?:${name})` : `(?:${relations.join("|")})(?:${name})`;
  const said = `(?:${properties.join("|")}|${related})`;
  const [is, and] =
    language === "en"
      ? ["(?: is |: )", "(?:, and | and |, | plus )"]
      : ["(?:这边)?[：:]?", "(?:[，、,]|并且|而且|加上|也|还|和)*"];
  const fact = new RegExp(`(${name})${is}(${said}(?:${and}${said})*)`, "gu");
  let count = 0;
  for (const [, subject = "", all = ""] of text.matchAll(fact))
    for (const [one] of all.matchAll(new RegExp(said, "gu"))) {
      const object = things.find((thing) => one.endsWith(thing) && !properties.includes(one));
      const relation = relations.find((word) => one.startsWith(word))!;
      const fits =
        object === undefined
          ? named.add(one, [things.indexOf(subject)])
          : named.add(relation, [things.indexOf(subject), things.indexOf(object)]);
      if (!fits) return false;
      count++;
    }
  return count > 0;
}

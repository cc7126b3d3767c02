// Family relations as questions, and back. Owns how facts are told and read, and finding what is asked; the wordings stand in english.ts and
// chinese.ts.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { HELD_OUT_QUESTIONS_ZH, HELD_OUT_ZH, TRAINED_QUESTIONS_ZH, TRAINED_ZH } from "./chinese.ts";
import { HELD_OUT_EN, HELD_OUT_QUESTIONS_EN, TRAINED_EN, TRAINED_QUESTIONS_EN } from "./english.ts";
import { type Gender, kinOf, STEPS, type Step, stepWord } from "./kin.ts";
import { PEOPLE } from "./people.ts";
import { type Fact, isSound, type Problem, relation } from "./problem.ts";

const WORDINGS: Readonly<Record<Language, Wordings<string>>> = {
  en: { heldOut: HELD_OUT_EN, trained: TRAINED_EN },
  zh: { heldOut: HELD_OUT_ZH, trained: TRAINED_ZH },
};
const QUESTIONS: Readonly<
  Record<Language, { readonly trained: readonly string[]; readonly heldOut: readonly string[] }>
> = {
  en: { trained: TRAINED_QUESTIONS_EN, heldOut: HELD_OUT_QUESTIONS_EN },
  zh: { trained: TRAINED_QUESTIONS_ZH, heldOut: HELD_OUT_QUESTIONS_ZH },
};
/** Facts: {a} is the relation {r} of {b}. */
const FACTS: typeof QUESTIONS = {
  en: { trained: ["{a} is the {r} of {b}", "{a} is {b}'s {r}", "{b}'s {r} is {a}"], heldOut: ["{a} is {r} to {b}"] },
  zh: { trained: ["{a}是{b}的{r}", "{a}是{b}的{r}", "{b}的{r}是{a}"], heldOut: ["{a}乃{b}之{r}"] },
};
const BULLETS = ["\n", "\n- ", "\n* "];

function slotsOf({ facts, who, to, people }: Problem, language: Language, heldOut: number, random: Random) {
  const name = (person: number) => PEOPLE[language][people[person]!]!;
  const said = facts.map((fact) =>
    random
      .pick(FACTS[language][heldOut < 0 ? "trained" : "heldOut"])
      .replace("{a}", name(fact.who))
      .replace("{b}", name(fact.to))
      .replace("{r}", stepWord(fact.step, fact.gender, language)),
  );
  const { trained, heldOut: held } = QUESTIONS[language];
  const question = heldOut < 0 ? random.pick(trained) : held[heldOut]!;
  const bullet = random.pick(BULLETS);
  return {
    facts: said.join(random.pick(language === "en" ? [". ", ", ", "; "] : ["，", "；"])),
    lines: said.map((fact) => bullet + fact).join(""),
    question: question.replace("{x}", name(who)).replace("{y}", name(to)),
  };
}

export const familyPhrasings: Readonly<Record<Language, readonly Phrasing<Problem>[]>> = phrasingsFrom(
  WORDINGS,
  (wording, language): Omit<Phrasing<Problem>, "id"> => {
    const text = template(wording);
    const heldOut = WORDINGS[language].heldOut.indexOf(wording);
    const questions = heldOut < 0 ? QUESTIONS[language].trained : [QUESTIONS[language].heldOut[heldOut]!];
    return {
      templates: [text, ...questions.map(template)],
      render: (problem, random) => text.render(slotsOf(problem, language, heldOut, random), random),
    };
  },
);

const NAME: Readonly<Record<Language, string>> = {
  en: "([A-Z][a-z]{1,11})",
  zh: `(${PEOPLE.zh.join("|")}|[小阿老]\\p{Script=Han}|[甲乙丙丁戊己])`,
};
const TYPED_QUESTIONS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "who is {x} to {y}",
    "how are {x} and {y} related",
    "what relation does {x} have to {y}",
    "what does {y} call {x}",
  ],
  zh: ["{x}和{y}是什么关系", "{x}是{y}什么人", "{y}怎么称呼{x}", "{y}叫{x}什么"],
};

/** A pattern of a text with two names; whether the first one in it is {x} or {a}. */
function patternOf(text: string, language: Language): { regex: RegExp; isTurned: boolean } {
  const words = (["female", "male"] as readonly Gender[]).flatMap((gender) =>
    STEPS.map((step) => stepWord(step, gender, language)),
  );
  const more = language === "en" ? ["mum", "mom", "dad"] : ["妈妈", "爸爸"];
  const first = text.search(/\{[xa]\}/);
  const source = text
    .replace(/[?？。.]$/, "")
    .replace(/\{[xyab]\}/g, NAME[language])
    .replace("{r}", `(?<relation>${[...words, ...more].join("|")})`)
    .replace(/ the (?=\()/, " (?:the |a )?")
    .replace(/^\w/, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)
    .replace(/ /g, "\\s+");
  const regex = new RegExp(language === "en" ? `(?<![A-Za-z])${source}(?![A-Za-z])` : source, "gu");
  return { regex, isTurned: first > text.search(/\{[yb]\}/) };
}

type Patterns = readonly ReturnType<typeof patternOf>[];
const patternsOf = (lists: typeof QUESTIONS, more?: typeof TYPED_QUESTIONS): Readonly<Record<Language, Patterns>> => {
  const of = (language: Language) =>
    [...new Set([...lists[language].trained, ...lists[language].heldOut, ...(more?.[language] ?? [])])].map((text) =>
      patternOf(text, language),
    );
  return { en: of("en"), zh: of("zh") };
};
const ASKING = patternsOf(QUESTIONS, TYPED_QUESTIONS);
const TELLING = patternsOf(FACTS);

const LONGEST = 600;
const MOST_FACTS = 8;

/** All pairs of names that patterns find in a text, the asked or told one first, with the relation word where there is one. */
function found(text: string, patterns: Patterns) {
  return patterns.flatMap(({ regex, isTurned }) =>
    [...text.matchAll(regex)].map((match) => {
      const names = match.slice(1).filter((part) => part !== undefined && part !== match.groups?.relation);
      const [who, to] = isTurned ? names.toReversed() : names;
      return { who: who!, to: to!, word: match.groups?.relation, at: match.index };
    }),
  );
}

/** Reads a problem; undefined where a text asks for no relation, or where its facts leave it open. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > LONGEST) return undefined;
  const language = /\p{Script=Han}/u.test(question) ? "zh" : "en";
  const text = language === "zh" ? question.replace(/[^\S\n]/g, "") : question.replaceAll("’", "'");
  const asked = new Map(found(text, ASKING[language]).map((one) => [`${one.who} ${one.to}`, one]));
  const [{ who, to } = { who: "", to: "" }] = asked.values();
  const told = found(text, TELLING[language]).sort((a, b) => a.at - b.at);
  if (asked.size !== 1 || who === to || told.length < 2 || told.length > MOST_FACTS) return undefined;
  const names = [...new Set(told.flatMap((one) => [one.who, one.to]))];
  const facts = told.map((one): Fact => {
    const { kind, gender } = kinOf(one.word!)!;
    return { who: names.indexOf(one.who), step: kind as Step, gender, to: names.indexOf(one.to) };
  });
  const problem = { facts, who: names.indexOf(who), to: names.indexOf(to), people: [], names };
  const isChain =
    new Set(facts.map((fact) => fact.who)).size === facts.length && facts.every((fact) => fact.who !== fact.to);
  return isChain && problem.who >= 0 && isSound(facts) && relation(problem) !== undefined ? problem : undefined;
}

// Worlds and claims as texts. Owns how facts are told and how a formula or a sentence is said in either language; reading is read.ts's.

import type { Language } from "@lemma/protocol";
import type { Formula } from "@lemma/verify";
import type { Random } from "../../random.ts";
import { listed } from "../ordering/names.ts";
import type { Words } from "./formula.ts";
import type { Problem } from "./problem.ts";
import type { Noun, Sentence, Trait, Verb } from "./sentence.ts";
import { THEMES, type ThemeWords, wordsOf } from "./themes.ts";

/** Signs of one notation. */
interface Notation {
  readonly every: string;
  readonly some: string;
  readonly not: string;
  readonly and: string;
  readonly or: string;
  readonly implies: string;
  readonly iff: string;
}

/** The first one is LaTeX's, whose words only trained wordings have. */
const NOTATIONS: readonly Notation[] = [
  {
    every: "\\forall ",
    some: "\\exists ",
    not: "\\neg ",
    and: "\\land",
    or: "\\lor",
    implies: "\\to",
    iff: "\\leftrightarrow",
  },
  { every: "∀", some: "∃", not: "¬", and: "∧", or: "∨", implies: "→", iff: "↔" },
  { every: "∀", some: "∃", not: "¬", and: "∧", or: "∨", implies: "→", iff: "↔" },
  { every: "∀", some: "∃", not: "~", and: "&", or: "|", implies: "->", iff: "<->" },
];

/** A formula in the signs of a notation. */
function inSigns(formula: Formula, { things, predicates }: Words, signs: Notation, gap: string): string {
  const go = (part: Formula): string => {
    const inside = (one: Formula) => ("left" in one ? `(${go(one)})` : go(one));
    switch (part.kind) {
      case "truth":
        return String(part.value);
      case "atom":
        return `${predicates[Number(part.name)]}(${part.of.map((name) => things[Number(name)] ?? name).join(`,${gap}`)})`;
      case "not":
        return signs.not + inside(part.of);
      case "every":
      case "some": {
        const next = part.of.kind === "every" || part.of.kind === "some" || part.of.kind === "not" ? gap : " ";
        return `${signs[part.kind]}${part.variable}${next}${inside(part.of)}`;
      }
      case "xor":
        return go({ kind: "not", of: { ...part, kind: "iff" } });
      default:
        return `${inside(part.left)} ${signs[part.kind]} ${inside(part.right)}`;
    }
  };
  return go(formula);
}

/** The words of sentences; {m} is the Chinese measure word. Held-out wordings have a voice of their own. */
interface Voice {
  readonly every: readonly string[];
  readonly some: readonly string[];
  readonly no: readonly string[];
  /** "Some" as an object; behind a "no" in front. */
  readonly object: readonly string[];
  readonly any: readonly string[];
  /** English "is"; what Chinese says between the subject and its verb. */
  readonly is: string;
  readonly and: string;
  readonly or: string;
  /** Between the properties of a noun. */
  readonly also: string;
  /** Between what is told of one thing, and behind its name. */
  readonly plus: string;
  readonly tells: string;
}

const VOICES: Readonly<Record<Language, { readonly trained: Voice; readonly heldOut: Voice }>> = {
  en: {
    trained: {
      every: ["every", "each"],
      some: ["some", "at least one"],
      no: ["no", "not a single"],
      object: ["some", "at least one"],
      any: ["any"],
      is: "is",
      and: " and ",
      or: " or ",
      also: " and ",
      plus: ", ",
      tells: " is ",
    },
    heldOut: {
      every: ["any given"],
      some: ["one or other"],
      no: ["not even one"],
      object: ["one or other"],
      any: ["one or other"],
      is: "proves",
      and: " and also ",
      or: " or else ",
      also: " and ",
      plus: " plus ",
      tells: ": ",
    },
  },
  zh: {
    trained: {
      every: ["每{m}", "每一{m}"],
      some: ["有一{m}", "至少有一{m}"],
      no: ["没有一{m}"],
      object: ["某{m}", "至少一{m}"],
      any: ["任何一{m}"],
      is: "",
      and: "并且",
      or: "或者",
      also: "并且",
      plus: "，",
      tells: "",
    },
    heldOut: {
      every: ["随便哪{m}"],
      some: ["不知哪{m}"],
      no: ["绝无"],
      object: ["不知哪{m}"],
      any: ["任一"],
      is: "确实",
      and: "而且",
      or: "或是",
      also: "又",
      plus: "加上",
      tells: "这边：",
    },
  },
};

const voiceOf = (language: Language, isHeldOut: boolean): Voice => VOICES[language][isHeldOut ? "heldOut" : "trained"];

/** What a sentence is said with. */
interface Speech {
  readonly voice: Voice;
  readonly theme: ThemeWords;
  readonly words: Words;
  readonly relation: string;
  readonly random: Random;
}

/** "tall person who is fond of Ann". */
function nounEn({ trait, toward }: Noun, { voice, theme, words, relation, random }: Speech): string {
  const before = trait?.yes === true && random.chance(0.7);
  const clauses = [
    ...(trait === undefined || before
      ? []
      : [`${voice.is} ${trait.yes ? "" : "not "}${words.predicates[trait.property]}`]),
    ...(toward === undefined ? [] : [`${voice.is} ${relation} of ${words.things[toward]}`]),
  ];
  const behind = clauses.length === 0 ? "" : ` ${theme.who} ${clauses.join(voice.also)}`;
  return `${before ? `${words.predicates[trait.property]} ` : ""}${theme.noun}${behind}`;
}

function sentenceEn(sentence: Sentence, speech: Speech): string {
  const { voice, words, relation, random } = speech;
  const verb = (one: Verb) => {
    if ("property" in one) return `${voice.is} ${one.yes ? "" : "not "}${words.predicates[one.property]}`;
    if ("thing" in one) return `${voice.is} ${relation} of ${words.things[one.thing]}`;
    const some = sentence.determiner === "no" ? voice.any : voice.object;
    const which = random.pick(one.determiner === "some" ? some : voice[one.determiner]);
    return `${voice.is} ${relation} of ${which} ${nounEn(one.noun, speech)}`;
  };
  const subject = `${random.pick(voice[sentence.determiner])} ${nounEn(sentence.noun, speech)}`;
  return `${subject} ${sentence.verbs.map(verb).join(voice[sentence.joint ?? "and"])}`;
}

function sentenceZh(sentence: Sentence, { voice, theme, words, relation, random }: Speech): string {
  const trait = ({ property, yes }: Trait) => `${yes ? "" : "不"}${words.predicates[property]}`;
  const noun = ({ trait: has, toward }: Noun) => {
    const parts = [
      ...(has === undefined ? [] : [trait(has)]),
      ...(toward === undefined ? [] : [relation + words.things[toward]]),
    ];
    return `${parts.join(voice.also)}${parts.length > 0 ? "的" : ""}${theme.noun}`;
  };
  const pick = (texts: readonly string[]) => random.pick(texts).replace("{m}", theme.measure);
  const verb = (one: Verb) => {
    if ("property" in one) return trait(one);
    if ("thing" in one) return relation + words.things[one.thing];
    const every = one.determiner === "every";
    const some = sentence.determiner === "no" || one.determiner === "no" ? voice.any : voice.object;
    return `${one.determiner === "no" ? "不" : ""}${relation}${pick(every ? voice.every : some)}${noun(one.noun)}`;
  };
  const joint = random.pick(["，", ""]) + voice[sentence.joint ?? "and"];
  const all = sentence.determiner === "every" && voice.is === "" ? "都" : voice.is;
  return `${pick(voice[sentence.determiner])}${noun(sentence.noun)}${all}${sentence.verbs.map(verb).join(joint)}`;
}

/** The claim of a problem. */
export function sayClaim(problem: Problem, language: Language, isHeldOut: boolean, random: Random): string {
  const words = wordsOf(problem, language);
  if (problem.sentence === undefined) {
    const notation = random.pick(isHeldOut ? NOTATIONS.slice(1) : NOTATIONS);
    return inSigns(problem.formula, words, notation, random.pick(["", " "]));
  }
  const theme = THEMES[problem.theme]![language];
  const relation = words.predicates.find((name) => theme.relations.includes(name)) ?? theme.relations[0]!;
  const say = language === "en" ? sentenceEn : sentenceZh;
  return say(problem.sentence, { voice: voiceOf(language, isHeldOut), theme, words, relation, random });
}

/** The things of a problem: `the people Ann, Bob and Dan`, `{b, c, d}`. */
export function sayThings(problem: Problem, language: Language, isHeldOut: boolean, random: Random): string {
  const { things } = wordsOf(problem, language);
  if (problem.theme === 0) return random.pick([`{${things.join(", ")}}`, things.join(language === "en" ? ", " : "、")]);
  if (isHeldOut) return things.join(language === "en" ? ", " : "、");
  const { plural, measure } = THEMES[problem.theme]![language];
  const names = listed(things, language);
  if (language === "en") return random.pick([names, `the ${plural} ${names}`]);
  return random.pick([names, `${names}这${"三四"[things.length - 3]}${measure}${plural}`]);
}

/** All facts of a problem, each a text: one a fact, one a thing, or one a predicate. */
export function sayFacts(problem: Problem, language: Language, isHeldOut: boolean, random: Random): string[] {
  const words = wordsOf(problem, language);
  const all = problem.predicates.flatMap(({ holds }, at) => holds.map((tuple) => ({ at, tuple })));
  const names = (tuple: readonly number[]) => tuple.map((thing) => words.things[thing]).join(",");
  if (problem.theme === 0) {
    if (random.chance(0.5))
      return random.shuffle(all).map(({ at, tuple }) => `${words.predicates[at]}(${names(tuple)})`);
    return problem.predicates.map(({ holds, arity }, at) => {
      const members = holds.map((tuple) => (arity === 1 ? names(tuple) : `(${names(tuple)})`));
      return `${words.predicates[at]} = {${members.join(", ")}}`;
    });
  }
  const voice = voiceOf(language, isHeldOut);
  const said = ({ at, tuple: [, object] }: (typeof all)[number]) => {
    const name = words.predicates[at]!;
    if (language === "zh") return name + (object === undefined ? "" : words.things[object]);
    return object === undefined ? name : `${name} of ${words.things[object]}`;
  };
  const tell = (thing: number, parts: readonly string[]) => {
    const isList = language === "en" && !isHeldOut && parts.length > 1;
    return words.things[thing]! + voice.tells + (isList ? listed(parts, "en") : parts.join(voice.plus));
  };
  if (random.chance(0.5)) return random.shuffle(all).map((fact) => tell(fact.tuple[0]!, [said(fact)]));
  return words.things.flatMap((_, thing) => {
    const its = all.filter(({ tuple }) => tuple[0] === thing).map(said);
    return its.length === 0 ? [] : [tell(thing, its)];
  });
}

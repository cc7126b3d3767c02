// Reads a quantified sentence: "every tall person is fond of some happy person", 每个会唱歌的人都喜欢某个戴眼镜的人. Owns the grammar of both languages,
// by descent from left to right; properties have the numbers of the theme's list.

import type { Language } from "@lemma/protocol";
import type { Determiner, Noun, Sentence, Trait, Verb } from "./sentence.ts";
import type { ThemeWords } from "./themes.ts";

/** A sentence and where it stands. */
export interface ParsedSentence {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
}

const OUTER: Readonly<Record<Language, readonly (readonly [string, Determiner])[]>> = {
  en: [
    ["not a single", "no"],
    ["not even one", "no"],
    ["one or other", "some"],
    ["any given", "every"],
    ["at least one", "some"],
    ["not one", "no"],
    ["every", "every"],
    ["each", "every"],
    ["some", "some"],
    ["no", "no"],
  ],
  zh: [
    ["至少有一", "some"],
    ["没有一", "no"],
    ["每一", "every"],
    ["某一", "some"],
    ["有一", "some"],
    ["有的", "some"],
    ["所有", "every"],
    ["没有", "no"],
    ["随便哪", "every"],
    ["不知哪", "some"],
    ["任意", "every"],
    ["绝无", "no"],
    ["每", "every"],
  ],
};
const INNER: typeof OUTER = {
  en: [...OUTER.en, ["any", "some"]],
  zh: [
    ["任何一", "some"],
    ["至少一", "some"],
    ["随便哪", "every"],
    ["不知哪", "some"],
    ["任一", "some"],
    ["某一", "some"],
    ["每一", "every"],
    ["任何", "some"],
    ["任意", "every"],
    ["所有", "every"],
    ["某", "some"],
    ["每", "every"],
  ],
};

/** Chinese measure words behind a determiner. */
const MEASURES = ["个", "只", "位", "名", "的"];

/** A place in a text; words are taken whole and in any case. */
class Scanner {
  readonly #text: string;
  readonly #words: boolean;
  at: number;

  constructor(text: string, at: number, words: boolean) {
    this.#text = text.toLowerCase();
    this.#words = words;
    this.at = at;
  }

  take(word: string): boolean {
    const start = this.#text[this.at] === " " ? this.at + 1 : this.at;
    if (!this.#text.startsWith(word.toLowerCase(), start)) return false;
    const end = start + word.length;
    if (this.#words && /[a-z]/.test(this.#text[end] ?? " ")) return false;
    this.at = end;
    return true;
  }

  /** The index of the first of the words that stands here. */
  oneOf(words: readonly string[]): number | undefined {
    const found = words.findIndex((word) => this.take(word));
    return found < 0 ? undefined : found;
  }

  /** What `read` gives; where it gives nothing, the place is as before. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const start = this.at;
    const value = read();
    if (value === undefined) this.at = start;
    return value;
  }
}

/** The first sentence of a text. */
export function parseSentence(
  text: string,
  language: Language,
  words: ThemeWords,
  things: readonly string[],
): ParsedSentence | undefined {
  const starts =
    language === "en"
      ? /\b(?:not|at least|one or|any given|every|each|some|no)\b/gi
      : /每|没有|有一|有的|某一|至少|所有|任意|随便|不知|绝无/g;
  for (const { index } of text.matchAll(starts)) {
    const scanner = new Scanner(text, index, language === "en");
    const sentence = (language === "en" ? english : chinese)(scanner, words, things);
    if (sentence !== undefined) return { sentence, start: index, end: scanner.at };
  }
  return undefined;
}

function determiner(scanner: Scanner, list: (typeof OUTER)["en"]): Determiner | undefined {
  const at = scanner.oneOf(list.map(([word]) => word));
  scanner.oneOf(MEASURES);
  return at === undefined ? undefined : list[at]![1];
}

const IS = ["is", "proves"];

function english(scanner: Scanner, words: ThemeWords, things: readonly string[]): Sentence | undefined {
  const trait = (yes: boolean): Trait | undefined => {
    const property = scanner.oneOf(words.properties);
    return property === undefined ? undefined : { property, yes };
  };
  const toward = () =>
    scanner.attempt(() =>
      scanner.oneOf(words.relations) !== undefined && scanner.take("of") ? scanner.oneOf(things) : undefined,
    );
  /** "who is not tall and is fond of Ann". */
  const clause = (noun: Noun): Noun | undefined => {
    if (scanner.oneOf(IS) === undefined) return undefined;
    const yes = !scanner.take("not");
    const has = noun.trait === undefined ? trait(yes) : undefined;
    if (has !== undefined) {
      const more = scanner.attempt(() => (scanner.take("and") ? clause({ ...noun, trait: has }) : undefined));
      return more ?? { ...noun, trait: has };
    }
    const to = yes && noun.toward === undefined ? toward() : undefined;
    return to === undefined ? undefined : { ...noun, toward: to };
  };
  const noun = (): Noun | undefined => {
    const before = trait(true);
    if (!scanner.take(words.noun)) return undefined;
    const plain: Noun = before === undefined ? {} : { trait: before };
    const more = scanner.attempt(() =>
      scanner.take("who") || scanner.take("that") || scanner.take("which") ? clause(plain) : undefined,
    );
    return more ?? plain;
  };
  const verb = (): Verb | undefined => {
    if (scanner.oneOf(IS) === undefined) return undefined;
    const isNot = scanner.take("not");
    const has = trait(!isNot);
    if (has !== undefined) return has;
    if (isNot || scanner.oneOf(words.relations) === undefined || !scanner.take("of")) return undefined;
    const thing = scanner.oneOf(things);
    if (thing !== undefined) return { thing };
    const kind = determiner(scanner, INNER.en);
    const of = kind === undefined ? undefined : noun();
    return of === undefined ? undefined : { determiner: kind!, noun: of };
  };
  return sentenceOf(scanner, OUTER.en, noun, verb, () => {
    const joint = scanner.take("and") ? "and" : scanner.take("or") ? "or" : undefined;
    if (joint !== undefined) scanner.oneOf(["also", "else"]);
    return joint;
  });
}

function chinese(scanner: Scanner, words: ThemeWords, things: readonly string[]): Sentence | undefined {
  const trait = (): Trait | undefined =>
    scanner.attempt(() => {
      const yes = !scanner.take("不");
      const property = scanner.oneOf(words.properties);
      return property === undefined ? undefined : { property, yes };
    });
  const toward = () =>
    scanner.attempt(() => (scanner.oneOf(words.relations) !== undefined ? scanner.oneOf(things) : undefined));
  const noun = (): Noun | undefined => {
    const has = trait();
    if (has !== undefined) scanner.oneOf(["并且", "而且", "且", "又"]);
    const to = toward();
    if ((has !== undefined || to !== undefined) && !scanner.take("的")) return undefined;
    if (!scanner.take(words.noun)) return undefined;
    return { ...(has === undefined ? {} : { trait: has }), ...(to === undefined ? {} : { toward: to }) };
  };
  const verb = (): Verb | undefined => {
    scanner.oneOf(["都", "确实"]);
    const has = trait();
    if (has !== undefined) return has;
    const isNot = scanner.take("不");
    if (scanner.oneOf(words.relations) === undefined) return undefined;
    const thing = isNot ? undefined : scanner.oneOf(things);
    if (thing !== undefined) return { thing };
    const kind = determiner(scanner, INNER.zh);
    const of = kind === undefined || (isNot && kind !== "some") ? undefined : noun();
    return of === undefined ? undefined : { determiner: isNot ? "no" : kind!, noun: of };
  };
  return sentenceOf(scanner, OUTER.zh, noun, verb, () => {
    if (!scanner.take("，")) scanner.take(",");
    const joints = ["并且", "而且", "或者", "或是"];
    const at = scanner.oneOf(joints);
    return at === undefined ? undefined : at < 2 ? "and" : "or";
  });
}

/** Determiner, noun, verb, and perhaps another verb. */
function sentenceOf(
  scanner: Scanner,
  determiners: (typeof OUTER)["en"],
  noun: () => Noun | undefined,
  verb: () => Verb | undefined,
  joint: () => "and" | "or" | undefined,
): Sentence | undefined {
  const kind = determiner(scanner, determiners);
  const of = kind === undefined ? undefined : noun();
  const first = of === undefined ? undefined : verb();
  if (first === undefined) return undefined;
  const plain = { determiner: kind!, noun: of!, verbs: [first] as const };
  const more = scanner.attempt(() => {
    const how = joint();
    const second = how === undefined ? undefined : verb();
    return second === undefined ? undefined : { ...plain, verbs: [first, second] as const, joint: how! };
  });
  return more ?? plain;
}

// How numerals in other bases are asked for, and how such a question is read back; the texts stand in english.ts and chinese.ts.
//
// Slots: {n} the numeral, {a} {b} those to add, {p} its base and {q} the wanted one as numbers; {P} {Q} the same by name, `binary`,
// where there is one.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom } from "../../wordings.ts";
import { CHINESE } from "./chinese.ts";
import { ENGLISH } from "./english.ts";
import { type BaseProblem, baseNamed, LARGEST_BASE, valueIn } from "./problem.ts";

/** How one wording asks for a numeral in another base and for a sum. */
export interface Wording {
  readonly convert: string;
  readonly sum: string;
}

const NAMES: Readonly<Record<Language, Readonly<Record<number, string>>>> = {
  en: { 2: "binary", 8: "octal", 10: "decimal", 16: "hexadecimal" },
  zh: { 2: "二进制", 8: "八进制", 10: "十进制", 16: "十六进制" },
};

const named = (base: number, language: Language): string =>
  NAMES[language][base] ?? (language === "en" ? `base ${base}` : `${base}进制`);

/** The wordings of the family, by language. */
export const basePhrasings = phrasingsFrom<BaseProblem, Wording>({ en: ENGLISH, zh: CHINESE }, (wording, language) => {
  const [convert, sum] = [template(wording.convert), template(wording.sum)];
  return {
    templates: [convert, sum],
    render({ numerals: [first = "", second = ""], from, to }: BaseProblem, random: Random) {
      const slots = { p: String(from), q: String(to), P: named(from, language), Q: named(to, language) };
      if (second === "") return convert.render({ ...slots, n: first }, random);
      return sum.render({ ...slots, a: first, b: second }, random);
    },
  };
});

const NUMERAL = "[0-9a-f]{1,15}";
const BASE = "\\d{1,2}|two|eight|ten|sixteen|二|八|十六|十";
const NAME = `(?:base|radix)[ -](?:${BASE})|binary|octal|decimal|hexadecimal|hex|(?:${BASE})进制`;

/** Forms that people type beside the wordings. */
const TYPED = [
  "[Convert|Change|Turn|Translate] {n} [|in |from |(]{P}[|)] [to|into] {Q}",
  "[Convert|Change|Turn|Translate] {P} {n} [to|into] {Q}",
  "[What is|What's|Write|Express|Convert] the {P} [number|numeral] {n} [in|as|to] {Q}",
  "[What is|What's|Write|Express|Convert] {n} [in|as|to] {Q}",
  "{n}_{p} [to|in|into] {Q}",
  "[把|将]{P}[数|的|]{n}[转换成|转换为|转为|转成|化成|化为|写成|换成]{Q}",
  "[把|将]{n}[转换成|转换为|转为|转成|化成|化为|写成|换成]{Q}",
  "{n}的{Q}[是|怎么|表示]",
] as const;

let read: Matcher<"convert" | "sum"> | undefined;

function wordMatcher(): Matcher<"convert" | "sum"> {
  const all = [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) => [...heldOut, ...trained]);
  return matcher(
    [
      ...all.map(({ convert }) => [template(convert), "convert"] as const),
      ...all.map(({ sum }) => [template(sum), "sum"] as const),
      ...TYPED.map((text) => [template(text), "convert"] as const),
    ],
    { n: NUMERAL, a: NUMERAL, b: NUMERAL, p: BASE, q: BASE, P: NAME, Q: NAME },
  );
}

/** Larger numbers are left to the general checker: the reasoning divides by at most three digits. */
const LARGEST = 999;

const plainNumeral = (numeral: string): string => numeral.toUpperCase().replace(/^0+(?=.)/, "");

/** Reads a problem from a question in any of the wordings; undefined where a digit does not belong to its base. */
export function readBases(text: string): BaseProblem | undefined {
  const question = questionText(text);
  if (
    question === undefined ||
    !/bas[ei]|radix|binary|octal|decimal|hex|power|symbol|[_₀-₉]|进制|符号|满/i.test(question)
  )
    return undefined;
  read ??= wordMatcher();
  const found = read(question.replace(/[₀-₉]+/g, subscript));
  if (found === undefined) return undefined;
  const { n, a, b, p, q, P, Q } = found.slots;
  const base = (part: string | undefined) => baseNamed((part ?? "10").replace(/^(?:base|radix)[ -]|进制$/i, ""));
  const from = base(p ?? P);
  const to = found.tag === "sum" ? from : base(q ?? Q);
  const numerals = (found.tag === "sum" ? [a!, b!] : [n!]).map(plainNumeral);
  const values = numerals.map((numeral) => valueIn(numeral, from));
  const isBase = (value: number) => value >= 2 && value <= LARGEST_BASE;
  if (!isBase(from) || !isBase(to) || values.some((value) => value === undefined)) return undefined;
  const total = values.reduce<number>((sum, value) => sum + value!, 0);
  const isAsked = found.tag === "sum" ? from !== 10 : from !== to;
  return isAsked && total > 0 && total <= LARGEST ? { numerals, from, to } : undefined;
}

const subscript = (digits: string): string => `_${[...digits].map((digit) => digit.charCodeAt(0) - 0x2080).join("")}`;

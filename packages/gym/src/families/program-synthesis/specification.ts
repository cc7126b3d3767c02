// The sentence that says what a function gives, in English and Chinese, and how it is read back. Owns the words for keeping, taking
// and giving; the questions around them stand in wordings.ts.

import type { Language } from "@lemma/protocol";
import { matcher } from "../../matcher.ts";
import { type Template, template } from "../../template.ts";
import { GIVES, type Give, type Keep, type Synthesis, type Take } from "./problem.ts";

type Words<K extends string> = Readonly<Record<K, string>>;
interface Vocabulary {
  /** The numbers of the list that count; {k} is the property's own number. */
  readonly keep: Words<Keep["keep"]>;
  /** What is taken of {F}, the numbers; {m} is the number to multiply by or to add. */
  readonly take: Words<Take["take"]>;
  /** What is given of {T}, the numbers taken. */
  readonly give: Words<Give>;
}

const EN: Vocabulary = {
  keep: {
    all: "[all numbers|all the numbers|the numbers] in xs",
    even: "[the|all] even numbers in xs",
    odd: "[the|all] odd numbers in xs",
    above: "[the|all] numbers in xs that are [greater|larger] than {k}",
    below: "[the|all] numbers in xs that are [less|smaller] than {k}",
    divisible: "[the|all] numbers in xs that are [divisible by|multiples of] {k}",
  },
  take: {
    itself: "{F}",
    square: "the squares of {F}",
    times: "{F}, each [times|multiplied by] {m}",
    plus: "{F}, each [plus|increased by] {m}",
  },
  give: {
    sum: "the [sum|total] of {T}",
    count: "[how many there are|the count] of {T}",
    largest: "the [largest|maximum] of {T}, or 0 if there are none",
    list: "the list of {T}",
  },
};

const ZH: Vocabulary = {
  keep: {
    all: "xs中的[所有数|全部数]",
    even: "xs中的[偶数|所有偶数]",
    odd: "xs中的[奇数|所有奇数]",
    above: "xs中大于{k}的[数|所有数]",
    below: "xs中小于{k}的[数|所有数]",
    divisible: "xs中[能被{k}整除的数|{k}的倍数]",
  },
  take: { itself: "{F}", square: "{F}的平方", times: "{F}各[乘以|乘]{m}", plus: "{F}各[加上|加]{m}" },
  give: {
    sum: "{T}的[和|总和]",
    count: "{T}的[个数|数量]",
    largest: "{T}的最大值，没有则为0",
    list: "{T}组成的列表",
  },
};
const VOCABULARIES = { en: EN, zh: ZH };

type Shape = { readonly keep: Keep["keep"]; readonly take: Take["take"]; readonly give: Give };

function compose({ keep, take, give }: Vocabulary, shape: Shape): Template {
  return template(give[shape.give].replace("{T}", take[shape.take]).replace("{F}", keep[shape.keep]));
}

const forms = new Map<string, Template>();
const entries: (readonly [Template, Shape])[] = [];
for (const language of ["en", "zh"] as const) {
  const words = VOCABULARIES[language];
  for (const keep of Object.keys(words.keep) as Keep["keep"][])
    for (const take of Object.keys(words.take) as Take["take"][])
      for (const give of GIVES) {
        const shape = { keep, take, give };
        const form = compose(words, shape);
        forms.set(`${language} ${keep} ${take} ${give}`, form);
        entries.push([form, shape]);
      }
}

/** The wording of what the function gives; its slots are {k} and {m}. */
export function specificationOf({ keep, take, give }: Synthesis, language: Language): Template {
  return forms.get(`${language} ${keep.keep} ${take.take} ${give}`)!;
}

const read = matcher(entries, { k: "\\d{1,3}", m: "\\d{1,3}" });

/** Reads the sentence back. */
export function readSpecification(text: string): Omit<Synthesis, "language"> | undefined {
  const found = read(text);
  if (found === undefined) return undefined;
  const { keep, take, give } = found.tag;
  const [k, m] = [Number(found.slots.k), Number(found.slots.m)];
  return {
    keep: keep === "above" || keep === "below" || keep === "divisible" ? { keep, by: k } : { keep },
    take: take === "times" || take === "plus" ? { take, by: m } : { take },
    give,
  };
}

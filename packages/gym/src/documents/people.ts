// Names for the people of long documents: more than a thousand, one word each, the n-th English one equal to the n-th Chinese one. Owns how
// names are made up; no Chinese name has a character that noise reads as a relation.

import type { Language } from "@lemma/protocol";

const EN = {
  first:
    "Bal Bor Cal Cor Dal Dor Els Fal Fen Gal Gor Hal Har Ild Jar Kal Kor Lan Lor Mal Mar Mor Nal Nor Ost Pal Per Ral Ros Sal Sor Tal Tor Ulm Val Vor Wal Wen Yor Zan".split(
      " ",
    ),
  last: "a ac ad an ard as ba bin da den do dra el en fa fin go ia ic in is ka kin la lin lo ma mir na nix o ra ric sa sen ta tis va vin wen".split(
    " ",
  ),
};
const ZH = {
  first: [..."赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻柏水窦章苏"],
  last: [..."安博晨丹恩芳刚浩吉凯岚明宁培奇蓉森涛薇翔雅泽哲芸靖菲航莹诺琪瑞淑桐婉欣妍毅远悦珍"],
};

/** How many people there are. */
export const PEOPLE = EN.first.length * EN.last.length;

/** The name of a person. */
export function personName(id: number, language: Language): string {
  const { first, last } = language === "en" ? EN : ZH;
  return first[id % first.length]! + last[Math.floor(id / first.length)]!;
}

const NAMES: Readonly<Record<Language, readonly string[]>> = {
  en: Array.from({ length: PEOPLE }, (_, id) => personName(id, "en")),
  zh: Array.from({ length: PEOPLE }, (_, id) => personName(id, "zh")),
};

const IDS = new Map(
  (["en", "zh"] as const).flatMap((language) => NAMES[language].map((name, id) => [name, id] as const)),
);

/** The person with a name; undefined for a stranger. */
export const personNamed = (name: string): number | undefined => IDS.get(name);

/** What a name looks like, without capture groups. */
export const PERSON_PATTERN = `[A-Z][a-z]{2,6}|[${ZH.first.join("")}][${ZH.last.join("")}]`;

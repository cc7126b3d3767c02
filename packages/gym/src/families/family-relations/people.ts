// The people of family relations: first names by gender. Owns the lists; the n-th English name stands where the n-th Chinese one does.

import type { Language } from "@lemma/protocol";
import type { Gender } from "./kin.ts";

const FEMALE = {
  en: "Ann Eve Ivy Kay Mia Pam Sue Uma Zoe".split(" "),
  zh: "秀英 丽华 小红 美玲 雨欣 思雨 婉清 静怡 佳琪".split(" "),
};
const MALE = {
  en: "Bob Dan Gus Jim Leo Ned Ray Tom Vic".split(" "),
  zh: "建国 志强 大伟 小龙 家豪 子轩 明远 立诚 文博".split(" "),
};

/** All names of a language: women, then men. */
export const PEOPLE: Readonly<Record<Language, readonly string[]>> = {
  en: [...FEMALE.en, ...MALE.en],
  zh: [...FEMALE.zh, ...MALE.zh],
};

/** The numbers of the names of a gender. */
export const peopleOf = (gender: Gender): number[] =>
  FEMALE.en.map((_, i) => i + (gender === "male" ? FEMALE.en.length : 0));

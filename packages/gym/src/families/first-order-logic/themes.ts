// Who and what the worlds are made of. Theme 0 is signs: letters for things, properties and relations. Owns the words; the n-th of
// an English list stands where the n-th Chinese one does, whatever it means.

import type { Language } from "@lemma/protocol";
import { NAMES } from "../ordering/names.ts";
import type { Words } from "./formula.ts";
import type { Problem } from "./problem.ts";

/** The words of a theme in one language. */
export interface ThemeWords {
  readonly noun: string;
  /** The noun for several, and the word behind which English adds what else is true of one. */
  readonly plural: string;
  readonly who: string;
  /** The Chinese measure word. */
  readonly measure: string;
  readonly names: readonly string[];
  /** English adjectives; Chinese predicates that 不 negates. */
  readonly properties: readonly string[];
  /** English adjectives before "of"; Chinese verbs. */
  readonly relations: readonly string[];
}

export type Theme = Readonly<Record<Language, ThemeWords>>;

const SIGNS: ThemeWords = {
  noun: "",
  plural: "",
  who: "",
  measure: "",
  // No "a" or "i": both are words.
  names: ["b", "c", "d", "e"],
  properties: ["P", "Q", "F", "G", "H", "S"],
  relations: ["R", "L", "K", "M"],
};

const RELATIONS_EN = ["fond", "proud", "afraid", "jealous"];
const RELATIONS_ZH = ["喜欢", "佩服", "害怕", "嫉妒"];

export const THEMES: readonly Theme[] = [
  { en: SIGNS, zh: SIGNS },
  {
    en: {
      noun: "person",
      plural: "people",
      who: "who",
      measure: "",
      names: NAMES.en,
      properties: ["tall", "happy", "busy", "kind", "clever", "hungry"],
      relations: RELATIONS_EN,
    },
    zh: {
      noun: "人",
      plural: "人",
      who: "",
      measure: "个",
      names: NAMES.zh,
      properties: ["会唱歌", "会下棋", "戴眼镜", "爱喝茶", "会游泳", "住校"],
      relations: RELATIONS_ZH,
    },
  },
  {
    en: {
      noun: "cat",
      plural: "cats",
      who: "that",
      measure: "",
      names: ["Milo", "Luna", "Rex", "Coco", "Fritz", "Nala"],
      properties: ["black", "small", "old", "lazy", "furry", "shy"],
      relations: RELATIONS_EN,
    },
    zh: {
      noun: "猫",
      plural: "猫",
      who: "",
      measure: "只",
      names: ["咪咪", "花花", "豆豆", "雪球", "团团", "虎子"],
      properties: ["爱睡觉", "爱吃鱼", "会爬树", "怕打雷", "爱干净", "会开门"],
      relations: RELATIONS_ZH,
    },
  },
];

/** What the things and predicates of a problem are called. */
export function wordsOf(problem: Problem, language: Language): Words {
  if (problem.words !== undefined) return problem.words;
  const { names, properties, relations } = THEMES[problem.theme]![language];
  return {
    things: problem.names.map((name) => names[name]!),
    predicates: problem.predicates.map(({ arity }, i) => (arity === 1 ? properties : relations)[problem.called[i]!]!),
  };
}

// The classes of syllogisms: real nouns, of which a premise may say something untrue, and invented ones. Owns the lists, in English as pairs of
// singular and plural; the n-th English noun stands where the n-th Chinese one does.

import type { Language } from "@lemma/protocol";

export type Noun = readonly [one: string, many: string];

export interface Theme {
  readonly en: readonly Noun[];
  readonly zh: readonly string[];
}

const pairs = (text: string): Noun[] =>
  text.split(" ").map((word) => {
    const [one = "", many = `${one}s`] = word.split("/");
    return [one, many];
  });

export const THEMES: readonly Theme[] = [
  { en: pairs("dog cat bird pet horse swimmer hunter jumper"), zh: "狗 猫 鸟 宠物 马 游泳者 猎手 跳高者".split(" ") },
  {
    en: pairs("doctor singer teacher painter parent dancer runner reader"),
    zh: "医生 歌手 老师 画家 家长 舞者 跑步者 读者".split(" "),
  },
  { en: pairs("toy box/boxes tool rock lamp gift wheel coin"), zh: "玩具 盒子 工具 石头 灯 礼物 轮子 硬币".split(" ") },
  { en: pairs("wug dax/daxes fep zorp lorp mib tove blick"), zh: "咕噜 哒克 费普 佐普 洛普 米布 托夫 布利".split(" ") },
];

const KNOWN: ReadonlyMap<string, string> = new Map(
  THEMES.flatMap(({ en }) =>
    en.flatMap(([one, many]) => [
      [one, many],
      [many, many],
    ]),
  ),
);

/** The plural by which an English class is known, from a noun in singular or plural. */
export function pluralOf(noun: string): string {
  const word = noun.toLowerCase();
  return KNOWN.get(word) ?? (/s$/.test(word) ? word : `${word}s`);
}

/** What the classes are called in lines. */
export const nounsOf = (theme: number, nouns: readonly number[], language: Language): string[] =>
  nouns.map((noun) => (language === "en" ? THEMES[theme]!.en[noun]![1] : THEMES[theme]!.zh[noun]!));

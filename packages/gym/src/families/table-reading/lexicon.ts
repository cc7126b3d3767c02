// What the tables are about: themes with headings and rows in both languages. A word is known by its English form; words that people
// bring along stay as they are.

import type { Language } from "@lemma/protocol";
import { NAMES } from "../ordering/names.ts";

/** Headings of the first column and the others, and the names of rows, by their English words. */
export interface Theme {
  readonly head: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}

const CHINESE = new Map<string, string>();
const ENGLISH = new Map<string, string>();

/** Remembers `English Chinese` pairs; returns the English words. */
function words(pairs: string): string[] {
  return pairs.split(",").map((pair) => {
    const [en = "", zh = ""] = pair.trim().split(" ");
    CHINESE.set(en, zh);
    ENGLISH.set(zh, en);
    return en;
  });
}

const PEOPLE = words(NAMES.en.map((name, i) => `${name} ${NAMES.zh[i]}`).join(","));

/** The themes. */
export const THEMES: readonly Theme[] = [
  { head: words("player 选手")[0]!, columns: words("score 得分,games 场数,wins 胜场,age 年龄"), rows: PEOPLE },
  { head: words("student 学生")[0]!, columns: words("maths 数学,music 音乐,history 历史,sport 体育"), rows: PEOPLE },
  {
    head: words("fruit 水果")[0]!,
    columns: words("price 单价,stock 库存,sales 销量,boxes 箱数"),
    rows: words("apples 苹果,pears 香梨,plums 李子,grapes 葡萄,cherries 樱桃,melons 甜瓜,lemons 柠檬,figs 无花果"),
  },
  {
    head: words("city 城市")[0]!,
    columns: words("hotels 酒店,parks 公园,museums 博物馆,schools 学校"),
    rows: words("Oslo 奥斯陆,Rome 罗马,Paris 巴黎,Cairo 开罗,Lima 利马,Tokyo 东京,Delhi 德里,Quito 基多"),
  },
];

/** A word in a language; one that the themes don't have stays as it is. */
export const inLanguage = (word: string, language: Language): string =>
  language === "zh" ? (CHINESE.get(word) ?? word) : word;

/** The word by which the themes know a text, else the text. */
export const wordOf = (text: string): string => ENGLISH.get(text) ?? text;

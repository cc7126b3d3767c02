// Towns and trades of registers, by language; the n-th English one equals the n-th Chinese one. Owns the lists.

import type { Language } from "@lemma/protocol";

export const TOWNS: Readonly<Record<Language, readonly string[]>> = {
  en: "Arden Bruma Celda Dorvik Elmar Fosta Grindel Hovra Istel Jarna Kemra Luvia Mirna Norda Ondel Pirna Quenta Rovel Stavik Tarna Ulden Vesta Wilmar Yrsa Zelda Aspen Bolka Cirna Dunmar Erlen Fulda Garno Holmen Irsa".split(
    " ",
  ),
  zh: "雅登 布鲁 切达 多维 艾马 福斯 格林 霍拉 伊斯 雅纳 凯拉 卢维 米尔 诺达 翁德 皮纳 昆塔 罗威 斯塔 塔纳 乌登 维塔 威玛 伊萨 泽达 阿彭 波卡 锡纳 邓马 厄伦 富尔 加诺 霍门 尔萨".split(
    " ",
  ),
};

export const TRADES: Readonly<Record<Language, readonly string[]>> = {
  en: "miller baker tailor cooper mason potter weaver smith painter sailor doctor teacher".split(" "),
  zh: "磨工 面包师 裁缝 桶匠 石匠 陶工 织工 铁匠 画师 水手 医师 教师".split(" "),
};

/** The place of a word in a list, in either language; undefined where it is in none. */
export function placeOf(word: string, lists: Readonly<Record<Language, readonly string[]>>): number | undefined {
  const plain = word.toLowerCase();
  for (const list of Object.values(lists)) {
    const at = list.findIndex((known) => known.toLowerCase() === plain);
    if (at >= 0) return at;
  }
  return undefined;
}

// The people of the puzzles. Owns the list; the n-th English name equals the n-th Chinese one, so a key is the same in both.
// No two Chinese names share a character, and none shares one with a relation word: a tokenizer keeps each name whole.

import type { Language } from "@lemma/protocol";

const EN = "Ann Bob Dan Eve Gus Ivy Jim Kay Leo Mia Ned Pam Ray Sue Tom Uma Vic Zoe Amy Ben Max Sam Liz Joe".split(" ");
const ZH =
  "李雷 韩梅 张伟 王芳 刘洋 陈静 杨帆 赵磊 黄丽 周杰 吴敏 徐刚 孙燕 马超 朱婷 胡军 郭亮 何平 林涛 罗莎 梁栋 宋佳 唐宁 冯雪".split(
    " ",
  );

/** All names of a language, in the order of their numbers. */
export const NAMES: Readonly<Record<Language, readonly string[]>> = { en: EN, zh: ZH };

/** The name of person `id`. */
export function nameOf(id: number, language: Language): string {
  return NAMES[language][id] as string;
}

/** Names joined as a sentence lists them: `Ann, Bob and Dan`, `李雷、韩梅和张伟`. */
export function listed(names: readonly string[], language: Language): string {
  const [comma, and] = language === "en" ? [", ", " and "] : ["、", "和"];
  return names.slice(0, -1).join(comma) + and + names[names.length - 1];
}

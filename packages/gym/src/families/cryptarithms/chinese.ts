// The Chinese wordings of letter sums, the held-out ones first: they were written first. Slots as in english.ts.

import type { Wordings } from "../../wordings.ts";

export const CHINESE: Wordings<string> = {
  heldOut: [
    "有人把一道加法的数码藏在大写字母背后：{sum}。{known}请全部揭晓；两个字母绝不藏同一个数码，也没有数以零打头。",
    "等字母变成数码后，{sum}便是正确的加法，一个字母一种数码，零不居首。{known}各字母必为几？",
    "这是一道加密的运算：{sum}。{known}密码用固定的字母顶替数码，数的开头从不为0。请破译。",
  ],
  trained: [
    "[解|求解]字母算式{sum}。不同字母代表不同数字[，首位不为0|，最高位不能是0]。{known}[每个字母是几？|求每个字母代表的数字。]",
    "在{sum}中，每个字母代表一个数字，不同字母代表不同数字，首位都不是0。{known}求各字母。",
    "[字母谜题|数字谜|字母竖式]：{sum}。{known}[字母各代表什么数字|各字母是几]？",
    "把字母换成数字，使{sum}成立。相同字母是相同数字，不同字母是不同数字，首位不是0。{known}",
    "[老师|朋友|姐姐]用字母代替数字写了{sum}。{known}每个字母的数字都不一样，首位不能为0。[你能找出来吗|它们是几]？",
    "[求|确定|写出]算式{sum}中每个字母的值[，不同字母数字不同|，字母互不相同]，任何数不以0开头。{known}",
    "[破解|解开]这道用字母写成的加法，求各数字：{sum}。{known}",
    "哪些数字能使{sum}[成立|正确]？每个字母一个数字，互不相同，数的首位不是0。{known}",
    "加法{sum}用字母[代替|表示]数字。{known}告诉我每个字母是哪个数字，首位不许为0。",
    "[算式谜|加法谜]：{sum}，一个字母对应一个数字，不重复，首位非0。{known}[答案|解]是什么？",
  ],
};

/** How known letters are told, {d} being `B=3，C=5`; the n-th held-out wording has the n-th. */
export const KNOWN_ZH = {
  heldOut: ["已泄露一点：{d}。", "据密探说，{d}。", "有人悄悄说{d}。"],
  trained: ["已知{d}。", "给定：{d}。", "提示：{d}。", "我们知道{d}。", "其中{d}。"],
};

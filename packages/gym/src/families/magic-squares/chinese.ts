// The Chinese wordings of magic squares, the held-out ones first: they were written first. Slots as in english.ts.

import type { Wordings } from "../../wordings.ts";

export const CHINESE: Wordings<string> = {
  heldOut: [
    "残碑上的数码排成方阵，有几处磨损，以字母标出。{grid}{rule}请复原{letters}。",
    "{rule}请看，空洞处写着字母：{grid}{letters}这些位置该是什么？",
    "趣味角！{letters}各遮住一个数：{grid}{rule}请揭开。",
  ],
  trained: [
    "求这个幻方中的{letters}：{grid}{rule}",
    "{rule}[这里|下面方阵里]的{letters}[是多少|各是几]？{grid}",
    "[一个|有一个]缺数的幻方：{grid}{rule}[求|请求出]{letters}。",
    "幻方中有些数换成了字母：{grid}{rule}{letters}[代表|表示]哪些数？",
    "[你能|能不能]求出这个{n}×{n}方阵中缺的数{letters}？{grid}{rule}",
    "[哥哥|阿姨|老师|朋友]画了一个幻方，留了空：{grid}{rule}[算出|求出]{letters}。",
    "[计算|算出]{letters}。{rule}方阵为：{grid}",
    "给出一个{n}×{n}的数字方阵：{grid}{rule}写出{letters}的值。",
    "{grid}这是一个幻方。{rule}{letters}[是多少|分别是几]？",
    "[解|补全]幻方，求{letters}：{grid}{rule}",
  ],
};

/** What holds in a square: with the sum told, and without. The n-th held-out wording has the n-th. */
export const RULES_ZH = {
  heldOut: [
    ["横着、竖着、沿对角相加，总数必为{s}。", "横着、竖着、沿对角相加，总数必定一样。"],
    [
      "所谓幻方，就是任何一条直线（斜穿中心的也算）合计为{s}。",
      "所谓幻方，就是任何一条直线（斜穿中心的也算）合计都不变。",
    ],
    ["作为幻方，其常数是{s}。", "它属于幻方，常数未说明。"],
  ],
  trained: [
    ["每行、每列和两条对角线的和都是{s}。", "每行、每列和两条对角线的和都相等。"],
    ["各行、各列、各对角线上的数之和为{s}。", "各行、各列、各对角线上的数之和相同。"],
    ["行、列、对角线的和都等于{s}。", "行、列、对角线的和都一样。"],
    ["幻和（行、列、对角线之和）是{s}。", "行、列、对角线有相同的幻和。"],
  ],
} as const;

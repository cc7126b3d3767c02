// The Chinese wordings of questions on a table, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import { framed, type TableWording } from "./wordings-type.ts";

const HELD_OUT: readonly TableWording[] = [
  {
    frame: "{ask}请查这些条目：\n{table}",
    sum: "每一条的{c}都相加，总和有多大？",
    extreme: "论{c}，{high}的是哪一位或哪一项？",
    difference: "{r}与{s}之间，{c}的差有多大？",
    count: "条目中{c}{over}{l}的数得几个？",
    "filtered sum": "只留{d}{over}{l}的条目，它们的{c}总和呢？",
  },
  {
    frame: "{table}\n依上面所列：{ask}",
    sum: "整个{c}，我想得到一个总和。",
    extreme: "{n}当中{c}{high}的，请指给我看。",
    difference: "{r}的{c}胜过{s}，差是多大？",
    count: "条目之中{c}{over}{l}者，会有几个？",
    "filtered sum": "限定{d}{over}{l}，{c}加起来会是哪个数？",
  },
  {
    frame: "先给数据，后面是问题。\n{table}\n{ask}",
    sum: "{c}下面列的数相加，得哪个总和？",
    extreme: "{c}{high}的那一条属于谁？",
    difference: "用{r}的{c}减掉{s}的，剩下的差是？",
    count: "条目里{c}{over}{l}的，数一数几个？",
    "filtered sum": "除非{d}{over}{l}，否则不算：{c}之和是？",
  },
];

const FRAMES = [
  "[下面是一张表。|看这张表。|已知下表：|表格：]\n{table}\n{ask}",
  "{ask}\n{table}",
  "{table}\n{ask}",
] as const;

const ASKS: readonly Omit<TableWording, "frame">[] = [
  {
    sum: "[求|计算]{c}一列的[总和|合计]。",
    extreme: "哪个{n}的{c}{high}？",
    difference: "{r}的{c}比{s}[多|大]多少？",
    count: "[有|一共有]多少行的{c}{over}{l}？",
    "filtered sum": "{d}{over}{l}的各行，{c}的[总和|合计]是多少？",
  },
  {
    sum: "把{c}这一列的数[全部|都]加起来[，得多少？|。]",
    extreme: "[写出|找出]{c}{high}的{n}。",
    difference: "[求|计算]{r}和{s}的{c}之差。",
    count: "{c}{over}{l}的有几行？",
    "filtered sum": "只看{d}{over}{l}的行，把{c}加起来[，得多少？|。]",
  },
  {
    sum: "{c}[总共|合计]是多少？",
    extreme: "[谁|哪一行]的{c}{high}？",
    difference: "在{c}上，{r}超过{s}多少？",
    count: "几行里{c}{over}{l}？",
    "filtered sum": "对{d}{over}{l}的行，{c}[总共|合计]是多少？",
  },
  {
    sum: "[我要|请给出]{c}的[总和|合计]。",
    extreme: "[我要|请给出]{c}{high}的{n}。",
    difference: "[我要|请给出]{r}与{s}的{c}的差。",
    count: "[我要知道|请告诉我]有几行{c}{over}{l}。",
    "filtered sum": "[我要|请给出]{d}{over}{l}的行里{c}的[总和|合计]。",
  },
];

export const CHINESE: Wordings<TableWording> = { heldOut: HELD_OUT, trained: framed(FRAMES, ASKS) };

// The Chinese wordings of problems of sets, in the order of the English ones; the held-out ones were written first.

import type { Wording } from "./wordings.ts";

export const HELD_OUT_ZH: readonly Wording[] = [
  {
    elements: "手上有{sets}，写一写{expression}。",
    sizes: "倘若{facts}，{what}有多大？",
    counts: "一份调查说：{facts}。{question}？",
  },
  {
    elements: "面前摆着{sets}。{expression}由谁组成？",
    sizes: "{facts}。说说{what}里面元素的数目。",
    counts: "问卷显示：{facts}。算算看，{question}？",
  },
  {
    elements: "抄出{expression}，其中{sets}。",
    sizes: "{what}的基数等于几？条件：{facts}。",
    counts: "{facts}，统计就这些。那么{question}？",
  },
];

export const TRAINED_ZH: readonly Wording[] = [
  {
    elements: "[设|已知]{sets}。[求|写出|列出]{expression}。",
    sizes: "[设|已知]{facts}。{what}有[多少|几]个元素？",
    counts: "[班上|俱乐部里|小组里]，{facts}。{question}？",
  },
  {
    elements: "{sets}。{expression}[是什么|是哪个集合|等于什么]？",
    sizes: "{facts}。{what}中共有[多少|几]个元素？",
    counts: "[学校里|村子里]，{facts}。{question}？",
  },
  {
    elements: "[如果|当]{sets}，{expression}是[什么|哪个集合]？",
    sizes: "[如果|当]{facts}，{what}的元素个数是多少？",
    counts: "[我问了一些人|问了朋友们]：{facts}。{question}？",
  },
  {
    elements: "[计算|求出]{expression}，这里{sets}。",
    sizes: "[计算|求出]{what}的元素个数，这里{facts}。",
    counts: "{facts}。{question}？",
  },
  {
    elements: "[考虑|来看]集合{sets}。[哪些元素属于|请写下]{expression}[？|。]",
    sizes: "[假设|我们知道]{facts}。[数一数|求]{what}的元素个数。",
    counts: "[假设|我们知道]{facts}。{question}？",
  },
  {
    elements: "集合：{sets}\n[求|所求]：{expression}",
    sizes: "集合：{facts}\n[求|所求]：{what}的元素个数",
    counts: "[事实|调查]：{facts}\n[问|问题]：{question}？",
  },
  {
    elements: "[能不能|可以]帮我[写出|列出]{expression}？{sets}。",
    sizes: "[能不能|可以]告诉我{what}有多少个元素？{facts}。",
    counts: "[能不能|可以]帮我算一下？{facts}。{question}？",
  },
  {
    elements: "我[要|想知道]{expression}，而{sets}。[里面有哪些元素|它是什么]？",
    sizes: "我[要|想知道]{what}的大小：{facts}。",
    counts: "[聚会上|旅行团里|球队里]，{facts}。{question}？",
  },
  {
    elements: "[若|假如]{sets}，那么{expression}[是什么|等于什么]？",
    sizes: "[若|假如]{facts}，那么{what}有多少个元素？",
    counts: "[若|假如]{facts}，{question}？",
  },
];

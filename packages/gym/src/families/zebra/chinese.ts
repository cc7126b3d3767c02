// The Chinese wordings of zebra puzzles, the held-out ones first: they were written first. Slots as in english.ts.

export const HELD_OUT_ZH: readonly string[] = [
  "街上{count}间屋，最左为首，逐间编号，住户为{people}。{lists}{clues}。{ask}",
  "设想{count}个住处并排，自左往右排位，里面是{people}。{lists}{clues}。{ask}",
  "一条街{count}个门牌，最左的是1，门后各有{people}。{lists}{clues}。{ask}",
];

export const TRAINED_ZH: readonly string[] = [
  "{people}住在一排{count}座房子里，从左到右编号1到{n}。{lists}{clues}。{ask}",
  "有{count}座房子排成一排，从左边开始编号。{people}各住一座。{lists}{clues}。{ask}",
  "[逻辑题|斑马谜题|推理题]：{count}座房子排成一行（1号在左边）。住的人有{people}。{lists}{clues}。{ask}",
  "{count}个人{people}住在1到{n}号房，从左往右。{lists}{clues}。{ask}",
  "[线索|条件|已知]：{clues}。住户是{people}，房子从左到右是1到{n}号。{lists}{ask}",
  "{people}每人有1到{n}号房中的一座，1号在最左边。{lists}{clues}。{ask}",
  "一[排|行]{count}座房子，从左到右编号，住着{people}。{lists}[线索|提示]：{lines}\n{ask}",
  "[请解题|解这道题|试解此题]。房子：1到{n}号，从左到右。人：{people}。{lists}{lines}\n{ask}",
  "{ask}[线索是|线索如下|已知]：{clues}。人有{people}，各住{count}座房子之一，从左到右编号。{lists}",
  "{people}住在不同的房子里，房子从左起编号为1到{n}。{lists}{clues}。{ask}",
  "{count}座房子，{count}个人：{people}。1号是最左边的。{lists}{clues}。{ask}",
  "{lists}{people}住在1到{n}号房（从左到右）。{clues}。{ask}",
  "[谁住在哪|谁有什么]？{people}分住一排{count}座房子，从左数起。{lists}{clues}。{ask}",
  "关于{people}和他们的{count}座房子（一排，1号在左），我们知道：{clues}。{lists}{ask}",
  "[我们街上|一条街上]有{count}座相连的房子，1号在最左，里面住着{people}。{lists}{clues}。{ask}",
  "[根据|利用]下面的[线索|提示]，{people}从左到右住在1到{n}号房。{lists}{lines}\n{ask}",
  "[一个谜题|一个问题]：一排{count}座房子（从左到右1到{n}号），住的是{people}。{lists}{clues}。{ask}",
];

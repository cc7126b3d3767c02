// The Chinese wordings of block puzzles, the held-out ones first: they were written first. Slots as in english.ts.

import type { Wording } from "./wordings.ts";

export const HELD_OUT_ZH: readonly Wording[] = [
  {
    plan: "吊车只吊得动最顶上的箱子。目前各垛（贴地的先写）：{start}。想堆成：{goal}。替它编排，吊{most}回以内，例如{turned}。",
    least: "吊车只吊得动最顶上的箱子。目前各垛（贴地的先写）：{start}。想堆成：{goal}。起码吊几回？",
  },
  {
    plan: "玩具方块逐垛朝上念是{start}。女儿偏要{goal}。她每回拿一块没被压住的，限{most}回。每回记作{turned}。",
    least: "玩具方块逐垛朝上念是{start}。女儿偏要{goal}。她每回拿一块没被压住的，最少要几回拼好？",
  },
  {
    plan: "把{start}改造成{goal}（各塔最低的字母打头，地面随便占）。预算{most}次搬运。格式：{turned}。",
    least: "把{start}改造成{goal}（各塔最低的字母打头，地面随便占）。搬运预算最小多少？",
  },
];

export const TRAINED_ZH: readonly Wording[] = [
  {
    plan: "[积木世界|积木问题]。从下到上的各堆：{start}。目标：{goal}。每步把一块顶上的积木放到另一块顶上的积木上，或放到桌上。[求|找]一个不超过{most}步的方案，写成{forms}。",
    least:
      "[积木世界|积木问题]。从下到上的各堆：{start}。目标：{goal}。每步把一块顶上的积木放到另一块顶上的积木上，或放到桌上。[最少要几步|最少需要多少步]？",
  },
  {
    plan: "桌上有积木：{from}。我想要：{to}。上面没有东西的积木才能移动。[怎样|如何]在{most}步以内做到？回答写成{forms}。",
    least: "桌上有积木：{from}。我想要：{to}。上面没有东西的积木才能移动。[最少几步|至少要几步]？",
  },
  {
    plan: "开始：{from}。目标：{to}。给出最多{most}步移动，形式为{forms}。",
    least: "开始：{from}。目标：{to}。[最少移动几步|最少步数是多少]？",
  },
  {
    plan: "机械臂每次移动一块顶上的积木。各堆（先写底下的）是{start}，[要变成|应变成]{goal}。写出它至多{most}步的程序：{forms}。",
    least: "机械臂每次移动一块顶上的积木。各堆（先写底下的）是{start}，[要变成|应变成]{goal}。它最短的程序有几步？",
  },
  {
    plan: "每堆都从底写到顶，怎样在{most}步之内从{start}得到{goal}？[用|写]{forms}这样的步骤。",
    least: "每堆都从底写到顶，[从|由]{start}得到{goal}的最短方案有几步？",
  },
  {
    plan: "[已知|给出]积木的位置：{from}。要重新摆成：{to}。列出移动（最多{most}次），写法为{forms}。",
    least: "[已知|给出]积木的位置：{from}。要重新摆成：{to}。至少一共要拿起积木多少次？",
  },
  {
    plan: "由下往上，各塔为{start}。需要{goal}，桌面足够大。[哪些|什么样的]移动能办到，最多{most}步？记法：{forms}。",
    least: "由下往上，各塔为{start}。需要{goal}，桌面足够大。[最小步数是多少|最少多少步]？",
  },
  {
    plan: "[请帮我|帮我]摆积木。现在是{from}；最后必须是{to}。我可以移动顶上的积木{most}次。请用{forms}这样的写法。",
    least: "[请帮我|帮我]摆积木。现在是{from}；最后必须是{to}。顶上的积木至少要移动几次？",
  },
];

// The Chinese wordings of graph problems, the held-out ones first: they were written first. Slots as in english.ts.

import type { GraphWords, Wording } from "./wordings.ts";

export const GRAPHS_ZH: GraphWords = {
  trained: [
    ["无向图的边是{e}", "有向图的边是{e}"],
    ["无向图{e}", "有向图{e}"],
    ["双向道路{e}", "单向道路{e}"],
    ["这些双向道路：{e}", "这些单向道路：{e}"],
    ["双向连接{e}", "单向连接{e}"],
  ],
  heldOut: [
    ["两头都通的轨道{e}", "只许向前的轨道{e}"],
    ["来回皆可走的栈道{e}", "只可一边走的栈道{e}"],
    ["可往返的隧道{e}", "不可往返的隧道{e}"],
  ],
};

export const HELD_OUT_ZH: readonly Wording[] = [
  {
    reachable: "某人身在{from}，知道{graph}。他终究走得到{to}吗？",
    length: "某人身在{from}，知道{graph}。他至少挪动几回便到{to}？",
    path: "某人身在{from}，知道{graph}。他途经哪些站点最快抵达{to}？",
  },
  {
    reachable: "地图画着{graph}。由{from}出行至{to}可行吗？",
    length: "地图画着{graph}。由{from}出行至{to}起码多少段？",
    path: "地图画着{graph}。由{from}出行至{to}，逐一列明段数最小的站名。",
  },
  {
    reachable: "凭借{graph}，{from}通往{to}的链条有没有？",
    length: "凭借{graph}，{from}通往{to}的最紧链条多长？",
    path: "凭借{graph}，写一条{from}通往{to}的最紧链条。",
  },
];

export const TRAINED_ZH: readonly Wording[] = [
  {
    reachable: "已知{graph}，从{from}能到达{to}吗？",
    length: "已知{graph}，从{from}到{to}的最短路径长度是[多少|几]？",
    path: "已知{graph}，求从{from}到{to}的一条最短路径。",
  },
  {
    reachable: "[有|这里有]{graph}。可以从{from}走到{to}吗？",
    length: "[有|这里有]{graph}。从{from}走到{to}最少要几步？",
    path: "[有|这里有]{graph}。[请|]写出从{from}走到{to}的一条最短路线。",
  },
  {
    reachable: "[考虑|看]{graph}。存在从{from}到{to}的路径吗？",
    length: "[考虑|看]{graph}。从{from}到{to}的距离是多少？",
    path: "[考虑|看]{graph}。找出一条从{from}到{to}的最短路径。",
  },
  {
    reachable: "{to}从{from}可达吗？[已知|条件：]{graph}。",
    length: "从{from}到{to}至少需要几条边？[已知|条件：]{graph}。",
    path: "从{from}到{to}怎样走边数最少？[已知|条件：]{graph}。",
  },
  {
    reachable: "我们有{graph}。从{from}出发，能到{to}吗？",
    length: "我们有{graph}。从{from}出发，到{to}最少几步？",
    path: "我们有{graph}。从{from}出发，[列出|写出]到{to}的最短路径上的点。",
  },
  {
    reachable: "[请判断|判断]能否从{from}去{to}：{graph}。",
    length: "[请计算|计算|求]从{from}去{to}的最短距离：{graph}。",
    path: "[请给出|给出|求]从{from}去{to}的最短路径：{graph}。",
  },
  {
    reachable: "[图论题|图的问题]：{graph}。{from}到{to}有路径吗？",
    length: "[图论题|图的问题]：{graph}。{from}到{to}的最短路径有几条边？",
    path: "[图论题|图的问题]：{graph}。{from}到{to}的最短路径是什么？",
  },
  {
    reachable: "[检查|看看]{from}和{to}之间有没有从前者到后者的路：{graph}。",
    length: "[用|请用]广度优先搜索求{from}到{to}的距离：{graph}。",
    path: "[用|请用]广度优先搜索找一条从{from}到{to}边数最少的路：{graph}。",
  },
  {
    reachable: "我在{from}，想去{to}。有{graph}。有办法吗？",
    length: "我在{from}，想去{to}。有{graph}。最少走几步？",
    path: "我在{from}，想去{to}。有{graph}。最快怎么走？",
  },
  {
    reachable: "假设有{graph}。它们能从{from}通到{to}吗？",
    length: "假设有{graph}。从{from}到{to}最短的连接有多长？",
    path: "假设有{graph}。怎样用最少的步数从{from}到{to}？",
  },
  {
    reachable: "从{from}开始，[点|结点]{to}可达吗？{graph}。",
    length: "从{from}开始，[点|结点]{to}有几条边远？{graph}。",
    path: "从{from}开始，到{to}的最短路径经过哪些点？{graph}。",
  },
  {
    reachable: "[想象|画出]{graph}。如果从{from}起步，{to}到得了吗？",
    length: "[想象|画出]{graph}。始于{from}、终于{to}的最短路径有几条边？",
    path: "[想象|画出]{graph}。写下始于{from}、终于{to}的一条最短路径。",
  },
  {
    reachable: "起点：{from}。终点：{to}。有{graph}。[可达吗|到得了吗]？",
    length: "起点：{from}。终点：{to}。有{graph}。[最少几步|最短路径多长]？",
    path: "起点：{from}。终点：{to}。有{graph}。[最短路径|边数最少的路径]？",
  },
  {
    reachable: "一个[机器人|包裹]沿着{graph}移动。它能从{from}到{to}吗？",
    length: "一个[机器人|包裹]沿着{graph}移动。它从{from}到{to}最少动几次？",
    path: "一个[机器人|包裹]沿着{graph}移动。它从{from}到{to}的最短路线是什么？",
  },
  {
    reachable: "对于{graph}，[回答是或否|是或否]：有从{from}到{to}的路径？",
    length: "对于{graph}，[写出|说出]从{from}到{to}的最少边数。",
    path: "对于{graph}，[写出|说出]任意一条从{from}到{to}的最短路径。",
  },
  {
    reachable: "有人[画了|给了我]{graph}。从{from}走向{to}做得到吗？",
    length: "有人[画了|给了我]{graph}。从{from}走向{to}最短有多少步？",
    path: "有人[画了|给了我]{graph}。描述从{from}走向{to}的尽量短的走法。",
  },
  {
    reachable: "[我的|这个]网络有{graph}。它把{from}连到{to}了吗？",
    length: "[我的|这个]网络有{graph}。从{from}传到{to}至少经过几跳？",
    path: "[我的|这个]网络有{graph}。从{from}传到{to}跳数最少的路径是哪条？",
  },
];

// The Chinese wordings of road problems, the held-out ones first: they were written first. Slots as in english.ts.

import type { Wording } from "./wordings.ts";

export const HELD_OUT_ZH: readonly Wording[] = [
  {
    length: "信使沿{pairs}奔走，数字是驿程。{from}往{to}最省的总驿程几何？",
    route: "信使沿{pairs}奔走，数字是驿程。{from}往{to}最省的行程依次停哪些站？逗号隔开。",
  },
  {
    length: "各段线缆的花费：{pairs}。信号在{from}进、{to}出，花费能压到多低？",
    route: "各段线缆的花费：{pairs}。信号在{from}进、{to}出，途经哪些中继（逗号隔开）才花费最低？",
  },
  {
    length: "带权无向边{pairs}，算dist({from}, {to})。",
    route: "带权无向边{pairs}，输出实现dist({from}, {to})的顶点序列，逗号隔开。",
  },
];

export const TRAINED_ZH: readonly Wording[] = [
  {
    length: "[几个城镇之间的道路是|几个城镇由这些道路相连]：{roads}。从{from}到{to}[最短的路有多长|的最短路程是多少]？",
    route:
      "[几个城镇之间的道路是|几个城镇由这些道路相连]：{roads}。从{from}到{to}[最短的路怎么走|走哪条路最短]？按顺序列出城镇，用逗号分开。",
  },
  {
    length: "我想从{from}开车去{to}。道路：{roads}。至少要走[多少{unit}|多远]？",
    route: "我想从{from}开车去{to}。道路：{roads}。最短的路依次经过哪些城镇？用逗号分开全部写出。",
  },
  {
    length: "[用|请用]迪杰斯特拉算法：{pairs}。求从{from}到{to}的最短距离。",
    route: "[用|请用]迪杰斯特拉算法：{pairs}。求从{from}到{to}的一条最短路径，依次列出结点，用逗号分开。",
  },
  {
    length: "一辆[汽车|货车|自行车]沿这些路从{from}镇去{to}镇：{roads}。最少需要多少{unit}？",
    route: "一辆[汽车|货车|自行车]沿这些路从{from}镇去{to}镇：{roads}。依次写出最短路线上的镇（用逗号分开）。",
  },
  {
    length: "地图：{roads}。道路都可以双向走。{from}到{to}的[最短距离|最短路程]是多少？",
    route: "地图：{roads}。道路都可以双向走。{from}到{to}的[最短路线|最短走法]是什么？列出城镇。",
  },
  {
    length: "[考虑|看]带权图{pairs}。[求|计算]从{from}到{to}的最轻路径的权。",
    route: "[考虑|看]带权图{pairs}。[求|写出]从{from}到{to}的一条最轻路径，结点用逗号分开。",
  },
  {
    length: "有如下道路：{roads}。一[封信|个包裹]要从{from}送到{to}，走最好的路一共多少{unit}？",
    route: "有如下道路：{roads}。一[封信|个包裹]要从{from}送到{to}，最好的路经过哪些城镇？从{from}写起，用逗号分开。",
  },
  {
    length: "起点：{from}。终点：{to}。道路及长度：{roads}。[最小总长|最短总路程]？",
    route: "起点：{from}。终点：{to}。道路及长度：{roads}。[最佳路线|最短路线]（城镇用逗号分开）？",
  },
];

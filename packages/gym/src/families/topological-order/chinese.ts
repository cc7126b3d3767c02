// The Chinese wordings of task problems, the held-out ones first: they were written first. Slots as in english.ts.

import type { Wording } from "./wordings.ts";

export const HELD_OUT_ZH: readonly Wording[] = [
  {
    possible: "工头排了活儿{tasks}；{rules}。这工程究竟干得完吗？只说是或否。",
    order: "工头排了活儿{tasks}；{rules}。给这些活儿排个合规的队，逗号隔开。",
    time: "工头排了活儿，工时{times}（{units}）；{rules}。人手管够，最快何时全部干完？",
  },
  {
    possible: "模块{tasks}，引用关系：{rules}。编译次序存在吗（是/否）？",
    order: "模块{tasks}，引用关系：{rules}。打印编译次序，逗号隔开。",
    time: "模块编译耗时{times}（{units}），引用关系：{rules}。核心无限，整个编译何时结束？",
  },
  {
    possible: "游戏关卡{tasks}互相解锁：{rules}。玩家若能通关全部就回“是”，不然回“否”。",
    order: "游戏关卡{tasks}互相解锁：{rules}。回一串能全部通关的次序，逗号隔开。",
    time: "游戏关卡各玩{times}（{units}），互相解锁：{rules}。朋友们分头玩，全部通关最快多久？",
  },
];

export const TRAINED_ZH: readonly Wording[] = [
  {
    possible: "[有任务|任务有]{tasks}。{rules}。能把它们都做完吗？回答是或否。",
    order: "[有任务|任务有]{tasks}。{rules}。[可以按什么顺序做|给出一个可行的顺序]？任务之间用逗号分开。",
    time: "[各任务需要|任务所需时间为]{times}{units}。{rules}。任务可以同时进行。最早什么时候全部完成？",
  },
  {
    possible: "[一个项目|我的项目]有任务{tasks}，条件是：{rules}。有没有满足所有条件的顺序（是或否）？",
    order: "[一个项目|我的项目]有任务{tasks}，条件是：{rules}。[求|找]一个满足所有条件的顺序，用逗号分开。",
    time: "[一个项目|我的项目]的任务需要{times}{units}，条件是：{rules}。尽量同时做，项目最少需要多少{units}？",
  },
  {
    possible: "任务：{tasks}。规则：{rules}。[可行吗|做得到吗]？（是/否）",
    order: "任务：{tasks}。规则：{rules}。[可行的顺序|一个合法顺序]（用逗号分开）？",
    time: "任务及{units}数：{times}。规则：{rules}。可以并行，[最早结束时间|最短总时间]是多少？",
  },
  {
    possible: "我要[做|完成]{tasks}，而且{rules}。[这可能吗|行得通吗]？请说是或否。",
    order: "我要[做|完成]{tasks}，而且{rules}。应该先做什么后做什么？用逗号分开全部列出。",
    time: "我们要[做|完成]{times}（单位{units}），而且{rules}。人手足够同时做，最早多少{units}之后全部做完？",
  },
  {
    possible: "[拓扑排序|拓扑序]：任务{tasks}；{rules}。顺序存在吗？回答是或否。",
    order: "[拓扑排序|拓扑序]：任务{tasks}；{rules}。写出一个，用逗号分开。",
    time: "[关键路径|项目计划]：{times}（{units}）；{rules}。总共最少要多少时间？",
  },
  {
    possible: "一个学生想修课程{tasks}。{rules}。[他|她]能一门一门修完吗？是或否",
    order: "一个学生想修课程{tasks}。{rules}。[他|她]可以按什么次序修？用逗号分开。",
    time: "一个学生的课程需要{times}{units}。{rules}。可以同时修几门，[他|她]最少多少{units}能修完？",
  },
  {
    possible: "[已知|我们知道]步骤{tasks}的情况：{rules}。有没有矛盾？所有步骤都能做就答是，不能就答否。",
    order: "[已知|我们知道]步骤{tasks}的情况：{rules}。把步骤排成允许的顺序，用逗号分开。",
    time: "[已知|我们知道]各步骤要{times}{units}，情况是：{rules}。每步都尽早开始，最后一步何时完成？",
  },
  {
    possible: "做一顿饭要做{tasks}。{rules}。有办法全部做到吗？（回答是或否。）",
    order: "做一顿饭要做{tasks}。{rules}。告诉我一个好的顺序，用逗号列出。",
    time: "做一顿饭的活要{times}{units}。{rules}。人手很多，最快多少{units}之后能开饭？",
  },
];

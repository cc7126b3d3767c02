// The Chinese wordings of ordering puzzles, the held-out ones first: they were written first. {facts} are told facts, {from} … {to}
// the asked direction, {top} and {bottom} who is asked first and last, {who} the one asked for (see questions.ts).

import { ZH, ZH_ANY, ZH_LISTS, ZH_NUMBERED } from "./joiners.ts";
import type { Wording } from "./wordings.ts";

export const HELD_OUT_ZH: readonly Wording[] = [
  {
    joiners: [{ first: "①", between: "，另外" }],
    all: "线索如下：{facts}。名单应怎样排序，{from}至{to}？",
    one: "线索如下：{facts}。想想看，{who}究竟是谁？",
  },
  {
    joiners: [{ between: "，而且" }],
    all: "大家清楚，{facts}，请教：{from}排到{to}，怎么写？",
    one: "大家清楚，{facts}，请教：{who}会是谁呢？",
  },
  {
    joiners: [{ between: "；同时，" }],
    all: "读一读：{facts}。试把全体人员按{from}到{to}排个队。",
    one: "读一读：{facts}。试把{who}找出来。",
  },
];

export const TRAINED_ZH: readonly Wording[] = [
  {
    joiners: ZH_ANY,
    all: "{facts}。[请|][把他们|把大家|]从{from}到{to}[排序|排列|排一排]。",
    one: "{facts}。{who}[是谁|人是谁]？",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。[请|]按从{from}到{to}的顺序[排列|列出|写出][他们|所有人]。",
    one: "{facts}。谁是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。[请|]写出从{from}到{to}的[名单|顺序|排名]。",
    one: "{facts}。[请|][找出|写出|说出]{who}人。",
  },
  { joiners: ZH_ANY, all: "[请|][把他们|]从{from}到{to}[排序|排列]：{facts}。", one: "{who}是谁？{facts}。" },
  {
    joiners: ZH_ANY,
    all: "[几个|一些][朋友|同学|人]谈论{topic}。{facts}。从{from}到{to}[是什么顺序|怎么排]？",
    one: "[几个|一些][朋友|同学|人]谈论{topic}。{facts}。其中{who}是谁？",
  },
  {
    joiners: ZH_ANY,
    all: "已知{facts}。[求|请给出|请写出]从{from}到{to}的[顺序|排名]。",
    one: "已知{facts}。[问|请问|求]{who}是谁？",
  },
  {
    joiners: [ZH.commas, ZH.connected],
    all: "如果{facts}，[那么|]从{from}到{to}[怎么排|的顺序是什么]？",
    one: "如果{facts}，[那么|]谁是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。从{from}到{to}的[正确|]顺序是[什么|怎样的]？",
    one: "{facts}。[所以|因此]{who}是[谁|哪个人]？",
  },
  {
    joiners: ZH_ANY,
    all: "[线索|条件]：{facts}。[请|]列出从{from}到{to}的[所有人|名字]。",
    one: "[线索|条件]：{facts}。[哪个人|哪一个]是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "[我们|我]知道{facts}。[请|]从{from}到{to}给[他们|大家]排名。",
    one: "[我们|我]知道{facts}。你知道{who}是谁吗？",
  },
  {
    joiners: ZH_LISTS,
    all: "[看下面的|根据这些][事实|线索]：{facts}\n[请|]从{from}到{to}[排序|排列]。",
    one: "[看下面的|根据这些][事实|线索]：{facts}\n{who}是谁？",
  },
  {
    joiners: ZH_ANY,
    all: "{people}是[朋友|同学|邻居]。{facts}。[请|]把他们从{from}到{to}[排序|排列]。",
    one: "{people}是[朋友|同学|邻居]。{facts}。{who}是谁？",
  },
  {
    joiners: ZH_ANY,
    all: "[请|]将{people}从{from}到{to}[排序|排列]。{facts}。",
    one: "{people}[中|当中]，谁是{who}？{facts}。",
  },
  {
    joiners: ZH_ANY,
    all: "[逻辑题|推理题|谜题]：{facts}。从{from}到{to}[的顺序|怎么排]？",
    one: "[逻辑题|推理题|谜题]：{facts}。谁一定是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "比较{topic}：{facts}。[结果|他们]从{from}到{to}是[怎样|怎么]排的？",
    one: "比较{topic}：{facts}。[结果|他们中]谁是{who}？",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。从{from}的开始，到{to}的为止，[写出|列出|排列]所有人。",
    one: "{facts}。我想知道{who}是谁。",
  },
  {
    joiners: ZH_ANY,
    all: "{facts}。[请|]从{top}开始，[依次|一个一个地]写出[所有人|大家]。",
    one: "{facts}。我[要|需要]知道{who}人的名字。",
  },
  {
    joiners: [...ZH_NUMBERED, ...ZH_ANY],
    all: "[事实|信息]是：{facts}。[请|]排成一列，{top}[写|排|放]在最前面。",
    one: "[事实|信息]是：{facts}。答案应该是{who}人。",
  },
  {
    joiners: [...ZH_NUMBERED, ...ZH_NUMBERED, ...ZH_ANY],
    all: "{facts}。[请|]排出[名次|先后|次序]，{top}在前，{bottom}在后。",
    one: "{facts}。哪个人[才|]是{who}？",
  },
  {
    joiners: ZH_LISTS,
    all: "[说明|记录|资料]：{facts}\n[请|]做一个从{from}到{to}的[名单|列表]。",
    one: "[说明|记录|资料]：{facts}\n[要找的是|答案是]{who}人。",
  },
  {
    joiners: [...ZH_ANY, ...ZH_NUMBERED, ...ZH_LISTS],
    all: "我[需要|想要]从{from}到{to}的[名单|排列|次序]：{facts}。",
    one: "我[要找|想找]{who}人：{facts}。",
  },
  {
    joiners: [...ZH_ANY, ZH.ordinals],
    all: "{facts}。由{from}到{to}，[怎么排|他们怎样排列|次序是什么]？",
    one: "{facts}。[这些人|这几个人][里|里面]，{who}叫什么？",
  },
  {
    joiners: ZH_ANY,
    all: "假设{facts}。答案[应该|要]以{top}开头，以{bottom}结尾。",
    one: "假设{facts}。[请|]写{who}人的名字。",
  },
  {
    joiners: [...ZH_ANY, ...ZH_NUMBERED],
    all: "关于{topic}：{facts}。[请|要]先写{top}，最后写{bottom}。",
    one: "关于{topic}：{facts}。[求|找]{who}人。",
  },
  {
    joiners: [ZH.commas, ZH.connected],
    all: "要是{facts}，{people}从{from}到{to}[怎么|如何]排？",
    one: "要是{facts}，{people}里{who}是哪位？",
  },
  {
    joiners: [...ZH_ANY, ...ZH_NUMBERED],
    all: "{facts}。[请|]让他们站一排：{top}站在[最|]前面，{bottom}站在[最|]后面。",
    one: "{facts}。[你能|能不能]说出{who}是谁吗？",
  },
  {
    joiners: [...ZH_ANY, ...ZH_NUMBERED],
    all: "{facts}。[请|]{sense}排列，[从|]{from}到{to}。",
    one: "{facts}。[请|]告诉我谁是{who}。",
  },
];

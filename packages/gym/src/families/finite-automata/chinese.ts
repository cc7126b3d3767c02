// How automata are asked about in Chinese; the n-th wording corresponds to the n-th English one. The held-out ones were written first.

import type { Wordings } from "../../wordings.ts";
import type { Wording } from "./english.ts";

export const CHINESE: Wordings<Wording> = {
  heldOut: [
    [
      "把{word}喂给下面的装置，喂之前它在{start}（好的落点：{accepting}）。\n{moves}\n喂完以后它落在哪？",
      "把{word}喂给下面的装置，喂之前它在{start}（好的落点：{accepting}）。\n{moves}\n喂完以后落点好不好？",
      "{word}算不算{regex}整体描述的文本之一？",
    ],
    [
      "{moves}\n入口{start}，出口{accepting}。顺着{word}走，最后经过的结点是？",
      "{moves}\n入口{start}，出口{accepting}。顺着{word}走，能不能从出口离开？",
      "顺着{word}逐个符号走{regex}，从头到尾走得通吗？",
    ],
    [
      "先令q = {start}，{word}的每个符号按下列规则更新q：\n{moves}\n更新完q等于？（F = {accepting}）",
      "先令q = {start}，{word}的每个符号按下列规则更新q：\n{moves}\n更新完q属于F = {accepting}吗？",
      "L由{regex}生成。{word}落在L里面，对不对？",
    ],
  ],
  trained: [
    [
      "[一个有限自动机|一个DFA|这个自动机]从{start}开始，[接受状态|接受态]：{accepting}。[转移|状态转移]：\n{moves}\n读完{word}后[停在哪个状态|处于哪个状态]？",
      "[一个有限自动机|一个DFA|这个自动机]从{start}开始，[接受状态|接受态]：{accepting}。[转移|状态转移]：\n{moves}\n它[接受|会接受][单词|]{word}吗？",
      "[单词|字符串]{word}[匹配|符合][正则表达式|正则]{regex}吗？",
    ],
    [
      "初始状态：{start}。接受状态：{accepting}。转移：\n{moves}\n输入：{word}。[最终状态？|到达哪个状态？|运行在哪里结束？]",
      "初始状态：{start}。接受状态：{accepting}。转移：\n{moves}\n输入：{word}。[是否接受？|接受吗？]",
      "正则表达式：{regex}。输入：{word}。[匹配吗？|是否匹配？]",
    ],
    [
      "{moves}\n[这些是|以上是][自动机|一台机器|DFA]的转移，初始状态{start}，接受状态{accepting}。[{word}通向哪个状态？|{word}把它带到哪里？]",
      "{moves}\n[这些是|以上是][自动机|一台机器|DFA]的转移，初始状态{start}，接受状态{accepting}。{word}被接受吗？",
      "[单词|字符串]{word}能被{regex}匹配吗？",
    ],
    [
      "在{word}上运行自动机，它始于{start}，在{accepting}时接受。\n{moves}\n[给出|写出]它停下时的状态。",
      "在{word}上运行自动机，它始于{start}，在{accepting}时接受。\n{moves}\n[回答是或否：|]它接受吗？",
      "用[正则表达式|正则]{regex}去匹配{word}，[回答是或否。|成功吗？]",
    ],
    [
      "[看|考虑]下面的有限状态机，初态是{start}，终态是{accepting}。\n{moves}\n[输入|读入]{word}之后当前状态是什么？",
      "[看|考虑]下面的有限状态机，初态是{start}，终态是{accepting}。\n{moves}\n它识别[输入|单词]{word}吗？",
      "[看|考虑][正则表达式|正则]{regex}，它描述整个单词{word}吗？",
    ],
    [
      "机器从状态{start}起逐个字母读{word}，接受态为{accepting}。\n{moves}\n[告诉我|说出][最后的状态|结束时的状态]。",
      "机器从状态{start}起逐个字母读{word}，接受态为{accepting}。\n{moves}\n[告诉我|说出][它是否接受|单词是否被接受]。",
      "[告诉我|说出][正则表达式|正则]{regex}是否适合整个{word}。",
    ],
    [
      "DFA，初始{start}，接受{accepting}：\n{moves}\n[跟踪|模拟]{word}，[末状态是什么？|在哪个状态结束？]",
      "DFA，初始{start}，接受{accepting}：\n{moves}\n[跟踪|模拟]{word}，[单词被接受了吗？|DFA接受吗？]",
      "{word}可以由[正则表达式|正则]{regex}[产生|推出]吗？",
    ],
    [
      "[你能|能不能]沿着自动机走一遍[单词|]{word}？我们从{start}出发，接受状态有{accepting}。\n{moves}\n我们到达哪个状态？",
      "[你能|能不能]沿着自动机走一遍[单词|]{word}？我们从{start}出发，接受状态有{accepting}。\n{moves}\n我们到达接受状态了吗？",
      "[整个字符串|整个]{word}属于{regex}的语言吗？",
    ],
    [
      "[作业里有|有]一个自动机，开始于{start}，以{accepting}为接受状态，移动如下：\n{moves}\n[求|算出]读完{word}的状态。",
      "[作业里有|有]一个自动机，开始于{start}，以{accepting}为接受状态，移动如下：\n{moves}\n[求|判断]{word}是否在它的语言里。",
      "[判断|求]{word}是否在[正则表达式|正则]{regex}的语言里。",
    ],
  ],
};

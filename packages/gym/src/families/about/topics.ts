// What the dialogue is about: the intents and the words that fill {x} in their wordings. Owns the lists; the n-th English entry
// corresponds to the n-th Chinese one.

import type { Language } from "@lemma/protocol";

export const INTENTS = ["greeting", "abilities", "identity", "thanks", "scope"] as const;
export type Intent = (typeof INTENTS)[number];

/** Entries as `English|Chinese`. */
const LISTS: Readonly<Record<Intent, readonly string[]>> = {
  greeting: [
    "Hello|你好",
    "Hi|嗨",
    "Hey|嘿",
    "Good morning|早上好",
    "Good afternoon|下午好",
    "Good evening|晚上好",
    "Hi there|你好呀",
    "Hello there|您好",
    "Hey there|哈喽",
    "Hello Lemma|你好，Lemma",
    "Hi Lemma|嗨，Lemma",
    "Hello again|又见面了",
    "Hi again|又是我",
    "Hello everyone|大家好",
    "Hi everybody|各位好",
    "Hello, friend|你好，朋友",
    "Hi, friend|嗨，朋友",
    "Dear Lemma|亲爱的Lemma",
    "Good day|日安",
    "Hello, hello|你好你好",
    "Hey, Lemma|嘿，Lemma",
    "Hello, world|你好，世界",
  ],
  abilities: [
    "problems|题目",
    "questions|问题",
    "tasks|任务",
    "things|事情",
    "exercises|练习",
    "puzzles|谜题",
    "homework|作业",
    "work|工作",
    "subjects|科目",
    "topics|主题",
    "skills|技能",
    "maths|数学题",
    "jobs|活儿",
    "areas|领域",
    "riddles|谜语",
    "calculations|计算",
    "sums|加法",
    "school problems|学校的题",
  ],
  identity: [
    "model|模型",
    "assistant|助手",
    "program|程序",
    "AI|人工智能",
    "system|系统",
    "chatbot|聊天机器人",
    "bot|机器人",
    "machine|机器",
    "computer|计算机",
    "language model|语言模型",
    "reasoning model|推理模型",
    "person|人",
    "human|真人",
    "teacher|老师",
    "AI model|智能模型",
    "student|学生",
    "robot|机械人",
    "helper|帮手",
  ],
  thanks: [
    "the answer|答案",
    "your help|帮助",
    "the help|帮忙",
    "the solution|解答",
    "the steps|步骤",
    "your work|工作",
    "the explanation|解释",
    "your time|时间",
    "the result|结果",
    "your answer|回答",
    "everything|一切",
    "your patience|耐心",
    "the speed|速度",
    "your reply|回复",
    "the good work|好工作",
    "the clear steps|清楚的步骤",
    "the lesson|讲解",
    "checking|检查",
  ],
  scope: [
    "the weather|天气",
    "a poem|诗",
    "a song|歌曲",
    "a story|故事",
    "a joke|笑话",
    "politics|政治",
    "the news|新闻",
    "the next election|下次选举",
    "a recipe|做菜",
    "dinner|晚饭",
    "football|足球",
    "the stock market|股市",
    "my health|我的健康",
    "a headache|头痛",
    "medicine|药",
    "the law|法律",
    "a contract|合同",
    "history|历史",
    "France|法国",
    "the president|总统",
    "movies|电影",
    "music|音乐",
    "books|书",
    "travel|旅行",
    "a long trip|远行",
    "hotels|酒店",
    "fashion|时尚",
    "love|爱情",
    "my future|我的未来",
    "religion|宗教",
    "philosophy|哲学",
    "an email|邮件",
    "a letter|信",
    "an essay|作文",
    "a translation|翻译",
    "Spanish|西班牙语",
    "pictures|图片",
    "a video|视频",
    "games|游戏",
    "cars|汽车",
    "cats|猫",
    "dogs|狗",
    "flowers|花",
    "the moon|月亮",
    "space travel|太空旅行",
    "chemistry|化学",
    "biology|生物",
    "the time|时间",
    "coffee|咖啡",
    "shopping|购物",
  ],
};

/** How many topics an intent has. */
export function topicCount(intent: Intent): number {
  return LISTS[intent].length;
}

/** The words of a topic in a language. */
export function topicText(intent: Intent, topic: number, language: Language): string {
  return LISTS[intent][topic]!.split("|")[language === "en" ? 0 : 1]!;
}

/** A topic's English words: its name in keys. */
export function topicName(intent: Intent, topic: number): string {
  return topicText(intent, topic, "en");
}

/** What fills a wording: {x}, and its article {a} or {A} where the words are English. */
export function topicSlots(intent: Intent, topic: number, language: Language): { x: string; a: string; A: string } {
  const x = topicText(intent, topic, language);
  const a = /^[aeiou]/i.test(x) ? "an" : "a";
  return { x, a, A: a === "an" ? "An" : "A" };
}

// Words around a question: greetings, thanks, "show your work". Owns the lists and how often they appear; knows no family.
// Held-out wordings have carriers of their own, which no trained prompt contains.

import type { Language } from "@lemma/protocol";
import type { Random } from "./random.ts";

/** Share of prompts with carrier words before the question, after it, or both. */
const CARRIED = 0.4;
const LOWERCASED = 0.12;
const UNPUNCTUATED = 0.12;
/** Share of Chinese prompts with a space between Chinese characters and formulas, as many people type. */
const SPACED = 0.25;

interface Carriers {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const TRAINED: Readonly<Record<Language, Carriers>> = {
  en: {
    before: [
      "Hi! ",
      "Hi, ",
      "Hello! ",
      "Hello, ",
      "Hey! ",
      "Please help me. ",
      "Please help: ",
      "Quick question: ",
      "Question: ",
      "A question: ",
      "I need help. ",
      "Can you help? ",
      "Help me, please: ",
      "Homework: ",
      "My homework: ",
      "Task: ",
      "Problem: ",
      "Exercise: ",
      "OK. ",
      "Next one: ",
      "Try this: ",
      "Here is one: ",
      "Now this: ",
      "I'm stuck. ",
    ],
    after: [
      " Thanks!",
      " Thanks.",
      " Thank you!",
      " Thank you.",
      " Please.",
      " Please help.",
      " Show your work.",
      " Show the steps.",
      " Step by step, please.",
      " Think step by step.",
      " Explain each step.",
      " Thanks a lot!",
      " Give the answer.",
      " Box the answer.",
      " Answer in \\boxed{}.",
      " I'm not sure.",
      " Can you help?",
      " Take your time.",
    ],
  },
  zh: {
    before: [
      "你好！",
      "你好，",
      "您好！",
      "请问：",
      "请问，",
      "请帮忙：",
      "请帮帮我。",
      "帮我一下：",
      "问题：",
      "题目：",
      "作业题：",
      "练习：",
      "有个问题：",
      "老师问：",
      "我不会做：",
      "下一题：",
      "试试这个：",
      "再来一题：",
    ],
    after: [
      "谢谢！",
      "谢谢。",
      "谢谢你！",
      "多谢！",
      "麻烦了。",
      "请写出步骤。",
      "请写出过程。",
      "请一步一步来。",
      "要有过程。",
      "请解释。",
      "请给出答案。",
      "答案写在\\boxed{}里。",
      "我不太懂。",
      "拜托了！",
      "可以吗？",
    ],
  },
};

const HELD_OUT: Readonly<Record<Language, Carriers>> = {
  en: {
    before: ["Good morning! ", "Dear Lemma, ", "Number seven: ", "Could use a hand: "],
    after: [" Cheers!", " Much appreciated.", " No rush.", " Write down everything."],
  },
  zh: {
    before: ["早上好！", "嗨，", "第七题：", "想请教一下："],
    after: ["感谢！", "辛苦啦。", "不着急。", "详细一些。"],
  },
};

/**
 * Puts carrier words around a question in 40 % of the prompts, and sometimes types it carelessly. `keepCase`: the question may
 * begin with a name. In a question of several lines (a program, a list) the words get lines of their own.
 */
export function carry(
  question: string,
  language: Language,
  heldOut: boolean,
  random: Random,
  keepCase = false,
): string {
  let text = question;
  const carried = random.chance(CARRIED);
  const where = random.below(4); // before, after, before, both
  const lists = heldOut ? HELD_OUT[language] : TRAINED[language];
  const inLines = question.includes("\n");
  if (language === "en" && random.chance(LOWERCASED) && !keepCase && /^[A-Z][a-z]/.test(text))
    text = text[0]!.toLowerCase() + text.slice(1);
  if (language === "zh" && !inLines && !keepCase && random.chance(SPACED))
    text = text.replace(/(?<=\p{Script=Han})(?=[\w(-])|(?<=[\w)])(?=\p{Script=Han})/gu, " ");
  if (carried && where !== 1) {
    const before = random.pick(lists.before);
    text = inLines ? `${before.trim()}\n${text}` : before + text;
  }
  if (carried && where !== 0 && where !== 2) {
    const after = random.pick(lists.after);
    if (inLines) text = `${text}\n${after.trim()}`;
    else text += (/[.?!。？！]$/.test(text) ? "" : language === "en" ? "." : "。") + after;
  } else if (random.chance(UNPUNCTUATED)) text = text.replace(/[.?!。？！]$/, "");
  return text;
}

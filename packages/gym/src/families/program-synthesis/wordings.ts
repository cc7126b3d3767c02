// How a function is asked for, and how such a question is read back. Owns the templates; the held-out ones were written first. {spec}
// says what the function gives, {examples} are two calls with their results, {lang} is the programming language.

import type { Language } from "@lemma/protocol";
import { numberPhrasings, type Phrasing } from "../../family.ts";
import { template } from "../../template.ts";
import { examplesOf, type Synthesis } from "./problem.ts";
import { readSpecification, specificationOf } from "./specification.ts";

const HELD_OUT: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "Someone hands a list xs to f and receives {spec}. Supply that f, in {lang}:\n{examples}",
    "{examples}\nBehind these calls stands {spec}. {lang} source, please.",
    "Fill in what f(xs) is missing ({lang}); its outcome is {spec}.\n{examples}",
  ],
  zh: [
    "有人把列表xs交给f，收到的是{spec}。请用{lang}补出这个f：\n{examples}",
    "{examples}\n这些调用背后是{spec}。要{lang}源码。",
    "补全f(xs)的函数体（{lang}），它的成果是{spec}。\n{examples}",
  ],
};

const TRAINED: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "Write a {lang} function f(xs) that returns {spec}.\n{examples}",
    "[Write|Give me|Show me] f(xs) in {lang}: it [should return|returns] {spec}.\n{examples}",
    "I need a {lang} function f. For a list xs of whole numbers it [gives|returns] {spec}. For example:\n{examples}",
    "[Implement|Program] f(xs) in {lang}. [Result|It returns|Return]: {spec}.\n{examples}",
    "[Create|Define] a function f in {lang} which takes a list xs and returns {spec}.\n{examples}",
    "{examples}\nWrite this {lang} function. It returns {spec}.",
    "[Examples|Some calls]:\n{examples}\nThe function f(xs) returns {spec}. [Write it in {lang}.|How does it look in {lang}?]",
    "[Can you|Could you] write a {lang} function f(xs) for {spec}?\n{examples}",
    "[How do I|How can I|How do we] write f(xs) in {lang} so that it returns {spec}?\n{examples}",
    "A function f(xs) [computes|calculates|finds] {spec}. [Write the code in {lang}.|Code it in {lang}.]\n{examples}",
    "[Solve this in|Use] {lang}: f(xs) must return {spec}.\n{examples}",
    "Task: a {lang} function. Name: f. Input: a list xs. Output: {spec}.\n{examples}",
    "[Make|Build] a short {lang} function f(xs) that [works out|determines|gives back] {spec}.\n{examples}",
    "In {lang}, what does a function f(xs) look like that returns {spec}?\n{examples}",
    "[My code needs|The program needs|We need] f(xs), written in {lang}, with the result {spec}.\n{examples}",
  ],
  zh: [
    "用{lang}写一个函数f(xs)，返回{spec}。\n{examples}",
    "[写出|给我|写]{lang}的f(xs)：它[应返回|返回]{spec}。\n{examples}",
    "我需要一个{lang}函数f，对整数列表xs[给出|返回]{spec}。例如：\n{examples}",
    "用{lang}[实现|编写]f(xs)，[结果|返回值]：{spec}。\n{examples}",
    "用{lang}[创建|定义]函数f，它接受列表xs，返回{spec}。\n{examples}",
    "{examples}\n写出这个{lang}函数，它返回{spec}。",
    "[例子|几次调用]：\n{examples}\n函数f(xs)返回{spec}，[用{lang}写出来|用{lang}怎么写][。|]",
    "[你能|可以]用{lang}写函数f(xs)来求{spec}吗？\n{examples}",
    "[怎么|如何|怎样]用{lang}写f(xs)，使它返回{spec}？\n{examples}",
    "函数f(xs)[计算|求出|找出]{spec}，[用{lang}写代码|用{lang}编出来]。\n{examples}",
    "[请用|使用]{lang}：f(xs)必须返回{spec}。\n{examples}",
    "任务：{lang}函数。名字：f。输入：列表xs。输出：{spec}。\n{examples}",
    "[做|编]一个短的{lang}函数f(xs)，[算出|得出]{spec}。\n{examples}",
    "在{lang}里，返回{spec}的函数f(xs)是什么样？\n{examples}",
    "[我的代码|程序|我们]需要f(xs)，用{lang}写，结果是{spec}。\n{examples}",
  ],
};

const SPOKEN = { python: "Python", javascript: "JavaScript" } as const;

const valueText = (value: number | readonly number[]): string =>
  typeof value === "number" ? String(value) : `[${value.join(",")}]`;

function phrasings(group: "trained" | "heldout", language: Language): Phrasing<Synthesis>[] {
  const texts = group === "trained" ? TRAINED : HELD_OUT;
  return numberPhrasings(
    group,
    texts[language].map((text) => {
      const wording = template(text);
      return {
        templates: [wording],
        render(problem, random) {
          const shown = examplesOf(problem).slice(0, 2);
          const numbers = {
            k: "by" in problem.keep ? `${problem.keep.by}` : "",
            m: "by" in problem.take ? `${problem.take.by}` : "",
          };
          return wording.render(
            {
              lang: SPOKEN[problem.language],
              spec: specificationOf(problem, language).render(numbers, random),
              examples: shown.map(({ list, gives }) => `f(${valueText(list)}) = ${valueText(gives)}`).join("\n"),
            },
            random,
          );
        },
      };
    }),
  );
}

export const synthesisPhrasings: Readonly<Record<Language, readonly Phrasing<Synthesis>[]>> = {
  en: [...phrasings("trained", "en"), ...phrasings("heldout", "en")],
  zh: [...phrasings("trained", "zh"), ...phrasings("heldout", "zh")],
};

const LONGEST = 1200;

/** Reads a problem from a question that names f(xs) or f and xs, a programming language and what is given. */
export function readSynthesis(question: string): Synthesis | undefined {
  if (question.length > LONGEST || !/\bf\b|f\(/.test(question)) return undefined;
  const named = /\b(python|javascript)\b|(?<=\p{Script=Han})(python|javascript)(?=\p{Script=Han}|\s)/iu.exec(
    question,
  )?.[0];
  if (named === undefined) return undefined;
  const found = readSpecification(question);
  if (found === undefined) return undefined;
  return { language: named.toLowerCase() as Synthesis["language"], ...found };
}

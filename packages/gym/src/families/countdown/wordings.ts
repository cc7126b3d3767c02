// The wordings of Countdown puzzles, the held-out ones first: they were written first. Owns the templates, their phrasings and reading a
// question back. {numbers} are the numbers, {target} the target.

import type { Language } from "@lemma/protocol";
import { matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import type { Puzzle } from "./puzzle.ts";

const WORDINGS: Readonly<Record<Language, Wordings<string>>> = {
  en: {
    heldOut: [
      "With cards showing {numbers}, form {target}; a card may serve a single time.",
      "Which arithmetic on {numbers} yields {target}, no entry occurring more than it is listed?",
      "Aim: {target}. Ingredients: {numbers}, none of them twice. Show a formula.",
    ],
    trained: [
      "Use the numbers {numbers} to make {target}. [Each number may be used|You may use each number] at most once.",
      "Make {target} from {numbers}, [using each at most once|using each number at most once].",
      "[Countdown|Numbers game|Number puzzle]: numbers {numbers}, target {target}. [Find an expression|Find a solution|Reach the target].",
      "[How can|Can] you [get|reach|make] {target} with {numbers}? [Every number at most once|No number more than once].",
      "Combine {numbers} with +, -, * and / [to get|so that you get|to reach] {target}. Each number can be used only once.",
      "[Write|Give|Find] an expression [equal to|with the value] {target} that uses each of {numbers} at most once.",
      "Target {target}, numbers {numbers}. [Which expression works|What is the expression|Give an expression]?",
      "From the numbers {numbers}, [build|make|construct] the number {target}. Use [any|each] number at most one time.",
      "I have the numbers {numbers} and [want|need] {target}. [How do I get there|What should I compute|How can I do it]?",
      "[Reach|Hit|Get] {target} by adding, subtracting, multiplying or dividing {numbers} [(each once at most)|, each once at most].",
      "The numbers are {numbers}. The target is {target}. [Find a way|Find a calculation|Solve it].",
      "[Arrange|Put together] {numbers} into a calculation that gives {target}. [You need not use all of them|Not all must be used].",
      "[Given|Take] {numbers}. Is there a calculation with the result {target}? [Write it|Write it down], each number at most once.",
      "[Find|Look for] a calculation: its result is {target} and its numbers are among {numbers}, each used once or not at all.",
      "[Play|Let's play] Countdown. [Your|The] numbers: {numbers}. [Your|The] target: {target}.",
      "[What calculation|Which calculation] with {numbers} [gives|makes|has the result] {target}?",
      "{target} = ? [Only|Just] these numbers are allowed, each at most once: {numbers}.",
      "[Try to make|Please make|Make] the number {target} out of {numbers} with the four operations.",
    ],
  },
  zh: {
    heldOut: [
      "拿着写有{numbers}的卡片凑成{target}，一张卡片只能出现一回。",
      "对{numbers}做怎样的四则运算会得出{target}，任一项不得重复？",
      "目标值{target}，材料为{numbers}，都不许重复，请列式。",
    ],
    trained: [
      "用{numbers}这些数算出{target}，每个数最多用一次。",
      "用{numbers}得到{target}，[每个数至多用一次|每个数最多使用一次]。",
      "[数字游戏|倒计时游戏|凑数题]：数{numbers}，目标{target}。[求一个算式|找出算式|请凑出目标]。",
      "[怎样|如何]用{numbers}[得到|算出|凑出]{target}？每个数最多一次。",
      "用加减乘除把{numbers}[算成|凑成]{target}，每个数只能用一次。",
      "[写出|给出|求]一个等于{target}的算式，{numbers}中每个数至多用一次。",
      "目标是{target}，数是{numbers}。[哪个算式可以|算式是什么|请给出算式]？",
      "由{numbers}这几个数[造出|得出]数{target}，各数最多用一遍。",
      "我有{numbers}，[想要|需要]{target}。[怎么算|该怎样计算]？",
      "通过加、减、乘、除{numbers}（每个至多一次）[达到|得到]{target}。",
      "数为{numbers}，目标为{target}。[求算法|求一种算法|请解]。",
      "[把|将]{numbers}组成一个结果为{target}的算式，[不必全用|可以不全用]。",
      "[给定|已知]{numbers}。有结果是{target}的算式吗？[写下来|请写出]，每个数至多一次。",
      "[找|求]一个算式：结果是{target}，数都取自{numbers}，每个用一次或不用。",
      "[来玩|玩]倒计时数字游戏。数：{numbers}。目标：{target}。",
      "[哪个|什么]算式用{numbers}[得|得出]{target}？",
      "{target}=？只允许用这些数，各最多一次：{numbers}。",
      "[试着|请]用四则运算由{numbers}得到{target}这个数。",
    ],
  },
};

export const countdownPhrasings = phrasingsFrom<Puzzle, string>(WORDINGS, (text, language) => {
  const wording = template(text);
  return {
    templates: [wording],
    render: ({ numbers, target }, random) => {
      const commas = language === "en" || random.chance(0.3) ? ", " : random.pick(["、", "，"]);
      return wording.render({ numbers: numbers.join(commas), target: `${target}` }, random);
    },
  };
});

const ENTRIES = (["en", "zh"] as const).flatMap((language) => {
  const { heldOut, trained } = WORDINGS[language];
  return [...heldOut, ...trained].map((text) => [template(text), language] as const);
});
const SLOTS = { numbers: "\\d{1,4}(?:\\s*(?:,|，|、|\\band\\b|和|\\s)\\s*\\d{1,4}){1,6}", target: "\\d{1,5}" };
const match = matcher(ENTRIES, SLOTS);
const MOST_NUMBERS = 6;

/** Reads a puzzle; undefined where a text asks for no target. */
export function readPuzzle(question: string): Puzzle | undefined {
  const text = questionText(question);
  const slots = text === undefined ? undefined : match(text)?.slots;
  if (slots?.numbers === undefined || slots.target === undefined) return undefined;
  const numbers = slots.numbers.match(/\d+/g)!.map(Number);
  if (numbers.length < 2 || numbers.length > MOST_NUMBERS || numbers.includes(0)) return undefined;
  return { numbers, target: Number(slots.target) };
}

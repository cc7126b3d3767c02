// How products are asked, and how such a question is read back. The held-out wordings were written first.

import { matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import type { Product } from "./family.ts";

const ENGLISH: Wordings<string> = {
  heldOut: [
    "I need to know how much {a} multiplied with {b} makes.",
    "Tell me the result: {a} times {b}",
    "A hall has {a} rows with {b} chairs in every row. What is the number of chairs?",
  ],
  trained: [
    "[What is|What's|How much is|What does] {e}[ equal|]?",
    "[Compute|Calculate|Work out|Evaluate|Find|Solve|Simplify|Determine][:|] {e}[.|]",
    "{e}[ = ?| =|=?|=|?|]",
    "[What is|What's|How much is|Compute] {a} [times|multiplied by] {b}?",
    "[What is|Find|Calculate|Give me|Determine|Work out] the product of {a} and {b}.",
    "[Multiply|Please multiply] {a} [by|and|with] {b}[.| together.]",
    "[What do you get|What do I get|What comes out] [when|if] you multiply {a} [by|with|and] {b}?",
    "{a} [times|multiplied by|taken times] {b} [makes|equals|is|gives] [what|how much|which number]?",
    "[Which|What] number is {a} times [as large as|as big as|] {b}?",
    "{a} [boxes|bags|shelves|baskets] hold {b} [apples|books|eggs|coins] each. How many [apples|books|eggs|coins] [are there|is that] [in total|altogether|]?",
    "[There are|I see|We have] {a} rows of {b} [trees|seats|tiles|plants]. How many [trees|seats|tiles|plants] is that?",
    "A [ticket|book|lamp|shirt] costs {a} euros. [What do|How much do] {b} of them cost?",
    "A rectangle is {a} long and {b} wide. [What is its area|How large is its area|Find its area]?",
    "[Product|The product] of {a} and {b}: [what is it?|how much?|]",
    "[Can you|Could you|Would you] [please |]multiply {a} [by|and] {b}[ for me|]?",
    "[Fill in|Complete|Finish]: {e} = [?|__|...]",
    "[Each|Every] of {a} [children|friends|players] has {b} [marbles|cards|stamps]. How many do they have together?",
    "I multiplied {a} [by|and|with] {b}. [What should I get|What is my product|How much is it]?",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: [
    "我想知道{a}同{b}乘在一起会是多少。",
    "告诉我答案：{a}乘{b}",
    "礼堂里有{a}排椅子，每一排都是{b}把，椅子的总数是多少？",
  ],
  trained: [
    "{e}[等于多少|是多少|等于几|得多少|得几|的结果是多少][？|?|]",
    "[计算|算一下|请计算|求|算出|请算|算算][：|]{e}[。|的值。|的结果。|]",
    "{e}[=?|=？| = ?|=|＝？|]",
    "{a}[乘|乘以]{b}[等于多少|是多少|得多少|等于几|是几]？",
    "[求|计算|请算出|写出]{a}[与|和|跟]{b}的[积|乘积]。",
    "[请|]把{a}[和|与]{b}[相乘|乘起来]。",
    "[如果|要是|假如]{a}[乘上|乘以|乘]{b}，[得到什么|结果是什么|会得到多少|是几]？",
    "{a}[乘|和]{b}[相乘|][一共|得到|得][多少|几]？",
    "{b}的{a}倍是[多少|几|什么|哪个数]？",
    "{a}个[盒子|袋子|箱子|篮子]，每个装{b}[个苹果|本书|个鸡蛋|枚硬币]，[一共|总共|共]有[多少|几]？",
    "[有|一共]{a}[排|行][树|座位|花]，每[排|行]{b}[棵|个|朵]，[共有|一共][多少|几][棵|个|朵]？",
    "一[张票|本书|盏灯|件衣服]{a}元，买{b}[张|本|盏|件][要|需要|一共]多少元？",
    "长方形[的|]长{a}，宽{b}，[面积是多少|求面积|它的面积是几]？",
    "{a}、{b}两个数[的积|的乘积|相乘]是多少？",
    "[你能|能不能|可以]帮我算{a}[乘|乘以]{b}[吗|]？",
    "[填空|填一填|补全]：{e}=[？|__|（）]",
    "{a}个[孩子|朋友|同学]，每人{b}[颗糖|张卡片|支笔]，他们[一共|总共]有[多少|几]？",
    "我把{a}和{b}[相乘|乘起来]，[应该得多少|积是多少|得几]？",
  ],
};

/** The wordings of the family, by language. */
export const multiplicationPhrasings = phrasingsFrom<Product, string>({ en: ENGLISH, zh: CHINESE }, (text) => {
  const form = template(text);
  return {
    templates: [form],
    render({ a, b }, random) {
      const space = random.chance(0.5) ? " " : "";
      const sign = random.weighted([
        ["*", 5],
        ["×", 3],
        ["x", 1],
        ["·", 1],
      ] as const);
      const around = sign === "x" ? " " : space;
      return form.render({ a: String(a), b: String(b), e: `${a}${around}${sign}${around}${b}` }, random);
    },
  };
});

const read = matcher(
  [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) =>
    [...heldOut, ...trained, "product of {a} and {b}", "{a}[与|和|跟]{b}的[积|乘积]"]
      .filter((text) => !text.includes("{e}"))
      .map((text) => [template(text), true] as const),
  ),
  { a: "\\d+", b: "\\d+" },
);
const EXPRESSION =
  /(?<![\w.^*/)+-])(\d+)\s*(?:[*×·⋅]|times|multiplied by|乘[以上]?|\\times|\\cdot|(?<=\d\s*)x(?=\s*\d))\s*(\d+)(?![\w^*/(]|\.\d)/iu;

/** Reads a product from a question in any of the wordings, or from a typed expression. */
export function readMultiplication(text: string): Product | undefined {
  const question = questionText(text);
  if (question === undefined) return undefined;
  const numbers = question.match(/\d+/g);
  if (numbers?.length !== 2) return undefined;
  const typed = EXPRESSION.exec(question);
  if (typed !== null) {
    if (/[=<>^*/×÷]\s*[^\s?？_.。（=＝]|[a-z]\(/iu.test(question.replace(typed[0], ""))) return undefined;
    return { a: Number(typed[1]), b: Number(typed[2]) };
  }
  const found = read(question);
  return found === undefined ? undefined : { a: Number(found.slots.a), b: Number(found.slots.b) };
}

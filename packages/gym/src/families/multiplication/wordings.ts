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
    "{a} [boxes|bags|shelves|baskets] hold {b} {thing} each. How many {thing} [are there|is that] [in total|altogether|]?",
    "[There are|I see|We have] {a} rows of {b} {thing}. How many {thing} is that?",
    "A [ticket|book|lamp|shirt] costs {a} euros. [What do|How much do] {b} of them cost?",
    "A rectangle is {a} long and {b} wide. [What is its area|How large is its area|Find its area]?",
    "[Product|The product] of {a} and {b}: [what is it?|how much?]",
    "[Can you|Could you|Would you] [please |]multiply {a} [by|and] {b}[ for me|]?",
    "[Fill in|Complete|Finish]: {e} = [?|__|...]",
    "Each of {a} [children|friends|players] has {b} [marbles|cards|stamps]. How many do they have together?",
    "I multiplied {a} [by|and|with] {b}. [What should I get|What is my product|How much is it]?",
    "First factor: {a}\n[Second|Other] factor: {b}\nProduct?",
    "[What is the product|How much is the product|How large is the product]? [The factors are|The numbers are|Factors:] {a} and {b}.",
    "[Take|Write|Use] the number {a} exactly {b} times [and add it all up|and sum it]. [How much is it?|What is the total?]",
    "{name} [walks|runs|cycles] {a} km [a day|every day|each day], for {b} days. How [far|many km] is that [in all|altogether]?",
    "One [cake needs {a} eggs|box needs {a} nails|table needs {a} screws|door needs {a} parts]. [How many are needed for {b}?|For {b} of them, how many are needed?]",
    "[Let {a} be multiplied by {b}|{a} is multiplied by {b}|We multiply {a} by {b}]. [Give|Find|Say] the [product|outcome|new number].",
    "[I pay {a} euros a month for {b} months|We earn {a} euros an hour for {b} hours|They save {a} euros a week for {b} weeks]. What is the [sum|amount|total] [in euros|in the end]?",
    "[{a} groups of {b}|{a} lots of {b}|{a} copies of {b}|{b} taken {a} times|{b}, {a} times over]: [what number|how much is it|answer]?",
    "The [bookcase|cupboard] has {a} shelves, and each [one|of them] holds {b} {thing}. [Count them all.|Count all of them.|What is the count?]",
    "[If|When|As] {b} {thing} [lie|stand|fit] on one table, how many [lie|stand|fit] on {a} [tables|of them]?",
    "[A field|A garden|A park] has {a} [lines|strips|columns] with {b} [trees|bushes|plants] [in each|on each one|each]. [Count the plants.|How many grow there?|Say how many that makes.]",
    "{a} [teams|tents|cars|rooms] with {b} people in [each|each of them|every one]: how many people is that?",
    "A [school|hotel|tower|street] has {a} [classes|floors|houses], [and there are|with] {b} [people|windows|lamps] in every [one|one of them]. [Give the total.|Say how many.|What is the total?]",
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
    "{a}个[盒子|袋子|箱子|篮子]，每个装{b}个{thing}，[一共|总共|共]有[多少|几]？",
    "[有|一共]{a}[排|行]{thing}，每[排|行]{b}个，[共有|一共][多少|几]个？",
    "一[个杯子|个本子|个皮球]{a}元，买{b}个[要|需要|一共]多少元？",
    "长方形[的|]长{a}，宽{b}，[面积是多少|求面积|它的面积是几]？",
    "{a}、{b}两个数[的积|的乘积|相乘]是多少？",
    "[你能|能不能|可以]帮我算{a}[乘|乘以]{b}[吗|]？",
    "[填空|填一填|补全]：{e}=[？|__|（）]",
    "{a}个[孩子|朋友|同学]，每人{b}[颗糖|张卡片|支笔]，他们[一共|总共]有[多少|几]？",
    "我把{a}和{b}[相乘|乘起来]，[应该得多少|积是多少|得几]？",
    "第一个因数：{a}\n[第二个|另一个]因数：{b}\n[积|乘积]？",
    "[积是多少|乘积是几]？[因数是|两个数是]{a}和{b}。",
    "{b}个{a}[相加|加起来|连加][得|是][多少|几]？",
    "{name}每天[走|跑|骑]{a}公里，[坚持了|一共]{b}天，[全部|总共]是[多少|几]公里？",
    "做一个[蛋糕要{a}个鸡蛋|箱子要{a}个钉子|桌子要{a}个零件]，做{b}个[要|需要][多少|几]个？",
    "[让{a}被{b}乘，|{a}被{b}乘，][写出|求][积|结果]。",
    "[每月付{a}元，付{b}个月|每小时挣{a}元，干{b}小时|每星期存{a}元，存{b}个星期]，[一共|总共]多少元？",
    "[{a}组{b}|{a}份{b}|{b}取{a}次|{b}重复{a}次]，[答案|结果|一共][是几|是多少]？",
    "[书架|柜子]有{a}层，每层放{b}个{thing}，[数一数共有几个|算出共有几个]。",
    "[如果|要是]一张桌子放{b}个{thing}，{a}张[桌子|]放[多少|几]个？",
    "[花园|公园]里种了{a}行[树|花]，[每行|行行]{b}棵，[算算有几棵|求棵数]。",
  ],
};

const THINGS = {
  en: ["apples", "books", "eggs", "coins", "seats", "plants"],
  zh: ["苹果", "鸡蛋", "座位", "杯子"],
} as const;

const NAMES = { en: ["Ann", "Ben", "Mia", "Tom", "Eva", "Leo"], zh: ["小明", "小红", "小华", "小丽"] } as const;

/** The wordings of the family, by language. */
export const multiplicationPhrasings = phrasingsFrom<Product, string>(
  { en: ENGLISH, zh: CHINESE },
  (text, language) => {
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
        return form.render(
          {
            a: String(a),
            b: String(b),
            e: `${a}${around}${sign}${around}${b}`,
            thing: random.pick(THINGS[language]),
            name: random.pick(NAMES[language]),
          },
          random,
        );
      },
    };
  },
);

const read = matcher(
  [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) =>
    [...heldOut, ...trained, "product of {a} and {b}", "{a}[与|和|跟]{b}的[积|乘积]"]
      .filter((text) => !text.includes("{e}"))
      .map((text) => [template(text), true] as const),
  ),
  { a: "\\d+", b: "\\d+", thing: "\\w+|.{1,3}?", name: "[A-Z]\\w+|小." },
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

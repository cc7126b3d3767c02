// How products of matrices are asked, and how such a question is read back: a text with two matrices that fit and a word or sign for a
// product; where the matrices have names, `AB` or `BA` tells which comes first. The held-out wordings were written first. Slots: {l}
// {r} the factors, {what} what the second is (a matrix or a vector).

import type { Language } from "@lemma/protocol";
import { type FoundMatrix, readMatrices, type Spelling, spell } from "../../matrix.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import type { Product } from "./product.ts";

const SPELLINGS = ["[[,]]", "[[,]]", "[;]", "(;)"] as const satisfies readonly Spelling[];

const ENGLISH: Wordings<string> = {
  heldOut: [
    "{l} acts on {r} by multiplication. What comes out?",
    "Rows of {l} meet columns of {r}: write down their product.",
    "Someone has to multiply {l} with {r}, in this order. Help out.",
  ],
  trained: [
    "[What is|What's] {l} times {r}?",
    "[Compute|Calculate|Find|Work out] the product {l} {r}.",
    "{l} * {r} [= ?|=|=?]",
    "[Multiply|Please multiply] {l} by {r}.",
    "[Let|Suppose] A = {l} and B = {r}. [What is AB?|Find AB.|Compute the product AB.]",
    "[Given|We have|Here are] B = {r} and A = {l}. [What is AB?|Find AB.|Compute AB.]",
    "[Can|Could] you [please |]multiply the matrix {l} by the {what} {r}[ for me|]?",
    "First factor: {l}\nSecond factor: {r}\n[Product|The product][?|]",
    "[I need|We want|She looks for] the product of the matrix {l} and the {what} {r}.",
    "[If|When] P = {l} and Q = {r}, [what is PQ?|what does PQ equal?]",
    "[Determine|Give|State] {l} · {r}.",
    "A computer game applies the matrix {l} to the {what} {r}. [What is the product?|Which product does it get?]",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: [
    "矩阵{l}以乘法作用到{r}上，会变成什么？",
    "拿{l}的行去乘{r}的列，写下积。",
    "有人要让{l}与{r}按此次序相乘，帮个忙。",
  ],
  trained: [
    "{l}乘以{r}[等于什么？|是什么？|得什么？]",
    "[求|计算|算出]乘积{l}{r}[。|]",
    "{l} * {r} [= ?|=|=?]",
    "[请把|把]{l}乘以{r}。",
    "[设|令]A={l}，B={r}，[求AB。|AB是什么？|计算AB。]",
    "[已知|给出]B={r}，A={l}，[求AB。|AB等于什么？]",
    "[你能|能不能|可以]帮我把矩阵{l}乘以{what}{r}吗？",
    "第一个因子：{l}\n第二个因子：{r}\n[乘积|积]？",
    "[我要|我们要|她要]矩阵{l}与{what}{r}的乘积。",
    "[如果|当]P={l}，Q={r}，[PQ等于什么？|PQ是什么？]",
    "[写出|给出]{l}·{r}。",
    "[矩阵|已知矩阵]{l}和{what}{r}，[求它们的乘积|它们的积是什么][。|？]",
  ],
};

const WHAT: Readonly<Record<Language, readonly [matrix: string, vector: string]>> = {
  en: ["matrix", "vector"],
  zh: ["矩阵", "向量"],
};

/** The wordings of the family, by language. */
export const productPhrasings = phrasingsFrom<Product, string>({ en: ENGLISH, zh: CHINESE }, (text, language) => {
  const form = template(text);
  return {
    templates: [form],
    render({ left, right }, random) {
      const spelling = random.pick(SPELLINGS);
      const what = WHAT[language][right[0]!.length === 1 ? 1 : 0];
      return form.render({ l: spell(left, spelling), r: spell(right, spelling), what }, random);
    },
  };
});

const ASKED = /product|multipl|\btimes\b|乘|积(?!分)/i;
/** Other things to do with two matrices. */
const OTHER =
  /\bdet(?:erminants?)?\b|eigen|invers|\bsum\b|\badd|\bplus\b|subtract|\bminus\b|difference|commut|行列式|特征|逆|加上|相加|减|交换/i;
const SIGN = /^\s*(?:\*|·|×|\\cdot|\\times|⋅)?\s*$/;

/** Whether what lies between the name of a product's factors is nothing, a sign or a word for it. */
const named = (first: string, second: string, text: string): boolean =>
  new RegExp(`(?<![A-Za-z])${first} ?(?:\\*|·|×|\\\\cdot|times|by|乘以?|与|和|and)? ?${second}(?![A-Za-z])`).test(text);

/** The letter that a matrix is given, as in `A = …`. */
const nameBefore = (text: string, { start }: FoundMatrix): string | undefined =>
  /(?<![A-Za-z])([A-Za-z]) ?(?:=|:|：|为|是)? ?\$?$/.exec(text.slice(Math.max(0, start - 8), start))?.[1];

/** Reads a product from a question; undefined where the factors don't fit or something else is asked. */
export function readProduct(text: string): Product | undefined {
  const question = questionText(text);
  if (question === undefined || OTHER.test(question)) return undefined;
  const [one, other, ...more] = readMatrices(question);
  if (one === undefined || other === undefined || more.length > 0) return undefined;
  const names = [one, other].map((found) => nameBefore(question, found));
  const rest = `${question.slice(0, one.start)} ; ${question.slice(one.end, other.start)} ; ${question.slice(other.end)}`;
  const [first, second] = names;
  const areNamed = first !== undefined && second !== undefined && first !== second;
  const isForward = areNamed && named(first, second, rest);
  const isTurned = areNamed && !isForward && named(second, first, rest);
  const isBeside = SIGN.test(question.slice(one.end, other.start));
  if (!isForward && !isTurned && !ASKED.test(question) && !isBeside) return undefined;
  const [left, right] = isTurned ? [other.matrix, one.matrix] : [one.matrix, other.matrix];
  return left[0]!.length === right.length && left[0]!.length > 1 ? { left, right } : undefined;
}

// How determinants are asked, and how such a question is read back: any text with the word and one square matrix. The held-out
// wordings were written first. Slot: {m} the matrix.

import { type Matrix, spell } from "../../matrix.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { readMatrix, SPELLINGS } from "./matrix.ts";

const ENGLISH: Wordings<string> = {
  heldOut: [
    "{m}: its determinant equals which number?",
    "Some linear transformation has the matrix {m}. Which determinant belongs to it?",
    "Could this table be singular? Check by its determinant: {m}",
  ],
  trained: [
    "[What is|What's|How large is] the determinant of {m}?",
    "[Compute|Calculate|Find|Work out|Evaluate] the determinant of [the matrix |]{m}.",
    "det{m} [= ?|=|=?]",
    "[Compute|Calculate|Find|Evaluate|Get] det {m}[.|]",
    "[Given|Here is|We have] the matrix {m}. [What is its determinant?|Find its determinant.|Compute the determinant.]",
    "[Let|Suppose] A = {m}. [What is det A?|Find det A.|Give the determinant of A.]",
    "[Can|Could] you [please |]compute the determinant of {m}[ for me|]?",
    "[Matrix|Given]: {m}\n[Determinant|Find the determinant|Wanted: the determinant][?|]",
    "The determinant of {m} [is what|is which number|equals what]?",
    "[I need|We want|She looks for] the determinant of [the matrix |]{m}.",
    "[If|When] A is {m}, [what is its determinant?|how large is det A?]",
    "[Determine|State|Give] det A [for|where|with] A = {m}.",
    "[Expand|Evaluate] {m} [as a determinant|to get its determinant].",
    "What number is the determinant [of|for] the matrix {m}?",
    "{m} [is a matrix|is given|is our matrix]. [Its determinant?|Now its determinant.|Say its determinant.]",
    "[With|From] the [rows|entries] {m}, [find|form] the determinant.",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: [
    "{m}：行列式会是哪个数？",
    "某线性映射以{m}为矩阵，属于它的行列式是几？",
    "这张表可逆吗？请用行列式判断：{m}",
  ],
  trained: [
    "[求|计算|请问|算出]矩阵{m}的行列式[是多少？|。|的值。]",
    "{m}的行列式[是多少|等于几|等于多少|是几]？",
    "det{m}[=？|=|= ?]",
    "[计算|求|算一下] det {m}[。|]",
    "[已知|给出|有]矩阵{m}，[它的行列式是多少？|求它的行列式。|行列式等于几？]",
    "[设|令]A={m}，[求det A。|det A是多少？|A的行列式等于几？]",
    "[你能|能不能|可以]帮我算{m}的行列式[吗|]？",
    "[矩阵|已知]：{m}\n[行列式|求行列式|要求：行列式][？|]",
    "行列式{m}[的值是多少？|等于几？|是多少？]",
    "[我要|我们要|她要]矩阵{m}的行列式[。|，是几？]",
    "[如果|当]A是{m}，[det A有多大？|它的行列式是几？]",
    "[写出|给出|说出]A={m}的行列式。",
    "[展开|化简]行列式{m}[。|，得几？]",
    "[哪个数|什么数]是矩阵{m}的行列式？",
    "{m}是[一个|我们的]矩阵，[行列式呢？|行列式是几？]",
    "由[各行|元素]{m}[组成|构成]的行列式[是几|是多少]？",
  ],
};

/** The wordings of the family, by language. */
export const determinantPhrasings = phrasingsFrom<Matrix, string>({ en: ENGLISH, zh: CHINESE }, (text) => {
  const form = template(text);
  return {
    templates: [form],
    render: (matrix, random) => form.render({ m: spell(matrix, random.pick(SPELLINGS)) }, random),
  };
});

/** Reads a determinant from a question that names it. */
export function readDeterminant(text: string): Matrix | undefined {
  const question = questionText(text);
  if (question === undefined || !/\bdet(?!ermine)|行列式/i.test(question)) return undefined;
  return readMatrix(question);
}

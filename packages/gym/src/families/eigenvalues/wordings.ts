// How eigenvalues are asked, and how such a question is read back: a text with the word and one matrix of two rows. The held-out
// wordings were written first. Slot: {m} the matrix.

import { type Matrix, readMatrices, type Spelling, spell } from "../../matrix.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";

const SPELLINGS = ["[[,]]", "[;]", "(;)"] as const satisfies readonly Spelling[];

const ENGLISH: Wordings<string> = {
  heldOut: [
    "{m} stretches some vectors without turning them. By which factors, its eigenvalues?",
    "List every number that is an eigenvalue belonging to {m}.",
    "A transformation of the plane is given as {m}; say which eigenvalues it has got.",
  ],
  trained: [
    "[What are|Which are] the eigenvalues of {m}?",
    "[Compute|Calculate|Find|Work out|Determine] the eigenvalues of [the matrix |]{m}.",
    "[Let|Suppose] A = {m}. [What are its eigenvalues?|Find its eigenvalues.|Give the eigenvalues of A.]",
    "[Given|Here is|We have] the matrix {m}. [Find|Compute|List] its eigenvalues.",
    "[Can|Could] you [please |]find the eigenvalues of {m}[ for me|]?",
    "[Matrix|Given]: {m}\n[Eigenvalues|Find the eigenvalues|Wanted: the eigenvalues][?|]",
    "[I need|We want|She looks for] the eigenvalues of [the matrix |]{m}.",
    "Which numbers are eigenvalues of {m}?",
    "[If|When] A is {m}, [which eigenvalues has A?|what are the eigenvalues of A?]",
    "[Use|With] the characteristic equation[ to|,] find the eigenvalues of {m}.",
    "{m}: eigenvalues [= ?|?]",
    "[Solve|Set up] the characteristic equation of {m} and [state|give] the eigenvalues.",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: [
    "{m}把某些向量只拉伸、不改方向，拉伸的倍数即特征值有哪些？",
    "列举{m}所拥有的全部特征值。",
    "平面上某映射写作{m}，说说它有什么特征值。",
  ],
  trained: [
    "{m}的特征值是[什么|多少|几]？",
    "[求|计算|算出|请问]矩阵{m}的特征值[。|？]",
    "[设|令]A={m}，[求A的特征值。|A的特征值是多少？]",
    "[已知|给出|有]矩阵{m}，[求它的特征值。|它的特征值是什么？]",
    "[你能|能不能|可以]帮我求{m}的特征值吗？",
    "[矩阵|已知]：{m}\n[特征值|求特征值]？",
    "[我要|我们要|她要]矩阵{m}的特征值。",
    "哪些数是{m}的特征值？",
    "[如果|当]A是{m}，[A有哪些特征值？|特征值是多少？]",
    "[用|利用]特征方程求{m}的特征值。",
    "{m}：特征值[是几？|=？]",
    "[解|写出]{m}的特征方程，并[给出|写出]特征值。",
  ],
};

/** The wordings of the family, by language. */
export const eigenvaluePhrasings = phrasingsFrom<Matrix, string>({ en: ENGLISH, zh: CHINESE }, (text) => {
  const form = template(text);
  return {
    templates: [form],
    render: (matrix, random) => form.render({ m: spell(matrix, random.pick(SPELLINGS)) }, random),
  };
});

const ASKED = /eigenvalue|characteristic (?:value|root)|特征[值根]|本征值/i;
/** Asks that have another answer than all eigenvalues. */
const OTHER =
  /eigenvector|invers|\b(?:sum|product|square|largest|smallest|dominant|greatest|multiplicit)|transpose|向量是|特征向量|最大|最小|之和|之积|的和|的积|平方|逆|转置/i;

/** Reads the one matrix from a question that asks for its eigenvalues. */
export function readEigenvalues(text: string): Matrix | undefined {
  const question = questionText(text);
  if (question === undefined || !ASKED.test(question) || OTHER.test(question)) return undefined;
  const [found, ...others] = readMatrices(question);
  return found === undefined || others.length > 0 ? undefined : found.matrix;
}

// How expanding and factoring is asked, and how such a question is read back. The held-out wordings were written first.
//
// Slots: {e} the expression, {x} its letter.

import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { type Problem, spell, spellProduct } from "./problem.ts";
import { readPolynomial, readProduct } from "./reader.ts";

/** One text for each task. */
interface Wording {
  readonly expand: string;
  readonly factor: string;
}

const ENGLISH: Wordings<Wording> = {
  heldOut: [
    {
      expand: "Get rid of every bracket in {e} and tidy up.",
      factor: "Turn {e} into brackets that stand side by side.",
    },
    {
      expand: "Rewrite {e} so that nothing but a sum of powers stays.",
      factor: "Rewrite {e} so that nothing but linear factors stays.",
    },
    {
      expand: "With no brackets left, how does {e} read?",
      factor: "From which linear pieces does {e} arise by multiplying?",
    },
  ],
  trained: [
    { expand: "[Expand|Please expand|Expand:] {e}[.|]", factor: "[Factor|Please factor|Factorize|Factorise] {e}[.|]" },
    {
      expand: "[Multiply out|Please multiply out|Multiply]: {e}[.|]",
      factor: "[Factor completely|Factorise fully|Please factorize]: {e}[.|]",
    },
    {
      expand: "[What is|Find|Give me|Compute|Work out] the expansion of {e}[?|.]",
      factor: "[What is|Find|Give me|Compute|Work out] the factorization of {e}[?|.]",
    },
    {
      expand: "[Expand and simplify|Multiply out and simplify|Expand and collect]: {e}[.|]",
      factor: "[Factor the quadratic|Factor the polynomial|Factor the expression] {e}[.|]",
    },
    {
      expand: "[Write|Express] {e} as a polynomial[ in {x}|].",
      factor: "[Write|Express] {e} as a product[ of linear factors|].",
    },
    {
      expand: "[Remove|Open] the [brackets|parentheses]: {e}[.|]",
      factor: "[Find|Give|List] the [linear |]factors of {e}[.|]",
    },
    {
      expand: "[Can|Could] you [please |][expand|multiply out] {e}[ for me|]?",
      factor: "[Can|Could] you [please |][factor|factorize] {e}[ for me|]?",
    },
    {
      expand: "{e}[: expand it|: multiply it out|, expanded, is what?|, multiplied out?]",
      factor: "{e}[: factor it|: factorize it|, factored, is what?|, as a product?]",
    },
    {
      expand: "[What do you get|What do I get|What comes out] [when|if] {e} is [expanded|multiplied out]?",
      factor: "[What do you get|What do I get|What comes out] [when|if] {e} is [factored|factorized]?",
    },
    {
      expand: "Expression: {e}\n[Expanded|Multiplied out|Expansion]?",
      factor: "Expression: {e}\n[Factored|Factors|Factorization]?",
    },
    { expand: "How do I [expand|multiply out] {e}?", factor: "How do I [factor|factorize] {e}?" },
    {
      expand: "[Use the distributive law on|Apply the distributive law to] {e}[.|]",
      factor: "[Split|Break|Decompose] {e} into [linear |]factors[.|]",
    },
    {
      expand: "The area of a [field|figure|rectangle] is {e}. [Multiply it out.|Expand it.]",
      factor: "The area of a [field|figure|rectangle] is {e}. [Factor it.|Write it as a product.]",
    },
    {
      expand: "[I have to|I want to|Help me to|We must] [expand|multiply out] {e}[.|]",
      factor: "[I have to|I want to|Help me to|We must] [factor|factorize] {e}[.|]",
    },
    {
      expand: "What is the expanded form[ of {e}?|? The expression is {e}.|: {e}]",
      factor: "What is the factored form[ of {e}?|? The expression is {e}.|: {e}]",
    },
    {
      expand: "[Take|Look at] {e} and [expand it|multiply it out][.|]",
      factor: "[Take|Look at] {e} and [factor it|write it as a product][.|]",
    },
    {
      expand: "[My homework says: expand|The exercise says: expand|Next, expand] {e}[.|]",
      factor: "[My homework says: factor|The exercise says: factor|Next, factor] {e}[.|]",
    },
    {
      expand: "[Expansion|Product to expand|To multiply out]: {e}",
      factor: "[Factorization|Quadratic to factor|To factor]: {e}",
    },
    {
      expand: "Multiply the [factors|brackets] of {e}[ together|].",
      factor: "Undo the multiplication: [factor|factorize] {e}[.|]",
    },
    { expand: "[Give|State|Show] {e} in expanded form.", factor: "[Give|State|Show] {e} in factored form." },
    {
      expand: "Into which sum of terms does {e} expand?",
      factor: "Into which factors does {e} [split|break up|decompose]?",
    },
  ],
};

const CHINESE: Wordings<Wording> = {
  heldOut: [
    { expand: "把{e}里每个括号都拿走，再整理好。", factor: "让{e}成为一个挨一个的括号。" },
    { expand: "改写{e}，只准留下各次幂的和。", factor: "改写{e}，只准留下一次的因式。" },
    { expand: "一个括号也不留，{e}会是什么样子？", factor: "{e}由哪些一次式相乘而来？" },
  ],
  trained: [
    { expand: "[展开|请展开|展开：]{e}[。|]", factor: "[分解因式|请分解因式|因式分解][：|]{e}[。|]" },
    { expand: "[把|将]{e}[展开|乘开|乘出来][。|]", factor: "[把|将]{e}[分解因式|因式分解][。|]" },
    { expand: "[求|计算|写出|算出]{e}的展开式。", factor: "[求|写出|给出]{e}的[因式分解|因式]。" },
    {
      expand: "[展开并化简|展开并合并同类项|去括号并化简]：{e}[。|]",
      factor: "[分解二次式|分解多项式|分解这个式子]：{e}[。|]",
    },
    { expand: "[把|将]{e}[写成|表示成]多项式。", factor: "[把|将]{e}[写成|表示成][乘积|几个因式的积|一次因式的积]。" },
    { expand: "[去括号|去掉括号]：{e}[。|]", factor: "[找出|求]{e}的[一次|]因式。" },
    {
      expand: "[你能|可以]帮我[展开|乘开]{e}吗？",
      factor: "[你能|可以]帮我[分解|因式分解]{e}吗？",
    },
    {
      expand: "{e}[展开|乘开][是什么|等于什么|得什么|后是什么]？",
      factor: "{e}[分解因式|因式分解][是什么|等于什么|得什么|后是什么]？",
    },
    { expand: "{e}的展开式[是什么|是多少|怎么写]？", factor: "{e}的[因式分解是什么|因式有哪些|因式分解怎么写]？" },
    { expand: "式子：{e}\n[展开|展开式|乘开]？", factor: "式子：{e}\n[因式分解|因式|分解]？" },
    { expand: "[怎么|如何][展开|乘开]{e}？", factor: "[怎么|如何][分解|因式分解]{e}？" },
    { expand: "[用分配律|按分配律]展开{e}[。|]", factor: "[用十字相乘法|用公式法]分解{e}[。|]" },
    {
      expand: "[一块地|一个图形|长方形]的面积是{e}，[请展开|把它展开]。",
      factor: "[一块地|一个图形|长方形]的面积是{e}，[请分解因式|把它写成积]。",
    },
    { expand: "[我要|我想|我们要|帮我][展开|乘开]{e}[。|]", factor: "[我要|我想|我们要|帮我][分解|因式分解]{e}[。|]" },
    { expand: "展开[后|以后]是什么？[式子是|有]{e}[。|]", factor: "分解[后|以后]是什么？[式子是|有]{e}[。|]" },
    { expand: "[看|有]{e}，[把它展开|把它乘开][。|]", factor: "[看|有]{e}，[把它分解因式|把它写成积][。|]" },
    { expand: "[作业是|题目是|下一步]展开{e}[。|]", factor: "[作业是|题目是|下一步]分解{e}[。|]" },
    { expand: "[展开题|乘法展开|整式乘法]：{e}", factor: "[因式分解题|分解题]：{e}" },
    { expand: "按乘法法则算出{e}[，写出结果|][。|]", factor: "乘法[反过来做|倒过来]：分解{e}[。|]" },
    { expand: "[给出|写出]{e}展开的[形式|结果]。", factor: "[给出|写出]{e}分解的[形式|结果]。" },
    { expand: "{e}，[展开它|乘开它|请去括号][。|]", factor: "{e}，[分解它|请分解因式|化成乘积][。|]" },
  ],
};

/** The expression as people type it: spaces or none, `x²` and `*` now and then. */
function typed(problem: Problem, random: Random): string {
  const { letter: x } = problem;
  let text =
    problem.task === "expand"
      ? spellProduct(problem.k, problem.factors, x)
      : spell([problem.a, problem.b, problem.c], x);
  if (random.chance(0.5)) text = text.replace(/(?<=[\w)])([+-])/g, " $1 ");
  if (random.chance(0.08)) text = text.replaceAll(")(", random.pick([")*(", ") * (", ")·("]));
  return random.chance(0.1) ? text.replaceAll("^2", "²") : text;
}

/** The wordings of the family, by language. */
export const expandFactorPhrasings = phrasingsFrom<Problem, Wording>({ en: ENGLISH, zh: CHINESE }, (wording) => {
  const forms = { expand: template(wording.expand), factor: template(wording.factor) };
  return {
    templates: Object.values(forms),
    render: (problem, random) => forms[problem.task].render({ e: typed(problem, random), x: problem.letter }, random),
  };
});

const EXPAND =
  /expan|multipl(?:y|ied)|bracket|parenthes|distributive|polynomial|sum of powers|展开|乘开|乘出来|括号|多项式|次幂|分配律|乘法/i;
const FACTOR = /factor|product|brackets that|linear pieces|decompos|因式|分解|写成积|乘积|括号|一次式/i;

/** Reads what to expand (a product of linear factors stands there) or to factor (a quadratic stands there). */
export function readProblem(text: string): Problem | undefined {
  const question = questionText(text);
  if (question === undefined || !/[a-z]/i.test(question)) return undefined;
  const plain = question.replaceAll("²", "^2").replace(/\)\s*[*·×]\s*\(/g, ")(");
  if (
    /=\s*[-\w(]|∫|\\int|[a-z]\s*'(?![a-z])|\bd[a-z]?\s*\/\s*d[a-z]|derivative|differentiat|integra|求导|导数|积分/i.test(
      plain,
    )
  )
    return undefined;
  const product = EXPAND.test(plain) ? readProduct(plain) : undefined;
  if (product !== undefined) return product;
  return FACTOR.test(plain) ? readPolynomial(plain) : undefined;
}

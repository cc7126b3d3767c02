// How integrals are asked, and how such a question is read back. The held-out wordings were written first.
//
// Slots: {f} the function's term sum, {int} the integral as a formula, {x} the letter, {g} a name for a function, {y} another letter.

import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { readBounds } from "../definite-integrals/bounds.ts";
import { type DerivativeProblem, spellFunction } from "../derivatives/problem.ts";
import { readTerms } from "../derivatives/reader.ts";
import { readOde } from "../linear-odes/reader.ts";
import { asksIntegral } from "./asks.ts";

const ENGLISH: Wordings<string> = {
  heldOut: [
    "Carry out an indefinite integration, constant included: {f}",
    "Something grows at the rate {f}. Which functions come into question for it?",
    "Evaluate {int} without forgetting about the constant.",
  ],
  trained: [
    "[Integrate|Please integrate|Integrate the function|Integrate the expression] {f}[ with respect to {x}| for {x}|].",
    "[Find|Compute|Calculate|Determine|Work out] the [indefinite |]integral of {f}[ with respect to {x}|].",
    "[What is|What's|Give me|Show me] the [indefinite |]integral of {f}?",
    "{int}[ = ?| =|=?|?|]",
    "[Find|Compute|Evaluate|What is|Work out|Calculate|Solve] {int}[.|?]",
    "[Find|Give|Determine|State] [an|the|the general] antiderivative of {f}[.|]",
    "[Find|Give|Determine|What is] [a|the] primitive [function |]of {f}[.|?]",
    "[Let|Suppose] {g}({x}) = {f}. [Find|What is|Compute] [its integral|its antiderivative|the integral of {g}][.|?]",
    "{g}'({x}) = {f}. [Find|What is|Determine|Recover] {g}({x})[.|?]",
    "[Find|Determine|Which is] the function {g} [with|such that|for which] {g}'({x}) = {f}[.|]",
    "d{y}/d{x} = {f}[, {y} = ?|. Find {y}.|; what is {y}?|. Get {y} by integration.]",
    "[Which|What] [function has|functions have] [the derivative|derivative] {f}?",
    "[Can|Could] you [please |]integrate {f}[ for me|]?",
    "[What do you get|What do I get|What comes out] [when|if] you integrate {f}?",
    "Integral of {f}[?|, please.| =|:|]",
    "Function: {f}\n[Integral|Antiderivative|Its integral]?",
    "What is the integral[, if the function is {f}?|? The function is {f}.|? Here is the function: {f}.]",
    "[Take|Form|Get] the integral of {f}[ now| and add the constant|].",
    "The derivative of [some|a] function is {f}. [What is the function|Find the function|Which function is it][?|.]",
    "[Integrate term by term|Use the power rule and integrate|By the rules of integration, integrate]: {f}[.|]",
    "{f}: [integrate it|find the integral|what is the integral|the integral, please].",
    "[The integral is wanted|I want the integral|We look for the antiderivative]: {f}[.|]",
    "{y}' = {f}[, find {y}|. What is {y}?|, {y} = ?|. Integrate.]",
    "[I have|There is|Look at] the function {g}({x}) = {f}. [I need|Show me|Write|Find] [the integral|its antiderivative|the primitive].",
    "[My homework is|The exercise is|Now I do] {int}[. Help me.|. What comes out?|.]",
    "[Derive|Differentiate] what, [to get|and you get|so as to get] {f}?",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: [
    "对它做不定积分，任意常数要带上：{f}",
    "某个量以{f}的速率增长，它会是哪一族函数？",
    "{int}算出来会成为怎样的式子？",
  ],
  trained: [
    "[求|计算|请求|求出][函数|]{f}的[不定|]积分。",
    "[对|请对]{f}[积分|求积分|求不定积分][。|，结果是什么？]",
    "{f}的[积分|不定积分|原函数][是什么|是多少|等于什么|为]？",
    "{int}[=？|=?|=|等于什么？|]",
    "[计算|求|算出|求出|请算]{int}[。|]",
    "[求|写出|找出|算出]{f}的[原函数|一个原函数|全体原函数][。|]",
    "[设|若|已知]{g}({x})={f}，[求它的积分。|求{g}({x})的原函数。|它的原函数是什么？]",
    "{g}'({x})={f}，[求{g}({x})。|{g}({x})是什么？|还原{g}({x})。]",
    "[求|找]函数{g}，使[得|]{g}'({x})={f}[。|]",
    "d{y}/d{x}={f}[，{y}=？|，求{y}|，{y}是什么？|，积分求{y}]",
    "[哪个函数|什么函数]的[导数|导函数][是|等于|为]{f}？",
    "[你能|可以][帮我|]求{f}的积分吗？",
    "[把|将]{f}[对{x}|][积分|积分一下][。|，得到什么？]",
    "[积分|不定积分|原函数]：{f}",
    "函数：{f}\n[积分|原函数|不定积分]？",
    "[积分|原函数][是什么|是多少]？函数是{f}[。|]",
    "[给出|有]函数{f}，[它的积分是什么？|求它的原函数。|对它积分。]",
    "某函数的[导数|导函数][是|等于|为]{f}，[求这个函数。|这个函数是什么？]",
    "[逐项积分|用积分法则积分|用幂法则积分]：{f}[。|]",
    "{f}：[对它积分。|求积分。|积分是什么？|求它的原函数。]",
    "[要求|想求|需要][积分|原函数]：{f}[。|]",
    "{y}'={f}[，求{y}|，{y}=？|，{y}是什么？|，请积分。]",
    "[有|看]函数{g}({x})={f}。[我要|请写|求][积分|原函数]。",
    "[作业是|题目是|现在算]{int}[，结果是什么？|，帮帮我。|。]",
    "[求|写出][{f}关于{x}的|关于{x}的函数{f}的]不定积分[。|]",
    "对[什么|哪个函数]求导[得到|得|会得]{f}？",
  ],
};

const NAMES = ["f", "g", "h", "F", "G"] as const;
const OTHERS = ["y", "y", "u", "z", "s"] as const;

/** The integrand as people type it: spaces or none, `e^x` for `e^(x)`, `exp(2x)` now and then. */
function typed(problem: DerivativeProblem, random: Random): string {
  const text = spellFunction(problem, random.chance(0.5) ? " " : "");
  const style = random.below(8);
  if (style <= 3) return text.replace(/e\^\((\w)\)/g, "e^$1");
  if (style === 4) return text.replace(/e\^\(/g, "exp(");
  return style === 5 ? text.replace(/e\^\(([^)]*)\)/g, "e^{$1}") : text;
}

function formula(problem: DerivativeProblem, random: Random): string {
  const { terms, letter } = problem;
  const sign = random.weighted([
    ["∫", 8],
    ["∫ ", 6],
    ["\\int ", 3],
  ] as const);
  const f = typed(problem, random);
  return `${sign}${terms.length > 1 || random.chance(0.1) ? `(${f})` : f} ${sign === "\\int " && random.chance(0.4) ? "\\, " : ""}d${letter}`;
}

/** The wordings of the family, by language. */
export const integralPhrasings = phrasingsFrom<DerivativeProblem, string>({ en: ENGLISH, zh: CHINESE }, (text) => {
  const form = template(text);
  return {
    templates: [form],
    render(problem, random) {
      const isFree = (name: string) => name.toLowerCase() !== problem.letter.toLowerCase();
      return form.render(
        {
          f: typed(problem, random),
          int: formula(problem, random),
          x: problem.letter,
          g: random.pick(NAMES.filter(isFree)),
          y: random.pick(OTHERS.filter(isFree)),
        },
        random,
      );
    },
  };
});

/** Words around a formula, and notation beside it: a formula begins and ends there. */
const AROUND =
  /∫|\\int\b|\\[,;!]|\b(?:integrat\w*|integral of|antiderivative of|primitive(?: function)? of|(?:the |have |has )derivative(?! of)|to get|you get|function is|at the rate)(?![a-z])|d[a-z]\s*\/\s*d[a-z]\s*=|[a-z]'(?:\([a-z]\))?\s*=|(?<=[\d)}\s]|\b[a-z])d[a-z](?![a-z])/gi;

/** The function to integrate in a question, words and notation around it taken away. */
export const readIntegrand = (question: string): DerivativeProblem | undefined =>
  readTerms(question.replace(AROUND, " ; "));

/** Reads a function to integrate from a question in any of the wordings; with bounds it is another family's. */
export function readIntegral(text: string): DerivativeProblem | undefined {
  const question = questionText(text);
  if (question === undefined || !asksIntegral(question) || readOde(question) !== undefined) return undefined;
  return readBounds(question) === undefined ? readIntegrand(question) : undefined;
}

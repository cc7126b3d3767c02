// How derivatives are asked, and how such a question is read back. The held-out wordings were written first.
//
// Slots: {f} the function's term sum, {x} its letter, {g} a name for the function.

import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { asksIntegral } from "../integrals/asks.ts";
import { readOde } from "../linear-odes/reader.ts";
import { type DerivativeProblem, spellFunction } from "./problem.ts";
import { readTerms } from "./reader.ts";

const ENGLISH: Wordings<string> = {
  heldOut: [
    "Which function do we obtain by differentiating {f}?",
    "Given {g}({x}) = {f}, state its derivative.",
    "How fast does {f} change with {x}? Reply with the derivative.",
  ],
  trained: [
    "[Differentiate|Please differentiate|Differentiate the function|Differentiate the expression] {f}[ with respect to {x}| for {x}|].",
    "[Find|Compute|Calculate|Determine|Work out] the [first |]derivative of {f}[ with respect to {x}|].",
    "[What is|What's|Give me|Show me] the [first |]derivative of {f}?",
    "[Let|Suppose|If] {g}({x}) = {f}. [Find|What is|Compute] {g}'({x})[.|?]",
    "{g}({x}) = {f}[, {g}'({x}) = ?|. {g}'({x})?|, find {g}'.|, {g}' = ?]",
    "d/d{x} ({f})[ = ?|=?|?|.|]",
    "[Compute|Calculate|Find|Evaluate|What is] d/d{x} ({f})[.|?]",
    "If y = {f}, [what is|find|compute] dy/d{x}[?|.]",
    "y = {f}[, dy/d{x} = ?|. dy/d{x}?|. Find dy/d{x}.|, y' = ?|. What is y'?]",
    "[Take|Form|Get] the derivative of {f}[ now|].",
    "[Derive|Derivate] {f}[ with respect to {x}|].",
    "({f})' [= ?|=|is what?|equals what?]",
    "[What do you get|What do I get|What comes out] [when|if] you differentiate {f}?",
    "[Can|Could] you [please |][differentiate|derive|find the derivative of] {f}[ for me|]?",
    "[What is|Find|Determine] the [rate of change|slope function|gradient] of {f}[ in {x}| as {x} changes|]?",
    "The position at time {x} is {f}. [What is|Find] the [speed|velocity] at time {x}[?|.]",
    "The function {f} [is given|is to be differentiated]. [Find its derivative|What is its derivative|Differentiate it].",
    "Derivative of {f}[?|, please.| =|:|]",
    "Function: {f}\n[Derivative|Its derivative]?",
    "What is the derivative[, if the function is {f}?|? The function is {f}.|? Here is the function: {f}.]",
    "[I have|There is|Look at] the function {g}({x}) = {f}. [I need|Show me|Write|Find] [the derivative|{g}'({x})].",
    "[The curve|The graph of] y = {f} has [which|what] [slope|gradient] at {x}?",
    "[Apply the rules of differentiation to|Use the rules and differentiate] {f}[ and give the result|].",
    "{f}: [differentiate it|find the derivative|what is the derivative|the derivative, please].",
    "[An object|A car|A ball] has moved {f} metres after {x} seconds. What is its [speed|velocity] then?",
    "[The derivative is wanted|I want the derivative|We look for the derivative]: {f}[.|]",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: ["{f}经过求导之后变成哪个函数？", "给定{g}({x})={f}，请写出导函数。", "{f}随着{x}变化得多快？用导数回答。"],
  trained: [
    "[求|计算|请求|求出][函数|]{f}的导数。",
    "[对|请对]{f}[求导|求导数|微分][。|，结果是什么？]",
    "{f}的[导数|导函数|一阶导数|微商][是什么|是多少|等于什么|为]？",
    "[设|若|已知]{g}({x})={f}，[求{g}'({x})|{g}'({x})是什么|则{g}'({x})等于多少]。",
    "{g}({x})={f}[，{g}'({x})=？|，求导数|，{g}'=？|，求{g}'({x})]",
    "d/d{x} ({f})[=？|等于什么|]",
    "[计算|求|算出]d/d{x} ({f})[。|]",
    "[若|如果|设]y={f}，[求dy/d{x}|dy/d{x}是什么|则dy/d{x}等于什么]。",
    "y={f}[，dy/d{x}=？|，求y'|，y'=？|，求dy/d{x}]",
    "[求|写出|算出]{f}的[导函数|导数|一阶导数][。|是什么？]",
    "[把|将]{f}[对{x}|][求导|微分]。",
    "({f})'[=？|=|等于什么？|是什么？]",
    "[函数|]{f}[对{x}|关于{x}]的[导数|导函数|变化率]是什么？",
    "[你能|能不能|可以][帮我|]求{f}的导数吗？",
    "[求|找出]{f}的[变化率|斜率函数|斜率][。|，即导数。]",
    "时刻{x}的位置是{f}，[求时刻{x}的速度。|时刻{x}的速度是什么？|求瞬时速度。|速度是什么？]",
    "[给出|有]函数{f}，[它的导数是什么|求它的导数|对它求导]。",
    "[导数|求导|微分]：{f}",
    "函数：{f}\n[导数|导函数]？",
    "导数[是什么|是多少]？函数是{f}[。|]",
    "[有|看]函数{g}({x})={f}。[我要|请写|求][导数|{g}'({x})]。",
    "曲线y={f}在{x}处的[斜率|切线斜率]是什么？",
    "用[求导法则|求导规则|微分法则]算{f}[，写出结果|]。",
    "{f}：[对它求导|求导数|导数是什么|求它的导数]。",
    "[物体|汽车|小球]在{x}秒后走了{f}米，[这时的速度是什么|求这时的速度]？",
    "[要求|想求|需要]导数：{f}[。|]",
  ],
};

const NAMES = ["f", "g", "h", "p", "q"] as const;

/** The function as people type it: spaces or none, `e^x` for `e^(x)`, `exp(2x)` or a `*` now and then. */
function typed(problem: DerivativeProblem, random: Random): string {
  let text = spellFunction(problem, random.chance(0.5) ? " " : "");
  const style = random.below(8);
  if (style <= 3) text = text.replace(/e\^\((\w)\)/g, "e^$1");
  if (style === 4) text = text.replace(/e\^\(/g, "exp(");
  if (style === 5) text = text.replace(/e\^\(([^)]*)\)/g, "e^{$1}");
  if (random.chance(0.06)) text = text.replace(/(\d)(?=[a-z])/gi, "$1*");
  return text;
}

/** The wordings of the family, by language. */
export const derivativePhrasings = phrasingsFrom<DerivativeProblem, string>({ en: ENGLISH, zh: CHINESE }, (text) => {
  const form = template(text);
  return {
    templates: [form],
    render: (problem, random) =>
      form.render(
        {
          f: typed(problem, random),
          x: problem.letter,
          g: random.pick(NAMES.filter((name) => name !== problem.letter)),
        },
        random,
      ),
  };
});

const ASKED =
  /derivative|differentiat|\bderiv|d\/d[a-z]|dy\/d[a-z]|\)\s*'|\b[a-z]'(?![a-z])|rate of change|slope|gradient|speed|velocity|how fast|导|求微|微分|微商|变化率|斜率|速度|多快/iu;

/** Reads a function to differentiate from a question in any of the wordings. */
export function readDerivative(text: string): DerivativeProblem | undefined {
  const question = questionText(text);
  if (question === undefined) return undefined;
  if (!ASKED.test(question) || asksIntegral(question) || readOde(question) !== undefined) return undefined;
  return readTerms(question.replace(/d[yfgh]?\/d[a-z]|[a-z]'(\([a-z]\))?/gi, " ; "));
}

// How linear differential equations are asked, and how such a question is read back. The held-out wordings were written first.
//
// Slots: {ode} the equation in one of its notations, {y} the function, {x} the variable, {p} and {ay} the two parts.

import type { Random } from "../../random.ts";
import { joinTerms, withUnit } from "../../signed.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { type LinearOde, termsOf } from "./problem.ts";

const ENGLISH: Wordings<string> = {
  heldOut: [
    "Which functions {y} satisfy {ode}?",
    "Given the differential equation {ode}, write down every solution.",
    "Please integrate {ode} and include the free constant.",
  ],
  trained: [
    "Solve the differential equation {ode}[.|]",
    "[Solve|Solve:|Please solve|Solve for {y}:] {ode}[.|]",
    "[Find|Determine|Compute|Give] the general solution of {ode}[.|]",
    "[What is|What's] the [general |]solution [of|to] {ode}?",
    "[Find|Determine|Give me] [all solutions|the solutions|all functions {y}] of {ode}[.|]",
    "{ode}[, {y} = ?|. {y}?|. Find {y}.|; solve for {y}.|. Solve it.|]",
    "[If|When|Suppose] {ode}, [what is {y}|find {y}|what does {y} look like]?",
    "Solve the [ODE|linear ODE|first-order ODE|linear differential equation|first-order equation]: {ode}",
    "[Find|Determine] {y} [such that|so that|with|if] {ode}[.|]",
    "[Can|Could] you [please |]solve {ode}[ for me|]?",
    "A function {y} [satisfies|obeys|fulfils|solves] {ode}. [What is {y}|Find it|Find {y}|Which function is it]?",
    "[I need|I am looking for|We want] the [general |]solution: {ode}",
    "The [derivative|rate of change] of {y} is {right}. [Find {y}|What is {y}|Find {y} as a function of {x}], where {ode}.",
    "[Write|State|Show] the general solution for {ode}[.|]",
    "[What|Which] function {y} has [derivative|the derivative] {right}? [That is, {ode}.|So {ode}.]",
    "[Work out|Calculate|Get] {y} from {ode}[.|]",
    "[Differential equation|ODE]: {ode}[. General solution?|. Solution?|. Solve it.|]",
    "[Integrate|Solve] {ode}[, with constant C.| with a constant C.|]",
    "[Here is|This is|I have] [an ODE|a differential equation|a linear equation]: {ode}. [Solve it.|Find its general solution.|What is its solution?]",
    "[Take|Treat|Handle] {ode} as [an ODE|a differential equation] [for|in] {y} and [solve it|find {y}][.|]",
    "For [which|what] {y} [does|will] {ode} hold?",
    "How [do I|do you|can I] [solve|get {y} from|find {y} from] {ode}?",
    "[Tell me|Say|Explain] [what {y} is|which function {y} is] if {ode}[.|]",
    "[My homework|My task|The task|The exercise] is to solve {ode}[. Help me.|. What is {y}?|.|]",
    "[Produce|Provide|Present|Derive] the [general solution|solution with constant C|full solution] [of|to] {ode}[.|]",
    "{ode} [is my equation|is the equation|must hold]. [Solve it|Find {y}|State its general solution|Give its solution].",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: [
    "哪些函数{y}能满足{ode}？",
    "给定微分方程{ode}，它的每一个解都要写下来。",
    "请把{ode}积分，并保留任意常数。",
  ],
  trained: [
    "[解|求解|请解|解一下]微分方程{ode}[。|]",
    "[解|求解|请求解|解方程]{ode}[。|]",
    "求{ode}的[通解|一般解|全部解][。|]",
    "{ode}的[通解|解|一般解][是什么|是多少|为]？",
    "[求|写出|找出]微分方程{ode}的[通解|解][。|]",
    "{ode}[，{y}=？|，求{y}|，求通解|，{y}等于什么|，解出{y}|]",
    "[如果|若|设|已知]{ode}，[{y}是什么|求{y}|求函数{y}|{y}等于什么]？",
    "[解|求解][常微分方程|一阶方程|线性方程|一阶线性微分方程]：{ode}",
    "[求|找]函数{y}，使[得|]{ode}[。|成立。]",
    "[你能|能不能|可以][帮我|]解{ode}[吗|]？",
    "函数{y}满足{ode}，[求{y}|{y}是什么|求出它|求函数{y}]。",
    "[需要|想要|我要][通解|一般解]：{ode}",
    "{y}的[导数|导函数|变化率]是{right}，即{ode}，求{y}。",
    "[写出|给出]{ode}的[通解|一般解][，带常数C。|。|]",
    "[什么|哪个]函数{y}的导数[是|等于]{right}？即{ode}。",
    "[由|从|根据]{ode}[求|算出|解出]{y}[。|]",
    "[微分方程|方程]：{ode}[，通解？|，求解。|，解是什么？|]",
    "[求|计算]{ode}的解[，用C表示常数。|，常数写C。|。]",
    "[这是|这里有|我有]一个[微分方程|一阶微分方程|线性方程]：{ode}，[求解|求通解|求它的解|请解出{y}]。",
    "[把|将]{ode}[看成|当作|视为]{y}的微分方程[，求解|来解|，求通解]。",
    "{y}[是什么|等于什么|取什么函数]时，{ode}[成立|才成立]？",
    "[怎么|如何|怎样][解|求解]{ode}？",
    "[说出|说明|给出]{y}[是什么|是什么函数]，[其中|条件是|如果]{ode}[。|]",
    "[作业|题目|练习|任务]是[解|求解]{ode}[。|，请帮忙。|，{y}是什么？]",
    "[推出|导出|得出]{ode}的[通解|完整的解|带常数C的解][。|]",
    "[方程|等式]{ode}[里|中]的[{y}|函数{y}|未知函数{y}][是什么|怎么求|等于什么]？",
  ],
};

/** The equation in one of the notations that people use; the first term order is the usual one most of the time. */
function typed(problem: LinearOde, random: Random): string {
  const { y, x, a, p } = problem;
  const space = random.chance(0.6) ? " " : "";
  const shows = p.length > 1 && p.some((c, i) => c !== 0 && i < p.length - 1);
  const derivative = random.weighted<string>([
    [`d${y}/d${x}`, 5],
    [shows || x === "x" ? `${y}'` : `d${y}/d${x}`, 4],
    [`${y}'(${x})`, 1],
  ]);
  const f = derivative.endsWith(")") ? `${y}(${x})` : y;
  const terms = random.chance(0.15) ? random.shuffle(termsOf(problem)) : termsOf(problem);
  const form = random.below(20);
  const side = (parts: readonly string[]) => joinTerms(parts, space);
  const equals = `${space}=${space}`;
  if (terms.length > 0 && form < 5) return side([derivative, withUnit(-a, f)]) + equals + side(terms);
  if (terms.length > 0 && form === 5) return side(terms) + equals + side([derivative, withUnit(-a, f)]);
  if (form < 9) return derivative + equals + side([withUnit(a, f), ...terms]);
  return derivative + equals + side([...terms, withUnit(a, f)]);
}

/** The wordings of the family, by language. */
export const linearOdePhrasings = phrasingsFrom<LinearOde, string>({ en: ENGLISH, zh: CHINESE }, (text) => {
  const form = template(text);
  return {
    templates: [form],
    render(problem, random) {
      const right = joinTerms([...termsOf(problem), withUnit(problem.a, problem.y)], " ");
      return form.render({ ode: typed(problem, random), y: problem.y, x: problem.x, right }, random);
    },
  };
});

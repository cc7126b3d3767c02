// How inequalities are asked. The held-out wordings were written first; reader.ts reads a question back.
//
// Slots: {q} the inequality as it is typed, {x} its letter.

import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { hasLetter, type Inequality, spellInequality, turned } from "./problem.ts";

const ENGLISH: Wordings<string> = {
  heldOut: [
    "{q}: give the set where it holds, in terms of {x}.",
    "Mark on a number line every {x} fulfilling {q}. How does that set read?",
    "Under what condition on {x} do we have {q}?",
  ],
  trained: [
    "[Solve|Please solve|Solve:] {q}[ for {x}|][.|]",
    "[Solve|Find the solution of|Find all solutions of] the inequality {q}[.|]",
    "[For which|For what] {x} is {q}[ true|]?",
    "[For which|For what] values of {x} [does {q} hold|is {q} true|is {q} satisfied]?",
    "[Which|What] {x} [satisfy|solve|fit] {q}?",
    "[Find|Determine|Give|State] [all {x}|every {x}|all values of {x}] with {q}[.|]",
    "{q}[. What is {x}?|, solve for {x}.|; {x}?|, {x} = ?|. Find {x}.|]",
    "[What is|What's|Find] the solution set of {q}?",
    "[Can|Could] you [please |]solve {q}[ for me|]?",
    "[Inequality|Exercise|To solve]: {q}\n[Unknown|Wanted|Find]: {x}",
    "[My homework says|On the board stands|The teacher wrote] {q}. [Which {x} are right?|Solve it.|Help me.]",
    "[How do I|How can I] [solve|isolate {x} in] {q}?",
    "The inequality {q} is given. [Solve it.|Which {x} are solutions?|Find its solutions.]",
    "[If|When|Suppose] {q}, [where can {x} lie|what is known of {x}|in which range is {x}]?",
  ],
};

const CHINESE: Wordings<string> = {
  heldOut: [
    "把满足{q}的{x}画在数轴上，这个集合怎么写？",
    "要让{q}为真，{x}该受什么限制？",
    "{q}：请说出令它正确的那些{x}组成的集合。",
  ],
  trained: [
    "[解|求解|请解|解一下]{q}[。|]",
    "[解|求解]不等式{q}[。|，求{x}的范围。]",
    "[求|写出|找出]不等式{q}的[解集|解|全部解][。|]",
    "{q}[，求{x}|，{x}的取值范围是什么？|，{x}在什么范围？|的解集是什么？]",
    "{x}取[哪些值|什么值]时，{q}[成立|]？",
    "[哪些|什么样的]{x}[满足|适合]{q}？",
    "[如果|若|已知]{q}，[{x}的取值范围是什么？|求{x}的取值范围。|{x}在哪个范围？]",
    "[你能|可以|能不能][帮我|]解{q}吗？",
    "[不等式|题目|练习]：{q}\n[求|未知数|要找]：{x}",
    "[作业里有|黑板上写着|老师写了]{q}，[求{x}。|怎么解？|请解出来。]",
    "[有|给出]不等式{q}，[它的解是什么？|求它的解集。|请解它。]",
    "[怎么|如何][解|求解]{q}？",
    "[求|找出]所有使{q}成立的{x}[。|]",
  ],
};

const SPELLINGS = [
  ["<=", ">="],
  ["<=", ">="],
  ["≤", "≥"],
  ["≤", "≥"],
  ["\\le", "\\ge"],
] as const;

/** The inequality as people type it: either side first, spaces or none, `≤` or `<=`. */
function typed(problem: Inequality, random: Random): string {
  const isTurned = !hasLetter(problem.sides.at(-1)!) && random.chance(0.12);
  const shown = isTurned
    ? { ...problem, sides: [...problem.sides].reverse(), signs: [...problem.signs].reverse().map(turned) }
    : problem;
  const [below, above] = random.pick(SPELLINGS);
  const space = below === "\\le" || random.chance(0.5) ? " " : "";
  const text = spellInequality(shown, space).replaceAll("<=", below).replaceAll(">=", above);
  return random.chance(0.15) ? text.replaceAll("^2", "²") : text;
}

/** The wordings of the family, by language. */
export const inequalityPhrasings = phrasingsFrom<Inequality, string>({ en: ENGLISH, zh: CHINESE }, (text) => {
  const form = template(text);
  return {
    templates: [form],
    render: (problem, random) => form.render({ q: typed(problem, random), x: problem.letter }, random),
  };
});

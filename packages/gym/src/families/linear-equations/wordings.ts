// How linear equations are asked, and how such a question is read back. The held-out wordings were written first.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { type LinearEquation, SHAPES, sides } from "./problem.ts";
import { readTypedEquation } from "./reader.ts";
import { actions, type Kind, kindOf, nounPhrase, rightSide, type Verbs } from "./words.ts";

/** A text with {eq} and {x}, or a function that says an equation of some kind in words. */
type Wording = string | ((kind: Kind) => string);

const inWords =
  (language: Language, text: string, heldOut = false) =>
  (kind: Kind) =>
    text.replace("{noun}", nounPhrase(kind, language)).replace("{right}", rightSide(kind, language, heldOut));
const inActions =
  (language: Language, text: string, verbs: Verbs, heldOut = false) =>
  (kind: Kind) =>
    text.replace("{actions}", actions(kind, verbs)).replace("{right}", rightSide(kind, language, heldOut));

const IMPERATIVE: Verbs = {
  times: "multiply it by {a}",
  over: "divide it by {n}",
  sum: "add {b}",
  less: "subtract {b}",
  join: "[, then | and |, ]",
};
const GERUND: Verbs = {
  times: "multiplying by {a}",
  over: "dividing by {n}",
  sum: "adding {b}",
  less: "subtracting {b}",
  join: "[ and | and then ]",
};
const ACTION_NOUNS: Verbs = {
  times: "a multiplication by {a}",
  over: "a division by {n}",
  sum: "an addition of {b}",
  less: "a subtraction of {b}",
  join: " and ",
};
const BARE_NOUNS: Verbs = {
  times: "multiplication by {a}",
  over: "division by {n}",
  sum: "addition of {b}",
  less: "subtraction of {b}",
  join: ", then ",
};
const PAST: Verbs = {
  times: "multiplied it by {a}",
  over: "divided it by {n}",
  sum: "added {b}",
  less: "[subtracted|took away] {b}",
  join: "[, then | and then |, ]",
};
const PASSIVE: Verbs = {
  times: "multiplied by {a}",
  over: "divided by {n}",
  sum: "[increased|raised] by {b}",
  less: "[decreased|reduced] by {b}",
  join: "[, then | and then ]",
};
const OTHER_DO: Verbs = {
  times: "[make it {a} times as large|scale it by {a}]",
  over: "[split it into {n} equal parts and keep one|share it by {n}]",
  sum: "[put {b} on top|increase it by {b}]",
  less: "[take {b} away|reduce it by {b}]",
  join: "[, then | and then ]",
};
const DO_ZH: Verbs = {
  times: "[乘以|乘]{a}",
  over: "除以{n}",
  sum: "[加上|加]{b}",
  less: "[减去|减]{b}",
  join: "[，再|再|，然后]",
};
const PAST_ZH: Verbs = {
  times: "[乘了|乘上]{a}",
  over: "除以{n}",
  sum: "[加了|添了]{b}",
  less: "减了{b}",
  join: "，[又|后来]",
};
const SCALE_ZH: Verbs = {
  times: "扩大到{a}倍",
  over: "缩小到{n}分之一",
  sum: "[增加|添加]{b}",
  less: "减少{b}",
  join: "，[再|然后]",
};
const OTHER_DO_ZH: Verbs = {
  times: "[变成{a}倍|乘{a}]",
  over: "[平分成{n}份取一份|除以{n}]",
  sum: "[添上|加进]{b}",
  less: "[去掉|拿走]{b}",
  join: "，[再|然后]",
};
const FIRST_ZH: Verbs = { times: "先乘以{a}", over: "除以{n}", sum: "加{b}", less: "减{b}", join: "，接着" };

/** Prices and fees where a, b and the solution are positive; any other equation is said with the noun phrase. */
const story = (language: Language, text: string, otherwise: string) => (kind: Kind) =>
  kind.countable ? text : inWords(language, otherwise)(kind);

/** One wording where the right side is a number, another where it speaks of the unknown again. */
const oneSided = (language: Language, text: string, otherwise: string) => (kind: Kind) =>
  inWords(language, kind.shape === "ax+b=cx+d" ? otherwise : text)(kind);

const ENGLISH: Wordings<Wording> = {
  heldOut: [
    "Which value of {x} makes {eq} a true statement?",
    "Given that {eq}, determine the unknown {x}.",
    inActions("en", "Someone takes {X}; {actions} leads to {right}. Name that starting number.", BARE_NOUNS, true),
  ],
  trained: [
    "[Solve|Solve:|Please solve] {eq}[ for {x}|].",
    "Solve the [linear |]equation {eq}[ for {x}|].",
    "[What is|Find|What's|Give me] {x} [if|when|in|where] {eq}?",
    "[If|When|Suppose] {eq}, [what is {x}|what does {x} equal|how large is {x}|find {x}]?",
    "{eq}[, {x} = ?|; {x}=?|. {x}?|. Find {x}.|]",
    "Find [the value of|the unknown|the number] {x} [with|such that|so that|for which] {eq}[| holds].",
    "[Determine|Calculate|Compute|Work out|Get] {x}[:| from| from the equation] {eq}",
    "For [which|what] {x} [is|does] {eq}[ hold| true]?",
    "[Isolate|Solve for|Find] {x}: {eq}",
    "The equation {eq} [is given|has one solution]. [Find it.|What is it?|What is {x}?]",
    "[Can|Could] you [please |]solve {eq}[ for me|]?",
    "[What is|Find|State] the [solution|root] of [the equation |]{eq}?",
    inWords("en", "{noun} [is|equals|gives|makes|is equal to] {right}. [Find|What is|Determine] the number."),
    inWords("en", "If {noun} [is|equals|is the same as] {right}, [what is the number|what number is it]?"),
    inActions(
      "en",
      "I think of {X}, {actions}, and [get|obtain|the result is|the value is] {right}. What [was it|is my number|number was it]?",
      IMPERATIVE,
    ),
    inActions(
      "en",
      "Take {X}. [After|By] {actions} [we get|you get|one gets] {right}. [Find|What is] the number.",
      GERUND,
    ),
    story(
      "en",
      "{unit} {things} cost {a} euros each, and {b} euros are added for [delivery|the box|the trip]. The [total|bill] is {c} euros. How many {things} is {unit}?",
      "{noun} [is|equals] {right}. [Which|What] number is [meant|that]?",
    ),
    inWords("en", "[Find|Determine|I am looking for] the number: {noun} [is|equals|gives] {right}."),
    inActions(
      "en",
      "With {actions}, {X} [becomes|turns into] {right}. [What was the number?|Find the number.]",
      ACTION_NOUNS,
    ),
    "{eq} [holds|is the equation|is what we have]. [How large is {x}?|Which number is {x}?|Say what {x} is.]",
    "[What is|How large is|Which number is] {x}? [The equation is|We know that|It holds that|Here is the equation:] {eq}[.|]",
    "[Equation|Exercise|To solve]: {eq}\n[Unknown|Wanted|Find]: {x}",
    "I [have|wrote|found] the equation {eq} and [want|need|look for] {x}. [Help me.|What is it?|How large is it?]",
    "The equation says {eq}. [So {x} is what?|Now find {x}.|What follows for {x}?]",
    "[Bring|Get|Put] {x} [alone|by itself|on one side] in {eq}[.| and give its value.| and say what it is.]",
    "[A student writes|The teacher wrote|In the book I see] {eq}. [For which {x} is it right?|Which {x} fits?]",
    oneSided(
      "en",
      "[You get|We have|We see] {right} [from|if we take|for] {noun}. [Find|What is] the number.",
      "{noun} and {right} are [equal|the same]. [Find|What is] the number.",
    ),
    inWords(
      "en",
      "[There is|Imagine|Think of] a number with this property: {noun} [is|equals|gives] {right}. [Which one is it?|What is it?]",
    ),
    inActions(
      "en",
      "[My friend|Ann] [wrote down|chose|picked] {X}, {actions}, and [ended with|got] {right}. [Which number was chosen?|What number was it?]",
      PAST,
    ),
    inActions(
      "en",
      "{X} is {actions}; the [result|outcome|answer] is {right}. [What is the number?|Find the number.]",
      PASSIVE,
    ),
    inActions(
      "en",
      "[Start with|Choose|Pick] {X}. [Then |Now ]{actions}. [Now you have|This gives] {right}. [Find the number.|Which number was it?]",
      OTHER_DO,
    ),
    story(
      "en",
      "A [taxi|plumber|gardener] charges {b} euros at first and {a} euros for each [hour|visit|trip]. For {unit} of them the [bill|price] is {c} euros. How large is {unit}?",
      "My question is this: {noun} [is|equals] {right}, [so which number is it?|so what is the number?]",
    ),
    inWords("en", "[What is the number|Which number is it|What number is meant] if {noun} [is|equals|gives] {right}?"),
  ],
};

const CHINESE: Wordings<Wording> = {
  heldOut: [
    "当{x}取哪个值时，等式{eq}是对的？",
    "已知{eq}，请确定未知数{x}。",
    inActions("zh", "从{X}出发，{actions}，得出{right}，请说出那个数。", FIRST_ZH, true),
  ],
  trained: [
    "[解|求解|请解|解一下]{eq}[。|]",
    "[解|求解][一元一次|]方程{eq}[。|，求{x}。]",
    "[如果|若|当]{eq}，{x}[是多少|等于几|等于多少|是几]？",
    "[假如|设|要是]{eq}，[求{x}|那么{x}是多少|{x}的值是多少]。",
    "{eq}[，{x}=?|，{x}=？|，求{x}|，{x}等于几|]",
    "[求|找出][未知数|数|][{x}]，[使|使得]{eq}[成立|]。",
    "[由|从|根据]{eq}[求|算出|求出|计算]{x}[。|的值。]",
    "{x}[是多少|为何值|是几][时|的时候]{eq}[成立|]？",
    "[求|算|计算]{x}：{eq}",
    "[有|给出]方程{eq}，[它的解是什么|解是多少|{x}是多少]？",
    "[你能|能不能|可以][帮我|]解{eq}[吗|]？",
    "[求|写出|找出][方程|]{eq}的[解|根]。",
    inWords("zh", "{noun}[等于|是|得]{right}，[求这个数|这个数是多少|这个数是几]？"),
    inWords("zh", "[如果|若]{noun}[等于|是|得到]{right}，[这个数是多少|那么这个数是几]？"),
    inActions("zh", "我想了{X}，[把它|用它|][]{actions}，[得到|得|结果是]{right}。我想的[数|]是[几|多少]？", DO_ZH),
    inActions("zh", "{X}{actions}[后|以后][得|得到|等于]{right}，[求这个数|这个数是几]。", DO_ZH),
    story(
      "zh",
      "{unit}{things}，每[个|件]{a}元，[另加|再加]运费{b}元，[一共|总共]付了{c}元，{unit}是[多少|几]？",
      "{noun}[等于|是]{right}，[问是哪个数|是什么数]？",
    ),
    inWords("zh", "[找出|求]一个数：{noun}[等于|是]{right}。"),
    inActions("zh", "[经过|通过]{actions}，{X}[变成|成为]{right}，[求这个数|原来是几]。", DO_ZH),
    "{eq}[成立|是方程|是题目]，{x}[有多大|是哪个数|是几]？",
    "{x}[是多少|等于几|有多大]？[方程是|我们知道|现有]{eq}[。|]",
    "[方程|题目|式子]：{eq}\n[未知数|求|要找]：{x}",
    "我[写了|有|看到]方程{eq}，[想求|要找]{x}。[它是几？|帮帮忙。|它有多大？]",
    "方程说{eq}。[那么{x}是什么？|现在求{x}。|{x}就是几？]",
    "[把|将]{x}[单独留在一边|移到一边|单独写出来]：{eq}[。|，写出它的值。]",
    "[有个学生|黑板上|书上]写着{eq}。{x}是几[才对|才成立]？",
    oneSided(
      "zh",
      "{right}[等于|就是]{noun}，[求这个数|这个数是几]。",
      "{noun}[和|与]{right}[相等|一样]，[求这个数|这个数是几]。",
    ),
    inWords("zh", "[有|想象|存在]这样一个数：{noun}[等于|是|得]{right}。[它是几|是哪个]？"),
    inActions("zh", "[小明|朋友][写下|选了]{X}，{actions}，最后[是|有]{right}，[选的数是几|那是什么数]？", PAST_ZH),
    inActions("zh", "{X}{actions}；[答案|结果]是{right}。[求这个数。|这个数是几？]", SCALE_ZH),
    inActions("zh", "[选|拿]{X}。然后[把它|]{actions}。[这样得|现在有]{right}。[求这个数。|它是几？]", OTHER_DO_ZH),
    story(
      "zh",
      "[出租车起价{b}元，每公里{a}元，走{unit}公里|师傅上门收{b}元，每小时{a}元，干{unit}小时][共|要付]{c}元，{unit}是[多少|几]？",
      "问题是这样的：{noun}[等于|是]{right}，[那么这个数是几|这个数是多少]？",
    ),
    inWords("zh", "[这个数是多少|哪个数能行|是哪个数]：{noun}[等于|是|得]{right}？"),
  ],
};

/** Every kind that a problem can have. */
const KINDS: readonly Kind[] = SHAPES.flatMap((shape) =>
  ([-1, 0, 1] as const).flatMap((b) =>
    (shape === "ax+b=cx+d" ? ([-1, 0, 1] as const) : ([0] as const)).flatMap((d) =>
      [false, true].flatMap((plainX) => [false, true].map((countable) => ({ shape, b, d, plainX, countable }))),
    ),
  ),
).filter(
  ({ shape, b, plainX, countable }) =>
    (b !== 0 || !shape.includes("(")) &&
    (shape === "ax+b=c" || !(plainX || countable)) &&
    !(plainX && (countable || b === 0)) &&
    !(countable && b < 1),
);

const nameOf = ({ shape, b, d, plainX, countable }: Kind) => `${shape} ${b} ${d} ${plainX} ${countable}`;

/** The templates of a wording: one for all kinds, or one a kind. */
function templatesOf(wording: Wording): ReadonlyMap<string, Template> {
  if (typeof wording === "string") return new Map([["", template(wording)]]);
  return new Map(KINDS.map((kind) => [nameOf(kind), template(wording(kind))]));
}

const THINGS = {
  en: ["pens", "books", "cups", "tickets", "balls"],
  zh: ["支笔", "本书", "个杯子", "张票", "个球"],
} as const;

function slotsFor(problem: LinearEquation, language: Language, random: Random) {
  const { letter: x, a, b, c, d, n } = problem;
  const plain = x === "x" && random.chance(0.6);
  const first =
    language === "en"
      ? random.pick(["a number", "some number", "a certain number"])
      : random.pick(["一个数", "某数", "某个数"]);
  return {
    x,
    a: String(a),
    b: String(Math.abs(b)),
    c: String(c),
    d: String(Math.abs(d)),
    n: String(n),
    X: plain ? first : `${first}${language === "en" ? " " : ""}${x}`,
    Y: language === "en" ? random.pick(["the number", "the same number"]) : random.pick(["这个数", "它"]),
    unit: x,
    things: random.pick(THINGS[language]),
    eq: (r: Random) => equationText(problem, r),
  };
}

/** The equation as people type it: sides swapped, constant first, spaces or none, a fraction in one of three forms. */
function equationText(problem: LinearEquation, random: Random): string {
  const { shape, letter: x, a, b, n } = problem;
  let [left, right] = sides(problem);
  if (shape === "ax/n+b=c") {
    const coefficient = random.pick([`${a}${x}/${n}`, `(${a}/${n})${x}`, `${a}/${n} ${x}`, `${a}/${n}*${x}`]);
    left = left.replace(`${a}${x}/${n}`, coefficient);
  }
  const term = left.replace(/[+-]\d+$/, "");
  if (shape !== "a(x+b)=c" && shape !== "(x+b)/n=c" && b !== 0 && term[0] !== "-" && random.chance(0.12))
    left = `${b}+${term}`;
  if (shape === "ax+b=cx+d") [left, right] = [left.replace(/\+0$/, ""), right.replace(/\+0$/, "")];
  else if (random.chance(0.1)) [left, right] = [right, left];
  const text = `${left}=${right}`;
  return random.chance(0.5) ? text : spaced(text);
}

/** Spaces around signs that join terms and around `=`. */
function spaced(text: string): string {
  return text.replace(/(?<=[\w)])([+-])/g, " $1 ").replace("=", " = ");
}

/** The wordings of the family, by language. */
export const linearEquationPhrasings = phrasingsFrom<LinearEquation, Wording>(
  { en: ENGLISH, zh: CHINESE },
  (wording, language) => {
    const templates = templatesOf(wording);
    return {
      templates: [...templates.values()],
      render(problem, random) {
        const form = templates.get("") ?? templates.get(nameOf(kindOf(problem)));
        const text = form!.render(slotsFor(problem, language, random), random);
        return /^[a-z]+ /.test(text) && text[1] !== " " ? text[0]!.toUpperCase() + text.slice(1) : text;
      },
    };
  },
);

let read: Matcher<Kind> | undefined;

function wordMatcher(): Matcher<Kind> {
  const entries = [ENGLISH, CHINESE].flatMap(({ heldOut, trained }) =>
    [...heldOut, ...trained].flatMap((wording) =>
      typeof wording === "string" ? [] : KINDS.map((kind) => [template(wording(kind)), kind] as const),
    ),
  );
  const number = "-?\\d+";
  return matcher(entries, {
    a: number,
    b: "\\d+",
    c: number,
    d: "\\d+",
    n: "\\d+",
    X: "(?:a|some|a certain) number(?: [a-z])?|(?:一个数|某数|某个数)[a-z]?",
    Y: "the number|the same number|这个数|它",
    unit: "[a-z]",
    things: "\\w+|.{1,3}?",
  });
}

/** Reads a linear equation from a question: a typed equation, or one of the wordings. */
export function readLinearEquation(text: string): LinearEquation | undefined {
  const question = questionText(text);
  if (question === undefined) return undefined;
  const typed = readTypedEquation(question);
  if (typed !== undefined) return typed;
  if (/[a-z]\s*=|=\s*[a-z]/i.test(question) || !/\d/.test(question) || !/number|数|each|每/i.test(question))
    return undefined;
  read ??= wordMatcher();
  const found = read(question);
  if (found === undefined) return undefined;
  const { a = "1", b = "0", c = "0", d = "0", n = "1", X = "", unit } = found.slots;
  const { shape, b: signB, d: signD } = found.tag;
  const letter = unit ?? /(?:number |数)([a-z])$/i.exec(X)?.[1] ?? "x";
  return {
    shape,
    letter,
    a: Number(a),
    b: signB * Number(b) || 0,
    c: Number(c),
    d: signD * Number(d) || 0,
    n: Number(n),
  };
}

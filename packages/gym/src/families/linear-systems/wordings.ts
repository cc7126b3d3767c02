// How 2×2 systems are asked, and how such a question is read back. The held-out wordings were written first.
//
// Slots: {s} and {t} the equations, {x} {y} the letters, {first} and {second} the unknowns in words, {a} {b} {d} {e} coefficients
// ({b} and {e} without sign, {B} and {E} with it), {c} {f} right sides.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import type { Random } from "../../random.ts";
import { type Template, template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { equation, type LinearSystem } from "./problem.ts";

/** A text with both equations, or one that says them in words for given signs of b and e. */
type Wording = string | ((kind: Kind) => string);

interface Kind {
  readonly b: -1 | 1;
  readonly e: -1 | 1;
  /** What the numbers could stand for: `cards` where all coefficients are positive, `priced` where all numbers are, `countable` where the letters are x and y too. */
  readonly things: "countable" | "priced" | "cards" | "";
}

const KINDS: readonly Kind[] = [
  ...(["countable", "priced", "cards"] as const).map((things) => ({ b: 1, e: 1, things }) as const),
  ...([-1, 1] as const).flatMap((b) => ([-1, 1] as const).map((e) => ({ b, e, things: "" }) as const)),
];

/** The kinds of things that a story can be told of, by the kind that the story asks for. */
const TOLD = { countable: ["countable"], priced: ["countable", "priced"], cards: ["countable", "priced", "cards"] };

/** Fills {plus1} {plus2} with `plus` or `minus`, {sum1} {sum2} with `sum` or `difference`. */
const inWords = (language: Language, text: string) => (kind: Kind) => {
  const words =
    language === "en"
      ? { plus: ["plus", "minus"], sum: ["sum", "difference"] }
      : { plus: ["加", "减"], sum: ["和", "差"] };
  return text.replace(
    /\{(plus|sum)([12])\}/g,
    (_, word: "plus" | "sum", row: string) => words[word][kind[row === "1" ? "b" : "e"] > 0 ? 0 : 1]!,
  );
};
const only = (things: keyof typeof TOLD, language: Language, text: string, otherwise: string) => (kind: Kind) =>
  TOLD[things].includes(kind.things) ? text : inWords(language, otherwise)(kind);

const ENGLISH: Wordings<Wording> = {
  heldOut: [
    "Which pair {x}, {y} fulfils both {s} and {t}?",
    "Two conditions hold: {s} as well as {t}. Determine {x} and {y}.",
    inWords(
      "en",
      "Multiply {x} by {a} and {y} by {b}: their {sum1} is {c}. Multiply {x} by {d} and {y} by {e}: their {sum2} is {f}. Name {x} and {y}.",
    ),
  ],
  trained: [
    "[Solve|Solve:|Please solve] {s}[, | and |; ]{t}[ for {x} and {y}|].",
    "Solve the [system|linear system|system of equations|equations|simultaneous equations|pair of equations][:|] {s}[, | and |; ]{t}.",
    "[What are|Find|What's|Give me] {x} and {y} [if|when|where|given] {s} and {t}?",
    "[If|When|Suppose] {s} and {t}, [what are {x} and {y}|find {x} and {y}|how large are {x} and {y}]?",
    "{s}[, |; | and ]{t}[. {x}, {y} = ?|. {x}=?, {y}=?|. Find {x} and {y}.|. {x} and {y}?|]",
    "Find [{x} and {y}|the values of {x} and {y}|the numbers {x} and {y}|the unknowns {x} and {y}] [with|such that|so that|for which] {s} and {t}.",
    "[Determine|Calculate|Compute|Work out|Get] {x} and {y}[:| from] {s}[, | and ]{t}",
    "[What is|Find|State] the solution of [the system|the pair|the equations|] {s}[, | and |; ]{t}?",
    "The equations {s} and {t} [are given|hold]. [Find {x} and {y}.|What are {x} and {y}?|Solve them.]",
    "[Can|Could] you [please |]solve {s}[, | and ]{t}[ for me|]?",
    "[Eliminate|Use elimination|Eliminate and solve]: {s}[, |; ]{t}",
    "Where do the lines {s} and {t} [meet|cross|intersect]?",
    inWords(
      "en",
      "Two numbers {x} and {y}: {a} times the first {plus1} {b} times the second [is|equals|gives] {c}, [and |]{d} times the first {plus2} {e} times the second [is|equals|gives] {f}. [Find them.|What are they?|Which numbers are they?]",
    ),
    inWords(
      "en",
      "If {a} times {x} {plus1} {b} times {y} [is|equals|gives] {c} and {d} times {x} {plus2} {e} times {y} [is|equals|gives] {f}, [what are {x} and {y}|find {x} and {y}]?",
    ),
    only(
      "countable",
      "en",
      "{a} [pens|cups|cakes] and {b} [books|bowls|pies] cost {c} euros; {d} of the first and {e} of the second cost {f} euros. [What does each cost?|What are the prices {x} and {y}?|Find the prices {x} and {y}.]",
      "I know two [unknown |]numbers {x} and {y}. {a} times {x} {plus1} {b} times {y} [is|equals] {c}; {d} times {x} {plus2} {e} times {y} [is|equals] {f}. [Find both.|What are both?]",
    ),
    inWords(
      "en",
      "The product of {a} and {x} {plus1} the product of {b} and {y} [is|equals] {c}. The product of {d} and {x} {plus2} the product of {e} and {y} [is|equals] {f}. [Find both|Determine both|Solve this].",
    ),
    inWords(
      "en",
      "The {sum1} of {x} [multiplied by|times] {a} and {y} [multiplied by|times] {b} [is|equals] {c}, the {sum2} of {x} [multiplied by|times] {d} and {y} [multiplied by|times] {e} [is|equals] {f}. [Find {x} and {y}.|What are {x} and {y}?]",
    ),
    inWords(
      "en",
      "Take {a} times {x} and {b} times {y}: the {sum1} is {c}. Take {d} times {x} and {e} times {y}: the {sum2} is {f}. [What are {x} and {y}?|Find both.]",
    ),
    "[I need|I am looking for|We want] {x} and {y}: {s}[, |; | and ]{t}[ both hold|].",
    "Both {s} and {t} [are true|must hold]. [Determine|Find|Tell me] [the unknowns|both unknowns|{x} and {y}].",
    "[Equation one|The first equation|Line one] [is|reads] {s}[,| and|;] [equation two|the second|line two] [is|reads] {t}. [Find|Work out|Give] [both unknowns|the two unknowns|{x} and {y}].",
    "[Solve|Solve for {x} and {y}|Find {x} and {y}|System][:|]\n[1) {s}\n2) {t}|(1) {s}\n(2) {t}|I: {s}\nII: {t}|{s}\n{t}]",
    "[What are|How large are|I want] {x} and {y}[?|.] [We know that|The equations are|It holds that] {s}[,| and] {t}.",
    "[Given|With|Using|Starting from] {s}[ together with|, and with| combined with] {t}, [find|get|compute] {x} and {y}.",
    "The first [equation |]says {s} and the second [one |]says {t}. [So what are {x} and {y}?|Now find {x} and {y}.|What follows for {x} and {y}?]",
    "[The pair|The numbers|The unknowns] {x} and {y} [obey|follow|belong to] [two|these] equations: 1) {s}[ |, |; ]2) {t}. [Solve them.|What are they?|Find them.]",
    "[I know|We know|It is known|Suppose] that {s}. [I also know|We also know|It is also known|Suppose too] that {t}. [What are {x} and {y}?|Now get {x} and {y}.|So {x} and {y} are what?]",
    "[{x}: {a}, {y}: {B}, [result|right side|total]: {c}\n{x}: {d}, {y}: {E}, [result|right side|total]: {f}\n[Solve this table.|Find {x} and {y}.]|The coefficients of {x} and {y} are {a} and {B}, the right side is {c}. Then they are {d} and {E} with right side {f}. [Find both unknowns.|Solve it.]]",
    inWords(
      "en",
      "{x} taken {a} times {plus1} {y} taken {b} times [gives|makes|is] {c}[;|,] [and |]{x} taken {d} times {plus2} {y} taken {e} times [gives|makes|is] {f}. [What are {x} and {y}?|Find both numbers.]",
    ),
    inWords(
      "en",
      "[To get {c}, take the {sum1} of {a} times {x} and {b} times {y}. To get {f}, take the {sum2} of {d} times {x} and {e} times {y}.|I compute {a} times {x} and also {b} times {y}; their {sum1} [equals|gives] {c}. I compute {d} times {x} and also {e} times {y}; their {sum2} [equals|gives] {f}.] [Find both numbers.|What are {x} and {y}?]",
    ),
    only(
      "cards",
      "en",
      "A [red|big|gold] [card|coin|ball] [counts|is worth] {x} points, a [blue|small|green] one {y}. {a} of the first kind and {b} of the second kind [make|give] {c} points; {d} of the first kind and {e} of the second kind [make|give] {f} points. [Find|Compute] {x} and {y}.",
      "{c} is what you get from {a} times {x} {plus1} {b} times {y}. {f} is what you get from {d} times {x} {plus2} {e} times {y}. [Find|Compute] {x} and {y}.",
    ),
    only(
      "priced",
      "en",
      "One [cake|pie|loaf] costs {x} euros and one [tea|juice|milk] {y} euros. Ann [buys|takes] {a} and {b} of them and pays {c} euros. Ben [buys|takes] {d} and {e} of them and pays {f} euros. [What are {x} and {y}?|Find {x} and {y}.]",
      "{a} lots of {x} {plus1} {b} lots of {y}: {c}. {d} lots of {x} {plus2} {e} lots of {y}: {f}. [What are {x} and {y}?|Find {x} and {y}.]",
    ),
    inWords(
      "en",
      "{x} [multiplied by|times] {a}, then {plus1} {y} [multiplied by|times] {b}: [result|answer|this gives] {c}. {x} [multiplied by|times] {d}, then {plus2} {y} [multiplied by|times] {e}: [result|answer|this gives] {f}. [Both numbers, please.|Find {x} and {y}.]",
    ),
    inWords(
      "en",
      "[Let {x} be multiplied by {a}, {y} be multiplied by {b}|Suppose {x} is multiplied by {a} and {y} is multiplied by {b}]; the {sum1} of the results [equals|is] {c}. [Let {x} be multiplied by {d}, {y} be multiplied by {e}|Suppose {x} is multiplied by {d} and {y} is multiplied by {e}]; the {sum2} of the results [equals|is] {f}. [Find|Compute] {x} and {y}.",
    ),
    inWords(
      "en",
      "[My|The] first number is called {x}, [my|the] second {y}. {a} of the first {plus1} {b} of the second [make|give|are] {c}, but {d} of the first {plus2} {e} of the second [make|give|are] {f}. [Which numbers are they?|Solve it.|Find both.]",
    ),
  ],
};

const CHINESE: Wordings<Wording> = {
  heldOut: [
    "哪一对{x}、{y}能同时满足{s}与{t}？",
    "两个条件都成立：{s}以及{t}，请确定{x}和{y}。",
    inWords(
      "zh",
      "把{x}乘以{a}、{y}乘以{b}，两者的{sum1}为{c}；把{x}乘以{d}、{y}乘以{e}，两者的{sum2}为{f}，请说出{x}和{y}。",
    ),
  ],
  trained: [
    "[解|求解|请解|解一下]{s}[，|、|和|；]{t}[。|，求{x}和{y}。|]",
    "[解|求解][方程组|二元一次方程组|联立方程|这组方程][：|]{s}[，|；|和]{t}[。|]",
    "[如果|若|当]{s}[，|且|并且]{t}，{x}和{y}[是多少|等于几|各是多少|分别是多少]？",
    "[假如|设|要是]{s}[且|，|和]{t}，[求{x}和{y}|求{x}、{y}|那么{x}和{y}是多少]。",
    "{s}[，|；|和]{t}[，{x}=?，{y}=?|，求{x}、{y}|，求{x}和{y}|，{x}和{y}是几|]",
    "[求|找出][|数|未知数]{x}和{y}，[使|使得]{s}[，|且|和]{t}[|成立|都成立]。",
    "[由|从|根据]{s}[和|与|，]{t}[求|算出|求出|计算]{x}和{y}[。|的值。]",
    "[求|写出|找出][方程组|]{s}[，|；|和]{t}的解。",
    "[有|给出]方程{s}和{t}，[它们的解是什么|解是多少|{x}和{y}是多少]？",
    "[你能|能不能|可以][帮我|]解{s}[，|和]{t}[吗|]？",
    "[用消元法|消元][求解|解]：{s}[，|；]{t}",
    "直线{s}[和|与]{t}[相交于哪里|的交点在哪里|的交点是什么]？",
    inWords(
      "zh",
      "[有|]两个数{x}和{y}，第一个数的{a}倍{plus1}第二个数的{b}倍[等于|是]{c}，第一个数的{d}倍{plus2}第二个数的{e}倍[等于|是]{f}，[求这两个数|这两个数是多少]。",
    ),
    inWords(
      "zh",
      "[如果|若]{x}乘{a}{plus1}{y}乘{b}[等于|是]{c}，{x}乘{d}{plus2}{y}乘{e}[等于|是]{f}，[{x}和{y}是多少|求{x}和{y}]？",
    ),
    only(
      "countable",
      "zh",
      "{a}[支笔|个杯子|块蛋糕]和{b}[本书|个碗|个饼]共{c}元，前一种{d}和后一种{e}共{f}元，[求单价{x}和{y}|每种多少元|价格{x}和{y}是多少]？",
      "我知道两个数{x}和{y}，{x}的{a}倍{plus1}{y}的{b}倍[等于|是]{c}，{x}的{d}倍{plus2}{y}的{e}倍[等于|是]{f}，[它们是多少|求它们]。",
    ),
    inWords(
      "zh",
      "{a}与{x}的积{plus1}{b}与{y}的积[等于|是]{c}，{d}与{x}的积{plus2}{e}与{y}的积[等于|是]{f}，[求{x}和{y}|算出{x}和{y}]。",
    ),
    inWords(
      "zh",
      "{x}[乘|乘以]{a}与{y}[乘|乘以]{b}的{sum1}[是|等于]{c}，{x}[乘|乘以]{d}与{y}[乘|乘以]{e}的{sum2}[是|等于]{f}，[求{x}和{y}|{x}和{y}是多少]。",
    ),
    inWords(
      "zh",
      "取{x}的{a}倍和{y}的{b}倍，它们的{sum1}是{c}；取{x}的{d}倍和{y}的{e}倍，它们的{sum2}是{f}。[{x}和{y}各是多少？|求{x}和{y}。]",
    ),
    "[需要|想要|要求]{x}和{y}：{s}[，|；|且]{t}[都成立|]。",
    "{s}和{t}[都成立|都对]，[求|找出|告诉我][未知数|两个未知数|{x}和{y}]。",
    "[方程一|第一个方程|第一式]是{s}，[方程二|第二个|第二式]是{t}。[求|算出|给出][两个未知数|{x}和{y}]。",
    "[解方程组|求解|求{x}和{y}]：\n[1) {s}\n2) {t}|（1）{s}\n（2）{t}|①{s}\n②{t}|{s}\n{t}]",
    "{x}和{y}[各是多少|是多少|等于几]？[我们知道|方程是|现有]{s}[，|和|、]{t}。",
    "[有了|用|借助]{s}，[再加上|再用|连同]{t}，[求|算]{x}和{y}。",
    "第一个[方程|]说{s}，第二个[方程|]说{t}。[那么{x}和{y}是什么？|现在求{x}和{y}。]",
    "[两个数|未知数]{x}和{y}[服从|符合]这些方程：1) {s}[，|；]2) {t}。[解出来。|它们是几？|求它们。]",
    "[我知道|大家知道|据说]{s}。[我还知道|另外还有|还知道]{t}。[{x}和{y}是多少？|求{x}和{y}。]",
    "[{x}：{a}，{y}：{B}，[右边|结果]：{c}\n{x}：{d}，{y}：{E}，[右边|结果]：{f}\n[解这个表|求{x}和{y}]。|{x}和{y}的系数是{a}和{B}，右边是{c}；然后是{d}和{E}，右边是{f}。[求{x}和{y}|求未知数]。]",
    inWords(
      "zh",
      "{x}取{a}次{plus1}{y}取{b}次[得|是]{c}；{x}取{d}次{plus2}{y}取{e}次[得|是]{f}。[{x}和{y}是多少？|求这两个数。]",
    ),
    inWords(
      "zh",
      "[要得到{c}，[求|算]{a}倍{x}与{b}倍{y}的{sum1}；要得到{f}，[求|算]{d}倍{x}与{e}倍{y}的{sum2}。|我算{a}倍的{x}，又算{b}倍的{y}，它们的{sum1}等于{c}；我算{d}倍的{x}，又算{e}倍的{y}，它们的{sum2}等于{f}。][求这两个数。|{x}和{y}是多少？]",
    ),
    only(
      "cards",
      "zh",
      "[红卡|大球|金币]每个{x}分，[蓝卡|小球|银币]每个{y}分。{a}个前一种和{b}个后一种[得|共]{c}分，{d}个前一种和{e}个后一种[得|共]{f}分。[求|算]{x}和{y}。",
      "{c}是{a}倍的{x}{plus1}{b}倍的{y}，{f}是{d}倍的{x}{plus2}{e}倍的{y}。[求|算]{x}和{y}。",
    ),
    only(
      "priced",
      "zh",
      "一块[蛋糕|饼]{x}元，一杯[茶|果汁|牛奶]{y}元。小明买了{a}块和{b}杯，付{c}元。小红买了{d}块和{e}杯，付{f}元。[求{x}和{y}|{x}和{y}是多少]。",
      "{a}份{x}{plus1}{b}份{y}：{c}。{d}份{x}{plus2}{e}份{y}：{f}。[求{x}和{y}|{x}和{y}是多少]。",
    ),
    inWords(
      "zh",
      "{x}[乘以|乘]{a}，再{plus1}{y}[乘以|乘]{b}，[结果是|答案是|这是]{c}。{x}[乘以|乘]{d}，再{plus2}{y}[乘以|乘]{e}，[结果是|答案是|这是]{f}。[求两个数|求{x}和{y}]。",
    ),
    inWords(
      "zh",
      "[让|设]{x}被{a}乘，[让|设]{y}被{b}乘，[所得|结果]的{sum1}[等于|是]{c}；[让|设]{x}被{d}乘，[让|设]{y}被{e}乘，[所得|结果]的{sum2}[等于|是]{f}。[求|算]{x}和{y}。",
    ),
    inWords(
      "zh",
      "第一个数叫{x}，第二个数叫{y}。{a}个前者{plus1}{b}个后者[得|是]{c}，[但|而]{d}个前者{plus2}{e}个后者[得|是]{f}。[它们是哪两个数？|求它们。]",
    ),
  ],
};

const nameOf = ({ b, e, things }: Kind) => `${b} ${e} ${things}`;

function kindOf({ rows: [[a, b, c], [d, e, f]], letters }: LinearSystem): Kind {
  const determinant = a * e - d * b;
  const positive = (...numbers: number[]) => numbers.every((n) => n > 0);
  const values = [(c * e - f * b) / determinant, (a * f - d * c) / determinant];
  const priced = letters[0] === "x" && letters[1] === "y" ? "countable" : "priced";
  const things = !positive(a, b, d, e) ? "" : positive(c, f, ...values) ? priced : "cards";
  return { b: b > 0 ? 1 : -1, e: e > 0 ? 1 : -1, things };
}

function slotsFor({ letters, rows }: LinearSystem, random: Random) {
  const [[a, b, c], [d, e, f]] = rows;
  const space = random.chance(0.5) ? " " : "";
  return {
    x: letters[0],
    y: letters[1],
    a: String(a),
    b: String(Math.abs(b)),
    B: String(b),
    c: String(c),
    d: String(d),
    e: String(Math.abs(e)),
    E: String(e),
    f: String(f),
    s: equation(rows[0], letters, space),
    t: equation(rows[1], letters, space),
  };
}

/** The wordings of the family, by language. */
export const linearSystemPhrasings = phrasingsFrom<LinearSystem, Wording>({ en: ENGLISH, zh: CHINESE }, (wording) => {
  const templates: ReadonlyMap<string, Template> =
    typeof wording === "string"
      ? new Map([["", template(wording)]])
      : new Map(KINDS.map((kind) => [nameOf(kind), template(wording(kind))]));
  return {
    templates: [...templates.values()],
    render(problem, random) {
      const form = templates.get("") ?? templates.get(nameOf(kindOf(problem)));
      return form!.render(slotsFor(problem, random), random);
    },
  };
});

let read: Matcher<Kind> | undefined;

function wordMatcher(): Matcher<Kind> {
  const entries = new Map<string, Kind>();
  for (const { heldOut, trained } of [ENGLISH, CHINESE])
    for (const wording of [...heldOut, ...trained])
      for (const kind of KINDS) {
        const text = typeof wording === "string" ? wording : wording(kind);
        if (text.includes("{a}") && !entries.has(text)) entries.set(text, kind);
      }
  const [letter, signed] = ["[a-z]", "-?\\d+"];
  return matcher(
    [...entries].map(([text, kind]) => [template(text), kind] as const),
    { x: letter, y: letter, a: signed, b: "\\d+", B: signed, c: signed, d: signed, e: "\\d+", E: signed, f: signed },
  );
}

const TYPED =
  /(?<![\w.^*/(])(-?)\s*(\d*)(?:\s*\*\s*)?([a-z])\s*([+-])\s*(\d*)(?:\s*\*\s*)?([a-z])\s*=\s*(-?\d+)(?![\w^*/(]|\.\d)/giu;

/** Reads a 2×2 system from a question: two typed equations, or one of the wordings. */
export function readLinearSystem(question: string): LinearSystem | undefined {
  const plain = questionText(question);
  if (plain === undefined) return undefined;
  const typed = [...plain.matchAll(TYPED)];
  if (typed.length === 2) {
    const rows = typed.map((match) => {
      const [, minus, a, x, sign, b, y, c] = match as unknown as string[];
      return { x, y, row: [Number(`${minus}${a || 1}`), Number(`${sign}${b || 1}`), Number(c)] as const };
    });
    const [one, two] = rows as [(typeof rows)[number], (typeof rows)[number]];
    if (one.x === one.y) return undefined;
    if (one.x === two.y && one.y === two.x) two.row = [two.row[1], two.row[0], two.row[2]] as const;
    else if (one.x !== two.x || one.y !== two.y) return undefined;
    return { letters: [one.x!, one.y!], rows: [one.row, two.row] };
  }
  read ??= wordMatcher();
  const found = read(plain);
  if (found === undefined) return undefined;
  const { x = "x", y = "y", a, b, B, c, d, e, E, f } = found.slots;
  const { b: signB, e: signE } = found.tag;
  return {
    letters: [x, y],
    rows: [
      [Number(a), B === undefined ? signB * Number(b) : Number(B), Number(c)],
      [Number(d), E === undefined ? signE * Number(e) : Number(E), Number(f)],
    ],
  };
}

// The wordings of "what do these functions print?". Owns the templates; the held-out ones were written first. {code} is the program,
// bare or in a fence, on lines of its own; {lang} is `Python `, `JavaScript ` or nothing.

import type { Language } from "@lemma/protocol";
import type { Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import type { FunctionProgram } from "./program.ts";
import { writeProgram } from "./write.ts";

const WORDINGS: Readonly<Record<Language, Wordings<string>>> = {
  en: {
    heldOut: [
      "Unfold each call until none is left. Which number do these {lang}lines leave you with?\n{code}",
      "{code}\nA colleague launched it. Which number showed up?",
      "Call whatever is called here, as a {lang}interpreter has to. What do you end up printing?\n{code}",
    ],
    trained: [
      "What does this {lang}[program|code|script] print?\n{code}",
      "[Which number|What] is printed[ here| by this {lang}program| by this {lang}code|]?\n{code}",
      "{code}\nWhat [does|will] [this|the program|the code] print?",
      "[Follow|Trace] the [function calls|calls] [call by call|one by one|step by step] and [give|write] the output[.|:]\n{code}",
      "[Here is|This is] a {lang}[program|script] with [a function|functions]:\n{code}\n[What is its output?|What does it print?|Which value is printed?]",
      "{code}\n[Give|Find|Work out] the output[ of this {lang}program| of this {lang}code|].",
      "What is the [output|result] of [running|executing] this {lang}[program|code]?\n{code}",
      "[Evaluate|Work through] [all calls|the calls] in this {lang}[program|code]. [What is printed?|What is the output?]\n{code}",
      "{code}\n[Which value does|What value does] the last line print?",
      "[I wrote|I have|We have] [this|the following] {lang}[function and its call|program|code]. What [will|does] it [print|output]?\n{code}",
      "[Predict|Find|Tell me] [what this {lang}program prints|the output of this {lang}code|the printed value][.|:]\n{code}",
      "{code}\nHow [does|will] the call [work out|go], and what is printed[ at the end|]?",
    ],
  },
  zh: {
    heldOut: [
      "把每次调用都展开，这几行{lang}最后剩下哪个数？\n{code}",
      "{code}\n有人启动了它，屏幕出现哪个数？",
      "当一回{lang}解释器，遇到调用就进去算。最后显示几？\n{code}",
    ],
    trained: [
      "这[段|个]{lang}[程序|代码]打印什么？\n{code}",
      "[打印的是|输出的是][什么|哪个数|多少]？\n{code}",
      "{code}\n[这段程序|这段代码|它]会打印什么？",
      "[逐个|一步一步]跟踪函数[的|]调用，[写出|给出]输出[：|。]\n{code}",
      "这是一[段|个]带函数的{lang}[程序|代码]：\n{code}\n[它的输出是什么？|它打印什么？|打印的值是多少？]",
      "{code}\n[求|写出|给出]这[段|个]{lang}[程序|代码]的输出。",
      "[运行|执行]这[段|个]{lang}[程序|代码]，[结果|输出]是什么？\n{code}",
      "[计算|算出]这[段|个]{lang}[程序|代码]里的[所有|每个]调用，[打印什么|输出是什么]？\n{code}",
      "{code}\n最后一行打印的值是[多少|什么]？",
      "[我写了|我有|给你][下面的|这样的]{lang}[函数和调用|程序|代码]，它[会输出|会打印|输出]什么？\n{code}",
      "[预测|说出|告诉我][程序打印的值|代码的输出|打印的结果][：|。]\n{code}",
      "{code}\n调用是怎么[算|进行]的，[最后|结果]打印什么？",
    ],
  },
};

const SPOKEN = { python: "Python", javascript: "JavaScript" } as const;

function fenced(program: FunctionProgram, random: Random): string {
  const code = writeProgram(program, random).join("\n");
  const fence = random.weighted([
    ["none", 8],
    ["named", 8],
    ["plain", 3],
  ] as const);
  if (fence === "none") return code;
  const name = program.language === "python" ? "python" : random.pick(["js", "javascript"]);
  return `\`\`\`${fence === "named" ? name : ""}\n${code}\n\`\`\``;
}

export const functionPhrasings: Readonly<Record<Language, readonly Phrasing<FunctionProgram>[]>> = phrasingsFrom(
  WORDINGS,
  (text, language) => {
    const wording = template(text);
    return {
      templates: [wording],
      render(program, random) {
        const lang = random.chance(0.5) ? SPOKEN[program.language] + (language === "en" ? " " : "") : "";
        return wording.render({ code: fenced(program, random), lang }, random);
      },
    };
  },
);

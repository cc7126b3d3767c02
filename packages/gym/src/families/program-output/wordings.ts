// The wordings of "what does this program print?". Owns the templates; the held-out ones were written first. {code} is the
// program, bare or in a fence, on lines of its own; {lang} is `Python `, `JavaScript ` or nothing.

import type { Language } from "@lemma/protocol";
import { numberPhrasings, type Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import type { Program } from "./program.ts";
import { drawLayout, writeProgram } from "./write.ts";

const HELD_OUT: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "Somebody ran these {lang}lines. Which output came up?\n{code}",
    "{code}\nTrace through it and report the printed result.",
    "Without a computer, say what appears as output:\n{code}",
  ],
  zh: [
    "有人运行了下面几行{lang}，屏幕显示了什么输出？\n{code}",
    "{code}\n跟着代码走一遍，告诉我打印的结果。",
    "不用电脑，推断一下它会显示的输出：\n{code}",
  ],
};

const TRAINED: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "What does this {lang}[program|code|script] print?\n{code}",
    "What is the output of this {lang}[program|code|script]?\n{code}",
    "[Find|Give|Tell me] the output[ of this {lang}code| of the {lang}program|]:\n{code}",
    "[Predict|Work out] [the output|what is printed|the result]:\n{code}",
    "What [will be|is|gets] printed[ by this {lang}code| by this {lang}program| here|]?\n{code}",
    "{code}\nWhat [does|will] [this|it|the code|the program] print?",
    "{code}\nWhat is the output?",
    "{code}\n[Give|Find|Write] the output[ of this code| of this program| of the script|].",
    "[Run|Execute] this {lang}[program|code|script] [in your head|by hand|step by step]. What [does it print|is printed]?\n{code}",
    "[Consider|Look at|Read] this {lang}[program|code]:\n{code}\nWhat [does it print|is the output|is printed]?",
    "Here is [a|some|a short] {lang}[program|code|script]:\n{code}\nWhat [does it print|is its output|will it print]?",
    "Trace this {lang}[program|code|loop][ and give the output| and say what it prints|]:\n{code}",
    "[What is|What will be] the [final |]result of [running|executing] this {lang}[program|code]?\n{code}",
    "[Simulate|Trace|Follow] the {lang}[program|code|script] [below|here]. What [comes out|is the output|does it print]?\n{code}",
    "[I run|I ran|We run] this {lang}[program|code|script]. What do [I|we] see[ on the screen|]?\n{code}",
    "[If I run|When I run|If we run] this {lang}[code|program|script], what is [printed|shown|displayed]?\n{code}",
    "{code}\n[Which value is|Which values are|What value is] [printed|shown|displayed] at the end?",
    "Output of [this|the following] {lang}[program|code|script]?\n{code}",
    "[I have|I've got|There is] [a|this|one] {lang}[program|script]. [What does it output|What will it output|Which values does it print]?\n{code}",
    "[Evaluate|Interpret|Process] this {lang}[program|code|script] and [write|give|state] [the output|its output|the result][.|:]\n{code}",
    "[Show|State|Name] [what|all that] this {lang}[program|code|script] [prints|outputs|writes][.|:]\n{code}",
    "{code}\n[What comes out|What do you get|What is shown] when [this|it|the {lang}code|the {lang}program] [runs|is run|is executed]?",
    "[Act as|Be|Play] the interpreter and [run|execute] this {lang}[program|code|script]:\n{code}",
    "{code}\n[Step by step|Slowly|By hand], [run|execute|follow] [this|the {lang}code|the {lang}program] and [give|write|tell me] [the output|its output|what it prints].",
    "[Can|Could] you [tell me|work out|find|predict] [what|the values that] this {lang}[program|code|script] prints?\n{code}",
    "[The|My] {lang}[program|code|script] [is|looks like this|goes like this]:\n{code}\nWhat [is its output|will its output be|does it output]?",
  ],
  zh: [
    "[这段|这个|下面的]{lang}[程序|代码]输出什么？\n{code}",
    "[下面的|这段|以下]{lang}[程序|代码]的输出是什么？\n{code}",
    "[求|请给出|写出]{lang}[程序|代码]的[输出|结果]：\n{code}",
    "[预测|推算][输出|结果|打印的内容]：\n{code}",
    "[这段|以下]{lang}[程序|代码]会打印[什么|出什么]？\n{code}",
    "{code}\n[这段程序|这段代码|它]会[输出|打印]什么？",
    "{code}\n输出是什么？",
    "{code}\n[写出|给出|求][输出|结果|打印的内容]。",
    "[心算|手动|一步一步]运行这[段|个]{lang}[程序|代码]，[它打印什么|输出是什么]？\n{code}",
    "[看|阅读][这段|下面的]{lang}[程序|代码]：\n{code}\n[它打印什么|输出是什么|它会输出什么]？",
    "这里有一[段|个]{lang}[程序|代码]：\n{code}\n它[打印|输出|会打印]什么？",
    "[跟踪|模拟]这[段|个]{lang}[程序|代码][，给出输出|，说出结果|]：\n{code}",
    "[运行|执行][这段|下面的]{lang}[程序|代码]的[最终|]结果是什么？\n{code}",
    "[模拟|跟踪][下面|这里]的{lang}[程序|代码]。[结果是什么|打印什么|输出什么]？\n{code}",
    "我[运行|执行]了这[段|个]{lang}[程序|代码]，会看到什么？\n{code}",
    "如果[运行|执行]这[段|个]{lang}[程序|代码]，[打印|显示|输出]的是什么？\n{code}",
    "{code}\n最后[打印|显示|输出]的[值|数]是[多少|什么]？",
    "[这段|下列]{lang}[程序|代码]的[结果|输出]？\n{code}",
    "[我有|这是|给你]一[段|个]{lang}[程序|代码]，[它会输出什么|它的输出是什么|它打印哪些值]？\n{code}",
    "[计算|解释|处理]这[段|个]{lang}[程序|代码]，并[写出|给出]它的[输出|结果]：\n{code}",
    "[说出|说明|列出]这[段|个]{lang}[程序|代码][打印的内容|输出的内容|所打印的值][。|：]\n{code}",
    "{code}\n[运行|执行][之后|完|后]，[会得到什么|会打印出什么|输出的是什么]？",
    "你来当解释器，[运行|执行]这[段|个]{lang}[程序|代码]：\n{code}",
    "{code}\n[一步一步|逐行|按顺序]地[运行|执行]，[给出|写出]最后的[输出|结果]。",
    "[你能|能不能|能否][算出|预测|找出]这[段|个]{lang}[程序|代码][打印什么|输出什么|会输出的值]？\n{code}",
    "[我的|这里的]{lang}[程序|代码]如下：\n{code}\n[它的输出会是什么|它会打印出什么|输出应该是什么]？",
  ],
};

const SPOKEN = { python: "Python", javascript: "JavaScript" } as const;

function fenced(program: Program, random: Random): string {
  const code = writeProgram(program, drawLayout(program, random)).join("\n");
  const fence = random.weighted([
    ["none", 9],
    ["named", 8],
    ["plain", 3],
  ] as const);
  if (fence === "none") return code;
  const name = program.language === "python" ? "python" : random.pick(["js", "javascript"]);
  return `\`\`\`${fence === "named" ? name : ""}\n${code}\n\`\`\``;
}

function phrasings(group: "trained" | "heldout", language: Language, texts: readonly string[]): Phrasing<Program>[] {
  return numberPhrasings(
    group,
    texts.map((text) => {
      const wording = template(text);
      return {
        templates: [wording],
        render(program, random) {
          const name = random.chance(0.5) ? SPOKEN[program.language] + (language === "en" ? " " : "") : "";
          return wording.render({ code: fenced(program, random), lang: name }, random);
        },
      };
    }),
  );
}

export const programOutputPhrasings: Readonly<Record<Language, readonly Phrasing<Program>[]>> = {
  en: [...phrasings("trained", "en", TRAINED.en), ...phrasings("heldout", "en", HELD_OUT.en)],
  zh: [...phrasings("trained", "zh", TRAINED.zh), ...phrasings("heldout", "zh", HELD_OUT.zh)],
};

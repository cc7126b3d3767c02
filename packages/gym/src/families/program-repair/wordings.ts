// The wordings of "repair one line". Owns the templates; the held-out ones were written first. {code} is the program, bare or in a
// fence, on lines of its own; {wanted} are the numbers that it should print; {lang} is `Python `, `JavaScript ` or nothing.

import type { Language } from "@lemma/protocol";
import { numberPhrasings, type Phrasing } from "../../family.ts";
import type { Random } from "../../random.ts";
import { template } from "../../template.ts";
import { type Repair, writtenIn } from "./problem.ts";

const HELD_OUT: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "{code}\nThis was meant to show {wanted}, yet a single token is off. Which line sets it right?",
    "Swap one token of a line, and {wanted} will come out:\n{code}",
    "My {lang}homework misbehaves; {wanted} is expected on the screen. How must the faulty line look?\n{code}",
  ],
  zh: [
    "{code}\n本来想显示{wanted}，可是有一个符号写坏了。哪一行能纠正它？",
    "换掉某处的一个符号，让屏幕出现{wanted}：\n{code}",
    "我的{lang}作业不对劲，期望看到{wanted}。坏的那行该是什么样？\n{code}",
  ],
};

const TRAINED: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "One number or sign in this {lang}[program|code] is wrong. It should print {wanted}. [Repair the line.|Write the repaired line.|Give the correct line.]\n{code}",
    "[Fix|Repair|Correct] one line of this {lang}[program|code] so that it prints {wanted}[:|.]\n{code}",
    "This {lang}[program|code|script] [has a bug|has one mistake|contains an error]. The output should be {wanted}. [Which line is right?|What is the repaired line?|Write the correct line.]\n{code}",
    "{code}\nThe output should be {wanted}. [Fix the bug.|Repair the wrong line.|Find the mistake and write the line without it.]",
    "{code}\nIt should print {wanted}[, but it does not|, and it does not|]. [Give|Write] the [repaired|corrected|fixed] line.",
    "[Find|Locate] the bug in this {lang}[program|code] and [write|give] the [fixed|repaired] line. Wanted output: {wanted}\n{code}",
    "[Debug|Please debug] this {lang}[program|script|code]. [Expected|Wanted|Correct] output: {wanted}\n{code}",
    "[Expected|Wanted|Desired] output: {wanted}\n{code}\n[Fix one line.|Repair one line.|Which line must change, and how?]",
    "[I want|We want|I need] this {lang}[program|code|loop] to print {wanted}. [Change one line.|Correct one line.|Repair one line.]\n{code}",
    "[What is wrong|What is the mistake|Where is the bug] in this {lang}[program|code]? It ought to print {wanted}. [Write the right line.|Give the line as it should be.]\n{code}",
    "{code}\nOne line is wrong: the numbers {wanted} should be printed. [Write it correctly.|How should it read?|Repair it.]",
    "[Change|Correct] one number or one sign[ in the code|] so that the {lang}program prints {wanted}[.|:]\n{code}",
    "The following {lang}[program|code] does not print {wanted}[ as it should|]. [Repair it by one line.|Mend one line.]\n{code}",
    "[Here is|This is] a [broken|wrong|buggy] {lang}[program|script]:\n{code}\nIt should have printed {wanted}. [Give the repaired line.|Which line repairs it?]",
    "[A friend|A student|Somebody] wrote this {lang}[program|code] to print {wanted}, but [made one mistake|one line is wrong]. [Correct that line.|Write that line correctly.]\n{code}",
    "{code}\n[How do I fix this|How can I repair this|How do we correct this]? [The result should be|It must print] {wanted}[.|, in this order.]",
    "Program repair. Output wanted: {wanted}. [Program|Code]:\n{code}\nRepaired line?",
    "[Can you|Could you] [fix|repair] this {lang}[program|code]? [The output must be|I expect] {wanted}.\n{code}",
  ],
  zh: [
    "这[段|个]{lang}[程序|代码]里有一个数字或符号错了，它应该打印{wanted}。[请修好那一行。|写出修好的那一行。|给出正确的那一行。]\n{code}",
    "[修复|修改|改正]这[段|个]{lang}[程序|代码]的一行，使它打印{wanted}[：|。]\n{code}",
    "这[段|个]{lang}[程序|代码]有[一个错误|个毛病|一处错]，输出应当是{wanted}。[哪一行是对的？|修好的一行是什么？|写出正确的行。]\n{code}",
    "{code}\n输出应当是{wanted}。[改掉错误。|修好错的那行。|找出错误，写出没有错的那行。]",
    "{code}\n它应该打印{wanted}[，但没有做到|，可是不对|]。[给出|写出][修好|改正]的那一行。",
    "[找出|找到]这[段|个]{lang}[程序|代码]的错误，[写出|给出]修好的行。想要的输出：{wanted}\n{code}",
    "[调试|请调试]这[段|个]{lang}[程序|代码]。[预期|想要的|正确的]输出：{wanted}\n{code}",
    "[预期|想要的|需要的]输出：{wanted}\n{code}\n[改一行。|修一行。|哪一行要改，怎么改？]",
    "[我想|我们想|我要]让这[段|个]{lang}[程序|代码]打印{wanted}。[改一行。|改正一行。|修一行。]\n{code}",
    "这[段|个]{lang}[程序|代码][错在哪里|哪里不对]？它本应打印{wanted}。[写出对的那行。|给出应有的那行。]\n{code}",
    "{code}\n有一行错了：应该打印的数是{wanted}。[把它写对。|它应该怎么写？|修好它。]",
    "[改|改正]一个数字或一个符号，使{lang}程序打印{wanted}[。|：]\n{code}",
    "下面的{lang}[程序|代码]没有打印{wanted}。[修好一行。|改好一行。]\n{code}",
    "[这里有|这是]一[段|个][坏的|错的|有问题的]{lang}[程序|代码]：\n{code}\n它本该打印{wanted}。[给出修好的行。|哪一行能修好它？]",
    "[朋友|学生|有人]写了这[段|个]{lang}[程序|代码]来打印{wanted}，但[写错了一处|有一行错了]。[改正那一行。|把那行写对。]\n{code}",
    "{code}\n[这怎么改|怎样修好它|如何改正]？[结果应是|它必须打印]{wanted}[。|，按这个顺序。]",
    "程序修复。要的输出：{wanted}。[程序|代码]：\n{code}\n修好的行？",
    "[你能|能不能|可以][修好|改好]这[段|个]{lang}[程序|代码]吗？[输出要是|我期待]{wanted}。\n{code}",
  ],
};

const SPOKEN = { python: "Python", javascript: "JavaScript" } as const;

function fenced(repair: Repair, random: Random): string {
  const code = repair.source.join("\n");
  const fence = random.weighted([
    ["none", 9],
    ["named", 8],
    ["plain", 3],
  ] as const);
  if (fence === "none") return code;
  const name = writtenIn(repair) === "python" ? "python" : random.pick(["js", "javascript"]);
  return `\`\`\`${fence === "named" ? name : ""}\n${code}\n\`\`\``;
}

function phrasings(group: "trained" | "heldout", language: Language): Phrasing<Repair>[] {
  const texts = group === "trained" ? TRAINED : HELD_OUT;
  return numberPhrasings(
    group,
    texts[language].map((text) => {
      const wording = template(text);
      return {
        templates: [wording],
        render(repair, random) {
          const name = random.chance(0.5) ? SPOKEN[writtenIn(repair)] + (language === "en" ? " " : "") : "";
          const wanted = repair.wanted.join(random.pick([", ", ", ", ",", " "]));
          return wording.render({ code: fenced(repair, random), lang: name, wanted }, random);
        },
      };
    }),
  );
}

export const repairPhrasings: Readonly<Record<Language, readonly Phrasing<Repair>[]>> = {
  en: [...phrasings("trained", "en"), ...phrasings("heldout", "en")],
  zh: [...phrasings("trained", "zh"), ...phrasings("heldout", "zh")],
};

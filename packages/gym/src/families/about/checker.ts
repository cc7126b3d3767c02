// The checker of small talk. Owns recognising it (a text that is nothing but one of the wordings) and judging a reply: it says
// what the model can do and invents no mathematics. Must not import the family, which imports this.

import type { Language } from "@lemma/protocol";
import { proved, refuted, type TaskChecker } from "@lemma/verify";
import type { Phrasing } from "../../family.ts";
import type { Talk } from "./family.ts";
import { INTENTS, topicCount, topicSlots } from "./topics.ts";

/** Longer texts are no small talk. */
const LONGEST = 160;

/** Letters and digits alone: marks, spaces and case don't count. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

function everyWording(phrasings: Readonly<Record<Language, readonly Phrasing<Talk>[]>>): Map<string, Talk> {
  const known = new Map<string, Talk>();
  for (const language of ["en", "zh"] as const)
    for (const { templates } of phrasings[language])
      templates.forEach((wording, at) => {
        const intent = INTENTS[at]!;
        for (const form of wording.forms())
          for (let topic = 0; topic < topicCount(intent); topic++) {
            const slots = topicSlots(intent, topic, language);
            const text = bare(form.replace(/\{(x|a|A)\}/g, (_, slot: keyof typeof slots) => slots[slot]));
            if (text !== "" && !known.has(text)) known.set(text, { intent, topic });
          }
      });
  return known;
}

/** The checker; the wordings are listed at the first question that could be small talk. */
export function aboutChecker(
  phrasings: () => Readonly<Record<Language, readonly Phrasing<Talk>[]>>,
): TaskChecker<Talk> {
  let known: Map<string, Talk> | undefined;
  return {
    id: "about",
    recognise(question) {
      if (question.length > LONGEST || /[\d\n=]/.test(question)) return undefined;
      known ??= everyWording(phrasings());
      return known.get(bare(question));
    },
    checkAnswer(_, answer) {
      const invented = /\\boxed|\d\s*[-+*/=<>^]|=/.exec(answer);
      if (invented !== null) return refuted({ mathematics: invented[0] });
      return /equations|puzzles|方程|推理/.test(answer) ? proved("enumeration") : refuted({ missing: "what I can do" });
    },
    answerBy: "checking",
    extractors: ["whole"],
  };
}

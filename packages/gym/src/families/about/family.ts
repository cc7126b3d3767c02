// Talk that is no problem: greetings, thanks, "what can you do", "who are you", and questions out of scope. Owns the family's
// entry and its replies: short, honest, saying what the model can do, never any mathematics.

import type { Language } from "@lemma/protocol";
import { type Family, numberPhrasings, type Phrasing } from "../../family.ts";
import { type Template, template } from "../../template.ts";
import { aboutChecker } from "./checker.ts";
import { INTENTS, type Intent, topicCount, topicName, topicSlots } from "./topics.ts";
import { HELD_OUT_EN, TRAINED_EN } from "./wordings-en.ts";
import { HELD_OUT_ZH, TRAINED_ZH } from "./wordings-zh.ts";

/** What somebody says: an intent, and the topic that fills its wordings. */
export interface Talk {
  readonly intent: Intent;
  readonly topic: number;
}

const ABILITIES: Readonly<Record<Language, string>> = {
  en: "I solve arithmetic, linear equations, derivatives, simple differential equations, ordering puzzles and short programs.",
  zh: "我会做算术、线性方程、求导、简单的微分方程、排序推理和短程序。",
};

const OPENINGS: Readonly<Record<Language, Readonly<Record<Intent, string>>>> = {
  en: {
    greeting: "Hello!",
    abilities: "Here is what I can do.",
    identity: "I am Lemma, a small reasoning model.",
    thanks: "You're welcome!",
    scope: "Sorry, I can't help with that.",
  },
  zh: {
    greeting: "你好！",
    abilities: "我的能力如下。",
    identity: "我是Lemma，一个小型推理模型。",
    thanks: "不客气！",
    scope: "抱歉，这个我帮不上忙。",
  },
};

const THOUGHTS: Readonly<Record<Language, Readonly<Record<Intent, string>>>> = {
  en: {
    greeting: "A greeting.",
    abilities: "A question about my abilities.",
    identity: "A question about me.",
    thanks: "Thanks.",
    scope: "Not a problem that I can solve.",
  },
  zh: {
    greeting: "这是问候。",
    abilities: "在问我的能力。",
    identity: "在问我是谁。",
    thanks: "这是道谢。",
    scope: "这不是我会解的题。",
  },
};

const reply = ({ intent }: Talk, language: Language): string =>
  `${OPENINGS[language][intent]}${language === "en" ? " " : ""}${ABILITIES[language]}`;

type Wordings = Readonly<Record<Intent, readonly string[]>>;

/** The n-th wording of every intent together make the n-th phrasing. */
function phrasings(group: "trained" | "heldout", language: Language, wordings: Wordings): Phrasing<Talk>[] {
  return numberPhrasings(
    group,
    wordings.greeting.map((_, n) => {
      const compiled = Object.fromEntries(INTENTS.map((intent) => [intent, template(wordings[intent][n]!)]));
      return {
        templates: Object.values(compiled) as Template[],
        render: ({ intent, topic }: Talk, random) =>
          compiled[intent]!.render(topicSlots(intent, topic, language), random).trim(),
      };
    }),
  );
}

const aboutPhrasings = {
  en: [...phrasings("trained", "en", TRAINED_EN), ...phrasings("heldout", "en", HELD_OUT_EN)],
  zh: [...phrasings("trained", "zh", TRAINED_ZH), ...phrasings("heldout", "zh", HELD_OUT_ZH)],
};

/** Small talk with honest answers; there is one level. */
export const about: Family<Talk> = {
  id: "about",
  area: "dialogue",
  version: "2",
  levels: 1,
  defaultLevel: 1,
  cells: () => INTENTS,
  draw(random) {
    const intent = random.weighted([
      ["greeting", 3],
      ["abilities", 3],
      ["identity", 3],
      ["thanks", 2],
      ["scope", 5],
    ] as const);
    return { intent, topic: random.below(topicCount(intent)) };
  },
  key: ({ intent, topic }) => `${intent} ${topicName(intent, topic)}`,
  cell: ({ intent }) => intent,
  trace: ({ intent }, language) => [THOUGHTS[language][intent]],
  answer: reply,
  reply,
  verifier: () => ({ kind: "text", extractors: ["whole"] }),
  phrasings: aboutPhrasings,
  checker: aboutChecker(() => aboutPhrasings),
  carriers: "none",
  proofs: ["reproducible", "wordings"],
};

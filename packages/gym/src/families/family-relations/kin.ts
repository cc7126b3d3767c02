// Kinship: the relations that a chain of parents, children and siblings makes without doubt, and what they are called. Owns composing and the
// words of both languages; who is told to be a brother or sister shares both parents. Knows no problem.
//
// Left out is what a chain leaves open (the mother of a child may be a stranger, the other parent of a father's son somebody new, the child of a grandmother a parent or an aunt) and what
// Chinese words tell apart by more than the chain says: a father's brother (伯父, 叔父: by age) and cousins (by age and line).

import type { Language } from "@lemma/protocol";

export type Gender = "female" | "male";

/** What a fact may say. */
export type Step = "parent" | "child" | "sibling";
export const STEPS: readonly Step[] = ["parent", "child", "sibling"];

export type Kind = Step | "grandparent" | "grandchild" | "aunt-uncle" | "niece-nephew";
export const KINDS: readonly Kind[] = [
  "parent",
  "child",
  "sibling",
  "grandparent",
  "grandchild",
  "aunt-uncle",
  "niece-nephew",
];

/** What somebody is to another. `via`: the gender of the one between, by which Chinese has its words. */
export interface Kin {
  readonly kind: Kind;
  readonly gender: Gender;
  readonly via?: Gender;
  /** A sister or brother who is only known to share one parent, so whose other parent is nobody's. */
  readonly half?: boolean;
}

/** What the parent, child or sibling of one's … is. */
const TABLE: Readonly<Record<Kind, Partial<Record<Step, Kind>>>> = {
  parent: { parent: "grandparent", sibling: "aunt-uncle", child: "sibling" },
  child: { child: "grandchild", sibling: "child" },
  sibling: { parent: "parent", sibling: "sibling", child: "niece-nephew" },
  grandparent: {},
  grandchild: { sibling: "grandchild" },
  "aunt-uncle": { parent: "grandparent" },
  "niece-nephew": { sibling: "niece-nephew" },
};

/**
 * What somebody is who is a mother (`step` parent, `gender` female), … of one's `kin`; undefined where it is left open or left out.
 * @example
 * composed("sibling", "female", { kind: "parent", gender: "male" }); // { kind: "aunt-uncle", gender: "female", via: "male" }
 */
export function composed(step: Step, gender: Gender, kin: Kin): Kin | undefined {
  const kind = TABLE[kin.kind][step];
  if (kind === undefined || (kin.half && step === "parent")) return undefined;
  if (kind === "sibling") return { kind, gender, half: step === "child" || kin.half === true };
  const isPlain = kind === "parent" || kind === "child";
  const made: Kin = isPlain ? { kind, gender } : { kind, gender, via: kin.via ?? kin.gender };
  return kind === "aunt-uncle" && gender === "male" && made.via === "male" ? undefined : made;
}

const EN: Readonly<Record<Kind, readonly [female: string, male: string]>> = {
  parent: ["mother", "father"],
  child: ["daughter", "son"],
  sibling: ["sister", "brother"],
  grandparent: ["grandmother", "grandfather"],
  grandchild: ["granddaughter", "grandson"],
  "aunt-uncle": ["aunt", "uncle"],
  "niece-nephew": ["niece", "nephew"],
};

/** Women and men by line, where it matters: through a woman, through a man. */
const ZH: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
  parent: [["母亲", "父亲"]],
  child: [["女儿", "儿子"]],
  sibling: [["姐妹", "兄弟"]],
  grandparent: [
    ["外祖母", "外祖父"],
    ["祖母", "祖父"],
  ],
  grandchild: [
    ["外孙女", "外孙"],
    ["孙女", "孙子"],
  ],
  "aunt-uncle": [["姨母", "舅父"], ["姑母"]],
  "niece-nephew": [
    ["外甥女", "外甥"],
    ["侄女", "侄子"],
  ],
};

/** The word for a relation. */
export function kinWord({ kind, gender, via }: Kin, language: Language): string {
  const at = gender === "female" ? 0 : 1;
  return language === "en" ? EN[kind][at] : (ZH[kind].at(via === "male" ? 1 : 0) ?? ZH[kind][0]!)[at]!;
}

/** The words of steps, which facts are told by. */
export const stepWord = (step: Step, gender: Gender, language: Language): string =>
  kinWord({ kind: step, gender }, language);

/** The relation that a word names: in English the line stays open. */
export function kinOf(word: string): Kin | undefined {
  const text = (SYNONYMS[word.toLowerCase()] ?? word).toLowerCase();
  for (const kind of KINDS) {
    const at = EN[kind].indexOf(text);
    if (at >= 0) return { kind, gender: at === 0 ? "female" : "male" };
    for (const [line, words] of ZH[kind].entries()) {
      const place = words.indexOf(text);
      if (place < 0) continue;
      const gender = place === 0 ? "female" : "male";
      return ZH[kind].length === 1 ? { kind, gender } : { kind, gender, via: line === 0 ? "female" : "male" };
    }
  }
  return undefined;
}

const SYNONYMS: Readonly<Record<string, string>> = {
  mum: "mother", mom: "mother", dad: "father", grandma: "grandmother", granny: "grandmother", grandpa: "grandfather", granddad: "grandfather",
  妈妈: "母亲", 爸爸: "父亲", 奶奶: "祖母", 爷爷: "祖父", 外婆: "外祖母", 姥姥: "外祖母", 外公: "外祖父", 姥爷: "外祖父", 姑姑: "姑母", 姑妈: "姑母",
  姨妈: "姨母", 舅舅: "舅父", 外孙子: "外孙", 外甥子: "外甥",
}; // biome-ignore format: a table reads better packed

/** Whether two relations agree; an open line agrees with both. */
export const isSameKin = (a: Kin, b: Kin): boolean =>
  a.kind === b.kind && a.gender === b.gender && (a.via === undefined || b.via === undefined || a.via === b.via);

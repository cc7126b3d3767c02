// What people say, as words and back. Owns the sentences of statements in both languages, of trained and of held-out wordings; knows no
// whole question. Slots: {x} and {y} people, {w} a kind, {o} the other kind, {W} a kind for many, {p} and {q} claims; {is}, {tell}, {lie}
// bend for "I".

import type { Language } from "@lemma/protocol";
import type { Random } from "../../random.ts";
import { THEMES } from "./kinds.ts";
import { type Equation, type Kind, other, type Statement } from "./puzzle.ts";

/** Sentences of one manner of speaking. */
export interface Manner {
  /** "{x} is a knight", with the kind in {w} or {o}; or, for one kind only, without. */
  readonly is: readonly (string | { readonly kind: Kind; readonly text: string })[];
  readonly and: readonly string[];
  readonly or: readonly string[];
  readonly both: readonly string[];
  readonly some: readonly string[];
  readonly same: readonly string[];
  readonly different: readonly string[];
}

const EN_TRAINED: Manner = {
  is: [
    "{x} {is} a {w}",
    "{x} {is} a {w}",
    "{x} {is} not a {o}",
    { kind: "knight", text: "{x} always {tell} the truth" },
    { kind: "knave", text: "{x} always {lie}" },
  ],
  and: ["{p} and {q}", "{p}, and {q}"],
  or: ["{p} or {q}", "{p}, or {q}"],
  both: ["{x} and {y} are both {W}", "both {x} and {y} are {W}"],
  some: ["at least one of {x} and {yo} is a {w}"],
  same: ["{x} and {y} are the same kind", "{x} and {y} are of the same kind", "{y} {is} the same kind as {x}"],
  different: [
    "{x} and {y} are different kinds",
    "{x} and {y} are of different kinds",
    "{x} and {y} are not the same kind",
    "{y} {is} not the same kind as {x}",
  ],
};

const EN_HELD_OUT: readonly Manner[] = [
  {
    is: ["{x} {count} as a {w}"],
    and: ["{p}, and also {q}"],
    or: ["{p}, or else {q}"],
    both: [],
    some: [],
    same: ["{x} and {y} match in kind"],
    different: ["{x} and {y} differ in kind"],
  },
  {
    is: ["{x} must be a {w}"],
    and: ["{p}, likewise {q}"],
    or: ["{p} or indeed {q}"],
    both: [],
    some: [],
    same: ["{x} and {y} belong together"],
    different: ["{x} and {y} belong apart"],
  },
  {
    is: ["{x} {play} the {w}"],
    and: ["{p} while {q}"],
    or: ["{p}, or otherwise {q}"],
    both: [],
    some: [],
    same: ["{x} and {y} make an equal pair"],
    different: ["{x} and {y} make an unequal pair"],
  },
];

const ZH_TRAINED: Manner = {
  is: [
    "{x}是{w}",
    "{x}是{w}",
    "{x}不是{o}",
    { kind: "knight", text: "{x}总说真话" },
    { kind: "knave", text: "{x}总说假话" },
  ],
  and: ["{p}，而且{q}", "{p}，并且{q}", "{p}而且{q}"],
  or: ["{p}，或者{q}", "{p}或者{q}", "{p}，或{q}"],
  both: ["{x}和{y}都是{w}"],
  some: ["{x}和{y}中至少有一个是{w}", "{x}和{y}至少有一个是{w}"],
  same: ["{x}和{y}是同一类人", "{x}和{y}是同类", "{x}与{y}是同一类人"],
  different: ["{x}和{y}不是同一类人", "{x}和{y}不是同类", "{x}与{y}是不同类的人"],
};

const ZH_HELD_OUT: readonly Manner[] = [
  {
    is: ["{x}算是{w}"],
    and: ["{p}，同时{q}"],
    or: ["{p}，要不然{q}"],
    both: [],
    some: [],
    same: ["{x}跟{y}一样"],
    different: ["{x}跟{y}不一样"],
  },
  {
    is: ["{x}属于{w}"],
    and: ["{p}，也有{q}"],
    or: ["{p}，不然就{q}"],
    both: [],
    some: [],
    same: ["{x}跟{y}属于同一种"],
    different: ["{x}跟{y}属于两种"],
  },
  {
    is: ["{x}当然是{w}"],
    and: ["{p}，另外{q}"],
    or: ["{p}，否则{q}"],
    both: [],
    some: [],
    same: ["{x}跟{y}身份相同"],
    different: ["{x}跟{y}身份不同"],
  },
];

export const MANNERS: Readonly<Record<Language, { readonly trained: Manner; readonly heldOut: readonly Manner[] }>> = {
  en: { trained: EN_TRAINED, heldOut: EN_HELD_OUT },
  zh: { trained: ZH_TRAINED, heldOut: ZH_HELD_OUT },
};

const VERBS: Readonly<Record<string, readonly [he: string, i: string]>> = {
  is: ["is", "am"],
  tell: ["tells", "tell"],
  lie: ["lies", "lie"],
  count: ["counts", "count"],
  play: ["plays", "play"],
};

/** Says a statement: `names` are the people's, with "I" for the speaker. */
export function say(
  statement: Statement,
  speaker: number,
  names: readonly string[],
  theme: number,
  language: Language,
  manner: Manner,
  random: Random,
): string {
  const { one, many } = THEMES[theme]![language];
  const self = language === "en" ? "I" : "我";
  const name = (person: number) => (person === speaker ? self : names[person]!);
  const fill = (pattern: string, [x, y]: readonly [number, number?], kind?: Kind) =>
    pattern.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const subject = pattern.startsWith("{y}") ? y! : x;
      const verb = VERBS[slot];
      if (verb !== undefined) return verb[subject === speaker ? 1 : 0];
      if (slot === "x") return name(x);
      if (slot === "y" || slot === "yo") return slot === "yo" && y === speaker ? "me" : name(y!);
      return slot === "W" ? many[kind!] : one[slot === "o" ? other(kind!) : kind!];
    });
  const is = ({ left, right }: Equation): string => {
    const fitting = manner.is.filter((pattern) => typeof pattern === "string" || pattern.kind === right);
    const pattern = random.pick(fitting);
    return fill(typeof pattern === "string" ? pattern : pattern.text, [left], right as Kind);
  };
  const { join, parts } = statement;
  const [first, second] = parts as [Equation, Equation?];
  if (join === undefined) {
    if (typeof first.right !== "number") return is(first);
    return fill(random.pick(first.equal ? manner.same : manner.different), [first.left, first.right]);
  }
  const alike = join === "and" ? manner.both : manner.some;
  // "Bob and I", never "I and Bob".
  const isTogether = first.right === second!.right && !(language === "en" && first.left === speaker);
  if (alike.length > 0 && isTogether && random.chance(0.6))
    return fill(random.pick(alike), [first.left, second!.left], first.right as Kind);
  return random.pick(manner[join]).replace("{p}", is(first)).replace("{q}", is(second!));
}

/** Reads a statement of one speaker; `person` numbers names. Undefined where no sentence of the language fits. */
export function readStatement(
  text: string,
  speaker: number,
  theme: number,
  language: Language,
  person: (name: string) => number | undefined,
): Statement | undefined {
  const who = (name: string) => (/^(?:I|me|我)$/i.test(name) ? speaker : person(name));
  const said = text.trim();
  for (const { form, regex, slots, kind } of PATTERNS[language][theme]!) {
    const match = regex.exec(said);
    if (match === null) continue;
    const slot = (name: string) => match[slots.indexOf(name) + 1]!;
    const [x, y] = [who(slot("x")), slots.includes("y") ? who(slot("y")) : undefined];
    if (x === undefined || (slots.includes("y") && (y === undefined || y === x))) continue;
    if (form === "same" || form === "different") return { parts: [{ left: x, equal: form === "same", right: y! }] };
    const named = kind ?? kindOf(slots.includes("o") ? slot("o") : slot("w"), theme, language, slots.includes("o"));
    const is = (left: number): Equation => ({ left, equal: true, right: named });
    if (form === "is") return { parts: [is(x)] };
    return { join: form === "both" ? "and" : "or", parts: [is(x), is(y!)] };
  }
  return readJoined(said, speaker, theme, language, person);
}

function readJoined(
  said: string,
  speaker: number,
  theme: number,
  language: Language,
  person: (name: string) => number | undefined,
): Statement | undefined {
  for (const { join, regex } of JOINTS[language]) {
    const match = regex.exec(said);
    if (match === null) continue;
    const parts = [match[1]!, match[2]!].map((part) => readIs(part, speaker, theme, language, person));
    if (parts[0] !== undefined && parts[1] !== undefined && parts[0].left !== parts[1].left)
      return { join, parts: parts as Equation[] };
  }
  return undefined;
}

/** One half of a joined statement: no join inside. */
function readIs(...[text, speaker, theme, language, person]: Parameters<typeof readStatement>): Equation | undefined {
  if (JOINTS[language].some(({ regex }) => regex.test(text))) return undefined;
  const read = readStatement(text, speaker, theme, language, person);
  return read?.join === undefined && typeof read?.parts[0]?.right === "string" ? read.parts[0] : undefined;
}

function kindOf(word: string, theme: number, language: Language, negated: boolean): Kind {
  const { one, many } = THEMES[theme]![language];
  const lower = word.toLowerCase();
  const kind: Kind = lower === one.knight || lower === many.knight ? "knight" : "knave";
  return negated ? other(kind) : kind;
}

interface Pattern {
  readonly form: "is" | "both" | "some" | "same" | "different";
  readonly regex: RegExp;
  /** The slots that the regex captures, in order; {yo} is a `y`, {W} a `w`. */
  readonly slots: readonly string[];
  readonly kind?: Kind;
}

const SLOT_NAMES: Readonly<Record<string, string>> = { yo: "y", W: "w" };

function patternsOf(language: Language, theme: number): Pattern[] {
  const { one, many } = THEMES[theme]![language];
  const kinds = `(${[...new Set([...Object.values(many), ...Object.values(one)])].join("|")})`;
  const name = language === "en" ? "([a-z]+)" : "(\\p{Script=Han}{1,3}|[a-z]+)";
  const compile = (form: Pattern["form"], pattern: string, kind?: Kind): Pattern => {
    const slots: string[] = [];
    const source = pattern.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const verb = VERBS[slot];
      if (verb !== undefined) return `(?:${verb.join("|")})`;
      slots.push(SLOT_NAMES[slot] ?? slot);
      return /[xy]/.test(slot) ? name : kinds;
    });
    return { form, slots, regex: new RegExp(`^${source}$`, "iu"), ...(kind === undefined ? {} : { kind }) };
  };
  const { trained, heldOut } = MANNERS[language];
  const found = [trained, ...heldOut].flatMap((manner) => [
    ...(["both", "some", "same", "different"] as const).flatMap((form) =>
      manner[form].map((pattern) => compile(form, pattern)),
    ),
    ...manner.is.map((pattern) =>
      typeof pattern === "string" ? compile("is", pattern) : compile("is", pattern.text, pattern.kind),
    ),
  ]);
  // "李雷不是骑士" before "李雷是骑士", whose name it would lengthen.
  return found.sort((a, b) => b.regex.source.length - a.regex.source.length);
}

const PATTERNS: Readonly<Record<Language, readonly (readonly Pattern[])[]>> = {
  en: THEMES.map((_, theme) => patternsOf("en", theme)),
  zh: THEMES.map((_, theme) => patternsOf("zh", theme)),
};

const JOINTS: Readonly<Record<Language, readonly { join: "and" | "or"; regex: RegExp }[]>> = {
  en: jointsOf("en"),
  zh: jointsOf("zh"),
};

function jointsOf(language: Language): { join: "and" | "or"; regex: RegExp }[] {
  const { trained, heldOut } = MANNERS[language];
  const joints = (["and", "or"] as const).flatMap((join) =>
    [trained, ...heldOut].flatMap((manner) => manner[join].map((pattern) => ({ join, pattern }))),
  );
  joints.sort((a, b) => b.pattern.length - a.pattern.length);
  return joints.map(({ join, pattern }) => ({
    join,
    regex: new RegExp(`^${pattern.replace(/\{[pq]\}/g, "(.+)")}$`, "iu"),
  }));
}

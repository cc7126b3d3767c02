// Thousands of seeded strings that are hard on tokenizers: Chinese, emoji, code, long digits, white space of every kind, lone
// surrogates, random code points, contractions, added tokens glued to text. What correct tokenizers may disagree on is left
// out: docs/decisions/2026-11-tokenizer-peers.md.

import { isNewerThanUnicode15 } from "./newer-than-unicode-15.ts";

const WORDS =
  "the hello HELLO don't they'LL we've I'm it's ſharp 'tis solve equation derivative function return const let null ünïcödé naïve straße ΑΒΓ αβγ привет мир שלום مرحبا नमस्ते 안녕 こんにちは カタカナ".split(
    " ",
  );
const CHINESE = [..."解方程求导数的小明比小红高一二三四五六七八九十，。：；？！（）《》、真话假话者程序输出什么"];
const EMOJI = ["🙂", "👩‍👩‍👧‍👦", "🇨🇳", "👍🏽", "❤️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫠"];
const CODE = [
  "for (let i = 0; i < n; i++) {\n",
  "\tif x != y:\n\t\tprint(x**2)\r\n",
  "a[i]+=b->c;",
  "// note\n\n",
  "\\boxed{x^2}",
  "e^(2x)",
  "dy/dx",
  "<=",
  "!==",
];
const SPACES = [
  " ",
  "  ",
  "   ",
  "\n",
  "\n\n",
  "\r\n",
  "\t",
  " \n ",
  "\u00a0",
  "\u3000",
  "\u2003",
  "\u2028",
  "\u200b",
  "\v",
  "\f",
  "\u180e",
];
const ADDED = ["<think>", "</think>", "[BACK]", "<|user|>", "<|end|>", "<|en", "<think", "[BACK"];
const MARKS = [
  "\u0301",
  "\u0308",
  "\ufe0f",
  "\u200d",
  "\u0000",
  "\u007f",
  "ª",
  "²",
  "½",
  "Ⅷ",
  "٣",
  "𝟘",
  "ﬁ",
  "İ",
  "ı",
  "・",
  "゠",
  "゛",
  "㐀",
  "\u00ad",
];

/**
 * `count` strings, the same for the same seed.
 * @example tokenizerProbes(2, 1) // two strings; more of the same seed begin with these
 */
export function tokenizerProbes(count: number, seed: number): string[] {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0; // mulberry32
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const codePoint = (): string => {
    const point = below([0x80, 0x800, 0x10000, 0x110000][below(4)]!);
    const isDisputed = point === 0x85 || point === 0xfeff || isNewerThanUnicode15(point);
    return String.fromCodePoint(isDisputed ? 0x20 : point);
  };
  const digits = (): string => Array.from({ length: 1 + below(40) }, () => below(10)).join("");
  const run = (): string => pick(["a", " ", "\n", "!", "7", "解", "é", "🙂", "'s", "<"]).repeat(1 + below(60));
  const makers: (() => string)[] = [
    () => pick(WORDS),
    () => ` ${pick(WORDS)}`,
    () => Array.from({ length: 1 + below(8) }, () => pick(CHINESE)).join(""),
    () => pick(EMOJI),
    () => pick(CODE),
    () => pick(SPACES),
    () => pick(ADDED),
    () => pick(MARKS),
    () => String.fromCharCode(0xd800 + below(0x800)), // a lone surrogate
    () => Array.from({ length: 1 + below(6) }, codePoint).join(""),
    digits,
    run,
    () => `${below(1000)}${pick(["+", "-", "*", "/", "=", "<", ">", "^"])}${below(1000)}`,
    () => pick(["'", "’", '"'] as const) + pick(["s", "T", "re", "VE", "m", "lL", "d", "x", "S "]),
  ];
  const joined = (): string => Array.from({ length: 1 + below(14) }, () => pick(makers)()).join("");
  return Array.from({ length: count }, () => joined().replaceAll("'ſ", "ſ"));
}

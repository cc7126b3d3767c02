// The filters: published numbers, a brute-force oracle for repetition, each rule at its threshold, and Chinese text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sfc32 } from "../../../shards/seeded-shuffle.ts";
import { sentencesIn, wordsOf } from "../text/words.ts";
import { c4 } from "./c4.ts";
import { fineweb } from "./fineweb.ts";
import { gopherQuality } from "./gopher-quality.ts";
import { gopherRepetition } from "./gopher-repetition.ts";
import { PRESETS, type Thresholds } from "./thresholds.ts";

const prose =
  `The committee met twice last week and could not agree on how the money should be spent. Everyone wanted the school to be
repaired before winter, but the roof, the windows and the heating all had their friends. A teacher spoke of cold hands at eight in the
morning. Somebody asked whether the old stove might be used again, and got no answer. The mayor, who had come late, promised to look
for a little more in the budget. Nobody believed him. At the end they voted that the roof comes first, and that parents who have time
will paint the windows themselves in spring.`.replaceAll("\n", " ");
const han =
  "委员会上周开了两次会，大家都希望在冬天之前把学校修好。会上讨论了三种方案，但是没有达成一致。有人认为应该先修屋顶，也有人说窗户更急。校长介绍了去年的费用，并且回答了家长提出的问题。下一次会议定在月底，届时将会投票决定。如果仍然没有结果，就由镇长来作出选择。大多数居民对此表示理解，不过也希望能够早日动工，让孩子们安心上课。";

/** Shares of repetition as the table's words say, with strings and no hashes. */
function bruteForce(text: string, n: number, isTop: boolean): number {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const runs: string[] = [];
  for (let i = 0; i + n <= words.length; i++) runs.push(words.slice(i, i + n).join(" "));
  if (isTop) {
    const counts = new Map<string, number>();
    for (const run of runs) counts.set(run, (counts.get(run) ?? 0) + 1);
    const most = Math.max(...counts.values());
    if (most < 2) return 0;
    return (
      Math.max(...[...counts].filter(([, count]) => count === most).map(([run, count]) => (run.length + 1) * count)) /
      text.length
    );
  }
  const seen = new Set<string>();
  let characters = 0;
  for (let i = 0; i < runs.length; ) {
    if (seen.has(runs[i]!)) {
      characters += runs[i]!.length + 1;
      i += n;
    } else seen.add(runs[i++]!);
  }
  return characters / text.length;
}

test("repetition is what counting strings says", () => {
  const next = sfc32(7, "repetition");
  for (let round = 0; round < 60; round++) {
    const vocabulary = 2 + (round % 9);
    const words = Array.from({ length: 30 + (next() % 200) }, () => "abcdefghij".slice(0, 1 + (next() % vocabulary)));
    const text = `${words.join(" ")} `; // every word is followed by a space, as the oracle counts
    for (const n of [2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const isTop = n < 5;
      const rule = (isTop ? `maxTop${n}Gram` : `maxDuplicate${n}Grams`) as keyof Thresholds;
      const failure = gopherRepetition(wordsOf(text), { [rule]: 0 });
      assert.equal(failure?.value ?? 0, Math.round(bruteForce(text, n, isTop) * 1e4) / 1e4, `${n} ${text}`);
    }
  }
});

test("lines and paragraphs that stood before", () => {
  const value = (text: string, rule: keyof Thresholds) => gopherRepetition(wordsOf(text), { [rule]: 0 })?.value ?? 0;
  assert.equal(value("a\nb\na\na", "maxDuplicateLines"), 0.5);
  assert.equal(value("aa\nb\naa", "maxDuplicateLineCharacters"), Math.round((2 / 7) * 1e4) / 1e4);
  assert.equal(value("a b\n\nc\n\na b", "maxDuplicateParagraphs"), 0.3333);
  assert.equal(value("ab\n\n\nab", "maxDuplicateParagraphCharacters"), Math.round((2 / 7) * 1e4) / 1e4);
});

test("the published numbers", () => {
  const { gopher, c4: ours, fineweb: chain } = PRESETS;
  assert.deepEqual(
    [gopher.minWords, gopher.maxWords, gopher.minMeanWordLength, gopher.maxMeanWordLength],
    [50, 100_000, 3, 10],
  );
  assert.deepEqual(
    [
      gopher.maxSymbolRatio,
      gopher.maxBulletLines,
      gopher.maxEllipsisLines,
      gopher.minAlphabeticWords,
      gopher.minStopWords,
    ],
    [0.1, 0.9, 0.3, 0.8, 2],
  );
  assert.deepEqual(
    [gopher.maxTop2Gram, gopher.maxTop3Gram, gopher.maxTop4Gram, gopher.maxDuplicate5Grams, gopher.maxDuplicate10Grams],
    [0.2, 0.18, 0.16, 0.15, 0.1],
  );
  assert.deepEqual([ours.minSentences, ours.minWordsPerLine, ours.maxWordLength], [5, 3, 1000]);
  assert.deepEqual(
    [
      chain.minPunctuatedLines,
      chain.maxShortLines,
      chain.shortLine,
      chain.maxRepeatedLineCharacters,
      chain.maxNewlineRatio,
      chain.terminalPunctuation,
    ],
    [0.12, 0.67, 30, 0.01, 0.3, false],
  );
});

test("good prose passes every preset, in English and in Chinese", () => {
  for (const [text, language] of [
    [prose, "en"],
    [han, "zh"],
  ] as const)
    for (const limits of Object.values(PRESETS) as Thresholds[]) {
      const words = wordsOf(text);
      assert.equal(
        gopherRepetition(words, limits) ??
          gopherQuality(words, language, limits) ??
          c4(text, limits).failure ??
          fineweb(words, limits),
        undefined,
        language,
      );
    }
});

test("each rule of Gopher's quality drops what it is for", () => {
  const rule = (text: string) => gopherQuality(wordsOf(text), "en", PRESETS.gopher)?.rule;
  const words = (word: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${word}${"xyz"[i % 3]}`).join(" ");
  assert.equal(rule("too short to be of use"), "minWords");
  assert.equal(rule(words("word", 100_001)), "maxWords");
  assert.equal(rule(words("a", 60)), "minMeanWordLength");
  assert.equal(rule(words("extraordinary", 60)), "maxMeanWordLength");
  assert.equal(rule(`${words("tag", 60)} ${"# ".repeat(20)}`), "maxSymbolRatio");
  assert.equal(rule(Array.from({ length: 20 }, () => "- one two three").join("\n")), "maxBulletLines");
  assert.equal(
    rule(`${prose}\n${Array.from({ length: 3 }, () => `${prose.slice(0, 400)}…`).join("\n")}`),
    "maxEllipsisLines",
  );
  assert.equal(rule(`${words("1234", 30).replace(/[xyz]/g, "5")} ${words("word", 60)}`), "minAlphabeticWords");
  assert.equal(rule(words("word", 60)), "minStopWords");
  assert.equal(gopherQuality(wordsOf(words("word", 60)), "fi", PRESETS.gopher), undefined, "no list, no rule");
});

test("C4 takes lines out and drops texts", () => {
  const lines = [
    "No end here",
    "Too short.",
    `${"x".repeat(1001)} is too long.`,
    "Please turn JavaScript on now.",
    "We use cookies on this site.",
  ];
  const result = c4([...lines, `${prose} [3][edit]\nIt ends so.`].join("\n"), PRESETS.c4);
  assert.equal(result.text, `${prose}\nIt ends so.`);
  assert.deepEqual(result.lines, {
    terminalPunctuation: 1,
    minWordsPerLine: 1,
    maxWordLength: 1,
    javascriptLines: 1,
    policyLines: 1,
  });
  assert.equal(c4("Lorem ipsum dolor sit amet.", PRESETS.c4).failure?.rule, "loremIpsum");
  assert.equal(c4("if (a) { b(); }.", PRESETS.c4).failure?.rule, "curlyBracket");
  assert.deepEqual(c4("One is here. Two is here.", PRESETS.c4).failure, { rule: "minSentences", value: 2, limit: 5 });
});

test("FineWeb drops at its thresholds", () => {
  const long = "a line that is longer than thirty characters, number ";
  const rule = (text: string) => fineweb(wordsOf(text), PRESETS.fineweb)?.rule;
  const lines = (count: number, end: string) => Array.from({ length: count }, (_, i) => `${long}${i}${end}`);
  assert.equal(rule([...lines(3, "."), ...lines(22, ",")].join("\n")), "minPunctuatedLines"); // 3 of 25 is 0.12
  assert.equal(rule([...lines(4, "."), ...lines(21, ",")].join("\n")), undefined);
  assert.equal(
    rule([...lines(33, "."), ...Array.from({ length: 67 }, (_, i) => `short ${i}.`)].join("\n")),
    "maxShortLines",
  );
  assert.equal(rule([...lines(9, "."), `${long}1.`].join("\n")), "maxRepeatedLineCharacters");
  assert.equal(
    rule(Array.from({ length: 20 }, (_, i) => `${"longword".repeat(4)}${i} two.`).join("\n")),
    "maxNewlineRatio",
  );
});

test("words and sentences, by the rule", () => {
  const words = (text: string) => {
    const { starts, ends } = wordsOf(text);
    return [...starts].map((start, i) => text.slice(start, ends[i]));
  };
  assert.deepEqual(words("“Don't,” he said -- (twice)"), ["Don't", "he", "said", "--", "twice"]);
  assert.deepEqual(words("我爱自然语言v2很好。"), ["我爱", "自然", "语言", "v2", "很好", "。"]);
  assert.equal(sentencesIn("One. Two! Three? “Four.” And five"), 5);
  assert.equal(sentencesIn("Mr J. Smith paid 3.50 to him."), 1);
  assert.equal(sentencesIn("一句。两句！三句？"), 3);
});

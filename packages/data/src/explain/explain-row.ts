// A training example of the stage `mix`, traced to the row that it was made of: task, level, language, cell, seed and index of the gym,
// or file and line. Owns making the row again.

import { conversationText, documentId } from "../documents/document.ts";
import type { RunStage } from "../pipeline/run-folder.ts";
import { rowAt } from "../shards/data-source.ts";
import { firstGroups } from "../shards/row-shards.ts";
import type { MixOptions } from "../stages/mix/mix.ts";
import { resolvedSources } from "../stages/mix/sources.ts";
import type { DocumentLife } from "./explain-document.ts";
import { exampleAt, shardsOf } from "./training-examples.ts";

/**
 * The row behind example `number` of a shard; undefined where no mixture of the run wrote that shard.
 * @throws LEMMA_E_OPTION (no such example), LEMMA_E_FILE (the gym, the tokenizer or a file is no longer what the shards were made of).
 */
export async function explainRow(
  stages: readonly RunStage[],
  shard: string,
  number: number,
): Promise<DocumentLife | undefined> {
  for (const stage of stages.filter(({ plan }) => plan.stage === "mix")) {
    const shards = await shardsOf(stage);
    if (!shards?.index.shards.some(({ name }) => name === shard)) continue;
    const { example, group, index } = exampleAt(stage, shard, number);
    const { sources } = resolvedSources(stage.plan.options as MixOptions);
    const firsts = firstGroups(sources);
    const at = firsts.findLastIndex((first) => first <= group);
    const { messages } = rowAt(sources[at]!, group - firsts[at]!, index);
    const { task, level, language, cell, split, phrasing, seed, generator, version } = shards.index.groups[group]!;
    const origin =
      generator === "file"
        ? { file: task, line: index + 1 }
        : { task, version, level, language, cell, split, phrasing, seed, index };
    const source = { path: task, format: generator, index };
    const text = conversationText(messages);
    return {
      id: documentId(source, text),
      source,
      text,
      steps: [{ folder: stage.name, stage: "mix", what: "encoded", entries: [{ stage: "mix", ...origin }] }],
      examples: [example],
      asked: { shard, number },
    };
  }
  return undefined;
}

// `lemma data`: tokenizer and token shards. A group of commands, each in its own file.

import type { CommandGroup } from "../command.ts";
import { SUMMARIES } from "../summaries.ts";
import { dataInspect } from "./data-inspect.ts";
import { dataShards } from "./data-shards.ts";
import { dataTokenizer } from "./data-tokenizer.ts";

export const data: CommandGroup = {
  name: "data",
  summary: SUMMARIES.data,
  commands: [dataShards, dataInspect, dataTokenizer],
};

// `lemma data`: the pipeline and its stages, tokenizer and token shards. A group of commands.

import { stages } from "@lemma/data";
import type { CommandGroup } from "../command.ts";
import { SUMMARIES } from "../summaries.ts";
import { dataExplain } from "./data-explain.ts";
import { dataInspect } from "./data-inspect.ts";
import { dataRun } from "./data-run.ts";
import { stageCommand } from "./data-stage.ts";
import { dataTask } from "./data-task.ts";
import { dataTokenizer } from "./data-tokenizer.ts";

export const data: CommandGroup = {
  name: "data",
  summary: SUMMARIES.data,
  commands: [dataRun, ...stages().map(stageCommand), dataExplain, dataInspect, dataTokenizer, dataTask],
};

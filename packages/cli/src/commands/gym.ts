// `lemma gym`: the task families. A group of three commands, each in its own file.

import type { CommandGroup } from "../command.ts";
import { SUMMARIES } from "../summaries.ts";
import { gymCheck } from "./gym-check.ts";
import { gymGenerate } from "./gym-generate.ts";
import { gymList } from "./gym-list.ts";

export const gym: CommandGroup = {
  name: "gym",
  summary: SUMMARIES.gym,
  commands: [gymList, gymGenerate, gymCheck],
};

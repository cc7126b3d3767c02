// deepseek_v2 (DeepSeek-V2-Lite): softmax scores, the best experts of all. Its larger brothers limit them to groups by each group's
// best score, for which GGUF has no word (its runtimes add the two best), and weights that add up to 1 mean different things in
// DeepSeek's code and in transformers: both are refused.

import type { Architecture } from "./architecture.ts";
import { deepseekPlan } from "./deepseek.ts";

export const deepseekV2: Architecture = {
  modelType: "deepseek_v2",
  plan(config) {
    config.only("scoring_func", "softmax");
    config.only("topk_method", "greedy");
    config.only("norm_topk_prob", false);
    return deepseekPlan(config, { scoring: "softmax", hasBias: false, groups: 1, usedGroups: 1, isNormalised: false });
  },
};

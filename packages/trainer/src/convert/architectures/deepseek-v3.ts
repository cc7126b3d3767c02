// deepseek_v3 (DeepSeek-V3, R1): sigmoid scores; a bias, which balances the load, takes part in choosing experts and not in
// weighting them; experts in groups, of which the best by the sum of their two best scores stay (arXiv 2412.19437, 2.1.2).

import type { Architecture } from "./architecture.ts";
import { deepseekPlan } from "./deepseek.ts";

export const deepseekV3: Architecture = {
  modelType: "deepseek_v3",
  plan(config) {
    config.only("scoring_func", "sigmoid");
    config.only("topk_method", "noaux_tc");
    return deepseekPlan(config, {
      scoring: "sigmoid",
      hasBias: true,
      groups: config.integer("n_group", 1),
      usedGroups: config.integer("topk_group", 1),
      isNormalised: config.flag("norm_topk_prob", true),
    });
  },
};

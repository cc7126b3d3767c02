// The table of architectures that convert, by Hugging Face `model_type`. A new one is a file beside this and a line here.

import type { ConfigFields } from "../config-fields.ts";
import type { ModelPlan } from "./architecture.ts";
import { deepseekV2 } from "./deepseek-v2.ts";
import { deepseekV3 } from "./deepseek-v3.ts";
import { llama } from "./llama.ts";
import { qwen2 } from "./qwen2.ts";
import { qwen3 } from "./qwen3.ts";

const ARCHITECTURES = [llama, qwen2, qwen3, deepseekV2, deepseekV3] as const;

/** The values of `model_type` that convert. */
export const CONVERT_MODEL_TYPES: readonly string[] = Object.freeze(ARCHITECTURES.map((one) => one.modelType));

/** The plan for a config.json. @throws LEMMA_E_MODEL_UNSUPPORTED (another model_type, an unsupported feature), LEMMA_E_MODEL_FORMAT */
export function planModel(config: ConfigFields): ModelPlan {
  const modelType = config.text("model_type");
  const architecture = ARCHITECTURES.find((one) => one.modelType === modelType);
  if (architecture) return architecture.plan(config);
  throw config.unsupported("model_type", CONVERT_MODEL_TYPES.join(", "));
}

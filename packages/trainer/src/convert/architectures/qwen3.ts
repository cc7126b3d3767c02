// qwen3: RMSNorm on each head of q and k; rows of q and k keep Hugging Face's order (GGUF's qwen3 rotates halves too).

import type { Architecture, MappedTensor } from "./architecture.ts";
import { denseMetadata, denseShape, denseTensors } from "./dense.ts";
import { readRope } from "./rope.ts";

export const qwen3: Architecture = {
  modelType: "qwen3",
  plan(config) {
    const shape = denseShape(config);
    const rope = readRope("qwen3", config, shape.headDim, ["linear", "yarn"]);
    const layer = (to: string, from: string): MappedTensor[] => [
      {
        name: `${to}attn_q.weight`,
        from: `${from}self_attn.q_proj.weight`,
        shape: [shape.heads * shape.headDim, shape.width],
      },
      { name: `${to}attn_q_norm.weight`, from: `${from}self_attn.q_norm.weight`, shape: [shape.headDim] },
      {
        name: `${to}attn_k.weight`,
        from: `${from}self_attn.k_proj.weight`,
        shape: [shape.kvHeads * shape.headDim, shape.width],
      },
      { name: `${to}attn_k_norm.weight`, from: `${from}self_attn.k_norm.weight`, shape: [shape.headDim] },
    ];
    return {
      architecture: "qwen3",
      vocabularySize: shape.vocabulary,
      metadata: { ...denseMetadata("qwen3", config, shape), ...rope.metadata },
      mapped: denseTensors(shape, layer),
      computed: rope.tensors,
      isRedundant: (name) => shape.isTied && name === "lm_head.weight",
    };
  },
};

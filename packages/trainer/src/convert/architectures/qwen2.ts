// qwen2: biases of q, k and v in every layer; rows keep Hugging Face's order (GGUF's qwen2 rotates halves too).

import type { Architecture, MappedTensor } from "./architecture.ts";
import { denseMetadata, denseShape, denseTensors } from "./dense.ts";
import { readRope } from "./rope.ts";

export const qwen2: Architecture = {
  modelType: "qwen2",
  plan(config) {
    const shape = denseShape(config);
    const rope = readRope("qwen2", config, shape.headDim, ["linear", "yarn"]);
    const rows = { q: shape.heads * shape.headDim, k: shape.kvHeads * shape.headDim, v: shape.kvHeads * shape.headDim };
    const layer = (to: string, from: string): MappedTensor[] => {
      const bias = (part: "q" | "k" | "v"): MappedTensor => {
        return { name: `${to}attn_${part}.bias`, from: `${from}self_attn.${part}_proj.bias`, shape: [rows[part]] };
      };
      const weight = (part: "q" | "k"): MappedTensor => {
        const shapeOf = [rows[part], shape.width];
        return { name: `${to}attn_${part}.weight`, from: `${from}self_attn.${part}_proj.weight`, shape: shapeOf };
      };
      return [weight("q"), bias("q"), weight("k"), bias("k"), bias("v")];
    };
    return {
      architecture: "qwen2",
      vocabularySize: shape.vocabulary,
      metadata: { ...denseMetadata("qwen2", config, shape), ...rope.metadata },
      mapped: denseTensors(shape, layer),
      computed: rope.tensors,
      isRedundant: (name) => shape.isTied && name === "lm_head.weight",
    };
  },
};

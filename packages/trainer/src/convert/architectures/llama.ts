// llama: Hugging Face stores the rows of each head of q and k so that RoPE rotates (i, i + d/2); GGUF's llama rotates
// neighbours (2i, 2i + 1). So the rows change places: row 2i + s of a head is its old row s * d/2 + i. The attention is the same.

import type { Architecture, MappedTensor } from "./architecture.ts";
import { denseMetadata, denseShape, denseTensors } from "./dense.ts";
import { readRope } from "./rope.ts";

export const llama: Architecture = {
  modelType: "llama",
  plan(config) {
    const shape = denseShape(config);
    const { headDim, heads, kvHeads, width } = shape;
    const rope = readRope("llama", config, headDim, ["linear", "llama3", "yarn"]);
    const reorder = (values: Float32Array): Float32Array => interleaveHeads(values, headDim, width);
    const layer = (to: string, from: string): MappedTensor[] => [
      { name: `${to}attn_q.weight`, from: `${from}self_attn.q_proj.weight`, shape: [heads * headDim, width], reorder },
      {
        name: `${to}attn_k.weight`,
        from: `${from}self_attn.k_proj.weight`,
        shape: [kvHeads * headDim, width],
        reorder,
      },
    ];
    return {
      architecture: "llama",
      vocabularySize: shape.vocabulary,
      metadata: { ...denseMetadata("llama", config, shape), ...rope.metadata },
      mapped: denseTensors(shape, layer),
      computed: rope.tensors,
      isRedundant: (name) =>
        (shape.isTied && name === "lm_head.weight") ||
        /^model\.layers\.\d+\.self_attn\.rotary_emb\.inv_freq$/.test(name),
    };
  },
};

/**
 * Rows of each head from halves to interleaved pairs. `values` are rows of `width`; each head has `headDim` rows.
 * @example interleaveHeads(Float32Array.of(0, 1, 2, 3), 4, 1); // 0, 2, 1, 3
 */
export function interleaveHeads(values: Float32Array, headDim: number, width: number): Float32Array {
  const out = new Float32Array(values.length);
  const half = headDim / 2;
  const rows = values.length / width;
  for (let row = 0; row < rows; row++) {
    const inHead = row % headDim;
    const from = (row - inHead + (inHead % 2) * half + (inHead >> 1)) * width;
    out.set(values.subarray(from, from + width), row * width);
  }
  return out;
}

// Mixture of experts as DeepSeek has it: its sizes, and the keys and tensors of `deepseek2` files. Experts of one layer become one
// tensor with the expert as its first axis; the router and its bias stay F32, since a tie rounded away is another expert.
// Must not know attention, nor which models have which gate.

import type { GgufValue } from "@lemma/engine";
import type { ConfigFields } from "../config-fields.ts";
import type { MappedTensor } from "./architecture.ts";

/** How scores choose experts. `groups` is 1 where all experts compete with one another. */
export interface MoeGate {
  scoring: "softmax" | "sigmoid";
  hasBias: boolean;
  groups: number;
  usedGroups: number;
  isNormalised: boolean;
}

/** The sizes of the experts, and their gate. */
export interface MoeShape extends MoeGate {
  /** Layers before the first one with experts. */
  denseLayers: number;
  experts: number;
  used: number;
  shared: number;
  expertWidth: number;
  scale: number;
}

const GATING = { softmax: 1, sigmoid: 2 } as const; // llama.cpp's numbers

/** Reads and checks the sizes. */
export function moeShape(config: ConfigFields, gate: MoeGate): MoeShape {
  config.only("moe_layer_freq", 1);
  const layers = config.integer("num_hidden_layers", 1);
  const denseLayers = config.integer("first_k_dense_replace", 0);
  if (denseLayers >= layers) {
    throw config.unsupported(
      "first_k_dense_replace",
      `less than num_hidden_layers (${layers}), as some layer needs experts`,
    );
  }
  const experts = config.integer("n_routed_experts", 1);
  const used = config.integer("num_experts_per_tok", 1);
  if (used > experts) throw config.wrong("num_experts_per_tok", `at most n_routed_experts (${experts})`);
  const { groups, usedGroups } = gate;
  if (experts % groups !== 0) throw config.wrong("n_group", `a divisor of n_routed_experts (${experts})`);
  if (usedGroups < 1 || usedGroups > groups) throw config.wrong("topk_group", `from 1 to n_group (${groups})`);
  if (groups > 1 && experts / groups < 2) throw config.unsupported("n_group", `groups of two experts or more`);
  const open = (experts / groups) * usedGroups;
  if (used > open) throw config.wrong("num_experts_per_tok", `at most the ${open} experts of ${usedGroups} groups`);
  return {
    ...gate,
    denseLayers,
    experts,
    used,
    shared: config.integer("n_shared_experts", 1),
    expertWidth: config.integer("moe_intermediate_size", 1),
    scale: config.number("routed_scaling_factor", 1e-6, 1e6),
  };
}

/** The keys of the experts, without the architecture's name before them. Groups that are all used say nothing. */
export function moeMetadata(shape: MoeShape): Record<string, GgufValue> {
  const u32 = (value: number): GgufValue => ({ type: "u32", value });
  const hasGroups = shape.usedGroups < shape.groups;
  return {
    leading_dense_block_count: u32(shape.denseLayers),
    expert_count: u32(shape.experts),
    expert_used_count: u32(shape.used),
    expert_shared_count: u32(shape.shared),
    expert_feed_forward_length: u32(shape.expertWidth),
    expert_weights_scale: { type: "f32", value: shape.scale },
    expert_weights_norm: { type: "bool", value: shape.isNormalised },
    expert_gating_func: u32(GATING[shape.scoring]),
    ...(hasGroups ? { expert_group_count: u32(shape.groups), expert_group_used_count: u32(shape.usedGroups) } : {}),
  };
}

/** The tensors of one layer's experts; `to` and `from` end in a dot. */
export function moeTensors(shape: MoeShape, width: number, to: string, from: string): MappedTensor[] {
  const { experts, expertWidth, shared, hasBias } = shape;
  const parts = (inner: number): [string, string, number[]][] => [
    ["ffn_gate", "gate_proj", [inner, width]],
    ["ffn_up", "up_proj", [inner, width]],
    ["ffn_down", "down_proj", [width, inner]],
  ];
  const gate: MappedTensor[] = [
    { name: `${to}ffn_gate_inp.weight`, from: `${from}mlp.gate.weight`, shape: [experts, width], type: "F32" },
  ];
  const bias = `${from}mlp.gate.e_score_correction_bias`;
  if (hasBias) gate.push({ name: `${to}exp_probs_b.bias`, from: bias, shape: [experts] });
  return [
    ...gate,
    ...parts(expertWidth).map(([name, source, extents]): MappedTensor => {
      const sources = Array.from({ length: experts }, (_, i) => `${from}mlp.experts.${i}.${source}.weight`);
      return { name: `${to}${name}_exps.weight`, from: sources, shape: extents };
    }),
    ...parts(shared * expertWidth).map(([name, source, extents]): MappedTensor => {
      return { name: `${to}${name}_shexp.weight`, from: `${from}mlp.shared_experts.${source}.weight`, shape: extents };
    }),
  ];
}

// The public surface of @lemma/gym. Importing it registers every family's checker with @lemma/verify.

export { type CompositeOptions, type CompositePart, generateComposite } from "./composite.ts";
export { CONVERSATION_SHARES, type ConversationShares, converse } from "./conversation.ts";
export {
  Curriculum,
  type CurriculumDraw,
  type CurriculumOptions,
  type CurriculumState,
  type CurriculumTask,
  type TaskStanding,
} from "./curriculum.ts";
export { type Family, type Phrasing, type PhrasingId, phrasingsOf } from "./family.ts";
export {
  type GenerateOptions,
  type GenerateRange,
  generate,
  generateRow,
  generateWithCells,
  LANGUAGES,
} from "./generate.ts";
export { SHARED_RUN, unitsOf } from "./overlap.ts";
export { MATHEMATICAL_PROOFS, type ProofName } from "./proof-names.ts";
export { Random } from "./random.ts";
export { families, familyById } from "./registry.ts";
export { splitOf } from "./split.ts";

// The English wordings of syllogisms, the held-out ones first: they were written first. {given} are the premises, {lines} the same in lines
// of their own, {claim} what may follow; {quoted} is the claim with quotation marks.

export const HELD_OUT_EN: readonly string[] = [
  "Granted: {given}. Would a rigorous thinker be forced to accept {quoted}?",
  "{given}. Whoever grants this much, must he grant as well that {claim}?",
  "Suppose somebody swears to this: {given}. Has he thereby sworn that {claim}?",
];

export const TRAINED_EN: readonly string[] = [
  "{given}. Does it follow that {claim}?",
  "[Premises|Given]: {given}. Conclusion: {claim}. [Is the conclusion valid?|Is this valid?|Valid or not?]",
  "[If|Suppose] [all of this|the following] is true: {given}. Must it [also |]be true that {claim}?",
  "[Does|Can] {quoted} [follow|be concluded] from [these premises|the following]: {given}?",
  "[We know|We are told|Given]:{lines}\n[Can we|May we] conclude that {claim}?",
  "{given}. Therefore {claim}. Is [this|the] [argument|syllogism|inference] valid?",
  "[Decide|Check|Tell me] [if|whether] {quoted} [necessarily follows|follows]: {given}.",
  "[Logic question|A syllogism|A logic puzzle]: {given}. Is it then certain that {claim}?",
  "[My friend|A student|Someone] argues: {given}; [hence|so] {claim}. [Is that logically correct?|Does the conclusion follow?]",
  "Here are some facts.{lines}\nIs {quoted} a logical consequence [of them|of these]?",
];

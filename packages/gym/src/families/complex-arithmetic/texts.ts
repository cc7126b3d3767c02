// The texts that ask for complex arithmetic, the held-out ones first: they were written first. A text asks any expression {e}, or has a
// form for each kind, with the numbers {p} {q} or the number {p} and its exponent {n}.

import type { Language } from "@lemma/protocol";
import type { Wordings } from "../../wordings.ts";
import type { Kind } from "./problem.ts";

/** One text for all kinds, or one for each. */
export type Text = string | Readonly<Record<Kind, string>>;

export const TEXTS: Readonly<Record<Language, Wordings<Text>>> = {
  en: {
    heldOut: [
      "{e} collapses to a single complex number: which one?",
      "Bring {e} into its proper form, real part first.",
      {
        sum: "{p}, increased by {q}, is which complex number?",
        difference: "{p}, lowered by {q}, is which complex number?",
        product: "{p}, multiplied by {q}, is which complex number?",
        quotient: "{p}, divided by {q}, is which complex number?",
        power: "The number {p} gets multiplied with itself until there are {n} factors. State the outcome.",
      },
    ],
    trained: [
      "[What is|What's|Find|Compute] {e}[?|]",
      "[Calculate|Evaluate|Work out|Simplify] {e}.",
      "{e} [= ?|=|=?]",
      "[Can|Could] you [please |]compute {e}[ for me|]?",
      "[Write|Give] {e} as a complex number [in standard form|with its real and imaginary part].",
      "In complex numbers, [what is|how much is] {e}?",
      "[I need|We want] {e}[, step by step|].",
      "[Exercise|Complex numbers]: {e}",
      {
        sum: "[What is|What's] {p} plus {q}?",
        difference: "[What is|What's] {p} minus {q}?",
        product: "[What is|What's] {p} times {q}?",
        quotient: "[What is|What's] {p} divided by {q}?",
        power: "[What is|What's] {p} to the power {n}?",
      },
      {
        sum: "Add {p} and {q}.",
        difference: "Subtract {q} from {p}.",
        product: "Multiply {p} by {q}.",
        quotient: "Divide {p} by {q}.",
        power: "Raise {p} to the power {n}.",
      },
      {
        sum: "[Find|Give] the sum of the complex numbers {p} and {q}.",
        difference: "[Find|Give] the difference of the complex numbers {p} and {q}.",
        product: "[Find|Give] the product of the complex numbers {p} and {q}.",
        quotient: "[Find|Give] the quotient of the complex numbers {p} and {q}.",
        power: "[Find|Give] the power of the complex number {p} with exponent {n}.",
      },
    ],
  },
  zh: {
    heldOut: [
      "{e}可以并成一个复数，是哪个？",
      "请把{e}写成标准形式，实部在前。",
      {
        sum: "两个复数{p}、{q}合到一起，写出结局。",
        difference: "两个复数，{p}去掉{q}，写出结局。",
        product: "两个复数{p}、{q}相乘，写出结局。",
        quotient: "两个复数，{p}比上{q}，写出结局。",
        power: "{n}个{p}连乘起来，写出结局。",
      },
    ],
    trained: [
      "[求|计算|算出|请问]{e}[。|=？|是多少？]",
      "{e}[等于多少？|等于几？|是多少？]",
      "{e} [= ?|=|=?]",
      "[你能|能不能|可以]帮我算{e}吗？",
      "[写出|给出]{e}的[结果|值]。",
      "在复数范围内，{e}[是多少？|等于什么？]",
      "[我要|我们要]{e}的[值|结果]。",
      "[练习|复数题]：{e}",
      {
        sum: "{p}加{q}[等于多少？|是多少？]",
        difference: "{p}减{q}[等于多少？|是多少？]",
        product: "{p}乘以{q}[等于多少？|是多少？]",
        quotient: "{p}除以{q}[等于多少？|是多少？]",
        power: "{p}的{n}次方[等于多少？|是多少？]",
      },
      {
        sum: "[求|计算]复数{p}与{q}的和。",
        difference: "[求|计算]复数{p}与{q}的差。",
        product: "[求|计算]复数{p}与{q}的积。",
        quotient: "[求|计算]复数{p}与{q}的商。",
        power: "[求|计算]复数{p}的{n}次幂。",
      },
      {
        sum: "把{p}和{q}相加，[得几？|得多少？]",
        difference: "从{p}中减去{q}，[得几？|得多少？]",
        product: "让{p}和{q}相乘，[得几？|得多少？]",
        quotient: "用{q}去除{p}，[得几？|得多少？]",
        power: "把{p}自乘，共{n}个因数，[得几？|得多少？]",
      },
    ],
  },
};

// The English wordings of divisibility, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import type { Wording } from "./wordings.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    {
      gcd: "Name the biggest whole number by which {a} as well as {b} can be divided.",
      lcm: "Name the tiniest positive number that {a} as well as {b} divide.",
      factors: "Name the primes which, multiplied, make up {a}.",
    },
    {
      gcd: "Two numbers are given, {a} and {b}. Their {gcd} is wanted.",
      lcm: "Two numbers are given, {a} and {b}. Their {lcm} is wanted.",
      factors: "One number is given, {a}. Its prime decomposition is wanted.",
    },
    {
      gcd: "A florist ties {a} roses and {b} tulips into equal bunches with nothing over. At most how many bunches result?",
      lcm: "One bell rings every {a} seconds, another one every {b}. Both rang just now; after what time do they ring together again?",
      factors: "Into which primes does {a} fall apart?",
    },
  ],
  trained: [
    {
      gcd: "[What is|What's|Find|Compute|Determine|Calculate] the {gcd} of {a} and {b}[?|.]",
      lcm: "[What is|What's|Find|Compute|Determine|Calculate] the {lcm} of {a} and {b}[?|.]",
      factors: "[What is|What's|Find|Compute|Determine] the prime [factorization|factorisation] of {a}[?|.]",
    },
    {
      gcd: "{GCD}({a}, {b})[ = ?| =|?|]",
      lcm: "{LCM}({a}, {b})[ = ?| =|?|]",
      factors: "[Factor|Factorize|Factorise|Decompose] {a} into [primes|prime factors][.|]",
    },
    {
      gcd: "[Find|Compute|Give me|Work out|What is] {GCD}({a},{b})[.|?]",
      lcm: "[Find|Compute|Give me|Work out|What is] {LCM}({a},{b})[.|?]",
      factors: "[Write|Express|Give] {a} as a product of [primes|prime numbers|prime factors].",
    },
    {
      gcd: "[Which|What] is the [largest|greatest|highest] number that divides both {a} and {b}?",
      lcm: "[Which|What] is the [smallest|least|lowest] number that both {a} and {b} divide?",
      factors: "[Which|What] are the prime factors of {a}?",
    },
    {
      gcd: "{a} and {b}: [what is their|find the|give their] {gcd}[?|.]",
      lcm: "{a} and {b}: [what is their|find the|give their] {lcm}[?|.]",
      factors: "{a}: [what is its prime factorization|find the prime factors|give its prime factors][?|.]",
    },
    {
      gcd: "[Can|Could|Would] you [please |][find|compute|tell me] the {gcd} of {a} and {b}?",
      lcm: "[Can|Could|Would] you [please |][find|compute|tell me] the {lcm} of {a} and {b}?",
      factors: "[Can|Could|Would] you [please |][factor|factorize|break up] {a} into primes?",
    },
    {
      gcd: "{Gcd} of {a} and {b}[?| =|: what is it?|, please.]",
      lcm: "{Lcm} of {a} and {b}[?| =|: what is it?|, please.]",
      factors: "Prime [factorization|factorisation|factors] of {a}[?| =|: what is it?|, please.]",
    },
    {
      gcd: "First number: {a}\nSecond number: {b}\n{Gcd}?",
      lcm: "First number: {a}\nSecond number: {b}\n{Lcm}?",
      factors: "Number: {a}\n[Prime factors|Prime factorization|Factors, all prime]?",
    },
    {
      gcd: "[Ann|Ben|Mia|Tom] packs {a} apples and {b} pears into bags that all hold the same, with none left. What is the largest possible number of bags?",
      lcm: "A [bus|train|boat] leaves every {a} minutes and [a tram|a ferry] every {b} minutes. They leave together now. In how many minutes will they leave together [again|next]?",
      factors: "Split {a} into prime [numbers|factors] and write it as their product.",
    },
    {
      gcd: "A floor of {a} by {b} cm gets square tiles, all alike and none cut. [How long can a tile be at most|What is the longest side a tile can have]?",
      lcm: "[One lamp|A lamp] blinks every {a} seconds, [the other|a second lamp] every {b} seconds. They blink together now. How many seconds until they [do so again|next blink together]?",
      factors: "[I want|I need|We need] {a} as a product of primes.",
    },
    {
      gcd: "Two ropes of {a} cm and {b} cm are cut into pieces of one length without [rest|waste]. How long are the pieces at most?",
      lcm: "[Steps|Tiles] of {a} cm and [steps|tiles] of {b} cm start at one line. After how many cm do they [end|meet] at one line again?",
      factors: "[Break|Take] {a} [down|apart] until only primes [are left|remain].",
    },
    {
      gcd: "By which largest number can {a} and {b} both be divided [without remainder|exactly]?",
      lcm: "Which smallest number can be divided by both {a} and {b} [without remainder|exactly]?",
      factors: "[Of which primes|From which prime numbers] is {a} the product?",
    },
    {
      gcd: "[Let|Suppose] a = {a} and b = {b}. [Find|What is] {GCD}(a, b)[.|?]",
      lcm: "[Let|Suppose] a = {a} and b = {b}. [Find|What is] {LCM}(a, b)[.|?]",
      factors: "[Let|Suppose] n = {a}. [Factor|Factorize] n into primes.",
    },
    {
      gcd: "[I need|I'm looking for|Help me find] the {gcd}: {a}, {b}[.|]",
      lcm: "[I need|I'm looking for|Help me find] the {lcm}: {a}, {b}[.|]",
      factors: "[I need|I'm looking for|Help me find] the prime factors: {a}[.|]",
    },
    {
      gcd: "How large is the {gcd} of {a} and {b}?",
      lcm: "How large is the {lcm} of {a} and {b}?",
      factors: "How does {a} factor into primes?",
    },
    {
      gcd: "What is the {gcd}? [The numbers are|We have|Numbers:] {a} and {b}.",
      lcm: "What is the {lcm}? [The numbers are|We have|Numbers:] {a} and {b}.",
      factors: "What are the prime factors? [The number is|We have|Number:] {a}.",
    },
    {
      gcd: "[To cancel|To simplify] the fraction {a}/{b} fully, by which number do I divide above and below?",
      lcm: "[Two|My two] fractions have the denominators {a} and {b}. What is the least common denominator?",
      factors: "[Divide|Keep dividing] {a} by primes [as long as it goes|until 1 is left] and list them as a product.",
    },
    {
      gcd: "[My homework asks for|The exercise is|Next is] the {gcd} of {a} and {b}. [What is it?|Help me.|]",
      lcm: "[My homework asks for|The exercise is|Next is] the {lcm} of {a} and {b}. [What is it?|Help me.|]",
      factors: "[My homework asks for|The exercise is|Next is] the prime factorization of {a}. [What is it?|Help me.|]",
    },
    {
      gcd: "[Take|Use] {a} and {b} and [give|state|show] their {gcd}.",
      lcm: "[Take|Use] {a} and {b} and [give|state|show] their {lcm}.",
      factors: "[Take|Use] {a} and [give|state|show] its prime factors.",
    },
    {
      gcd: "What do {a} and {b} have as {gcd}?",
      lcm: "What do {a} and {b} have as {lcm}?",
      factors: "What does {a} have as prime factors?",
    },
  ],
};

/** Names of the two quantities. */
export const NAMES_EN = {
  gcd: [
    "greatest common divisor",
    "greatest common factor",
    "highest common factor",
    "largest common divisor",
    "GCD",
    "gcd",
  ],
  lcm: ["least common multiple", "lowest common multiple", "smallest common multiple", "LCM", "lcm"],
} as const;

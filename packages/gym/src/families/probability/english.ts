// The English wordings of probability, a list for each kind, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { KindTexts } from "../../kind-wordings.ts";
import type { Kind } from "./problem.ts";

export const ENGLISH: KindTexts<Kind> = {
  heldOut: {
    draw: [
      "{counts} {things} lie under a cloth, and a child grabs a single one. How likely is {event}?",
      "Imagine a sack filled with {counts} {things}. State the chance to grab {event}.",
      "Blindfolded, someone reaches for one of {counts} {things}. What fraction of attempts yields {event}?",
    ],
    number: [
      "Balls labelled 1 through {n} tumble in a lottery drum, then one pops out. How likely is its label to {cond}?",
      "Doors carry labels 1 through {n}, and a visitor opens any of them. State the chance of her label to {cond}.",
      "Some computer selects an integer between 1 and {n}, both included. In what fraction of runs does it {cond}?",
    ],
    coins: [
      "A referee throws {n} honest coins upward. How likely are {cond}?",
      "An honest coin, {n} flips in a row. State the chance for {cond}.",
      "Flip an unbiased coin {n} times and count. In what fraction of all outcomes do you see {cond}?",
    ],
    draws: [
      "Somebody fishes {k} {things} out of a sack, {back}; inside there were {counts}. How likely is {event}?",
      "A sack is filled with {counts} {things}. A hand grabs {k}, {back}. State the chance of {event}.",
      "{counts} {things}, {k} grabs, {back}: what fraction of attempts yields {event}?",
    ],
    dice: [
      "A gambler shakes {dice} in a cup. How likely is {cond}?",
      "{dice} tumble down the stairs. State the chance of {cond}.",
      "Board game with {dice}: what fraction of throws yields {cond}?",
    ],
    trials: [
      "An archer's arrows strike gold at rate {p} each, and {n} arrows fly. How likely are {event}?",
      "A rusty lock opens at {p} of attempts, and {n} attempts are made. State the chance of {event}.",
      "Shots go in at a rate of {p}. After {n} shots, in what fraction of matches were there {event}?",
    ],
    totals: [
      "Survey: {a} among {p} {A} {do}, and so do {b} among {q} {B}. How likely is somebody known {given} also {wanted}?",
      "Aboard are {p} {A} ({a} {do}) plus {q} {B} ({b} {do}). For a passenger known {given}, state the chance {wanted}.",
      "List: {p} {A}, {a} who {do}; {q} {B}, {b} who {do}. Among people known {given}, what fraction is known {wanted}?",
    ],
    cells: [
      "Survey: {a} {A} {do} but {c} never; {b} {B} {do} but {d} never. How likely is somebody known {given} also {wanted}?",
      "Aboard: {A} {a} yes, {c} no; {B} {b} yes, {d} no (yes: they {do}). For a passenger known {given}, state the chance {wanted}.",
      "Tally ({do}, or never): {a} against {c} {A}, {b} against {d} {B}. Among people known {given}, what fraction is known {wanted}?",
    ],
    test: [
      "Among {n} cattle, {p}% carry a parasite. A quick check alarms for {s}% of carriers and {f}% of other animals. How likely does an alarm mean a carrier?",
      "A collector owns {n} coins, {p}% being forged. Its scanner beeps at {s}% of forgeries and at {f}% of genuine pieces. State the chance of forgery after a beep.",
      "{n} travellers pass a gate, {p}% smuggle. A hound barks at {s}% of smugglers and at {f}% of others. What fraction of barks is justified?",
    ],
  },
  trained: {
    draw: [
      "A [bag|box|jar] holds {counts} {things}. One is drawn at random. What is the probability that it is {event}?",
      "[There are|We have] {counts} {things} in a [bag|box]. [You take|{name} takes] one without looking. How probable is it that it is {event}?",
      "From {counts} {things} one is picked at random. [Find|Compute] the probability that it is {event}.",
      "[Bag|Box|Urn]: {counts} {things}\nOne is drawn at random.\nP({event})?",
      "A drawer contains {counts} {things}. {name} pulls one out in the dark. With what probability is it {event}?",
      "[If|When] one of {counts} {things} is chosen at random, what is the probability that this one is {event}?",
      "An urn with {counts} {things}, one draw: [give|state|write down] the probability that the thing drawn is {event}.",
      "[Can|Could] you [please |]tell me the probability that a random one of {counts} {things} is {event}?",
    ],
    number: [
      "A card is drawn from {n} cards numbered 1 to {n}. What is the probability that its number {cond}?",
      "A [wheel|spinner] has {n} equal fields, numbered 1 to {n}. [It is spun once.|You spin it once.] How probable is a number that {cond}?",
      "A number from 1 to {n} is chosen at random. [Find|Compute|Give] the probability that it {cond}.",
      "A fair die with {n} faces shows 1 to {n}. With what probability does it show a number that {cond}?",
      "Numbers: 1 to {n}\n[One is drawn|One is picked] at random.\nP(it {cond})?",
      "[If|When] one of the whole numbers from 1 to {n} is picked at random, what is the probability that it {cond}?",
      "{name} draws one of {n} tickets with the numbers 1 to {n}. [State|Write down] the probability that the number {cond}.",
      "[Can|Could] you [please |]find the probability that a random whole number from 1 to {n} {cond}?",
    ],
    coins: [
      "A fair coin is tossed {n} times. What is the probability of {cond}?",
      "[{n} fair coins are tossed.|You toss {n} fair coins.] [Find|Compute] the probability of {cond}.",
      "{name} tosses a coin {n} times. [How probable|How likely] is it to get {cond}?",
      "Fair coin, {n} tosses: [give|state] the probability of {cond}.",
      "Coin tosses: {n}\n[Wanted|Event]: {cond}\nProbability?",
      "[If|When] a fair coin is tossed {n} times, with what probability are there {cond}?",
      "Each toss of a coin is heads or tails, equally often. [It is tossed {n} times.|We toss it {n} times.] [Write down|Give] the probability of {cond}.",
      "[Can|Could] you [please |]work out the probability of {cond} in {n} tosses of a fair coin?",
    ],
    draws: [
      "A [bag|box|jar] holds {counts} {things}. {K} are drawn, {back}. What is the probability that {event}?",
      "From {counts} {things}, {name} takes {k} at random, {back}. [Find|Compute] the probability that {event}.",
      "[There are|We have] {counts} {things} in a drawer. [You take|She takes] {k} of them, {back}. How probable is it that {event}?",
      "[Urn|Bag|Box]: {counts} {things}\nDraws: {k}, {back}\nP({event})?",
      "[If|When] {k} of {counts} {things} are drawn one after the other, {back}, what is the probability that {event}?",
      "An urn with {counts} {things}, {k} draws, {back}: [give|state] the probability that {event}.",
      "{k} {things} are taken, {back}, from a box of {counts}. [Give|Write down] the probability that {event}.",
      "[Can|Could] you [please |]compute the probability that {event}, if {k} of {counts} {things} are drawn, {back}?",
    ],
    dice: [
      "[You roll|We roll|{name} rolls] {dice}. What is the probability that {cond}?",
      "{dice} are thrown. [Find|Compute] the probability that {cond}.",
      "With {dice}, how probable is it that {cond}?",
      "Dice: {dice}\nP({cond})?",
      "[If|When] {dice} are rolled once, what is the probability that {cond}?",
      "{dice} land on a table. [Give|State] the probability that {cond}.",
      "[Roll|Throw] {dice} [once |]and [find|write down] the probability that {cond}.",
      "[Can|Could] you [please |]work out the probability that {cond} for {dice}?",
    ],
    trials: [
      "A player succeeds with probability {p} each time and tries {n} times. What is the probability that {event}?",
      "An experiment succeeds with probability {p}. [It is repeated|We repeat it] {n} times, independently. [Find|Compute] the probability that {event}.",
      "Each try works with probability {p}; there are {n} independent tries. How probable is it that {event}?",
      "Success probability: {p}\nTries: {n}\nP({event})?",
      "{name} throws at a target {n} times and hits it with probability {p} per try. [Give|State] the probability that {event}.",
      "[If|When] a try succeeds with probability {p}, what is the probability that {event} [in|among] {n} tries?",
      "{n} independent tries, each successful with probability {p}: [compute|write down] the probability that {event}.",
      "[Can|Could] you [please |]compute the probability that {event}, if each of {n} tries succeeds with probability {p}?",
    ],
    totals: [
      "Of {p} {A}, {a} {do}; of {q} {B}, {b} {do}. One of {given} is chosen at random. What is the probability that this one {wanted}?",
      "A club has {p} {A} and {q} {B}. {a} of the {A} and {b} of the {B} {do}. [We choose|You choose] one of {given}. [Find|Compute] the probability that this one {wanted}.",
      "{A}: {p}, of whom {a} {do}\n{B}: {q}, of whom {b} {do}\nOne of {given} is picked.\nP(this one {wanted})?",
      "[At a camp|In a village] there are {p} {A}, {a} of whom {do}, and {q} {B}, {b} of whom {do}. [If|When] one of {given} is drawn by lot, with what probability is it one who {wanted}?",
      "Among {p} {A} there are {a} who {do}, among {q} {B} there are {b}. Pick one of {given}: how probable is it that this one {wanted}?",
      "We asked {p} {A} and {q} {B}: {a} {A} and {b} {B} {do}. A random one of {given} is called. [Give|State] the probability that this one {wanted}.",
      "[Suppose|Say] {a} out of {p} {A} {do} and {b} out of {q} {B} {do}. One of {given} wins a prize. [Compute|Write down] the probability that the winner {wanted}.",
      "[Can|Could] you [please |]find the probability that a random one of {given} {wanted}, if {a} of {p} {A} {do} and {b} of {q} {B} {do}?",
    ],
    cells: [
      "{A}: {a} {do}, {c} do not\n{B}: {b} {do}, {d} do not\nOne of {given} is chosen at random. What is the probability that this one {wanted}?",
      "| | {do} | do not |\n|---|---|---|\n| {A} | {a} | {c} |\n| {B} | {b} | {d} |\nOne of {given} is picked. [Find|Compute] the probability that this one {wanted}.",
      "{a} {A} {do} and {c} {A} do not; {b} {B} {do} and {d} {B} do not. One of {given} is called. How probable is it that this one {wanted}?",
      "In a table, the row of the {A} says {a} {do}, {c} do not, and the row of the {B} says {b} {do}, {d} do not. [Give|State] the probability that a random one of {given} {wanted}.",
    ],
    test: [
      "Of {n} people, {p}% have a disease. A test is positive for {s}% of the ill and for {f}% of the healthy. What is the probability that a person with a positive test is ill?",
      "A factory makes {n} parts; {p}% of them are bad. A check rejects {s}% of the bad parts and {f}% of the good ones. [Find|Compute] the probability that a rejected part is bad.",
      "Mail: {n} letters, {p}% are spam\nThe filter marks {s}% of the spam and {f}% of the rest.\nP(spam, given marked)?",
      "{n} messages came in; {p}% of them are spam. A filter stops {s}% of the spam and {f}% of the other mail. With what probability is a stopped message spam?",
      "In a town of {n}, {p}% are ill. A test finds {s}% of the ill, but also says so of {f}% of the healthy. [Given|After] a positive test, how probable is it that someone is ill?",
    ],
  },
};

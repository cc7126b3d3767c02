// The English wordings of coordinate geometry, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { KindTexts } from "../../kind-wordings.ts";
import type { Kind } from "./problem.ts";

export const ENGLISH: KindTexts<Kind> = {
  heldOut: {
    midpoint: [
      "Two huts stand at {p} and {q}. Halfway between them a well is dug: at which coordinates?",
      "A rope is tied from {p} over to {q}. Tell where its midpoint hangs.",
      "Fold a chart so that {p} meets {q}; which midpoint does their segment show?",
    ],
    slope: [
      "Two huts stand at {p} and {q}. The straight path joining them has which slope?",
      "A rope is tied from {p} over to {q}. How steep runs the rope?",
      "Draw a segment so that {p} meets {q}; which slope does it show?",
    ],
    squared: [
      "Two huts stand at {p} and {q}. Their distance squared makes which number?",
      "A rope is tied from {p} over to {q}. Tell its length as a squared distance.",
      "Draw a segment so that {p} meets {q}; which squared distance does it show?",
    ],
    distance: [
      "Two huts stand at {p} and {q}. Tell exactly how far from each other.",
      "A rope is tied from {p} over to {q}. Tell its length as a root or whole number.",
      "Draw a segment so that {p} meets {q}; which length does it show, exactly?",
    ],
    line: [
      "Two huts stand at {p} and {q}. A straight path joins them: which equation has that line?",
      "A rope is tied from {p} over to {q}. Tell an equation of the line it follows.",
      "A ruler touches {p} as well as {q}; which equation do all its points obey?",
    ],
    intersection: [
      "One ray climbs with slope {m} from height {b} on the y-axis, another with slope {n} from height {c}. Their lines cross where?",
      "Slope {m}, y-intercept {b}: path one. Slope {n}, y-intercept {c}: path two. Tell where both lines cross.",
      "Two straight roads of slopes {m} and {n} cut the vertical axis in {b} and {c}. At which coordinates is their crossing?",
    ],
    circle: [
      "A pole at {p} holds a goat, and its leash draws a circle of radius {r}. Does that ring run exactly over {q}?",
      "Compass needle at {p}, radius {r}: tell if the circle it draws meets {q} exactly.",
      "Somebody claims: the circle with radius {r} about {p} contains {q} as a point of its edge. Correct?",
    ],
  },
  trained: {
    midpoint: [
      "[What is|Find|Compute] the midpoint of {p} and {q}[?|.]",
      "[Find|Give] the midpoint of the segment from {p} to {q}.",
      "[Which|What] point is halfway between {p} and {q}?",
      "Points: {p}, {q}\nMidpoint[?|: ?]",
      "[Given are|We have] the points {p} and {q}. [What is their midpoint?|Find their midpoint.]",
      "[If|When] a segment joins {p} and {q}, where is its midpoint?",
      "A treasure lies halfway between {p} and {q}. [State|Write down] its coordinates.",
      "[Can|Could] you [please |]tell me the midpoint between {p} and {q}?",
    ],
    slope: [
      "[What is|Find|Compute] the slope of the line through {p} and {q}[?|.]",
      "[Find|Give] the slope between {p} and {q}.",
      "A line passes through {p} and {q}. [What is its slope?|How steep is it?]",
      "Points: {p}, {q}\nSlope[?|: ?]",
      "[Given are|We have] the points {p} and {q}. [What is the slope from one to the other?|Find the slope of their line.]",
      "[If|When] a line joins {p} and {q}, what is its slope?",
      "[Can|Could] you [please |]tell me the slope of the segment from {p} to {q}?",
    ],
    squared: [
      "[What is|Find|Compute] the square of the distance between {p} and {q}[?|.]",
      "[Find|Give] the squared distance from {p} to {q}.",
      "Points: {p}, {q}\nSquared distance[?|: ?]",
      "[Given are|We have] the points {p} and {q}. [What is the square of their distance?|Find the square of their distance.]",
      "[Can|Could] you [please |]tell me the squared distance of {p} and {q}?",
    ],
    distance: [
      "[What is|Find|Compute] the distance between {p} and {q}[?|.]",
      "[Find|Give] the exact distance from {p} to {q}.",
      "How far apart are {p} and {q}?",
      "Points: {p}, {q}\nDistance[?|: ?]",
      "[Given are|We have] the points {p} and {q}. [What is their distance?|Find their distance.]",
      "[If|When] a segment joins {p} and {q}, how long is it exactly?",
      "A ship sails straight from {p} to {q}. [State|Write down] the length of its way as an exact number.",
      "[Can|Could] you [please |]tell me the exact distance of {p} and {q}?",
    ],
    line: [
      "[What is|Find|Compute] the equation of the line through {p} and {q}[?|.]",
      "[Find|Give] an equation for the line through {p} and {q}.",
      "A line passes through {p} and {q}. [What is its equation?|Find its equation.]",
      "Points: {p}, {q}\nLine through both[?|: ?]",
      "[Given are|We have] the points {p} and {q}. [State|Write down] the line through them as an equation.",
      "[If|When] a line joins {p} and {q}, what is its equation?",
      "[Can|Could] you [please |]tell me the equation of the line that contains {p} and {q}?",
    ],
    intersection: [
      "Line g has slope {m} and y-intercept {b}, line h has slope {n} and y-intercept {c}. [Where do they meet?|Find their point of intersection.]",
      "[Find|Compute] the intersection of two lines: slope {m}, y-intercept {b}; slope {n}, y-intercept {c}.",
      "A line with slope {m} meets the y-axis at {b}, and a line with slope {n} meets it at {c}. In which point do the lines intersect?",
      "Line 1: slope {m}, y-intercept {b}\nLine 2: slope {n}, y-intercept {c}\n[Intersection|Common point]?",
      "[If|When] one line has slope {m} and y-intercept {b} and another has slope {n} and y-intercept {c}, which point [do they share|have they in common]?",
    ],
    circle: [
      "The circle around {p} has radius {r}. Is {q} on the circle?",
      "A circle has the centre {p} and radius {r}. [Does it pass through {q}?|Does {q} lie on it?]",
      "Centre {p}, radius {r}\nIs {q} on the circle?",
      "[Check|Decide] for the circle with centre {p} and radius {r} [whether|if] it goes through {q}.",
      "[Can|Could] you [please |]tell me whether the circle of centre {p}, radius {r} goes through {q}?",
    ],
  },
};

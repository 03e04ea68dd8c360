import { type ConfidenceLevel, confidenceLevel, levelBounds } from "../confidenceLevel.ts"
import { html, type Markup } from "./markup.ts"

const signs: Readonly<Record<ConfidenceLevel, string>> = { certain: "✓", fair: "~", doubtful: "?" }

/**
 * A confidence by sign, colour and number. The number is rounded down, so that it never reaches a level that the
 * confidence does not.
 */
export const confidenceMark = (confidence: number): Markup => {
  const level = confidenceLevel(confidence)
  return html`<span class="confidence ${level}"><span aria-hidden="true">${signs[level]} </span
><span class="unseen">Confidence </span>${Math.floor(confidence)}<span class="unseen">, ${level}</span></span>`
}

/** What the signs mean. */
export const confidenceKey: Markup = html`<p class="key"><span
><b class="confidence certain">✓</b> ${levelBounds.certain} or more</span> <span
><b class="confidence fair">~</b> ${levelBounds.fair} to ${levelBounds.certain}: glance at it</span> <span
><b class="confidence doubtful">?</b> below ${levelBounds.fair}: look at the document</span></p>`

import {
  AnswerMalformed,
  AnswerMismatch,
  AnswerRefused,
  AnswerTooLong,
  AnswerTruncated,
  type LlmErrorReason,
  ServiceUnavailable
} from "@timegrid/core"
import { Result } from "effect"
import * as z from "zod"
import type { ReceivedAnswer } from "./answerStream.ts"

/** What an answer may be at most. */
export interface AnswerLimits {
  readonly maxOutputTokens: number
  readonly maxCharacters: number
}

/** So much of a refusal and of a validator's complaint is kept, in characters. */
const longestQuote = 2_000

/** The value that an answer holds, or what is wrong with it. */
export const decodeAnswer = <A>(
  { finishReason, isTooLong, text }: ReceivedAnswer,
  schema: z.ZodType<A>,
  { maxCharacters, maxOutputTokens }: AnswerLimits
): Result.Result<A, LlmErrorReason> => {
  if (isTooLong) return Result.fail(new AnswerTooLong({ limit: maxCharacters, unit: "characters" }))
  switch (finishReason?.unified) {
    case "stop":
      return parse(text, schema)
    case "length":
      return Result.fail(new AnswerTruncated({ maxOutputTokens }))
    case "content-filter":
      return Result.fail(new AnswerRefused({ answer: text.slice(0, longestQuote) }))
    case "tool-calls":
      return Result.fail(new AnswerMalformed({ answer: text, complaint: "The answer calls a tool; there are none." }))
    default:
      // A reason that the service gave and the SDK does not know is its own; without one the stream was cut.
      return finishReason?.raw === undefined || finishReason.unified === "error"
        ? Result.fail(new ServiceUnavailable({ cause: new Error("the answer broke off") }))
        : Result.fail(new AnswerRefused({ answer: finishReason.raw }))
  }
}

const parse = <A>(text: string, schema: z.ZodType<A>): Result.Result<A, AnswerMalformed | AnswerMismatch> => {
  const answer = withoutCodeFence(text)
  let value: unknown
  try {
    value = JSON.parse(answer)
  } catch (cause) {
    return Result.fail(new AnswerMalformed({ answer: text, complaint: `The answer is no JSON: ${String(cause)}` }))
  }
  const parsed = schema.safeParse(value)
  return parsed.success
    ? Result.succeed(parsed.data)
    : Result.fail(new AnswerMismatch({ answer: text, complaint: complaintOf(parsed.error) }))
}

const complaintOf = (error: z.ZodError): string => z.prettifyError(error).slice(0, longestQuote)

/** Small models wrap JSON into a block of Markdown whatever they are told. */
const withoutCodeFence = (text: string): string => /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1] ?? text

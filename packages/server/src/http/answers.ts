/** From what an operation answers with to the response: one record of headers, made once. */
import type { KeptAnswer } from "@timegrid/core/repository"
import type { Endpoint } from "../contract/endpoint.ts"
import type { ApiAnswer } from "./Operation.ts"
import { type Problem, problemBody } from "./Problem.ts"

type Headers = Readonly<Record<string, string>>

/** An answer before it is sent; a whole response where it streams. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string | null } | Response

/** What a handler gave, as it may be kept and given again. */
export const keptAnswer = ({ answer }: Endpoint, given: Exclude<ApiAnswer<Endpoint>, Response>): KeptAnswer => ({
  status: given.status ?? answer.status,
  headers: given.headers ?? {},
  // Handlers give what their endpoint's schema takes, which is JSON, or nothing at all.
  body: (given.body ?? null) as KeptAnswer["body"]
})

/** What was kept, written as its endpoint writes it. */
export const writtenAnswer = (
  { answer: { body: schema, mediaType } }: Endpoint,
  { body, headers, status }: KeptAnswer
): Answer => {
  if (schema === undefined && mediaType === undefined) return { status, headers, text: null }
  const text = schema === undefined ? String(body) : JSON.stringify(body)
  return { status, headers: { "content-type": mediaType ?? "application/json", ...headers }, text }
}

/** The problem as an answer. */
export const problemAnswer = (problem: Problem, requestId: string): Answer => {
  const { retryAfterSeconds } = problem
  const retryAfter = retryAfterSeconds === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterSeconds)) }
  return {
    status: problem.status,
    headers: { "content-type": "application/problem+json", ...retryAfter },
    text: JSON.stringify(problemBody(problem, requestId))
  }
}

/** The answer as a response that also carries `headers`. */
export const responseOf = (answer: Answer, headers: Headers): Response => {
  if (answer instanceof Response) {
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
    return answer
  }
  // A plain record is written as it is; an object of headers would be made, filled and read again for every answer.
  return new Response(answer.text, { status: answer.status, headers: { ...answer.headers, ...headers } })
}

/** A language model's service on this machine, which says what a test or an example wants and costs nothing. */
import type { ServerResponse } from "node:http"
import { Effect, Exit, Scope } from "effect"
import { anthropic } from "./dialects/anthropic.ts"
import type { AnswerEnd, Dialect, TokenCounts } from "./dialects/Dialect.ts"
import { google } from "./dialects/google.ts"
import { openaiChat } from "./dialects/openaiChat.ts"
import { openaiResponses } from "./dialects/openaiResponses.ts"
import { loopbackServer, type ReceivedRequest } from "./loopbackServer.ts"

const dialects = { anthropic, google, "openai-chat": openaiChat, "openai-responses": openaiResponses } as const

/** The wire formats that a loopback service speaks. */
export type LlmDialect = keyof typeof dialects

/** What a loopback service does with a request. */
export type LlmBehaviour =
  /** Answers with a text in pieces of up to 40 characters, or all at once. */
  | { readonly answer: string; readonly end?: AnswerEnd; readonly counts?: TokenCounts; readonly atOnce?: boolean }
  /** Answers, but the connection breaks (or is closed as if all were said) before the end. */
  | { readonly answer: string; readonly cut: "broken" | "closed" }
  /** Answers, but says in the middle that it is overloaded. */
  | { readonly answer: string; readonly cut: "overloaded" }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** Never says anything. */
  | { readonly silent: true }

/** A request as a loopback service got it. */
export interface ReceivedQuestion {
  readonly path: string
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: unknown
}

/** A loopback service that runs. */
export interface LoopbackLlm {
  /** What its client takes as base URL. */
  readonly baseUrl: string
  /** What it was asked so far, first to last. */
  readonly questions: ReadonlyArray<ReceivedQuestion>
  /** How many connections were closed by the client before all was said. */
  readonly abandoned: () => number
}

/** Counted for answers that name no others. */
const defaultCounts: TokenCounts = { inputTokens: 1_200, outputTokens: 300 }

const pieceLength = 40

/**
 * Starts a service on a free port of the loopback interface; it ends with the scope, connections included.
 *
 * @param behave What to do with the question of this index, from 0.
 */
export const loopbackLlm = (
  dialectName: LlmDialect,
  behave: (question: ReceivedQuestion, index: number) => LlmBehaviour
): Effect.Effect<LoopbackLlm, never, Scope.Scope> =>
  Effect.gen(function* () {
    const dialect = dialects[dialectName]
    const questions: Array<ReceivedQuestion> = []
    const { abandoned, url } = yield* loopbackServer((request, response) => {
      const question = questionOf(request)
      if (request.method !== "POST" || !dialect.isQuestion(question.path)) {
        return say(response, dialect, { status: 404 })
      }
      questions.push(question)
      return say(response, dialect, behave(question, questions.length - 1))
    })
    return { baseUrl: url + dialect.basePath, questions, abandoned }
  })

/** {@link loopbackLlm} for programs without Effect: it runs until it is closed. */
export const startLoopbackLlm = async (
  dialect: LlmDialect,
  behave: (question: ReceivedQuestion, index: number) => LlmBehaviour
): Promise<LoopbackLlm & { readonly close: () => Promise<void> }> => {
  const scope = Scope.makeUnsafe()
  const service = await Effect.runPromise(Scope.provide(loopbackLlm(dialect, behave), scope))
  return { ...service, close: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}

const questionOf = ({ body, headers, url }: ReceivedRequest): ReceivedQuestion => ({
  path: url.pathname,
  headers,
  body: body.length === 0 ? null : JSON.parse(body.toString())
})

const say = (response: ServerResponse, dialect: Dialect, behaviour: LlmBehaviour): void => {
  if ("silent" in behaviour) return
  if ("status" in behaviour) {
    const { body, headers = {}, status } = behaviour
    response.writeHead(status, { "content-type": "application/json", ...headers })
    response.end(JSON.stringify(body ?? dialect.error(status, `The loopback service says ${status}`)))
    return
  }
  response.writeHead(200, { "content-type": "text/event-stream" })
  const counts = "counts" in behaviour && behaviour.counts ? behaviour.counts : defaultCounts
  for (const event of dialect.opening(counts)) response.write(event)
  if ("cut" in behaviour) {
    const { answer, cut } = behaviour
    for (const piece of piecesOf(answer)) response.write(dialect.piece(piece, "complete"))
    if (cut === "closed") response.end()
    else if (cut === "overloaded") response.end(dialect.overloaded)
    // What was written has to leave before the connection breaks.
    else setTimeout(() => response.destroy(), 20)
    return
  }
  const { answer, atOnce = false, end = "complete" } = behaviour
  for (const piece of atOnce ? [answer] : piecesOf(answer)) response.write(dialect.piece(piece, end))
  for (const event of dialect.closing(answer, end, counts)) response.write(event)
  response.end()
}

const piecesOf = (text: string): ReadonlyArray<string> => {
  const letters = [...text]
  return Array.from({ length: Math.ceil(letters.length / pieceLength) }, (_, index) =>
    letters.slice(index * pieceLength, (index + 1) * pieceLength).join("")
  )
}

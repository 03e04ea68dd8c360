import { Effect } from "effect"
import type { JournalRow } from "./Journal.ts"
import { journalStateOf } from "./journalState.ts"
import { PipelineError, RunConflict } from "./PipelineError.ts"
import type { Session } from "./Session.ts"
import type { AnyStage } from "./Stage.ts"
import { loadSlot } from "./storedSlots.ts"
import { type Stores, storing } from "./storing.ts"

/** Ends the turn of a stage that waits for a person; a defect, since no stage should handle it. Never leaves the engine. */
export class AwaitsAnswer {
  readonly _tag = "AwaitsAnswer"
}

type Answered = Extract<JournalRow, { readonly kind: "answered" }>

/**
 * The value that a person answered. Without an answer the wait is put down in the journal, and the stage's turn ends
 * with {@link AwaitsAnswer}: nothing runs while a person thinks.
 */
export const awaitAnswer = Effect.fnUntraced(function* (
  session: Session,
  stage: AnyStage,
  path: string,
  inputHash: string
): Effect.fn.Return<unknown, PipelineError> {
  const { runId, stores } = session
  if (stores === null) {
    const reason = new RunConflict({ detail: "a run without a journal cannot wait for a person" })
    return yield* new PipelineError({ runId, stage: path, reason })
  }
  let answered = yield* findAnswer(session, stores, path, inputHash)
  if (answered === null) {
    yield* session.append(path, {
      kind: "waiting",
      at: session.clock.currentTimeMillisUnsafe(),
      stage: path,
      inputHash
    })
    // Whoever answered before seeing that row has not resumed the run; this session goes on for them.
    answered = yield* findAnswer(session, stores, path, inputHash)
  }
  if (answered === null) {
    session.waiting.push(path)
    session.emit({ type: "review:waiting", stage: path })
    return yield* Effect.die(new AwaitsAnswer())
  }
  session.emit({ type: "review:answered", stage: path })
  const [[name, schema] = []] = Object.entries(stage.gives)
  if (name === undefined || schema === undefined) return yield* Effect.die(new Error(`"${path}" gives nothing`))
  return (yield* loadSlot(session, path, name, schema, answered.answer)).value
})

const findAnswer = (
  session: Session,
  { journal }: Stores,
  path: string,
  inputHash: string
): Effect.Effect<Answered | null, PipelineError> =>
  storing(session.runId, path, journal.read(session.runId)).pipe(
    Effect.map((rows) => {
      const answer = journalStateOf(rows).answers.get(path)
      // An answer to another reading is none to this one.
      return answer === undefined || (answer.inputHash !== null && answer.inputHash !== inputHash) ? null : answer
    })
  )

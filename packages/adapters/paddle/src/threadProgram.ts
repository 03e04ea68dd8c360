/** The program of a thread: holds the models and reads one image after the other. onnxruntime blocks while it runs. */
import { parentPort } from "node:worker_threads"
import { loadModels } from "./models.ts"
import type { CancelRequest, ReadAnswer, ReadRequest } from "./protocol.ts"
import { readWords } from "./readWords.ts"
import { ModelNotLoaded, openModel } from "./sessions.ts"

interface Engine {
  readonly alphabet: ReadonlyArray<string>
  readonly detect: ReturnType<typeof openModel>
  readonly recognize: ReturnType<typeof openModel>
}

let engine: Promise<Engine> | undefined

const open = async (): Promise<Engine> => {
  const { alphabet, detectionPath, recognitionPath } = await loadModels().catch((cause) => {
    throw new ModelNotLoaded(String(cause), { cause })
  })
  return { alphabet, detect: openModel(detectionPath), recognize: openModel(recognitionPath) }
}

const answer = async ({ id, layout, pixels }: ReadRequest, signal: AbortSignal): Promise<ReadAnswer> => {
  try {
    signal.throwIfAborted()
    engine ??= open()
    const { alphabet, detect, recognize } = await engine
    const models = { alphabet, detect: detect(signal), recognize: recognize(signal) }
    return { id, type: "words", words: await readWords(pixels, layout, models) }
  } catch (cause) {
    return { id, type: cause instanceof ModelNotLoaded ? "unavailable" : "failed", cause }
  }
}

const waiting = new Map<number, AbortController>()
let last: Promise<void> = Promise.resolve()
parentPort?.on("message", (request: ReadRequest | CancelRequest) => {
  if ("cancel" in request) return waiting.get(request.cancel)?.abort()
  const controller = new AbortController()
  waiting.set(request.id, controller)
  last = last.then(async () => {
    parentPort?.postMessage(await answer(request, controller.signal))
    waiting.delete(request.id)
  })
})

import { setImmediate } from "node:timers/promises"
import type { InferenceSession } from "onnxruntime-node"
import type { Infer } from "./readLine.ts"

/** A model could not be loaded: no native library for this machine, or no model file. */
export class ModelNotLoaded extends Error {
  override readonly name = "ModelNotLoaded"
}

/**
 * A model that is loaded with the first call, and runs until `signal` is aborted; a run under way comes to its end. One
 * processor a session: two sessions of one processor each read half as many lines again a second as one of two, and use
 * a third less processor time.
 */
export const openModel = (path: string): ((signal: AbortSignal) => Infer) => {
  let session: Promise<InferenceSession> | undefined
  const load = async () => {
    try {
      const { InferenceSession } = await import("onnxruntime-node")
      return await InferenceSession.create(path, {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 3,
        // Weights packed ahead are a second copy of the model in each thread, and reading takes as long with them.
        extra: { session: { disable_prepacking: "1" } }
      })
    } catch (cause) {
      throw new ModelNotLoaded(String(cause), { cause })
    }
  }
  return (signal) => async (input, shape, use) => {
    session ??= load()
    const model = await session
    // Runs block the thread: what was sent meanwhile is heard only now.
    await setImmediate()
    signal.throwIfAborted()
    const { Tensor } = await import("onnxruntime-node")
    const outputs = await model.run({ [model.inputNames[0]!]: new Tensor("float32", input, shape) })
    // Both models are of 32-bit floats throughout.
    const output = outputs[model.outputNames[0]!]!.data as Float32Array<ArrayBuffer>
    try {
      return use(output)
    } finally {
      // A megabyte a line, of which some 30 would wait for the collector.
      output.buffer.transfer(0)
    }
  }
}

import type { PipelineEvent } from "./PipelineEvent.ts"

/** Events handed from a listener to a loop; what nobody has read yet waits. */
export class EventStream implements AsyncIterable<PipelineEvent> {
  readonly #waiting: Array<PipelineEvent> = []
  readonly #onLeave: () => void
  #ended = false
  #wake: (() => void) | null = null

  /** @param onLeave Is called when the reader leaves before the end. */
  constructor(onLeave: () => void) {
    this.#onLeave = onLeave
  }

  /** Adds an event. */
  readonly push = (event: PipelineEvent): void => {
    this.#waiting.push(event)
    this.#wake?.()
  }

  /** Says that no more will come. */
  readonly end = (): void => {
    this.#ended = true
    this.#wake?.()
  }

  /** One reader at a time: an event is given to whoever asks first. */
  async *[Symbol.asyncIterator](): AsyncGenerator<PipelineEvent, void> {
    try {
      while (true) {
        const event = this.#waiting.shift()
        if (event !== undefined) yield event
        else if (this.#ended) return
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
      }
    } finally {
      if (!this.#ended) this.#onLeave()
    }
  }
}

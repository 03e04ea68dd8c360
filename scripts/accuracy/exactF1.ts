import type { ExtractedTimeblock, Truth } from "../../packages/core/src/index.ts"

interface Said {
  readonly day: string | null
  readonly start: string | null
  readonly end: string | null
  readonly name: string
  readonly week: unknown
  readonly className: unknown
}

const keyOf = ({ className, day, end, name, start, week }: Said): string =>
  JSON.stringify([day, start, end, name.trim().toLowerCase().split(/\s+/), week ?? null, className ?? null])

/**
 * F1 of blocks that agree with a made truth in all that they say: in times that follow from others, in the spelling of
 * names, in weeks and classes too, which the block F1 leaves out.
 */
export const exactF1 = (truth: Truth, blocks: ReadonlyArray<ExtractedTimeblock>): number => {
  const namesClasses = truth.blocks.some(({ className }) => className !== undefined)
  const wanted = truth.blocks
    .filter(({ optional }) => !optional)
    .map((block) =>
      keyOf({ ...block, end: block.endUnknown ? null : block.end, week: block.week, className: block.className })
    )
  const found = blocks.map((block) =>
    keyOf({
      ...block,
      day: block.dayOfWeek,
      start: block.startTime,
      end: block.endTime,
      className: namesClasses ? block.className : null
    })
  )
  if (wanted.length + found.length === 0) return 1
  const open = Map.groupBy(wanted, (key) => key)
  const right = found.filter((key) => open.get(key)?.pop() !== undefined).length
  return (2 * right) / (wanted.length + found.length)
}

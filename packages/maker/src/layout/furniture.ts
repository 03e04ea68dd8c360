import type { Block, Paragraph, TextStyle } from "../sheet/Sheet.ts"
import type { LayoutContext } from "./Layout.ts"
import { styled } from "./Look.ts"

const paragraph = (texts: ReadonlyArray<string>, style: TextStyle, parts: Partial<Paragraph> = {}): Paragraph => ({
  kind: "paragraph",
  lines: texts.map((text) => [styled(text, style)]),
  align: "left",
  spaceAfter: 6,
  ...parts
})

/** A line of its own above a table, such as the name of a day or a class. */
export const heading = ({ look }: LayoutContext, text: string): Paragraph =>
  paragraph([text], { ...look.header, size: look.header.size + 2, bold: true, color: look.ink }, { spaceAfter: 4 })

/** What stands above a timetable and what of it a reader can know. */
export const letterhead = (
  context: LayoutContext
): { readonly blocks: ReadonlyArray<Block>; readonly meta: Record<string, unknown> } => {
  const { random, week, look } = context
  const { labels } = week.vocabulary
  const align = random.pick(["left", "center"] as const)
  const none = { className: null, teacher: null, term: null, school: null, year: null }
  switch (random.int(0, 4)) {
    case 0:
      return { blocks: [], meta: none }
    case 1:
      return {
        blocks: [paragraph([`${week.className} ${labels.timetable}`], look.title, { align, spaceAfter: 8 })],
        meta: { ...none, className: week.className }
      }
    case 2:
      return {
        blocks: [
          paragraph([week.school], look.title, { align, spaceAfter: 2 }),
          paragraph([`${labels.timetable}: ${week.className}`, `${week.term} ${week.year}`], look.body, {
            align,
            spaceAfter: 8
          })
        ],
        meta: { ...none, school: week.school, className: week.className, term: week.term, year: week.year }
      }
    case 3:
      return {
        blocks: [
          paragraph([`${week.className} – ${week.term} ${week.year}`], look.title, { align, spaceAfter: 2 }),
          paragraph([`${labels.teacher}: ${week.teacher}`], look.body, { align, spaceAfter: 8 })
        ],
        meta: { ...none, className: week.className, term: week.term, year: week.year, teacher: week.teacher }
      }
    default:
      return {
        blocks: [
          paragraph([week.school.toUpperCase(), labels.timetable.toUpperCase()], look.title, { align, spaceAfter: 8 })
        ],
        meta: { ...none, school: week.school }
      }
  }
}

/** What stands below a timetable and is no part of it: a note, a key of teachers, a place to sign, or nothing. */
export const footer = ({
  random,
  week,
  look
}: LayoutContext): { readonly blocks: ReadonlyArray<Block>; readonly traits: ReadonlyArray<string> } => {
  const { vocabulary } = week
  switch (random.int(0, 5)) {
    case 0:
      return { blocks: [paragraph([random.pick(vocabulary.footnotes)], look.secondary)], traits: ["footnote"] }
    case 1: {
      const staff = new Map(
        week.lessons.filter(({ teacher }) => teacher !== "").map(({ name, teacher }) => [name, teacher])
      )
      const key = [...staff].slice(0, 5).map(([name, teacher]) => `${name} = ${teacher}`)
      return { blocks: [paragraph(key, look.secondary)], traits: ["legend"] }
    }
    case 2:
      return {
        blocks: [
          paragraph(["", "_____________________", vocabulary.labels.signature], look.secondary, { align: "right" })
        ],
        traits: ["signature"]
      }
    default:
      return { blocks: [], traits: [] }
  }
}

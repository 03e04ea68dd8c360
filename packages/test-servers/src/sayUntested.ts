import { appendFileSync } from "node:fs"

/** Says at once, and again at the end of `npm test`, what is left out and why; one sentence each. */
export const sayUntested = (what: string, why: string): void => {
  const sentence = `NOT TESTED ${what}: ${why.replaceAll("\n", " ")}\n`
  process.stderr.write(sentence)
  const notes = process.env.TIMEGRID_TEST_NOTES
  if (notes !== undefined) appendFileSync(notes, sentence)
}

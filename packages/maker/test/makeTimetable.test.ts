import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { layouts, makerTiers, makeTimetable, type TextLayer, textLayers } from "@timegrid/maker"
import { strFromU8, unzipSync } from "fflate"
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"
import sharp from "sharp"

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
/** Letters and digits alone: how words are spaced and broken is the layout's affair. */
const letters = (text: string) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "")

const textOfPdf = async (bytes: Uint8Array) => {
  const task = getDocument({ data: bytes.slice(), verbosity: 0 })
  const document = await task.promise
  const texts: Array<string> = []
  for (let number = 1; number <= document.numPages; number++) {
    const content = await (await document.getPage(number)).getTextContent()
    for (const item of content.items) if ("str" in item) texts.push(item.str)
  }
  await task.destroy()
  return texts
}

const textOfDocx = (bytes: Uint8Array) =>
  [...strFromU8(unzipSync(bytes)["word/document.xml"]!).matchAll(/<w:t [^>]*>([^<]*)</g)].map((match) =>
    match[1]!.replaceAll("&amp;", "&")
  )

const assertPicture = async (bytes: Uint8Array, format: string) => {
  const { channels } = await sharp(bytes).stats()
  const metadata = await sharp(bytes).metadata()
  assert.isAbove(channels[0]!.stdev, 8)
  assert.strictEqual(metadata.format, format)
  assert.isAbove(metadata.width, 600)
}

describe("makeTimetable", () => {
  it("gives the same bytes for the same seed in every tier, and others for another", async () => {
    for (const tier of makerTiers) {
      const [one, again, other] = await Promise.all(
        [7, 7, 8].map((seed) => makeTimetable({ seed, tier, layout: "days-as-columns" }))
      )
      assert.strictEqual(hash(one!.bytes), hash(again!.bytes))
      assert.deepStrictEqual(one!.truth, again!.truth)
      assert.notStrictEqual(hash(one!.bytes), hash(other!.bytes))
    }
  })

  it("holds in one tier the truth that it holds in any other", async () => {
    const [pdf, docx] = await Promise.all((["pdf", "docx"] as const).map((tier) => makeTimetable({ seed: 21, tier })))
    assert.deepStrictEqual(pdf!.truth.blocks, docx!.truth.blocks)
  })

  it("draws layouts and typefaces only from the set that is asked for", async () => {
    const unseen = layouts.filter(({ set }) => set === "unseen").map(({ id }) => id)
    for (let seed = 0; seed < 12; seed++) {
      const { truth } = await makeTimetable({ seed, tier: "docx", set: "unseen" })
      assert.include(unseen, truth.traits[0])
    }
  })

  it("refuses a layout that does not exist", async () => {
    const error = await makeTimetable({ seed: 1, tier: "pdf", layout: "spiral" }).catch((cause: unknown) => cause)
    assert.match(String(error), /No family is called spiral/)
  })

  describe.each(layouts.map(({ id }) => id))("%s", (layout) => {
    const seeds = [1, 2]

    it("prints every name and note of its truth", async () => {
      for (const seed of seeds) {
        const pdf = await makeTimetable({ seed, tier: "pdf", layout })
        const docx = await makeTimetable({ seed, tier: "docx", layout })
        for (const texts of [await textOfPdf(pdf.bytes), textOfDocx(docx.bytes)]) {
          const printed = letters(texts.join(""))
          const singles = new Map(
            [...letters(texts.filter((text) => letters(text).length === 1).join(""))].map((one) => [one, true])
          )
          for (const { name, notes } of pdf.truth.blocks) {
            const isPrinted = printed.includes(letters(name)) || [...letters(name)].every((one) => singles.has(one))
            assert.isTrue(isPrinted, `${name} in seed ${seed}`)
            for (const word of (notes ?? "").split(" ")) assert.include(printed, letters(word))
          }
        }
      }
    })

    it("has blocks that end after they start and do not overlap within a class and week", async () => {
      for (const seed of seeds) {
        const { truth } = await makeTimetable({ seed, tier: "docx", layout })
        assert.isNotEmpty(truth.blocks)
        // Groups are taught at the same time.
        if (truth.traits.includes("parallel-groups")) continue
        const timed = truth.blocks.filter(({ start, end }) => start !== null && end !== null)
        const groups = Map.groupBy(timed, ({ day, week, className }) => `${day} ${week} ${className}`)
        for (const group of groups.values()) {
          const sorted = group.toSorted((one, other) => minutes(one.start!) - minutes(other.start!))
          sorted.forEach(({ start, end }, index) => {
            assert.isBelow(minutes(start!), minutes(end!))
            assert.isAtLeast(minutes(start!), index === 0 ? 0 : minutes(sorted[index - 1]!.end!))
          })
        }
      }
    })

    it("becomes a picture with writing on it", async () => {
      await assertPicture((await makeTimetable({ seed: 5, tier: "png", layout })).bytes, "png")
    })
  })

  describe("layers of text", () => {
    const make = (textLayer: TextLayer) => makeTimetable({ seed: 3, tier: "pdf", layout: "days-as-columns", textLayer })
    const searched = async (textLayer: TextLayer) => letters((await textOfPdf((await make(textLayer)).bytes)).join(""))

    it("differ in nothing that is true of the timetable", async () => {
      const sound = await make("sound")
      for (const layer of textLayers) assert.deepStrictEqual((await make(layer)).truth.blocks, sound.truth.blocks)
    })

    it("are found by a search where they are sound, and mislead it where they are not", async () => {
      const { truth } = await make("sound")
      const findsAll = async (layer: TextLayer) => {
        const found = await searched(layer)
        return truth.blocks.every(({ name }) => found.includes(letters(name)))
      }
      for (const layer of ["sound", "hidden", "doubled", "shadowed", "decoys"] as const) {
        assert.isTrue(await findsAll(layer), layer)
      }
      for (const layer of ["none", "dirty", "beneath", "garbled", "annotations"] as const) {
        assert.isFalse(await findsAll(layer), layer)
      }
    })
  })

  it.each(["scan", "photo"] as const)("becomes a JPEG with writing on it as a %s of either set", async (tier) => {
    for (const set of ["fitted", "unseen"] as const) {
      await assertPicture((await makeTimetable({ seed: 6, tier, set })).bytes, "jpeg")
    }
  })
})

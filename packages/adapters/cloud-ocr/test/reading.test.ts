import { assert, describe, it } from "@effect/vitest"
import {
  DocumentReaders,
  defaultLimits,
  extractDocument,
  type Page,
  type PageImage,
  predictionOf,
  type Rotation,
  scoreDocument,
  type Truth,
  type Word
} from "@timegrid/core"
import { reader as imageReader } from "@timegrid/image"
import { makeTimetable } from "@timegrid/maker"
import { reader as pdfReader } from "@timegrid/pdf"
import { Effect } from "effect"
import sharp from "sharp"
import type { Point, Polygon } from "../src/shared/Polygon.ts"
import { vendors } from "./servers/index.ts"
import type { MadePage, MadeWord } from "./servers/MadePage.ts"
import { serve } from "./servers/Vendor.ts"

/** A page of which everything is known. */
interface KnownPage {
  readonly truth: Truth
  readonly page: Page
  readonly image: PageImage
}

const scale = 2

/** A made timetable, its words as the PDF states them, and its pixels. */
const knownPage = (layout: string, seed: number) =>
  Effect.gen(function* () {
    const { bytes, truth } = yield* Effect.promise(() =>
      makeTimetable({ seed, tier: "pdf", set: "fitted", layout, font: "arimo" })
    )
    const { pages, render } = yield* pdfReader.open(bytes, defaultLimits)
    assert.lengthOf(pages, 1)
    const known: KnownPage = { truth, page: pages[0]!, image: yield* render(1, { scale }) }
    return known
  })

/** The page as an image file that lies turned. */
const fileOf = ({ channels, data, heightPx, widthPx }: PageImage, turn: Rotation) =>
  Effect.promise(async () => {
    const raw = { width: widthPx, height: heightPx, channels }
    return new Uint8Array(await sharp(data, { raw }).rotate(turn).png().toBuffer())
  })

/** A service that knows the page, and sees it at whatever size it is sent. */
const seeing =
  ({ page }: KnownPage, turn: Rotation) =>
  async (file: Uint8Array): Promise<MadePage> => {
    const { height, width } = await sharp(file).metadata()
    const [across, down] = turn % 180 === 0 ? [page.widthPx, page.heightPx] : [page.heightPx, page.widthPx]
    const place = ([x, y]: Point): Point => {
      const { heightPx, widthPx } = page
      const lies: Record<Rotation, Point> = {
        0: [x, y],
        90: [heightPx - y, x],
        180: [widthPx - x, heightPx - y],
        270: [y, widthPx - x]
      }
      return [(lies[turn][0] * width) / across, (lies[turn][1] * height) / down]
    }
    const wordOf = (word: Word): MadeWord => {
      const [a, b, c, d] = cornersOf(word)
      return { text: word.text, polygon: [place(a), place(b), place(c), place(d)], confidence: 0.98 }
    }
    return { widthPx: width, heightPx: height, lines: page.words.map((word) => [wordOf(word)]), tables: [] }
  }

const cornersOf = ({ box: { height, width, x, y }, rotation }: Word): Polygon => {
  const corners: ReadonlyArray<Point> = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height]
  ]
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => corners[(i + rotation / 90) % 4]!)
  return [a!, b!, c!, d!]
}

/** Each service gets a page that lies another way; how it lies is for the words to tell. */
const cases = [
  ["days-as-columns", 0],
  ["days-as-columns", 90],
  ["days-as-rows", 180],
  ["days-as-rows", 270]
] as const

describe("a timetable on somebody else's machine", () => {
  it.live.each(vendors.map((vendor, index) => [vendor.name, ...cases[index % cases.length]!, vendor] as const))(
    "is the week that was printed, at one call: %s, %s, turned by %s degrees",
    ([, layout, turn, vendor]) =>
      Effect.gen(function* () {
        const known = yield* knownPage(layout, 3)
        const { requests, url } = yield* serve(vendor, { read: seeing(known, turn) })
        const extraction = yield* extractDocument(yield* fileOf(known.image, turn)).pipe(
          Effect.provide(vendor.layer(url)),
          Effect.provideService(DocumentReaders, [imageReader])
        )
        const score = scoreDocument(known.truth, predictionOf(extraction))
        assert.deepStrictEqual(score.misses, [])
        assert.strictEqual(extraction.tier, "cloud_ocr")
        const images = requests.filter(({ method }) => method === "POST")
        assert.lengthOf(images, 1)
      })
  )
})

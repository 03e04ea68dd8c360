import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber } from "effect"
import type { PageImage, Word } from "../../src/document/Page.ts"
import { readPageImage } from "../../src/image/readPageImage.ts"
import { turnBox, turnImage } from "../../src/image/turn.ts"
import { OcrError, UnreadableImage } from "../../src/ocr/OcrError.ts"
import { OcrProvider } from "../../src/ocr/OcrProvider.ts"
import type { Table } from "../../src/table/Table.ts"
import { drawnGrid, type MadeGrid } from "./grids.ts"
import { pageOf, paint, type Raster, raster, skewed, word } from "./raster.ts"

const grid: MadeGrid = {
  spans: [
    { rowIndex: 0, columnIndex: 0, rowSpan: 1, columnSpan: 2 },
    ...[2, 3].map((columnIndex) => ({ rowIndex: 0, columnIndex, rowSpan: 1, columnSpan: 1 })),
    ...[1, 2, 3].flatMap((rowIndex) =>
      [0, 1, 2, 3].map((columnIndex) => ({ rowIndex, columnIndex, rowSpan: 1, columnSpan: 1 }))
    )
  ],
  columnWidths: [130, 130, 130, 130],
  rowHeights: [80, 80, 80, 80],
  thickness: 2
}

/** A provider that answers each image with `answer`; what it was shown is kept in order. */
const ocrWith = (answer: OcrProvider["Service"]["recognize"], granularity: "crop" | "page" = "crop") => {
  const shown: Array<PageImage> = []
  const service = OcrProvider.of({
    engine: "double",
    granularity,
    concurrency: 3,
    recognize: (image, options) => {
      shown.push(image)
      return answer(image, options)
    }
  })
  return { service, shown }
}

const wordIn = (text: string, box: Word["box"]): Word => ({
  text,
  box,
  rotation: 0,
  confidence: 0.95,
  source: "ocr",
  engine: "double",
  style: null
})

/** Letters on an image of `word`s, counted along its middle row by their left and right sides. */
const lettersOn = ({ widthPx, heightPx, data }: PageImage): number => {
  const row = data.subarray(Math.floor(heightPx / 2) * widthPx, (Math.floor(heightPx / 2) + 1) * widthPx)
  const sides = row.reduce((count, level, x) => count + (level < 128 && (row[x - 1] ?? 255) >= 128 ? 1 : 0), 0)
  return Math.round(sides / 2)
}

/** Reads how many letters a crop shows, as one word over the whole writing. */
const counting = ocrWith((image) =>
  Effect.succeed([
    wordIn(`letters${lettersOn(image)}`, { x: 10, y: 10, width: image.widthPx - 20, height: image.heightPx - 20 })
  ])
).service

const whole = { x: 10, y: 10, width: 40, height: 40 }

const read = (image: Raster, service: OcrProvider["Service"]) =>
  readPageImage(pageOf(image), image).pipe(Effect.provideService(OcrProvider, service))

/** A box of an image on the enlarged form of it that a provider is shown. */
const enlargedTo = (shown: PageImage, image: PageImage, { height, width, x, y }: Word["box"]): Word["box"] => {
  const scale = shown.widthPx / image.widthPx
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale }
}

const textsOf = (tables: ReadonlyArray<Table> | null) =>
  (tables ?? []).flatMap(({ cells }) => cells.map(({ words }) => words.map(({ text }) => text).join(" ")))

/** A grid of `rows` × 4 cells of which each holds a word of a length of its own. */
const writtenGrid = (): { readonly image: Raster; readonly letters: ReadonlyArray<number> } => {
  const image = raster(640, 440)
  for (const y of [60, 140, 220, 300, 380]) paint(image, { x: 60, y, width: 522, height: 2 }, 0)
  for (const x of [60, 190, 320, 450, 580]) paint(image, { x, y: 60, width: 2, height: 322 }, 0)
  const letters = Array.from({ length: 16 }, (_, i) => 2 + ((i * 5) % 6))
  for (const [i, count] of letters.entries()) {
    word(image, 74 + (i % 4) * 130 + (i % 3) * 5, 92 + Math.floor(i / 4) * 80, count, 15)
  }
  return { image, letters }
}

/** Of them, in the first row and the first column. */
const headLines = 7

describe("readPageImage", () => {
  it.effect("puts the word of each crop into the cell that it was cut from", () =>
    Effect.gen(function* () {
      const { image, letters } = writtenGrid()
      const page = yield* read(image, counting)
      assert.deepStrictEqual(
        textsOf(page.tables),
        letters.map((count) => `letters${count}`)
      )
      for (const cell of page.tables![0]!.cells) {
        const [found] = cell.words
        assert.isTrue(found!.box.x >= cell.box.x && found!.box.x + found!.box.width <= cell.box.x + cell.box.width)
        assert.isTrue(found!.box.y >= cell.box.y && found!.box.y + found!.box.height <= cell.box.y + cell.box.height)
      }
    })
  )

  it.effect("does so on a page that lies askew, and leads back to where the words stand on the image", () =>
    Effect.gen(function* () {
      const { image, letters } = writtenGrid()
      const page = yield* read(skewed(image, 2), counting)
      assert.deepStrictEqual(
        textsOf(page.tables),
        letters.map((count) => `letters${count}`)
      )
      assert.isNotNull(page.toImage)
    })
  )

  it.effect("reads titles outside of all tables too, in the order of the page's regions", () =>
    Effect.gen(function* () {
      const { image } = writtenGrid()
      word(image, 80, 20, 9, 15)
      const page = yield* read(image, counting)
      assert.strictEqual(page.words.length, 17)
      assert.strictEqual(page.words.at(-1)!.text, "letters9")
      assert.isFalse(page.tables!.some(({ cells }) => cells.some(({ words }) => words.includes(page.words.at(-1)!))))
    })
  )

  it.effect("hands upright crops of one height over, dark on white", () =>
    Effect.gen(function* () {
      const box = { x: 10, y: 10, width: 20, height: 20 }
      const { service, shown } = ocrWith(() => Effect.succeed([wordIn("Art", box)]))
      yield* read(writtenGrid().image, service)
      assert.isTrue(shown.length >= 16)
      assert.isTrue(shown.every(({ channels, data, widthPx }) => channels === 1 && data.length % widthPx === 0))
      assert.isTrue(shown.every(({ data }) => data[0] === 255))
      const heights = shown.map(({ heightPx }) => heightPx)
      assert.isTrue(Math.max(...heights) - Math.min(...heights) <= 20)
    })
  )

  it.effect("shows a provider that reads whole pages the page once, and shares its words among the cells", () =>
    Effect.gen(function* () {
      const image = drawnGrid(grid)
      const inCell = wordIn("Art", { x: 200, y: 160, width: 40, height: 15 })
      const title = wordIn("Week", { x: 70, y: 20, width: 40, height: 15 })
      const { service, shown } = ocrWith(() => Effect.succeed([title, inCell]), "page")
      const page = yield* read(image, service)
      assert.deepStrictEqual(
        shown.map(({ widthPx, heightPx }) => [widthPx, heightPx]),
        [[image.widthPx, image.heightPx]]
      )
      assert.deepStrictEqual(page.words, [title, inCell])
      const cells = page.tables!.flatMap((table) => table.cells).filter(({ words }) => words.length > 0)
      assert.deepStrictEqual(
        cells.map(({ rowIndex, columnIndex, words }) => [rowIndex, columnIndex, words]),
        [[1, 1, [inCell]]]
      )
    })
  )

  it.effect.each([90, 180, 270] as const)(
    "turns a page upright by how its words run, at one call: %s degrees",
    (turn) =>
      Effect.gen(function* () {
        const upright = drawnGrid(grid)
        const lies = { ...upright, ...turnImage(upright, turn), channels: 1 as const }
        const inCell = { x: 200, y: 160, width: 40, height: 15 }
        const title = { x: 70, y: 20, width: 40, height: 15 }
        const { service, shown } = ocrWith(
          (image) =>
            Effect.succeed([
              { ...wordIn("Week", enlargedTo(image, lies, turnBox(title, upright, turn))), rotation: turn },
              { ...wordIn("Art", enlargedTo(image, lies, turnBox(inCell, upright, turn))), rotation: turn }
            ]),
          "page"
        )
        const page = yield* read(lies, service)
        assert.lengthOf(shown, 1)
        assert.deepStrictEqual([page.widthPx, page.heightPx], [upright.widthPx, upright.heightPx])
        assert.strictEqual(page.rotation, (360 - turn) % 360)
        assert.deepStrictEqual(page.words, [wordIn("Week", title), wordIn("Art", inCell)])
        const cells = page.tables!.flatMap((table) => table.cells).filter(({ words }) => words.length > 0)
        assert.deepStrictEqual(
          cells.map(({ rowIndex, columnIndex }) => [rowIndex, columnIndex]),
          [[1, 1]]
        )
      })
  )

  it.effect.each([0, 90, 180, 270] as const)("takes the engine's tables where nothing is drawn: %s degrees", (turn) =>
    Effect.gen(function* () {
      const upright = raster(640, 440)
      const places = [0, 1, 2].flatMap((rowIndex) => [0, 1].map((columnIndex) => ({ rowIndex, columnIndex })))
      const boxOf = ({ columnIndex, rowIndex }: (typeof places)[number]) => ({
        x: 60 + 200 * columnIndex,
        y: 60 + 90 * rowIndex,
        width: 200,
        height: 90
      })
      for (const place of places) word(upright, boxOf(place).x + 10, boxOf(place).y + 20, 4, 15)
      const lies = { ...upright, ...turnImage(upright, turn), channels: 1 as const }
      const answer = (image: PageImage) => ({
        words: places.map((place, i) => {
          const box = { x: boxOf(place).x + 10, y: boxOf(place).y + 20, width: 40, height: 15 }
          return { ...wordIn(`w${i}`, enlargedTo(image, lies, turnBox(box, upright, turn))), rotation: turn }
        }),
        tables: [
          {
            cells: places.map((place) => {
              const box = enlargedTo(image, lies, turnBox(boxOf(place), upright, turn))
              return { ...place, rowSpan: 1, columnSpan: 1, box }
            })
          }
        ]
      })
      const { service } = ocrWith(() => Effect.die("asked for words alone"), "page")
      const withTables = OcrProvider.of({
        ...service,
        recognizePage: (image) => Effect.sync(() => answer(image))
      })
      const page = yield* read(lies, withTables)
      assert.deepStrictEqual(
        page.tables!.map(({ columnEdges, origin, rowEdges }) => ({ columnEdges, origin, rowEdges })),
        [{ columnEdges: [60, 260, 460], origin: "native", rowEdges: [60, 150, 240, 330] }]
      )
      assert.deepStrictEqual(textsOf(page.tables), ["w0", "w1", "w2", "w3", "w4", "w5"])
    })
  )

  it.effect("tells the shading of cells", () =>
    Effect.gen(function* () {
      const image = drawnGrid(grid)
      paint(image, { x: 194, y: 224, width: 122, height: 72 }, 200)
      const page = yield* read(image, ocrWith(() => Effect.succeed([])).service)
      const shaded = page.tables!.flatMap(({ cells }) => cells).filter(({ fill }) => fill !== null)
      assert.deepStrictEqual(
        shaded.map(({ rowIndex, columnIndex, fill }) => [rowIndex, columnIndex, fill]),
        [[2, 1, "#C8C8C8"]]
      )
    })
  )

  it.effect("finds no words and asks nobody on a blank page", () =>
    Effect.gen(function* () {
      const { service, shown } = ocrWith(() => Effect.succeed([wordIn("ghost", { x: 0, y: 0, width: 1, height: 1 })]))
      const page = yield* read(raster(600, 400), service)
      assert.deepStrictEqual([page.words, page.tables, page.rules], [[], null, []])
      assert.deepStrictEqual(shown, [])
    })
  )

  it.effect("keeps the table of a page whose writing nobody can read", () =>
    Effect.gen(function* () {
      const page = yield* read(drawnGrid(grid), ocrWith(() => Effect.succeed([])).service)
      assert.deepStrictEqual(page.words, [])
      assert.strictEqual(page.tables![0]!.cells.length, 15)
    })
  )

  it.effect.each([
    ["one way round where that is sure", undefined, 1],
    ["both ways round where two engines differ about the first", false, 2]
  ] as const)("reads a turned line %s", ([, agreement, calls]) =>
    Effect.gen(function* () {
      const image = raster(640, 440)
      for (const y of [60, 380]) paint(image, { x: 60, y, width: 522, height: 2 }, 0)
      for (const x of [60, 190, 320, 450, 580]) paint(image, { x, y: 60, width: 2, height: 322 }, 0)
      for (const [i, x] of [210, 340, 470].entries()) for (const y of [92, 172, 252]) word(image, x, y, 3 + i, 15)
      const line = raster(160, 20)
      word(line, 0, 0, 9, 15)
      const turned = turnImage(line, 90)
      for (let row = 0; row < turned.heightPx; row++) {
        const level = turned.data.subarray(row * turned.widthPx, (row + 1) * turned.widthPx)
        image.data.set(level, (row + 140) * image.widthPx + 110)
      }
      const answers = [
        { ...wordIn("first", whole), confidence: 0.86, ...(agreement === false && { agreement }) },
        wordIn("second", whole)
      ]
      let asked = 0
      const { service } = ocrWith((crop) =>
        Effect.sync(() => [lettersOn(crop) === 9 ? answers[asked++]! : wordIn("level", whole)])
      )
      const page = yield* read(image, service)
      assert.strictEqual(asked, calls)
      assert.deepStrictEqual(
        page.words.flatMap(({ text }) => (text === "level" ? [] : [text])),
        [calls === 1 ? "first" : "second"]
      )
    })
  )

  it.effect.each([
    ["in the language that its days are named in", ["fr", "de"], "lundi mardi", [undefined, "fr"]],
    ["once where the engine knows no model for that language", ["de"], "lundi mardi", [undefined]],
    ["once where the engine takes no hint of a language", undefined, "lundi mardi", [undefined]],
    ["once where no days tell a language", ["fr", "en"], "letters", [undefined]]
  ] as const)("reads a page %s", ([, languages, text, asked]) =>
    Effect.gen(function* () {
      const hints = new Set<string | undefined>()
      const { service } = ocrWith((image, options) => {
        hints.add(options?.language)
        const box = { x: 10, y: 10, width: image.widthPx - 20, height: image.heightPx - 20 }
        return Effect.succeed([wordIn(options?.language ?? text, box)])
      })
      const page = yield* read(writtenGrid().image, { ...service, ...(languages && { languages }) })
      assert.deepStrictEqual([...hints], [...asked])
      assert.deepStrictEqual([...new Set(page.words.map((word) => word.text))], [asked.at(-1) ?? text])
    })
  )

  it.effect("reads but the head of a table before it goes on in the language that its days are named in", () =>
    Effect.gen(function* () {
      const asked: Array<string | undefined> = []
      const { service } = ocrWith((_, options) => {
        asked.push(options?.language)
        return Effect.succeed([wordIn(options?.language ?? "lundi mardi", whole)])
      })
      const { image, letters } = writtenGrid()
      yield* read(image, { ...service, languages: ["fr"] })
      // First the longest lines tell how the page lies.
      const atMost = headLines + 4
      assert.isAtMost(asked.filter((language) => language === undefined).length, atMost)
      assert.strictEqual(asked.filter((language) => language === "fr").length, letters.length)
    })
  )

  it.effect.each(["crop", "page"] as const)("fails with the error of a provider that reads by %s", (granularity) =>
    Effect.gen(function* () {
      const error = new OcrError({ engine: "double", reason: new UnreadableImage({ cause: "made" }) })
      const failure = yield* read(drawnGrid(grid), ocrWith(() => Effect.fail(error), granularity).service).pipe(
        Effect.flip
      )
      assert.strictEqual(failure, error)
    })
  )

  it.effect("stops the provider when it is interrupted", () =>
    Effect.gen(function* () {
      const started = yield* Deferred.make<void>()
      let [running, stopped] = [0, 0]
      const { service } = ocrWith(() =>
        Effect.suspend(() => {
          running++
          return Deferred.succeed(started, undefined)
        }).pipe(
          Effect.andThen(Effect.never),
          Effect.onInterrupt(() => Effect.sync(() => stopped++))
        )
      )
      const fiber = yield* Effect.forkChild(read(drawnGrid(grid), service))
      yield* Deferred.await(started)
      yield* Fiber.interrupt(fiber)
      assert.isTrue(Exit.hasInterrupts(yield* Fiber.await(fiber)))
      assert.isTrue(running > 0 && stopped === running)
    })
  )

  it.effect("asks as much of the provider at once as it allows", () =>
    Effect.gen(function* () {
      let [running, most] = [0, 0]
      const { service } = ocrWith(() =>
        Effect.suspend(() => {
          most = Math.max(most, ++running)
          return Effect.yieldNow
        }).pipe(Effect.ensuring(Effect.sync(() => running--)), Effect.as([]))
      )
      yield* read(writtenGrid().image, service)
      assert.isTrue(most >= 3)
    })
  )
})

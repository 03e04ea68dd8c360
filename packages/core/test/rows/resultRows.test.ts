import type { ExtractedTimeblock, Extraction } from "@timegrid/core"
import { ProcessingJobMetadata, TimeblockInput, TimetableInput, UploadedDocumentChanges } from "@timegrid/core"
import { resultRows } from "@timegrid/core/repository"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { anyExtraction, block, extraction, marker, upload } from "./results.ts"

const rowsOf = (given: Partial<Extraction> = {}, context = upload()) => resultRows(extraction(given), context)
const ofBlocks = (...blocks: ReadonlyArray<Partial<ExtractedTimeblock>>) => rowsOf({ timeblocks: blocks.map(block) })
const onlyTimetable = (rows: ReturnType<typeof resultRows>) => {
  const [first, ...others] = rows.timetables
  assert.isEmpty(others)
  return first ?? assert.fail("There is no timetable")
}
const heading = (given: Partial<Extraction["metadata"]>) => ({ metadata: { ...extraction().metadata, ...given } })

describe("a block that was read", () => {
  it("becomes a timeblock when it meets the constraints of the table", () => {
    const { timeblocks, timetable } = onlyTimetable(ofBlocks({ startTime: "08:00", endTime: "16:00" }))
    assert.lengthOf(timeblocks, 1)
    assert.notProperty(timetable.metadata, "unplaced")
    assert.notProperty(timetable.metadata, "markers")
  })

  it("becomes a marker when it starts and has no end", () => {
    const bell = { endTime: null, name: "Bell", notes: "loud", teacher: "Ms Byron", confidence: 88.888 }
    const rows = ofBlocks(bell)
    const { timeblocks, timetable } = onlyTimetable(rows)
    assert.deepStrictEqual(timetable.metadata?.markers, [
      {
        dayOfWeek: "Monday",
        time: "09:00",
        name: "Bell",
        notes: "loud",
        teacher: "Ms Byron",
        page: 1,
        confidence: 88.89
      }
    ])
    assert.isEmpty(timeblocks)
    assert.isFalse(rows.needsReview)
  })

  it.each([
    ["shorter than 5 minutes", "09:00", "09:04"],
    ["without any length", "09:00", "09:00"],
    ["longer than 8 hours", "08:00", "16:01"],
    ["over midnight", "22:00", "06:00"]
  ])("stays unplaced, with no need for a review, when it is %s", (_, startTime, endTime) => {
    const rows = ofBlocks({ startTime, endTime, room: "12" })
    const { timeblocks, timetable } = onlyTimetable(rows)
    assert.isEmpty(timeblocks)
    assert.deepStrictEqual(timetable.metadata?.unplaced, [
      { dayOfWeek: "Monday", startTime, endTime, name: "Maths", room: "12", page: 1, confidence: 99.1 }
    ])
    assert.isFalse(rows.needsReview)
  })

  it.each([
    ["weekday", { dayOfWeek: null }],
    ["clock time", { startTime: null, endTime: null }],
    ["start", { startTime: null }],
    ["weekday and end", { dayOfWeek: null, endTime: null }]
  ])("stays unplaced and sends the job to review, whatever its confidence, when it has no %s", (_, given) => {
    const rows = resultRows(extraction({ timeblocks: [block(), block(given)], confidence: 100 }), upload())
    const { timeblocks, timetable } = onlyTimetable(rows)
    assert.lengthOf(timeblocks, 1)
    assert.lengthOf(timetable.metadata?.unplaced ?? [], 1)
    assert.isTrue(rows.needsReview)
  })

  it("leaves its colour to the default where it has none", () => {
    const { timeblocks } = onlyTimetable(ofBlocks({}, { color: "#CFE0FF" }))
    assert.notProperty(timeblocks[0], "color")
    assert.propertyVal(timeblocks[1], "color", "#CFE0FF")
  })

  it("has its place in the order of reading as its position", () => {
    const { timeblocks } = onlyTimetable(
      ofBlocks({ name: "First" }, { name: "Open", dayOfWeek: null }, { name: "Second" }, { name: "Third" })
    )
    assert.deepStrictEqual(
      timeblocks.map(({ name, position }) => [name, position]),
      [
        ["First", 0],
        ["Second", 1],
        ["Third", 2]
      ]
    )
  })

  it("has subject, room, teacher, period, week, page and confidence in its metadata, as far as they are known", () => {
    const known = { subject: "Maths", room: "12", teacher: "Ms Byron", period: 3, week: "A", page: 1 }
    const { timeblocks } = onlyTimetable(ofBlocks({ ...known, confidence: 97.654 }, {}))
    assert.deepStrictEqual(timeblocks[0]?.metadata, { ...known, confidence: 97.65 })
    assert.deepStrictEqual(timeblocks[1]?.metadata, { page: 1, confidence: 99.1 })
  })
})

describe("the timetables of a document", () => {
  it("are drafts, each with the job and the document that it comes from", () => {
    const { timetable } = onlyTimetable(rowsOf())
    const { documentId, jobId, userId } = upload()
    assert.deepStrictEqual([timetable.status, timetable.userId], ["draft", userId])
    assert.deepStrictEqual([timetable.metadata?.jobId, timetable.metadata?.documentId], [jobId, documentId])
  })

  it("are one for each class, in the order of reading, with the blocks of that class", () => {
    const rows = rowsOf({
      ...heading({ className: "5B" }),
      timeblocks: [
        block({ className: "7 Red", name: "a" }),
        block({ name: "b" }),
        block({ className: "7 Red", name: "c" }),
        block({ className: "5B", name: "d" })
      ]
    })
    assert.deepStrictEqual(
      rows.timetables.map(({ timeblocks, timetable }) => [
        timetable.className,
        timeblocks.map(({ name, position }) => [name, position])
      ]),
      [
        [
          "7 Red",
          [
            ["a", 0],
            ["c", 1]
          ]
        ],
        [
          "5B",
          [
            ["b", 0],
            ["d", 1]
          ]
        ]
      ]
    )
  })

  it("share a marker when all of them are on its page, or none is", () => {
    const rows = rowsOf({
      timeblocks: [block({ className: "5B", page: 1 }), block({ className: "7 Red", page: 2 })],
      markers: [marker({ name: "First bell", page: 1 }), marker({ name: "Everywhere", page: 3 })]
    })
    assert.deepStrictEqual(
      rows.timetables.map(({ timetable }) => timetable.metadata?.markers?.map(({ name }) => name)),
      [["First bell", "Everywhere"], ["Everywhere"]]
    )
  })

  it("have their markers in the order of the week, what is of no day last", () => {
    const markers = [
      marker({ name: "4", dayOfWeek: null }),
      marker({ name: "3", dayOfWeek: "Friday", time: "10:00" }),
      marker({ name: "2", dayOfWeek: "Friday", time: "09:00" }),
      marker({ name: "1", dayOfWeek: "Monday", time: "15:00" })
    ]
    const { timetable } = onlyTimetable(rowsOf({ markers }))
    assert.deepStrictEqual(
      timetable.metadata?.markers?.map(({ name }) => name),
      ["1", "2", "3", "4"]
    )
  })

  it("are one where there are only markers, and none where nothing was read", () => {
    assert.lengthOf(rowsOf({ timeblocks: [], markers: [marker()] }).timetables, 1)
    assert.lengthOf(rowsOf({ timeblocks: [] }).timetables, 0)
  })

  it.each([
    ["class and term", { className: "5B", term: "Spring", schoolName: "Hill School" }, "5B - Spring"],
    ["class alone", { className: "5B" }, "5B"],
    ["term alone", { term: "Spring" }, "Spring"],
    ["school, where neither is read", { schoolName: "Hill School", teacher: "Ms Byron" }, "Hill School"],
    ["teacher, where no more is read", { teacher: "Ms Byron" }, "Ms Byron"],
    ["file, where no heading is read", {}, "Week plan.v2"]
  ])("are called after %s", (_, metadata, name) => {
    assert.strictEqual(onlyTimetable(rowsOf(heading(metadata))).timetable.name, name)
  })

  it("are called what the one who uploaded the document calls them, each with its class when there are several", () => {
    const named = upload({ timetableName: "My week" })
    assert.strictEqual(onlyTimetable(rowsOf(heading({ className: "5B" }), named)).timetable.name, "My week")
    const rows = rowsOf({ timeblocks: [block({ className: "5B" }), block({ className: "7 Red" })] }, named)
    assert.deepStrictEqual(
      rows.timetables.map(({ timetable }) => timetable.name),
      ["My week - 5B", "My week - 7 Red"]
    )
  })

  it("are of the year that is printed", () => {
    const { timetable } = onlyTimetable(rowsOf(heading({ year: 2029 })))
    assert.strictEqual(timetable.year, 2029)
    assert.notProperty(timetable.metadata, "yearSource")
  })

  it("are of the year of the upload where none is printed, and say so", () => {
    const { timetable } = onlyTimetable(rowsOf())
    assert.strictEqual(timetable.year, 2030)
    assert.strictEqual(timetable.metadata?.yearSource, "upload")
  })
})

describe("text of a page", () => {
  it("is cut to its column by characters, with a warning that the job keeps", () => {
    const rows = rowsOf({
      ...heading({ className: "c".repeat(101), term: "t".repeat(51) }),
      timeblocks: [block(), block({ name: "😀".repeat(256), notes: "n".repeat(9999) })]
    })
    const { timeblocks, timetable } = onlyTimetable(rows)
    assert.strictEqual(timeblocks[1]?.name, "😀".repeat(255))
    assert.strictEqual(timeblocks[1]?.notes, "n".repeat(9999))
    assert.strictEqual(timetable.className, "c".repeat(100))
    assert.strictEqual(timetable.term, "t".repeat(50))
    assert.deepStrictEqual(
      rows.warnings.map(({ code, timeblocks }) => [code, timeblocks]),
      [
        ["text_cut", undefined],
        ["text_cut", undefined],
        ["text_cut", [1]]
      ]
    )
    assert.deepStrictEqual(rows.job.metadata.warnings, rows.warnings)
  })

  it("that just fits is left whole, without a warning", () => {
    const rows = ofBlocks({ name: "😀".repeat(255) })
    assert.isEmpty(rows.warnings)
    assert.notProperty(rows.job.metadata, "warnings")
  })

  it("loses what Postgres would refuse, and keeps a sign that something was there", () => {
    const { timeblocks, timetable } = onlyTimetable(
      rowsOf({ ...heading({ schoolName: "Hill\ud800" }), timeblocks: [block({ name: "a\0b", room: "\udc00" })] })
    )
    assert.deepStrictEqual(
      [timeblocks[0]?.name, timeblocks[0]?.metadata?.room, timetable.metadata?.schoolName],
      ["a\ufffdb", "\ufffd", "Hill\ufffd"]
    )
  })
})

describe("document and job", () => {
  it("learn type, original name, pages and the size of the first", () => {
    const pages = [1, 2].map((page) => ({ ...extraction().pages[0]!, page, widthPx: page * 1000 }))
    const { document } = rowsOf({ pages, documentType: "image/png" })
    assert.deepStrictEqual(document, {
      mimeType: "image/png",
      metadata: { originalName: upload().fileName, pageCount: 2, dimensions: { width: 1000, height: 1754 } }
    })
  })

  it("learn classification, page count, engine and milliseconds a stage from the result", () => {
    const word = { page: 1, box: { x: 0, y: 0, width: 1, height: 1 }, text: "Maths", confidence: 90 }
    const words = [
      { ...word, source: "native" as const, engine: "pdf" },
      { ...word, source: "ocr" as const, engine: "tesseract.js@7" }
    ]
    const evidence = { name: { words, rule: "cell-text", repaired: false } }
    const { job } = rowsOf({ timeblocks: [block({ evidence })], tier: "tesseract", confidence: 97.256 })
    assert.deepStrictEqual(job, {
      confidence: 97.26,
      processingTier: "tesseract",
      metadata: {
        classification: "pdf",
        pageCount: 1,
        ocrEngine: "tesseract.js-7",
        processingTime: { classification: 1, preprocessing: 0, ocr: 0, interpretation: 9, validation: 1, total: 11 }
      }
    })
  })

  it.each([
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"],
    ["image/jpeg", "image"]
  ])("of the type %s are classified as %s", (documentType, classification) => {
    assert.strictEqual(rowsOf({ documentType }).job.metadata.classification, classification)
  })

  it("learn what the run tells of itself, where it does", () => {
    const jobMetadata = { classification: "pdf", pageCount: 3 }
    assert.deepStrictEqual(rowsOf({}, upload({ jobMetadata })).job.metadata, jobMetadata)
  })
})

it("whatever was read makes rows that the tables take, and no block is lost", () => {
  fc.assert(
    fc.property(anyExtraction, (result) => {
      const rows = resultRows(result, upload())
      const { jobId } = upload()
      let blocks = 0
      for (const { timeblocks, timetable } of rows.timetables) {
        TimetableInput.parse(timetable)
        for (const content of timeblocks) TimeblockInput.parse({ ...content, timetableId: jobId })
        const starts = (timetable.metadata?.markers ?? []).length
        const { markers: _, unplaced = [] } = timetable.metadata ?? {}
        blocks += timeblocks.length + unplaced.length + starts
      }
      UploadedDocumentChanges.parse(rows.document)
      ProcessingJobMetadata.parse(rows.job.metadata)
      // A marker may hold for several classes, so that there may be more of them than were read.
      assert.isAtLeast(blocks, result.timeblocks.length + (rows.timetables.length > 0 ? result.markers.length : 0))
    }),
    { numRuns: 300 }
  )
})

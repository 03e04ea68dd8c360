import type { Truth } from "@timegrid/core"
import { footer, letterhead } from "./layout/furniture.ts"
import type { Layout } from "./layout/Layout.ts"
import { pickLook } from "./layout/Look.ts"
import { layouts } from "./layout/registry.ts"
import { photograph, photoScale } from "./noise/photo.ts"
import { encodePng } from "./noise/pixels.ts"
import { scan, scanScale } from "./noise/scan.ts"
import { makeRandom, type Random } from "./Random.ts"
import { renderDocx } from "./render/docx.ts"
import { renderPdf } from "./render/pdf.ts"
import { renderRaster } from "./render/raster.ts"
import type { TextLayer } from "./render/textLayer.ts"
import { type FamilySet, type FontFamily, fontFamilies } from "./sheet/fonts.ts"
import type { Sheet } from "./sheet/Sheet.ts"
import { typeset } from "./sheet/typeset.ts"
import { pickClockStyle } from "./week/clock.ts"
import { makeWeek } from "./week/SchoolWeek.ts"

/** What a made document has been through: `png` is a crisp screenshot, `scan` and `photo` are noisy JPEGs. */
export const makerTiers = ["pdf", "docx", "png", "scan", "photo"] as const

/** One of {@link makerTiers}. */
export type MakerTier = (typeof makerTiers)[number]

/** Which document to make. */
export interface MakeOptions {
  /** The same seed and options give the same bytes. */
  readonly seed: number
  readonly tier: MakerTier
  /** The families of layout, font and noise to draw from; default both sets. */
  readonly set?: FamilySet
  /** The id of a layout; default any of the set. */
  readonly layout?: string
  /** The id of a typeface; default any of the set. */
  readonly font?: string
  /** What the text of a PDF is worth; default `sound`. Other tiers have none. */
  readonly textLayer?: TextLayer
}

/** A made document. */
export interface MadeTimetable {
  readonly truth: Truth
  readonly bytes: Uint8Array
}

const inSet = <T extends { readonly id: string; readonly set: FamilySet }>(
  families: ReadonlyArray<T>,
  set: FamilySet | undefined,
  id: string | undefined
): Array<T> => {
  const found = families.filter((family) =>
    id === undefined ? set === undefined || family.set === set : family.id === id
  )
  if (found.length === 0) throw new Error(`No family is called ${id}.`)
  return found
}

/** One document in ten looks written by hand. */
const pickFont = (random: Random, families: ReadonlyArray<FontFamily>): FontFamily => {
  const isHand = random.chance(0.1)
  const fitting = families.filter((family) => family.isHand === isHand)
  return random.pick(fitting.length > 0 ? fitting : families)
}

const a4 = { short: 595, long: 842 }

const makeSheet = (random: Random, layout: Layout) => {
  const week = makeWeek(random.fork("week"), layout.needs)
  const look = pickLook(random.fork("look"))
  const clock = pickClockStyle(random.fork("clock"), week.language)
  const context = { random: random.fork("layout"), week, look, clock }
  const above = letterhead(context)
  const below = footer(context)
  const printed = layout.print(context)
  const isWide = layout.orientation === "landscape"
  const last = printed.pages.length - 1
  const sheet: Sheet = {
    widthPt: isWide ? a4.long : a4.short,
    heightPt: isWide ? a4.short : a4.long,
    marginPt: random.fork("margin").pick([24, 32, 40]),
    paper: look.paper,
    pages: printed.pages.map((blocks, index) => [
      ...(index === 0 ? above.blocks : []),
      ...blocks,
      ...(index === last ? below.blocks : [])
    ])
  }
  const traits = [...printed.traits, ...below.traits, ...(week.language === "fr" ? ["french"] : [])]
  return { sheet, meta: above.meta, blocks: printed.blocks, traits }
}

const extensions: Readonly<Record<MakerTier, { readonly extension: string; readonly kind: string }>> = {
  pdf: { extension: "pdf", kind: "pdf" },
  docx: { extension: "docx", kind: "docx" },
  png: { extension: "png", kind: "png" },
  scan: { extension: "jpg", kind: "jpeg" },
  photo: { extension: "jpg", kind: "jpeg" }
}

/** Images have one page, as long as what stands on it. */
const asOnePage = (sheet: Sheet): Sheet => ({
  ...sheet,
  heightPt: sheet.heightPt * sheet.pages.length,
  pages: [sheet.pages.flat()]
})

const render = async (
  random: Random,
  sheet: Sheet,
  family: FontFamily,
  { textLayer, tier }: MakeOptions,
  set: FamilySet
): Promise<Uint8Array> => {
  if (tier === "docx") return renderDocx(sheet, family)
  if (tier === "pdf") return renderPdf(typeset(sheet, family), family, textLayer)
  const page = typeset(asOnePage(sheet), family)[0]!
  const height = Math.min(page.heightPt, page.contentHeightPt + sheet.marginPt)
  if (tier === "png") return encodePng(renderRaster(page, family, random.between(1.25, 2.4), height))
  if (tier === "scan") return scan(random, renderRaster(page, family, scanScale(random), page.heightPt), set)
  return photograph(random, renderRaster(page, family, photoScale, height), set)
}

/** Makes one document with its truth. Fails on a family that does not exist. */
export const makeTimetable = async (options: MakeOptions): Promise<MadeTimetable> => {
  const random = makeRandom(`timetable ${options.seed}`)
  const layout = random.fork("choose layout").pick(inSet(layouts, options.set, options.layout))
  const family = pickFont(random.fork("choose font"), inSet(fontFamilies, options.set, options.font))
  const noiseSet = options.set ?? random.fork("choose noise").pick(["fitted", "unseen"] as const)
  const { sheet, meta, blocks, traits } = makeSheet(random.fork("sheet"), layout)
  const { extension, kind } = extensions[options.tier]
  const id = `${options.tier}-${layout.id}-${options.seed}`
  return {
    truth: {
      id,
      file: `${id}.${extension}`,
      kind,
      traits: [
        layout.id,
        family.id,
        options.tier,
        ...(options.textLayer ? [`text-${options.textLayer}`] : []),
        ...traits
      ],
      meta,
      blocks: [...blocks]
    },
    bytes: await render(random.fork("noise"), sheet, family, options, noiseSet)
  }
}

import { DocumentError, type Limits, type Page, type PageImage, type RenderOptions } from "@timegrid/core"
import { Effect, type Scope } from "effect"

type Pdfium = Awaited<ReturnType<typeof import("@hyzyla/pdfium").PDFiumModule>>

const corrupt = (cause: unknown) =>
  new DocumentError({ code: "corrupt_file", message: "The page cannot be drawn because the PDF is damaged.", cause })

/** One instance serves the process: its code is compiled once, and documents are apart in its memory. */
let instance: Promise<Pdfium> | null = null

const loadPdfium = async (): Promise<Pdfium> => {
  const { PDFiumModule } = await import("@hyzyla/pdfium")
  const pdfium = await PDFiumModule({})
  pdfium._FPDF_InitLibraryWithConfig({
    version: 2,
    m_pIsolate: null,
    m_pUserFontPaths: null,
    m_v8EmbedderSlot: 0,
    m_pPlatform: null
  })
  return pdfium
}

/** A document that is open for drawing. */
export interface Drawable {
  readonly draw: (page: Page, limits: Limits, options?: RenderOptions) => Effect.Effect<PageImage, DocumentError>
}

const bgra = 4
const annotations = 0x01
const reverseByteOrder = 0x10
const white = 0xffffffff

const rgbOf = (rgba: Uint8Array): Uint8Array => {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!
    rgb[to + 1] = rgba[from + 1]!
    rgb[to + 2] = rgba[from + 2]!
  }
  return rgb
}

const rectangleOf = (page: Page, { region, scale = 1 }: RenderOptions) => ({
  left: Math.round((region?.x ?? 0) * scale),
  top: Math.round((region?.y ?? 0) * scale),
  widthPx: Math.max(1, Math.round((region?.width ?? page.widthPx) * scale)),
  heightPx: Math.max(1, Math.round((region?.height ?? page.heightPx) * scale)),
  pageWidthPx: Math.max(1, Math.round(page.widthPx * scale)),
  pageHeightPx: Math.max(1, Math.round(page.heightPx * scale))
})

const drawOn = (pdfium: Pdfium, document: number, page: Page, rectangle: ReturnType<typeof rectangleOf>): PageImage => {
  const { heightPx, left, pageHeightPx, pageWidthPx, top, widthPx } = rectangle
  const size = widthPx * heightPx * 4
  const handle = pdfium._FPDF_LoadPage(document, page.pageNumber - 1)
  if (handle === 0) throw new Error("the page does not load")
  const memory = pdfium.wasmExports.malloc(size)
  try {
    if (memory === 0) throw new Error("no memory for the bitmap")
    const bitmap = pdfium._FPDFBitmap_CreateEx(widthPx, heightPx, bgra, memory, widthPx * 4)
    try {
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, widthPx, heightPx, white)
      const flags = annotations | reverseByteOrder
      pdfium._FPDF_RenderPageBitmap(bitmap, handle, -left, -top, pageWidthPx, pageHeightPx, 0, flags)
      const data = rgbOf(pdfium.HEAPU8.subarray(memory, memory + size))
      return { pageNumber: page.pageNumber, widthPx, heightPx, channels: 3, data }
    } finally {
      pdfium._FPDFBitmap_Destroy(bitmap)
    }
  } finally {
    pdfium.wasmExports.free(memory)
    pdfium._FPDF_ClosePage(handle)
  }
}

/** Opens the bytes for drawing; they leave the engine's memory with the scope. */
export const openDrawable = Effect.fnUntraced(function* (
  bytes: Uint8Array
): Effect.fn.Return<Drawable, DocumentError, Scope.Scope> {
  instance ??= loadPdfium()
  const loading = instance
  const pdfium = yield* Effect.tryPromise({ try: () => loading, catch: corrupt })
  const { document } = yield* Effect.acquireRelease(
    Effect.try({
      try: () => {
        const memory = pdfium.wasmExports.malloc(bytes.length)
        if (memory === 0) throw new Error("no memory for the document")
        pdfium.HEAPU8.set(bytes, memory)
        const document = pdfium._FPDF_LoadMemDocument(memory, bytes.length, 0)
        if (document !== 0) return { memory, document }
        pdfium.wasmExports.free(memory)
        throw new Error(`error ${pdfium._FPDF_GetLastError()}`)
      },
      catch: corrupt
    }),
    ({ document, memory }) =>
      Effect.sync(() => {
        pdfium._FPDF_CloseDocument(document)
        pdfium.wasmExports.free(memory)
      })
  )
  return {
    draw: Effect.fnUntraced(function* (page, limits, options = {}) {
      const rectangle = rectangleOf(page, options)
      const pixels = rectangle.widthPx * rectangle.heightPx
      if (pixels > limits.imagePixels) {
        return yield* new DocumentError({
          code: "image_too_large",
          message: `The page would be drawn with ${pixels} pixels; at most ${limits.imagePixels} are allowed.`
        })
      }
      return yield* Effect.try({ try: () => drawOn(pdfium, document, page, rectangle), catch: corrupt })
    })
  }
})

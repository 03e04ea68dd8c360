// What Timegrid's time is compared with: the least that any reader of the same file has to do.
import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { root } from "../bootstrap/places.mjs"

/**
 * @typedef {object} Reference
 * @property {string} name
 * @property {(file: string, bytes: Uint8Array) => Promise<void>} read
 */

const { getDocument } = await import(
  pathToFileURL(
    createRequire(path.join(root, "packages/adapters/pdf/package.json")).resolve("pdfjs-dist/legacy/build/pdf.mjs")
  ).href
)

/** @type {Reference} */
const pdfjs = {
  name: "pdf.js text and operators",
  read: async (_, bytes) => {
    // pdf.js takes the bytes away from its caller.
    const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
    const document = await task.promise
    for (let pageNumber = 1; pageNumber <= document.numPages; pageNumber++) {
      const page = await document.getPage(pageNumber)
      await page.getTextContent()
      await page.getOperatorList()
    }
    await task.destroy()
  }
}

/** @type {Reference} */
const tesseract = {
  name: "native tesseract, whole page, one thread",
  read: async (file) => {
    const { status } = spawnSync("tesseract", [file, "stdout"], {
      stdio: "ignore",
      env: { ...process.env, OMP_THREAD_LIMIT: "1" }
    })
    if (status !== 0) throw new Error(`tesseract cannot read ${file}`)
  }
}

const hasTesseract = spawnSync("tesseract", ["--version"], { stdio: "ignore" }).status === 0

/**
 * @param {string} file
 * @returns {Reference | undefined} undefined where this machine has nothing to compare with
 */
export const referenceFor = (file) =>
  /\.pdf$/i.test(file) ? pdfjs : /\.(png|jpe?g)$/i.test(file) && hasTesseract ? tesseract : undefined

/** @type {Promise<{ recognize: (image: Buffer) => Promise<unknown>, terminate: () => Promise<unknown> }> | undefined} */
let worker

function startWorker() {
  process.stderr.write(
    "No native tesseract on the PATH: images are compared with tesseract.js instead, which is slower. These ratios flatter us.\n"
  )
  const load = createRequire(path.join(root, "packages/adapters/tesseract/package.json"))
  const { createWorker, OEM } = load("tesseract.js")
  const langPath = path.join(path.dirname(load.resolve("@tesseract.js-data/eng/package.json")), "4.0.0_best_int")
  return createWorker("eng", OEM.LSTM_ONLY, { langPath, cacheMethod: "none" })
}

/** @type {Reference} */
const tesseractJs = {
  name: "STAND-IN: tesseract.js, whole page, one worker, warm",
  read: async (_, bytes) => {
    worker ??= startWorker()
    await (await worker)?.recognize(Buffer.from(bytes))
  }
}

/**
 * What stands in where an image has no reference on this machine; call `closeReferences` at the end.
 *
 * @param {string} file
 * @returns {Reference | undefined}
 */
export const standInFor = (file) => (/\.(png|jpe?g)$/i.test(file) && !hasTesseract ? tesseractJs : undefined)

/** Ends what stand-ins have started. */
export const closeReferences = async () => {
  await (await worker)?.terminate()
}

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

import { readFileSync, renameSync, writeFileSync } from "node:fs"
import path from "node:path"
import { npmCommand } from "../bootstrap/npm.mjs"
import { capture } from "../bootstrap/run.mjs"

const first = "tesseract.js@7"
const both = `${first}+pp-ocrv4`

/**
 * Tries the packed command without its second engine, with it, and where it is there but cannot run.
 *
 * @param {string} folder Has `timegrid` installed; gets the second engine.
 * @param {{ readonly node: string, readonly paddle: string, readonly image: string }} parts `paddle` is its tarball.
 * @returns {Promise<ReadonlyArray<string>>} what is not as it should be
 */
export const complaintsOfSecondEngine = async (folder, { image, node, paddle }) => {
  const command = path.join(folder, "node_modules/timegrid/dist/cli.js")
  /** @param {string} engine */
  const extract = (engine) =>
    capture(node, [command, "extract", "--quiet", "--format", "json", "--ocr", engine, image], { cwd: folder })
  /** @type {Array<string>} */
  const complaints = []
  /**
   * @param {string} situation
   * @param {string} engine
   * @param {(outcome: { readonly code: number | null, readonly output: string }) => boolean} isRight
   */
  const expect = async (situation, engine, isRight) => {
    const outcome = await extract(engine)
    if (!isRight(outcome))
      complaints.push(`--ocr ${engine} ${situation}: ${outcome.code}, ${outcome.output.slice(0, 500)}`)
  }

  const isFirstAlone = (/** @type {{ code: number | null, output: string }} */ { code, output }) =>
    code === 0 && output.includes(`"${first}"`) && !output.includes(both)
  for (const engine of ["paddle", "ensemble"])
    await expect(
      "without the second engine",
      engine,
      ({ code, output }) =>
        code === 1 && output.trim() === `timegrid: ${engine}: EngineNotInstalled: npm install @timegrid/paddle`
    )
  await expect("without the second engine", "auto", isFirstAlone)

  const manifestFile = path.join(folder, "package.json")
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8"))
  const dependencies = { ...manifest.dependencies, "@timegrid/paddle": `file:${paddle}` }
  writeFileSync(manifestFile, JSON.stringify({ ...manifest, dependencies }))
  const [npm, ...npmArguments] = npmCommand(node)
  // Neither needs its install scripts, one of which downloads.
  const install = ["install", "--prefix", folder, "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"]
  const installed = await capture(npm, [...npmArguments, ...install], { cwd: folder })
  if (installed.code !== 0) return [...complaints, `the second engine cannot be installed:\n${installed.output}`]
  await expect("with the second engine", "auto", ({ code, output }) => code === 0 && output.includes(`"${both}"`))

  const library = path.join(folder, "node_modules/onnxruntime-node/bin")
  renameSync(library, `${library}.away`)
  await expect("where the second engine lacks its library", "auto", isFirstAlone)
  await expect(
    "where it lacks its library",
    "paddle",
    ({ code, output }) => code === 1 && output.includes("EngineUnavailable")
  )
  renameSync(`${library}.away`, library)
  return complaints
}

// A stamp says what an output was made from: one line a file with its hash. It is compared by content, never by time,
// since a checkout and a branch change set times as they like.
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import path from "node:path"
import { root } from "../bootstrap/places.mjs"

const isOutput = (/** @type {string} */ name) => name === "node_modules" || name === "dist"

/**
 * What the files say at this moment; folders are taken with all below them but outputs.
 *
 * @param {ReadonlyArray<string>} places absolute; one that does not exist counts as empty
 * @returns {string}
 */
export const inputsOf = (places) =>
  places
    .flatMap((place) => filesIn(place))
    .map((file) => `${createHash("sha256").update(readFileSync(file)).digest("base64")} ${path.relative(root, file)}`)
    .join("\n")

/**
 * @param {string} place
 * @returns {Array<string>}
 */
const filesIn = (place) =>
  !existsSync(place)
    ? []
    : statSync(place).isFile()
      ? [place]
      : readdirSync(place)
          .filter((name) => !isOutput(name))
          .sort()
          .flatMap((name) => filesIn(path.join(place, name)))

/**
 * @param {string} stamp
 * @param {string} inputs
 * @param {ReadonlyArray<string>} outputs files that must be there too
 */
export const isCurrent = (stamp, inputs, outputs = []) =>
  existsSync(stamp) && readFileSync(stamp, "utf8") === inputs && outputs.every((file) => existsSync(file))

/**
 * @param {string} stamp
 * @param {string} inputs
 */
export function remember(stamp, inputs) {
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, inputs)
}

/**
 * Takes the stamp away before its outputs change. When a file that it names is gone, so is its whole folder, with the
 * outputs that nothing would write again.
 *
 * @param {string} stamp
 * @param {string} [inputs] given where the stamp's folder holds the outputs and nothing else
 */
export function forget(stamp, inputs) {
  if (!existsSync(stamp)) return
  const namesOf = (/** @type {string} */ lines) => lines.split("\n").map((line) => line.slice(line.indexOf(" ") + 1))
  const names = inputs === undefined ? undefined : new Set(namesOf(inputs))
  const lacksOne = names !== undefined && namesOf(readFileSync(stamp, "utf8")).some((name) => !names.has(name))
  rmSync(lacksOne ? path.dirname(stamp) : stamp, { recursive: true, force: true })
}

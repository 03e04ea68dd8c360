/**
 * How to run npm: by the path that it leaves for its scripts, else whatever the PATH has.
 *
 * @param {string} node
 * @returns {[command: string, ...args: Array<string>]}
 */
export const npmCommand = (node = process.execPath) => {
  const npm = process.env.npm_execpath
  return npm?.endsWith("npm-cli.js") ? [node, npm] : ["npm"]
}

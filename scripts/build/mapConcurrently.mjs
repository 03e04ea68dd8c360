/**
 * The results of `task` for all items, in their order, with at most `limit` at work at once.
 *
 * @template A, B
 * @param {ReadonlyArray<A>} items
 * @param {number} limit
 * @param {(item: A) => Promise<B>} task
 * @returns {Promise<Array<B>>}
 */
export async function mapConcurrently(items, limit, task) {
  /** @type {Array<B>} */
  const results = new Array(items.length)
  const waiting = items.entries()
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await task(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}

/** Filters that only images use. Dictionaries of streams stand in the clear, so their names can be found as bytes. */
const imageFilters = ["/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"]

/**
 * A copy of the file in which the coding of images has another name. The parser decodes each image that it meets, a
 * second for a scanned page, although only its place is asked for; a coding that it does not know it passes over.
 */
export const skipImages = (bytes: Uint8Array): Uint8Array => {
  // The parser takes the buffer over, so the copy must not lie in Node's shared pool.
  const copy = new Uint8Array(bytes)
  const buffer = Buffer.from(copy.buffer)
  for (const filter of imageFilters) {
    for (let at = buffer.indexOf(filter); at >= 0; at = buffer.indexOf(filter, at + filter.length))
      buffer[at + 1] = 0x58
  }
  return copy
}

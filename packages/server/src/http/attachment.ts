// What `encodeURIComponent` leaves as it is and RFC 8187 does not.
const furtherEncoded = /['()*]/g

/** `Content-Disposition` of what is to be saved under this name; old clients take `plainName`, which is ASCII. */
export const attachment = (fileName: string, plainName = plain(fileName)): string => {
  const encoded = encodeURIComponent(fileName).replaceAll(
    furtherEncoded,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  )
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encoded}`
}

const plain = (fileName: string) => fileName.replaceAll(/[^\x20-\x7e]|["\\]/g, "_")

/** Longer explanations are cut. */
const mostCharacters = 300

/** What a service says of a failure, as one short line for people: without control characters, cut where it is long. */
export const printable = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, mostCharacters)

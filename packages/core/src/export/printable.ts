// C0 and C1 control characters: among them what steers a terminal.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u001f\u007f-\u009f]+/g

/** Text from a document on one line and without the characters that steer a terminal. */
export const printable = (text: string): string => text.replaceAll(controls, " ").replaceAll(/ {2,}/g, " ").trim()

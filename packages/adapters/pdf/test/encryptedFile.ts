import PDFDocument from "pdfkit"

/** A one-page file that is encrypted; with an empty `userPassword` everybody may open it. */
export const encryptedFile = (userPassword: string): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const document = new PDFDocument({ userPassword, ownerPassword: "owner", pdfVersion: "1.7" })
    const chunks: Array<Uint8Array> = []
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk))
    document.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))))
    document.on("error", reject)
    document.fontSize(20).text("Locked", 100, 100)
    document.end()
  })

// An engine behind POST /ocr, as yours may be: it takes an image and answers with words, their boxes and confidence.
import { createServer } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { dirname, join } from "node:path"
import { createWorker, OEM, PSM } from "tesseract.js"

const languageData = dirname(createRequire(import.meta.url).resolve("@tesseract.js-data/eng/package.json"))

export const startEngine = async () => {
  const langPath = join(languageData, "4.0.0_best_int")
  const worker = await createWorker("eng", OEM.LSTM_ONLY, { langPath, cacheMethod: "none" })
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT })

  const wordsOn = async (image: Buffer) => {
    const { data } = await worker.recognize(image, {}, { blocks: true })
    const lines = (data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap((paragraph) => paragraph.lines))
    return lines
      .flatMap((line) => line.words)
      .map(({ bbox: { x0, x1, y0, y1 }, confidence, text }) => {
        return { text, box: { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }, confidence: confidence / 100 }
      })
  }

  const server = createServer((request, response) => {
    const parts: Array<Buffer> = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () =>
      wordsOn(Buffer.concat(parts)).then(
        (words) => response.setHeader("content-type", "application/json").end(JSON.stringify({ words })),
        () => response.writeHead(422).end("this is no image")
      )
    )
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const close = async () => {
    server.close()
    await worker.terminate()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ocr`, close }
}

// An engine behind POST /ocr, as yours may be: it takes an image and answers with words, their boxes and confidence.
import { createServer } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { dirname, join } from "node:path"
import { buffer } from "node:stream/consumers"
import { createWorker, OEM, PSM } from "tesseract.js"

const languageData = dirname(createRequire(import.meta.url).resolve("@tesseract.js-data/eng/package.json"))

export const startEngine = async () => {
  const langPath = join(languageData, "4.0.0_best_int")
  const worker = await createWorker("eng", OEM.LSTM_ONLY, { langPath, cacheMethod: "none" })
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT })

  const wordsOn = async (image: Buffer) => {
    const { data } = await worker.recognize(image, {}, { blocks: true })
    const paragraphs = (data.blocks ?? []).flatMap((block) => block.paragraphs)
    const words = paragraphs.flatMap(({ lines }) => lines.flatMap((line) => line.words))
    return words.map(({ bbox: { x0, x1, y0, y1 }, confidence, text }) => {
      return { text, box: { x: x0, y: y0, width: x1 - x0, height: y1 - y0 }, confidence: confidence / 100 }
    })
  }

  const server = createServer(async (request, response) => {
    const words = await wordsOn(await buffer(request)).catch(() => null)
    if (words === null) response.writeHead(422).end("this is no image")
    else response.setHeader("content-type", "application/json").end(JSON.stringify({ words }))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const close = () => Promise.all([server.close(), worker.terminate()])
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ocr`, close }
}

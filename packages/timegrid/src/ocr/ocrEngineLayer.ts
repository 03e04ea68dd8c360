import { EngineNotInstalled, ensembleLayer, OcrError, type OcrProvider } from "@timegrid/core"
import { TesseractOcr } from "@timegrid/tesseract"
import { Effect, Layer } from "effect"
import { isMissingPackage } from "../optionalPackage.ts"
import type { OcrEngine } from "./OcrEngine.ts"
import { withSecondEngine } from "./secondEngine.ts"

/**
 * Provides `OcrProvider` by the chosen engine. What is asked for by name and not installed fails the layer with
 * `EngineNotInstalled`; `"auto"` looks for the second engine with the first image, so that documents without one never
 * load it.
 */
export const ocrEngineLayer = (
  engine: OcrEngine,
  languages: ReadonlyArray<string>
): Layer.Layer<OcrProvider, OcrError> => {
  const tesseract = TesseractOcr.layer({ languages })
  switch (engine) {
    case "tesseract":
      return tesseract
    case "paddle":
      return paddleLayer(engine)
    case "ensemble":
      return ensembleLayer(tesseract, paddleLayer(engine))
    case "auto":
      return withSecondEngine(tesseract, paddleLayer(engine))
  }
}

const packageName = "@timegrid/paddle"

const paddleLayer = (asked: OcrEngine): Layer.Layer<OcrProvider, OcrError> =>
  Layer.unwrap(
    Effect.tryPromise({ try: () => import("@timegrid/paddle"), catch: (cause) => cause }).pipe(
      Effect.catch((cause) =>
        isMissingPackage(cause, packageName)
          ? Effect.fail(new OcrError({ engine: asked, reason: new EngineNotInstalled({ packageName }) }))
          : Effect.die(cause)
      ),
      Effect.map(({ PaddleOcr }) => PaddleOcr.layer())
    )
  )

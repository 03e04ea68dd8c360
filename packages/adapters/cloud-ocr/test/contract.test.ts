import { ocrProviderContract } from "@timegrid/testing"
import { Effect, Layer } from "effect"
import { vendors } from "./servers/index.ts"
import { serve } from "./servers/Vendor.ts"

for (const vendor of vendors) {
  const withService = Layer.unwrap(Effect.map(serve(vendor), ({ url }) => vendor.layer(url)))
  ocrProviderContract(vendor.name, withService, { tables: vendor.makesOutTables })
}

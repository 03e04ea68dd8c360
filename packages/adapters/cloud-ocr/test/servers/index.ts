import { azure } from "./azure.ts"
import { ownEngine } from "./ownEngine.ts"
import { textract } from "./textract.ts"
import type { Vendor } from "./Vendor.ts"
import { vision } from "./vision.ts"

/** All services that there is an adapter for. */
export const vendors: ReadonlyArray<Vendor> = [vision, textract, azure, ownEngine]

import { Context, type Effect, type Option } from "effect"
import type { BlobError } from "./BlobError.ts"

/** Keeps bytes under keys such as `uploads/2026/11/22/<id>.pdf`. */
export class BlobStore extends Context.Service<
  BlobStore,
  {
    /** Puts all of the bytes under `key` or none of them; replaces what stood there. The bytes are not changed after. */
    readonly put: (key: string, bytes: Uint8Array) => Effect.Effect<void, BlobError>
    /** The bytes under `key`; callers do not change them. */
    readonly find: (key: string) => Effect.Effect<Option.Option<Uint8Array>, BlobError>
    /** Succeeds also where nothing stands under `key`. */
    readonly remove: (key: string) => Effect.Effect<void, BlobError>
  }
>()("@timegrid/core/blob/BlobStore") {}

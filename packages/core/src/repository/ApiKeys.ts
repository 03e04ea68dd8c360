import { Context, type Effect, type Option } from "effect"
import * as z from "zod"
import { Uuid } from "../domain/values.ts"
import { entityTable } from "./EntityTable.ts"
import type { Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"
import {
  type ApiKey,
  type ApiKeyChanges,
  ApiKeyCodec,
  type ApiKeyInput,
  ApiKeyInsert,
  ApiKeyUpdate
} from "./records/ApiKey.ts"

/** Which API keys a list is of. */
export const ApiKeyFilter = z.strictObject({ userId: Uuid.optional() })
export type ApiKeyFilter = z.output<typeof ApiKeyFilter>

/** The table of {@link ApiKeys}. */
export const apiKeyTable = entityTable({
  name: "api_keys",
  codec: ApiKeyCodec,
  insert: ApiKeyInsert,
  update: ApiKeyUpdate,
  filter: ApiKeyFilter
})

/** Keeps the keys with which programs act for users. Adapters are checked by `apiKeysContract`. */
export class ApiKeys extends Context.Service<
  ApiKeys,
  Repository<ApiKey, ApiKeyInput, ApiKeyChanges, ApiKeyFilter> & {
    /**
     * The key with this hash, when it is neither revoked nor expired by the store's clock. Its use is noted at most once
     * a minute.
     */
    readonly use: (secretHash: string) => Effect.Effect<Option.Option<Stored<ApiKey>>, RepositoryError>
  }
>()("@timegrid/core/repository/ApiKeys") {}

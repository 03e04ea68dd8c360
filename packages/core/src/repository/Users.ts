import { Context, type Effect, type Option } from "effect"
import * as z from "zod"
import {
  type User,
  type UserChanges,
  UserCodec,
  type UserInput,
  UserInsert,
  UserRole,
  UserUpdate
} from "../domain/User.ts"
import { entityTable } from "./EntityTable.ts"
import type { Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"

/** Which users a list is of. */
export const UserFilter = z.strictObject({ role: UserRole.optional() })
export type UserFilter = z.output<typeof UserFilter>

/** The table of {@link Users}. */
export const userTable = entityTable({
  name: "users",
  codec: UserCodec,
  insert: UserInsert,
  update: UserUpdate,
  filter: UserFilter
})

/** A user with the hash of their password, for the login alone. */
export interface Credentials {
  readonly user: Stored<User>
  readonly passwordHash: string
}

/** Keeps users; an address is theirs in any case of its letters. Adapters are checked by `usersContract`. */
export class Users extends Context.Service<
  Users,
  Repository<User, UserInput, UserChanges, UserFilter> & {
    /** Who has this address, in whatever case it is written. */
    readonly findByEmail: (email: string) => Effect.Effect<Option.Option<Stored<User>>, RepositoryError>
    /** The same with the hash of their password. */
    readonly findCredentials: (email: string) => Effect.Effect<Option.Option<Credentials>, RepositoryError>
  }
>()("@timegrid/core/repository/Users") {}

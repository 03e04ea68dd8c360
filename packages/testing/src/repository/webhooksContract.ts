import { assert, type Vitest } from "@effect/vitest"
import { type RepositoryServices, Webhooks } from "@timegrid/core/repository"
import { Effect } from "effect"
import { assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import { givenUser, givenWebhook, unlike } from "./given.ts"

/** The promises of `Webhooks`. */
export const webhooksContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  const input = (userId: string) => ({
    userId,
    url: "https://hook.example/timegrid",
    secret: "whsec_1",
    events: ["job:completed", "hitl:required"]
  })
  genericContract(it, {
    table: "webhooks",
    repository: Effect.gen(function* () {
      return yield* Webhooks
    }),
    scope: Effect.map(givenUser(), ({ id }) => ({
      filter: { userId: id },
      input: Effect.sync(() => ({ ...input(id), id: unlike() }))
    })),
    noMatch: { userId: unlike() },
    changes: { enabled: false, events: ["job:failed"] },
    changed: { enabled: false, events: ["job:failed"] },
    invalid: {
      "no event at all": { events: [] },
      "an event without a name": { events: [""] },
      "text that Postgres refuses": { url: "https://a\0b" }
    }
  })

  it.effect("its secret is never shown, and it is enabled unless said otherwise", () =>
    Effect.gen(function* () {
      const webhook = yield* givenWebhook()
      assert.notProperty(webhook, "secret")
      assert.isTrue(webhook.enabled)
    })
  )

  it.effect("a list keeps to its filter", () =>
    Effect.gen(function* () {
      const webhooks = yield* Webhooks
      const { id: userId } = yield* givenUser()
      const enabled = yield* givenWebhook({ userId })
      const disabled = yield* givenWebhook({ userId, enabled: false })
      assert.deepStrictEqual((yield* webhooks.list({ filter: { userId, enabled: true } })).items, [enabled])
      assert.deepStrictEqual((yield* webhooks.list({ filter: { userId, enabled: false } })).items, [disabled])
    })
  )

  it.effect("a webhook belongs to somebody", () =>
    Effect.gen(function* () {
      const orphan = (yield* Webhooks).insert(input(unlike()))
      yield* assertRefusedBy("ConstraintViolation", "webhooks_user_id_fkey", orphan)
    })
  )
}

import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"
import { Effect } from "effect"

/** Stands between a client and its database, and may lose the answer to a COMMIT. */
export interface ForgetfulProxy {
  readonly url: string
  /** From now on the connection of every `each`th COMMIT ends when it was carried out and before its answer; 0: none. */
  readonly forgetEach: (each: number) => void
}

/** Starts one before the database behind a URL, until the scope closes. */
export const startForgetfulProxy = (databaseUrl: string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const target = new URL(databaseUrl)
        const sockets = new Set<Socket>()
        const state = { commits: 0, each: 0 }
        const server = createServer((client) => {
          const database = connect(Number(target.port), target.hostname)
          let isForgetting = false
          client.on("data", (sent) => {
            if (sent.includes("COMMIT")) {
              state.commits += 1
              isForgetting = state.each > 0 && state.commits % state.each === 0
            }
            database.write(sent)
          })
          // The server answers when the transaction lasts.
          database.on("data", (answer) => (isForgetting ? client.destroy() : client.write(answer)))
          for (const [socket, other] of [
            [client, database],
            [database, client]
          ] as const) {
            sockets.add(socket)
            socket.on("error", () => other.destroy())
            socket.on("close", () => {
              sockets.delete(socket)
              other.destroy()
            })
          }
        })
        server.listen(0, "127.0.0.1")
        await once(server, "listening")
        return { server, sockets, state, target }
      }),
      ({ server, sockets }) =>
        Effect.promise(async () => {
          for (const socket of sockets) socket.destroy()
          const closed = once(server, "close")
          server.close()
          await closed
        })
    ),
    ({ server, state, target }): ForgetfulProxy => {
      const url = new URL(target)
      // A TCP server has such an address.
      url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
      // A statement that is prepared is not sent again, so that the proxy could not tell it.
      url.searchParams.set("pgbouncer", "true")
      return {
        url: url.href,
        forgetEach: (each) => {
          state.each = each
        }
      }
    }
  )

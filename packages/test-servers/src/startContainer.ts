import { existsSync } from "node:fs"
import { GenericContainer, Wait } from "testcontainers"
import type { TestServer } from "./TestServer.ts"

/** Whether there is a Docker to ask. */
export const hasDocker = () => process.env.DOCKER_HOST !== undefined || existsSync("/var/run/docker.sock")

/** What to run in a container. */
export interface ContainerOptions {
  readonly image: string
  readonly port: number
  readonly environment?: Readonly<Record<string, string>>
  /** The URL of the server at a host and port. */
  readonly url: (address: string) => string
}

/** A server in a Docker container. */
export const startContainer = async ({ environment = {}, image, port, url }: ContainerOptions): Promise<TestServer> => {
  const container = await new GenericContainer(image)
    .withEnvironment(environment)
    .withExposedPorts(port)
    .withWaitStrategy(Wait.forListeningPorts())
    .start()
  return {
    url: url(`${container.getHost()}:${container.getMappedPort(port)}`),
    process: null,
    restart: () => container.restart(),
    stop: async () => void (await container.stop())
  }
}

export type { FirstAdministrator } from "./accounts/firstAdministrator.ts"
export type { AppOptions } from "./http/makeApp.ts"
export {
  createTimegridApp,
  startServer,
  type TimegridApp,
  type TimegridAppOptions,
  type TimegridServer
} from "./serving/createServer.ts"
export { ListenFailed, type ListenOptions, listen } from "./serving/listen.ts"
export { makeServerApp, type ServerAppOptions, type ServerServices } from "./serving/ServerApp.ts"
export { MigrationsPending } from "./serving/storesLayer.ts"
export { servicesLayer, upkeepLayer, workerLayer } from "./serving/TimegridServer.ts"
export { ConfigInvalid, readConfig, type ServerConfig } from "./settings/ServerConfig.ts"
export { makeSettings, ServerSettings, type ServerSettingsInput, type Settings } from "./settings/ServerSettings.ts"

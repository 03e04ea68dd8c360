export { runServerCommand } from "./runServerCommand.ts"
export { type CommandHost, CommandLineInvalid, serveCommand, workerCommand } from "./serverCommand.ts"

export { runServerCommand } from "./runServerCommand.ts"
export { CommandLineInvalid } from "./serverArguments.ts"
export { type CommandHost, serveCommand, workerCommand } from "./serverCommand.ts"

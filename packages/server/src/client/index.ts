export { type Client, type ClientOptions, createClient, ProblemError } from "./createClient.ts"

/** One command of `patchgate`: gets the process and the words after its name, resolves with the exit code. */
export type Command = (process: NodeJS.Process, args: readonly string[]) => Promise<number>;

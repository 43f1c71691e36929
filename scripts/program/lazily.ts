import type { Io } from '../io.ts'

/** Makes a command's action of what loads its module, which happens only when that command runs: `--help` stays quick. */
export type Lazily = <Args extends unknown[]>(
  load: () => Promise<(io: Io, ...args: Args) => Promise<number>>,
) => (...args: Args) => Promise<void>

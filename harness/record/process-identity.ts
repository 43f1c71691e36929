import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { errorCode } from './disk-error.ts'

/** A process, told apart from every other that had or will have its pid. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** Changes with every start of the machine; absent where there is no /proc. */
  readonly boot?: string | undefined
  /** The namespace the pid is counted in: two containers have each their own pid 1. */
  readonly namespace?: string | undefined
  /** When the process started, in clock ticks since the machine did. */
  readonly startTicks?: string | undefined
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    boot: tryRead(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: tryRead(() => readlinkSync('/proc/self/ns/pid')),
    startTicks: startTicksOf(process.pid),
  }
}

/**
 * Whether a process still runs: `unknown` for one on another machine or in another container, which cannot be looked at
 * from here.
 */
export function stateOf(
  other: ProcessIdentity,
  own: ProcessIdentity = thisProcess(),
): 'running' | 'gone' | 'unknown' {
  if (other.host !== own.host) return 'unknown'
  if (other.boot !== own.boot) return 'gone'
  if (other.namespace !== own.namespace) return 'unknown'
  if (!exists(other.pid)) return 'gone'
  // A pid is given out again: the process that has it now may be another one.
  return startTicksOf(other.pid) === other.startTicks ? 'running' : 'gone'
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** The 22nd field of `stat`. The second, the program's name, may hold blanks and brackets. */
function startTicksOf(pid: number): string | undefined {
  const stat = tryRead(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

function tryRead(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultServer } from '../faults/start-server.ts'
import type { Project, Running } from './cli.ts'

/** The moment a run is killed at. */
export type Moment =
  /** So many more calls have reached the server. */
  | { readonly after: 'calls'; readonly more: number }
  /** The journal has grown by so many bytes. */
  | { readonly after: 'bytes'; readonly more: number }
  /** So many milliseconds, wherever that is: before the first call, most often. */
  | { readonly after: 'start'; readonly ms: number }

interface Session {
  readonly project: Project
  readonly server: FaultServer
  readonly running: Running
}

/** Waits for the moment, then kills. False when the run had ended by then. */
export async function killAt(moment: Moment, session: Session): Promise<boolean> {
  const { child, ended } = session.running
  const over = new AbortController()
  void ended.then(() => over.abort())
  try {
    await reached(moment, session, over.signal)
  } catch (error) {
    if (!over.signal.aborted) throw error
  }
  child.kill('SIGKILL')
  return (await ended).code === null
}

async function reached(moment: Moment, { project, server }: Session, over: AbortSignal): Promise<void> {
  switch (moment.after) {
    case 'calls':
      return server.reached((await server.log()).length + moment.more, over)
    case 'bytes': {
      const least = journalBytes(project) + moment.more
      while (journalBytes(project) < least && !over.aborted) await sleep(1)
      return
    }
    case 'start':
      await sleep(moment.ms, undefined, { signal: over })
  }
}

/** The run that can be resumed; a kill may leave a folder that holds nothing yet. */
export function begunRun(project: Project): string | undefined {
  return project.runs.find((run) => existsSync(project.path(join(run, 'manifest.json'))))
}

function journalOf(project: Project): string | undefined {
  const file = join(begunRun(project) ?? '', 'trials.jsonl')
  return existsSync(project.path(file)) ? file : undefined
}

function journalBytes(project: Project): number {
  const file = journalOf(project)
  return file === undefined ? 0 : statSync(project.path(file)).size
}

/** Calls that were made for cells: a grader is asked for nothing else at the start of a run. All the cases have a word. */
async function callsForCells(server: FaultServer): Promise<number> {
  return (await server.log()).filter(({ prompt }) => prompt.includes('word-')).length
}

/** The same, once those that left just before the kill have come in. */
export async function settledCalls(server: FaultServer): Promise<number> {
  for (let seen = -1; ; await sleep(25)) {
    const calls = await callsForCells(server)
    if (calls === seen) return calls
    seen = calls
  }
}

/** Moments that are the same for a seed: mostly within the calls, some on the way to them. */
export function momentsOf(seed: number, count: number): Moment[] {
  let state = seed
  // Park and Miller's generator: any seed but 0.
  const upTo = (most: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return 1 + (state % most)
  }
  return Array.from({ length: count }, (): Moment => {
    const kind = upTo(10)
    if (kind <= 6) return { after: 'calls', more: upTo(70) }
    if (kind <= 9) return { after: 'bytes', more: upTo(60_000) }
    return { after: 'start', ms: upTo(1500) }
  })
}

/** Calls on record for cells, by their lines that are whole: what a crash cut off was never acknowledged. */
export function recordedCalls(project: Project): number {
  const file = journalOf(project)
  if (file === undefined) return 0
  const lines = project.read(file).split('\n').slice(0, -1)
  return lines.filter((line) => /^{"v":1,"kind":"call","cellId":"[^"]/.test(line)).length
}

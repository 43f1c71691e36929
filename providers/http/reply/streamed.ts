import { CallError } from '../call-error.ts'
import type { HttpConfig } from '../config.ts'
import { outputAt, whatIsThere } from '../path.ts'
import { excerpt } from './backend-error.ts'
import type { Findings } from './findings.ts'

const DEFAULT_DONE = '[DONE]'

/** A part that was to be JSON and is not: the last one of a stream may have been cut. */
export class BrokenPart extends CallError {
  constructor(data: string) {
    super('invalid', `a part of the stream is not JSON: ${excerpt(data)}`)
  }
}

/** What the parts of a streamed reply come to. */
export class Streamed {
  firstAt: number | undefined
  isDone = false
  readonly #config: HttpConfig
  readonly #findings: Findings
  readonly #pieces: unknown[] = []
  #whole: unknown
  /** The first part with nothing where the output was to be: what a path that never finds anything is answered with. */
  #without: { readonly value: unknown } | undefined
  #isFound = false
  #parts = 0

  constructor(config: HttpConfig, findings: Findings) {
    this.#config = config
    this.#findings = findings
  }

  /** True where neither `delta` nor `output` says where the text is. */
  get isPathless(): boolean {
    return this.#config.delta === undefined && this.#config.output === undefined
  }

  /** True once there was a part before the one that is being read. */
  get isBegun(): boolean {
    return this.#parts > 1
  }

  /** True for the part that says nothing will follow. */
  ends(data: string): boolean {
    if (data.trim() !== (this.#config.done ?? DEFAULT_DONE)) return false
    this.isDone = true
    return true
  }

  /** A part that is text and nothing else. */
  text(text: string, at: number): void {
    this.#parts++
    this.#isFound = true
    this.#findings.lookInto(text)
    this.#piece(text, at)
  }

  json(data: string, at: number): void {
    this.#parts++
    const value = parse(data)
    this.#findings.look(value)
    const { delta, output } = this.#config
    const path = delta ?? output
    const found = path === undefined ? value : outputAt(value, path)
    if (found === undefined) {
      this.#without ??= { value }
      return
    }
    this.#isFound = true
    if (found === null) return
    if (delta !== undefined || output === undefined) this.#piece(found, at)
    else {
      this.firstAt ??= at
      this.#whole = found
    }
  }

  /** @param raw the beginning of what came, for a stream without a part */
  output(raw: string): unknown {
    const { delta, output, done } = this.#config
    if (this.#parts === 0 && !this.isDone)
      throw new CallError('invalid', `the stream had nothing in it that could be read: ${excerpt(raw)}`)
    if (done !== undefined && !this.isDone)
      throw new CallError('unavailable', `the stream ended without \`${done}\``)
    const path = delta ?? output
    if (!this.#isFound && path !== undefined) {
      const what =
        this.#without === undefined ? `no part with \`${path.text}\`` : whatIsThere(this.#without.value, path)
      throw new CallError('invalid', `the stream has ${what}`)
    }
    if (delta === undefined && output !== undefined) {
      if (this.#whole === undefined)
        throw new CallError('no_output', `the stream has null at \`${output.text}\``)
      return this.#whole
    }
    return this.#pieces.every((piece) => typeof piece === 'string') ? this.#pieces.join('') : this.#pieces
  }

  #piece(piece: unknown, at: number): void {
    if (piece === '') return
    this.firstAt ??= at
    this.#pieces.push(piece)
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown
  } catch {
    throw new BrokenPart(data)
  }
}

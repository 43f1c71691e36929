import { CallError } from '../call-error.ts'
import type { HttpConfig } from '../config.ts'
import { outputAt, whatIsThere } from '../path.ts'
import { excerpt } from './backend-error.ts'
import type { Findings } from './findings.ts'
import type { Reader } from './reader.ts'

interface Form {
  readonly isJson: boolean
  /** True where text comes as the model makes it, so that its first piece is worth timing. */
  readonly isStreamed: boolean
}

/** A reply that means something once it is complete: JSON, or a text. */
export class WholeReader implements Reader {
  readonly isDone = false
  firstAt: number | undefined
  readonly #config: HttpConfig
  readonly #findings: Findings
  readonly #form: Form
  readonly #pieces: string[] = []

  constructor(config: HttpConfig, findings: Findings, form: Form) {
    this.#config = config
    this.#findings = findings
    this.#form = form
  }

  take(text: string, at: number): void {
    if (text === '') return
    this.#pieces.push(text)
    if (this.#form.isStreamed) this.firstAt ??= at
  }

  end(): void {
    // A text is complete whatever it is; what is to be JSON is looked at when the output is asked for.
  }

  output(): unknown {
    const text = this.#pieces.join('')
    this.#refuseUnstreamed(text)
    if (!this.#form.isJson) {
      this.#findings.lookInto(text)
      return text
    }
    const value = parse(text)
    this.#findings.look(value)
    const { output } = this.#config
    if (output === undefined) return value
    const found = outputAt(value, output)
    if (found === undefined) throw new CallError('invalid', `the reply has ${whatIsThere(value, output)}`)
    if (found === null) throw new CallError('no_output', `the reply has null at \`${output.text}\``)
    return found
  }

  /** Who says where the pieces of a stream are, and nothing else, has no use for the page of a proxy. */
  #refuseUnstreamed(text: string): void {
    const { delta, output } = this.#config
    if (this.#form.isStreamed || delta === undefined || output !== undefined) return
    this.#findings.lookInto(text)
    throw new CallError(
      'invalid',
      `\`delta\` is for a stream, and by its content type the reply is none (else set \`streaming\`): ${excerpt(text)}`,
    )
  }
}

function parse(text: string): unknown {
  if (text.trim() === '') throw new CallError('invalid', 'the reply is empty, and was to be JSON')
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new CallError('invalid', `the reply is not JSON: ${excerpt(text)}`)
  }
}

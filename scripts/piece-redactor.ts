/** What is held back of an endless line before it goes out as it stands, in UTF-16 units. */
const LONGEST = 64 * 1024

/**
 * Redacts text that comes in pieces: a secret may be cut anywhere. Nothing of a line is given out before its end, and nothing of a
 * private key before its last line.
 */
export class PieceRedactor {
  readonly #redact: (text: string) => string
  #held = ''

  constructor(redact: (text: string) => string) {
    this.#redact = redact
  }

  /** What may go out now. */
  write(piece: string): string {
    this.#held += piece
    const end = this.#held.length > LONGEST ? this.#held.length : endOfWhole(this.#held)
    const whole = this.#held.slice(0, end)
    this.#held = this.#held.slice(end)
    return whole === '' ? '' : this.#redact(whole)
  }

  /** What was held back: no more comes. */
  end(): string {
    const rest = this.#held
    this.#held = ''
    return rest === '' ? '' : this.#redact(rest)
  }
}

function endOfWhole(text: string): number {
  const end = text.lastIndexOf('\n') + 1
  const key = text.lastIndexOf('-----BEGIN', end)
  return key === -1 || text.includes('-----END', key) ? end : key
}

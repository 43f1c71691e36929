/** An answer that came whole, and is none of Bedrock's. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

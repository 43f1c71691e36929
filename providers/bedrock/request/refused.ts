/** A prompt that cannot be sent, known before it is: Bedrock would answer it with a 400. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

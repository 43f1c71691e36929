interface Uint8ArrayConstructor {
  /** Newer than the types of TypeScript's library; browsers of before 2025 lack it. */
  readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer>
}

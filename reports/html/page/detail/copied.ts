import { copyText } from './copy.ts'

/** ms that a button tells what came of it. */
export const TOLD_MS = 2_000

/** Copies a text exactly, and tells what came of it. */
export async function toldOf(text: string): Promise<string> {
  return (await copyText(text)) ? 'Copied ✓' : 'Not copied: the browser refused'
}

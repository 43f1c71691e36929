import { chromiumPath } from '../scripts/chromium-path.ts'

/** Before all tests, so that none waits for it, nor two at once. */
export default async function setup(): Promise<void> {
  await chromiumPath()
}

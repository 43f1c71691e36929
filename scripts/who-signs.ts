import { gitOutput } from '../harness/baseline/git.ts'
import type { Io } from './io.ts'

/** Whoever sits here: as git signs a commit in that folder, else the name of the account. */
export async function whoSigns({ env }: Pick<Io, 'env'>, dir: string): Promise<string | undefined> {
  const [name, email] = await Promise.all(
    ['user.name', 'user.email'].map((key) => gitOutput(['config', key], { cwd: dir, env })),
  )
  const signed = [name?.trim(), email?.trim() && `<${email.trim()}>`].filter(Boolean).join(' ')
  return signed || env['USER'] || env['USERNAME'] || undefined
}

import type { CheckContext } from '../../harness/model/custom-check.ts'

/** What paths in a check's config start from: the suite's folder; under promptfoo the one its file providers are told, else the current one. */
export function suiteDir({ assay, provider }: CheckContext): string {
  const basePath = (provider?.config as { basePath?: unknown } | undefined)?.basePath
  return assay?.dir ?? (typeof basePath === 'string' && basePath !== '' ? basePath : process.cwd())
}

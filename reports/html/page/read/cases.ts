import type { CasesBlock } from '../../data/about.ts'
import type { ReportData } from '../model/report-data.ts'

export function caseLabels(block: CasesBlock): ReportData['cases'] {
  return {
    size: block.id.length,
    label: (index) => ({
      id: block.id[index] ?? '',
      description: block.description[index] ?? '',
      file: block.files[block.file[index] ?? -1] ?? '',
      line: block.line[index] ?? 0,
      tags: (block.tags[index] ?? []).map((tag) => block.tagNames[tag] ?? ''),
    }),
  }
}

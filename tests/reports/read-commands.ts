/** An annotation as GitHub's runner takes it from a line of output. */
export interface ReadCommand {
  readonly level: string
  readonly file: string
  readonly line: number
  readonly title: string
  readonly message: string
}

/** The workflow commands in an output, read by the rules of the runner: what is in the first two colons, in pairs, unescaped. */
export function readCommands(output: string): ReadCommand[] {
  return output.split('\n').flatMap((line) => {
    const [, level = '', properties = '', message = ''] =
      /^\s*::(\S+) (.*?)::(.*)$/.exec(line) ?? /^\s*::([^\s:]+)()::(.*)$/.exec(line) ?? []
    if (level === '') return []
    const read = new Map(
      properties.split(',').map((pair): [string, string] => {
        const at = pair.indexOf('=')
        return [
          pair.slice(0, at),
          unescape(pair.slice(at + 1))
            .replaceAll('%3A', ':')
            .replaceAll('%2C', ','),
        ]
      }),
    )
    return [
      {
        level,
        file: percent(read.get('file') ?? ''),
        line: Number(read.get('line')),
        title: percent(read.get('title') ?? ''),
        message: percent(unescape(message)),
      },
    ]
  })
}

function unescape(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
}

/** Last of all. */
function percent(text: string): string {
  return text.replaceAll('%25', '%')
}

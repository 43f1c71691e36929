import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseYamlFile } from '../../../../harness/suite/config/parse-yaml.ts'
import { locate } from '../../../../harness/suite/config/positions.ts'
import { renderEnv } from '../../../../harness/suite/config/render-env.ts'
import { promptfooDist } from './promptfoo-schemas.ts'

type PromptfooRenders = (value: unknown, env: object, replace: boolean) => unknown

/** promptfoo does not export its renderer, so it is looked up in the file that holds it. */
async function promptfooRenderer(): Promise<PromptfooRenders> {
  process.env['PROMPTFOO_CONFIG_DIR'] = mkdtempSync(join(tmpdir(), 'assay-promptfoo-'))
  process.env['PROMPTFOO_DISABLE_TELEMETRY'] = '1'
  const dist = promptfooDist()
  for (const name of readdirSync(dist).filter((file) => /^render-[\w-]+\.js$/.test(file))) {
    const exported = /renderEnvOnlyInObject as (\w+)/.exec(readFileSync(join(dist, name), 'utf8'))
    if (exported?.[1] === undefined) continue
    const module = (await import(pathToFileURL(join(dist, name)).href)) as Record<string, PromptfooRenders>
    return module[exported[1]] as PromptfooRenders
  }
  throw new Error('promptfoo no longer has renderEnvOnlyInObject')
}

const env = { KEY: 'k', EMPTY: '', 'A-B': 'dash', HTML: '<b>&', JSON: '{"a":1}', NESTED: '{{env.KEY}}' }

const TEMPLATES = `text

{{env.KEY}}
{{ env.KEY }}
a {{env.KEY}} b {{env.KEY}}
{{env['A-B']}}
{{ env["A-B"] }}
{{env.MISSING}}
{{env['MISSING']}}
{{env.MISSING | default('d')}}
{{env.KEY | upper}}
{{env.KEY | nofilter}}
{{env.EMPTY}}
{{env.HTML}}
{{env.NESTED}}
{{env}}
{{env.}}
{{env[KEY]}}
{{env.KEY
{{env.KEY}}}
{{{env.KEY}}}
{{ {a: env.KEY}.a }}
{{ "}" + env.KEY }}
{{ env.KEY + env.MISSING }}
{{ (env.JSON | load).a }}
{{name}}
{{ vars.env }}
{{myenv.KEY}}
{{prompt}} {{env.KEY}}
{# {{env.KEY}} #}
{% if env.KEY %}x{% endif %}`.split('\n')

describe('{{env.X}}', () => {
  it('is resolved as promptfoo resolves it', async () => {
    const promptfoo = await promptfooRenderer()
    for (const template of TEMPLATES) {
      expect({ template, text: renderEnv(template, env) }).toEqual({
        template,
        text: promptfoo(template, env, true),
      })
    }
    const tree = { a: ['{{env.KEY}}', 5, null, true], _conversation: '{{env.KEY}}', d: new Date(0) }
    expect(renderEnv(tree, env)).toEqual(promptfoo(tree, env, true))
  })

  it('leaves the value as it was and keeps its places and its shared parts', () => {
    const written = parseYamlFile('/x.yaml', 'a: &s\n  k: "{{env.KEY}}"\nb: *s\n') as Record<string, object>
    const rendered = renderEnv(written, env)
    expect(rendered).toEqual({ a: { k: 'k' }, b: { k: 'k' } })
    expect(rendered['a']).toBe(rendered['b'])
    expect(written['a']).toEqual({ k: '{{env.KEY}}' })
    expect(locate(rendered['b']!, 'k')).toEqual({ file: '/x.yaml', line: 2, column: 6 })
  })

  it('stays as written when there is no environment to see', () => {
    expect(renderEnv('{{env.KEY}}', undefined)).toBe('{{env.KEY}}')
  })
})

import { gunzipSync } from 'node:zlib'

const BLOCK = /<script type="text\/plain" id="([^"]*)">([^<]*)<\/script>/g

/** Of code and looks nothing is told by a run. */
const CODE =
  /<script>.*?<\/script>|<script type="text\/plain" id="(?:worker|client)">.*?<\/script>|<style>.*?<\/style>/gs

/** A page without its code, with its compressed blocks beside it: all that is told in it. */
export function unpackPage(html: string): string {
  const blocks = [...html.matchAll(BLOCK)].flatMap(([, id = '', text = '']) =>
    id === 'worker' || id === 'client' ? [] : [gunzipSync(Buffer.from(text, 'base64')).toString('utf8')],
  )
  return [html.replaceAll(CODE, ''), ...blocks].join('\n')
}

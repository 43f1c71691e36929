import { areInert } from './hostile-replies.ts'

areInert([
  'right to left',
  'zero width',
  'control',
  'lone surrogates',
  'invalid UTF-8',
  'a base64 image',
  '5 MB of one line',
  '10,000 lines',
])

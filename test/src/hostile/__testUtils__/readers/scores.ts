import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseScore } from '@callboard/plugin-callboard-common';
import {
  canonicalJson,
  resolvePlaceholders,
} from '@callboard/plugin-callboard-core';
import { SCORE } from './documents';
import type { Reader } from './Reader';

const FILE = { file: 'score.yaml' };
const ROOT = process.env.CALLBOARD_ROOT ?? join(__dirname, '../../../../..');

/** Of the comparison with score-go: YAML with all its oddities. */
const WRITTEN = readFileSync(
  join(
    ROOT,
    'plugins/callboard-common/src/parse/score/__fixtures__/score-go.jsonl',
  ),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map(line => (JSON.parse(line) as { text: string }).text);

const SCOPE = {
  metadata: {
    name: 'shop',
    'with.dot': 'dotted',
    map: { b: ['<', 1.5, null], a: '${metadata.name}' },
    '': 'empty',
  },
  resources: {
    db: { host: 'db.local', port: 5432, nested: { key: true } },
    data: 'data',
  },
};
const TEXTS = [
  'http://${resources.db.host}:${resources.db.port}/${metadata.name}?a=$$1',
  '$${metadata.name} ${metadata.with\\.dot} $$$ ${ $ ${metadata.map}',
  '${metadata.map.b}${resources.data}${metadata.}',
  '${resources.db.nested.key}$${$}}${metadata.map.a}',
];
// What JSON writes as it is, or escapes, and the reader of YAML does not take.
const UNWRITABLE = /[\u0080-\u009f\u2028\u2029\u007f\ufffe\uffff]|\\ud[89a-f]/i;
const LIMITS = /^yaml-(?:too-|alias-)/;

/** Score and its placeholders, by what has to hold of any text. */
export const SCORES: readonly Reader[] = [
  {
    name: 'a score.yaml as people write it',
    seeds: [SCORE, ...WRITTEN],
    async read(text) {
      const score = parseScore(text, FILE);
      if (!score.ok) return score.problem;
      await setImmediate();
      const { workload } = score.value;
      const written = JSON.stringify(workload);
      if (UNWRITABLE.test(written)) return undefined;
      const again = parseScore(written, FILE);
      if (!again.ok) {
        if (LIMITS.test(again.problem.code)) return undefined; // JSON repeats what YAML named once
        throw new Error(`is not read as JSON: ${again.problem.why}`);
      }
      const { workload: same, warnings } = again.value;
      if (canonicalJson(same) !== canonicalJson(workload))
        throw new Error('is another workload as JSON');
      if (warnings.length > 0) throw new Error('is of an older Score still');
      return undefined;
    },
  },
  {
    name: 'placeholders of a score.yaml',
    seeds: TEXTS,
    // Each of these is a turn of its own in the product.
    async read(text) {
      resolvePlaceholders(text, SCOPE);
      await setImmediate();
      const short = text.slice(0, 500_000);
      const dollars = short.split('$').join('$$'); // replaceAll takes ten times as long
      await setImmediate();
      const escaped = resolvePlaceholders(dollars, SCOPE);
      await setImmediate();
      // Inside of braces nothing has to be escaped.
      const isEscapable = !/\$\{[^}$]*\$/.test(short);
      if (isEscapable && !(escaped.ok && escaped.value === short))
        throw new Error('is not what was escaped');
      await setImmediate();
      const plain = text.replaceAll('$', '').slice(0, 1_000_000);
      const resolved = resolvePlaceholders(plain, SCOPE);
      if (!resolved.ok || resolved.value !== plain)
        throw new Error('a text without placeholders is changed');
    },
  },
];

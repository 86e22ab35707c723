import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { checkSettings } from './checkSettings';

const check = (callboard?: JsonObject) =>
  checkSettings(new ConfigReader(callboard ? { callboard } : {}));

it.each<[string, JsonObject | undefined]>([
  ['nothing', undefined],
  ['settings of a module of somebody else', { billing: { currency: 'EUR' } }],
  ['settings of the plugin', { dataDir: 'x', builder: { limits: {} } }],
  [
    'what clusters are called',
    { clusters: [{ name: 'eu-1', labels: { a: 'b' } }] },
  ],
  [
    'settings of its modules and pages',
    { playground: { nodePortBase: 1 }, pages: {} },
  ],
])('takes %s', (_, settings) => {
  expect(() => check(settings)).not.toThrow();
});

it.each<[JsonObject, string]>([
  [
    { playgruond: { enabled: false } },
    'There is no setting callboard.playgruond. Did you mean callboard.playground?',
  ],
  [
    { builder: { limits: { second: 5 } } },
    'There is no setting callboard.builder.limits.second. Did you mean callboard.builder.limits.seconds?',
  ],
  [
    { retention: { days: 5 } },
    'There is no setting callboard.retention.days. Use one of: logMb, releases',
  ],
  [
    { git: { constructor: true } },
    'There is no setting callboard.git.constructor. Use one of: ',
  ],
])('refuses %j', (settings, words) => {
  expect(() => check(settings)).toThrow(words);
});

it.each([
  'callboard-backend',
  'callboard-backend-module-inventory',
  'callboard-backend-module-kubernetes',
  'callboard-backend-module-playground',
  'catalog-backend-module-callboard',
  'callboard',
])('knows every name that %s describes', plugin => {
  for (const path of describedBy(plugin)) {
    const settings = path.reduceRight<JsonObject | string>(
      (value, name) => ({ [name]: value }),
      'x',
    );
    expect(() => check(settings as JsonObject)).not.toThrow();
  }
});

/** Paths of the settings in a config.d.ts, as deep as maps go. */
function describedBy(plugin: string): string[][] {
  const text = readFileSync(
    join(__dirname, '../..', plugin, 'config.d.ts'),
    'utf8',
  );
  const open: string[] = [];
  const found: string[][] = [];
  let inList = 0;
  for (const line of text.replace(/\/\*[^]*?\*\//g, '').split('\n')) {
    const [, name, rest] = /^\s+(\w+)\??: (.*)$/.exec(line) ?? [];
    if (/Array<\{$/.test(rest ?? '')) inList += 1;
    if (name && inList === 0) found.push([...open, name].slice(1));
    if (name && inList === 1 && /Array<\{$/.test(rest))
      found.push([...open, name].slice(1));
    if (name && rest.endsWith('{') && inList === 0) open.push(name);
    else if (/^\s+\};$/.test(line) && inList === 0) open.pop();
    if (/^\s+\}>;$/.test(line)) inList -= 1;
  }
  const paths = found.filter(path => path.length > 0);
  expect(paths.length).toBeGreaterThan(0);
  return paths;
}

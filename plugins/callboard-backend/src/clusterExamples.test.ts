import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { type ConfigSchema, loadConfigSchema } from '@backstage/config-loader';
import { parse } from 'yaml';
import { readConfig } from './readConfig';

const PAGE = resolve(__dirname, '../../../docs/clusters.md');

/** Examples of the page, by the heading above them. */
const EXAMPLES = [
  ...readFileSync(PAGE, 'utf8').matchAll(
    /^## (.+?)\n[^]*?```yaml\n([^]*?)```/gm,
  ),
].map(([, name, text]) => ({ name, text }));

let schema: ConfigSchema;
beforeAll(async () => {
  schema = await loadConfigSchema({
    dependencies: [],
    packagePaths: [resolve(__dirname, '../package.json')],
    excludePackageDependencies: true,
    noUndeclaredProperties: true,
  });
});

const check = (text: string) =>
  schema.process([{ data: parse(text), context: 'docs/clusters.md' }]);

it('are there for every supplier that the page names', () => {
  expect(EXAMPLES.map(({ name }) => name)).toEqual([
    'EKS',
    'GKE',
    'AKS',
    'OpenShift',
    'RKE2',
    'k3s',
    'The cluster that the portal runs in',
    'A token and an address',
    'Another way to reach it',
  ]);
});

it.each(EXAMPLES)('$name: has the shape of the configuration', ({ text }) => {
  const [config] = check(text);
  const { clusters } = readConfig(
    new ConfigReader({
      ...config.data,
      backend: { baseUrl: 'http://localhost:7007' },
    }),
  );
  expect(clusters).toHaveLength(1);
});

it.each(EXAMPLES.slice(0, 6))('$name: is short', ({ text }) => {
  const [, , first, ...lines] = text.trimEnd().split('\n');
  expect(first).toMatch(/- name: \S+$/);
  expect(lines.length).toBeLessThanOrEqual(5);
});

it('would be refused where they are misspelt', () => {
  const [{ text }] = EXAMPLES;
  for (const [right, wrong] of [
    ['allowExec:', 'allowexec:'],
    ['allowExec: true', 'allowExec: sometimes'],
    ['[AWS_ROLE_ARN', '[{ a: b }'],
  ])
    expect(() => check(text.replace(right, wrong))).toThrow();
});

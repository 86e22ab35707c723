import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { directJudge } from './check/directJudge';
import { createNodeIo } from './createNodeIo';
import type { Io } from './Io';
import { runCommand } from './runCommand';

const ROOT = resolve(__dirname, '../../..');
const EXAMPLES = resolve(ROOT, 'docs/examples');

function createIo(): Io {
  return { ...createNodeIo('no thread'), startJudge: () => directJudge };
}

/** What a command answers beside the examples; `input` is what is piped into it. */
function answer(command: string, input = ''): string {
  const lines: string[] = [];
  const io = createIo();
  const code = runCommand(command.split(' '), {
    ...io,
    readText: path =>
      path === '-' ? input : io.readText(resolve(EXAMPLES, path)),
    out: line => lines.push(line),
  });
  expect(code).toBe(0);
  return `${lines.join('\n')}\n`;
}

/** What a command prints at the root of the repository, whatever it ends with. */
async function printed(command: string): Promise<string> {
  const lines: string[] = [];
  const io = createIo();
  const at = (path: string) => resolve(ROOT, path);
  await runCommand(command.split(' '), {
    ...io,
    readBytes: (path, maxBytes) => io.readBytes(at(path), maxBytes),
    hasFile: path => io.hasFile(at(path)),
    openTree: name => io.openTree(at(name)),
    now: () => new Date('2026-11-22T12:00:00Z'),
    out: line => lines.push(line),
  });
  return `${lines.join('\n')}\n`;
}

/** `UPDATE_GOLDENS=1` rewrites what is documented. */
function documented(name: string, text: string): string {
  const golden = resolve(EXAMPLES, 'answers', `${name}.txt`);
  if (process.env.UPDATE_GOLDENS || !existsSync(golden))
    writeFileSync(golden, text);
  return readFileSync(golden, 'utf8');
}

/** The commands of docs/placement-and-rollout.md, docs/health-rules.md and docs/command-line.md. */
describe('the examples of the documentation', () => {
  it.each([
    [
      'ocm-placement',
      'place -f ocm-placement.yaml --clusters ocm-clusters.yaml --explain',
    ],
    [
      'karmada-policy',
      'place -f karmada-policy.yaml --clusters karmada-clusters.yaml --explain',
    ],
    [
      'divided-environment',
      'place -f divided-environment.yaml --clusters ../../catalog/clusters/ap-1.yaml --clusters ../../catalog/clusters/eu-1.yaml --clusters ../../catalog/clusters/us-1.yaml --replicas 5 --explain',
    ],
    ['rollout', 'rollout -f rollout.json'],
    ['health-rules', 'health -f health-objects.yaml --rules health-rules.yaml'],
  ])('%s answers as documented', (name, command) => {
    const text = answer(command);
    expect(text).toBe(documented(name, text));
  });

  it('explains the decision that is piped into it, as documented', () => {
    const decision = answer(
      'place -f ocm-placement.yaml --clusters ocm-clusters.yaml --output json',
    );
    const text = answer('explain -f -', decision);
    expect(text).toBe(documented('explain', text));
  });

  it('stands in the page of health rules as it is answered', () => {
    const page = readFileSync(resolve(ROOT, 'docs/health-rules.md'), 'utf8');
    expect(page).toContain(
      readFileSync(resolve(EXAMPLES, 'answers/health-rules.txt'), 'utf8'),
    );
  });

  it('stands in the page of placement as it is divided', () => {
    const page = readFileSync(
      resolve(ROOT, 'docs/placement-and-rollout.md'),
      'utf8',
    );
    const indent = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map(line => `    ${line}`.trimEnd())
        .join('\n');
    expect(page).toContain(
      indent(
        readFileSync(
          resolve(EXAMPLES, 'answers/divided-environment.txt'),
          'utf8',
        ),
      ),
    );
    expect(page).toContain(
      readFileSync(resolve(EXAMPLES, 'divided-environment.yaml'), 'utf8'),
    );
  });

  it('renders the example as documented', async () => {
    const text = await printed(
      'render --app docs/examples/deploy/app.yaml --environment prod',
    );
    expect(text).toBe(documented('render-prod', text));
  });

  it('stands in the page of the command line as it is compared', async () => {
    const page = readFileSync(resolve(ROOT, 'docs/command-line.md'), 'utf8');
    const [, command = ''] =
      /^ {4}npx callboard (diff docs(?:.*\\\n)*.*)$/m.exec(page) ?? [];
    const text = await printed(command.replace(/\s*\\\n\s*/g, ' '));
    expect(text).toBe(documented('diff', text));
    expect(page).toContain(text);
  });

  it('places the catalog of the playground', () => {
    const clusters = ['ap-1', 'dev-1', 'eu-1', 'pci-1', 'us-1'].flatMap(
      name => ['--clusters', `${ROOT}/catalog/clusters/${name}.yaml`],
    );
    const lines: string[] = [];
    const args = [
      'place',
      '-f',
      `${ROOT}/catalog/environments/prod.yaml`,
      ...clusters,
      '-o',
      'json',
    ];
    expect(
      runCommand(args, { ...createIo(), out: line => lines.push(line) }),
    ).toBe(0);
    expect(JSON.parse(lines.join('\n')).decisions).toEqual([
      { cluster: 'ap-1' },
      { cluster: 'eu-1' },
      { cluster: 'us-1' },
    ]);
  });

  it('cannot read what is not there', () => {
    expect(() => createIo().readText('/nowhere')).toThrow(
      'Cannot read /nowhere: there is no such file',
    );
    expect(() => createIo().readText(__dirname)).toThrow(
      'it is a folder; name the files in it',
    );
  });

  it('reads standard input once', () => {
    const bin = resolve(__dirname, '../bin/callboard');
    const { status, stderr } = spawnSync(
      process.execPath,
      [bin, 'place', '-f', '-', '--clusters', '-'],
      { input: '{}', encoding: 'utf8' },
    );
    expect(status).toBe(2);
    expect(stderr).toContain('Standard input can be read once');
  });
});

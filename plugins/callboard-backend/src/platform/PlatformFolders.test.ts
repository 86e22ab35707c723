import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { PlatformFolders } from './PlatformFolders';

const rules = (check: string) => `apiVersion: callboard.dev/v1alpha1
kind: HealthRules
metadata: { name: databases }
spec:
  rules:
    - kinds: [example.com/Database]
      checks: ['${check}', Progressing]
`;

describe('PlatformFolders', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-platform-'));
    await mkdir(join(folder, 'health'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = (text: string) =>
    writeFile(join(folder, 'health', 'databases.yaml'), text);
  const open = () =>
    PlatformFolders.open({
      folders: [folder],
      logger: mockServices.logger.mock(),
    });

  it('reads rules of health, and again when their file changed', async () => {
    await write(rules('Healthy if .status.mood=good'));
    const platform = await open();
    const first = platform.healthRules;
    expect(first).toEqual([
      {
        kinds: ['example.com/Database'],
        checks: ['Healthy if .status.mood=good', 'Progressing'],
      },
    ]);

    await write(`${rules('Healthy if .status.mood=good')}# nothing new\n`);
    await platform.reload();
    expect(platform.healthRules).toBe(first);

    await write(rules('Healthy if .status.mood=great'));
    await platform.reload();
    expect(platform.healthRules[0].checks[0]).toBe(
      'Healthy if .status.mood=great',
    );
  });

  it('keeps what it had when a rule cannot be read, and says which file', async () => {
    await write(rules('Healthy if .status.mood=good'));
    const platform = await open();
    await write(rules('Great if it is'));
    expect(await platform.reload()).toMatchObject([
      {
        code: 'health-rule-invalid',
        what: 'Cannot read the health rule "Great if it is"',
        at: { file: expect.stringContaining('databases.yaml') },
      },
    ]);
    expect(platform.healthRules[0].checks[0]).toBe(
      'Healthy if .status.mood=good',
    );
  });

  it('does not begin with rules that cannot be read', async () => {
    await write(rules('Great if it is'));
    await expect(open()).rejects.toThrow(
      /Cannot read the health rule "Great if it is".*databases\.yaml/,
    );
  });

  it('says which line of which policy does not compile', async () => {
    const path = join(folder, 'policies', 'ports.yaml');
    const policy = (expression: string) => `kind: List
items:
  - apiVersion: callboard.dev/v1alpha1
    kind: Policy
    metadata: { name: ports }
    spec:
      mode: deny
      validations:
        - message: A service opens a port of every node
          expression: ${expression}
`;
    await mkdir(join(folder, 'policies'));
    await writeFile(path, policy('app.name != "a"'));
    const platform = await open();
    const [{ metadata }] = platform.policies;
    expect(metadata.name).toBe('ports');

    await writeFile(path, policy('apps.name != "a" && true'));
    expect(await platform.reload()).toMatchObject([
      {
        code: 'policy-invalid',
        what: 'Cannot use the policy "ports"',
        why: 'spec.validations[0].expression: Unknown variable: apps',
        at: { file: expect.stringContaining('ports.yaml'), line: 10 },
      },
    ]);
    expect(platform.policies).toHaveLength(1);
  });
});

import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MemoryIo } from '../__testUtils__/MemoryIo';
import { createNodeIo } from '../createNodeIo';
import { runCommand } from '../runCommand';

const PLATFORM = [
  'callboard/environments/dev.yaml',
  'callboard/blueprints/base.yaml',
];
const CONFIG = 'app-config.callboard.yaml';

function init(args: string[], files: Record<string, string> = {}) {
  const io = new MemoryIo(files);
  const code = runCommand(['init', ...args], io);
  return { io, code };
}

describe('callboard init', () => {
  it('writes files of a platform that hold no mistake', async () => {
    const { io, code } = init([]);
    expect(code).toBe(0);
    expect(io.outLines).toEqual(
      [...PLATFORM, CONFIG].map(path => `wrote ${path}`),
    );
    expect(await runCommand(['check', ...PLATFORM], io)).toBe(0);
  });

  it('names a cluster that the environment takes, by its kubeconfig', () => {
    const { io } = init(['--cluster', 'eu-1', '--kubeconfig', '/etc/k: "x"']);
    const { callboard } = parse(io.readText(CONFIG));
    const environment = parse(io.readText(PLATFORM[0]));
    expect(callboard.clusters).toEqual([
      {
        name: 'eu-1',
        labels:
          environment.spec.placement.predicates[0].requiredClusterSelector
            .labelSelector.matchLabels,
        blueprint: parse(io.readText(PLATFORM[1])).metadata.name,
        kubeconfig: { file: '/etc/k: "x"' },
      },
    ]);
    expect(callboard.platformTeam).toEqual(['user:development/guest']);
  });

  it('leaves what is there as it is', () => {
    const { io, code } = init([], { [PLATFORM[0]]: 'mine' });
    expect(code).toBe(0);
    expect(io.readText(PLATFORM[0])).toBe('mine');
    expect(io.outLines[0]).toBe(`left ${PLATFORM[0]} as it is: it is there`);
  });

  it('makes folders, and overwrites nothing on a disk either', () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-init-'));
    try {
      const io = createNodeIo('none');
      mkdirSync(join(folder, 'there'));
      writeFileSync(join(folder, 'there/a'), 'mine');
      expect(io.writeNew(join(folder, 'there/a'), 'other')).toBe(false);
      expect(io.writeNew(join(folder, 'new/b'), 'text')).toBe(true);
      expect(readFileSync(join(folder, 'there/a'), 'utf8')).toBe('mine');
      expect(readFileSync(join(folder, 'new/b'), 'utf8')).toBe('text');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [['--cluster', 'eu-1'], '--cluster and --kubeconfig belong together'],
    [['--cluster', 'EU 1', '--kubeconfig', 'k'], '--cluster is a name'],
    [['--platform-team', 'us'], '--platform-team is an entity reference'],
  ])('refuses %j', (args, why) => {
    const { io, code } = init(args);
    expect(code).toBe(2);
    expect(io.errLines.join('\n')).toContain(why);
  });
});

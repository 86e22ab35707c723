import { type Io, directJudge, runCommand, nobody } from '@callboard/cli';
import { writtenDocuments } from './documents';
import { NOW, type Reader } from './Reader';

const LINES = [
  'health -f f',
  'explain -f f',
  'rollout -f f',
  'place -f f --clusters f',
  'health -f f --rules f',
  'check f',
  'render f',
  'diff f f',
];
const ROLLOUT = {
  strategy: { type: 'Progressive', progressive: { maxConcurrency: '25%' } },
  groups: [{ name: 'first', clusters: ['a', 'b'] }],
  statuses: [
    {
      cluster: 'a',
      status: 'Failed',
      lastTransitionTime: '2026-11-21T11:00:00Z',
    },
  ],
  now: '2026-11-21T12:00:00Z',
};

/** Files that are given to `callboard`. */
export const COMMAND_LINE: readonly Reader[] = LINES.map(line => ({
  name: `callboard ${line}`,
  isOwnProcess: true,
  seeds: [ROLLOUT, ...writtenDocuments()],
  read: async text => void (await runCommand(line.split(' '), ioOf(text))),
}));

function ioOf(text: string): Io {
  const bytes = Buffer.from(text);
  const readBytes = () => ({ bytes, size: bytes.byteLength });
  return {
    readText: () => text,
    readBytes,
    hasFile: () => true,
    writeNew: () => false,
    openTree: name => ({ name, paths: ['score.yaml'], readBytes }),
    startJudge: () => directJudge,
    out() {},
    err() {},
    now: () => NOW,
    env: () => undefined,
    ask: async () => new Response(),
    pause: async () => {},
    newId: () => 'id',
    ...nobody,
  };
}

import { countTurns } from '@callboard/testing';
import { Progress } from './Progress';
import { readPushedDigest, readStatus } from './readAnswers';
import { CONTROL_SERVICE } from './services';

const DIGEST = `sha256:${'1'.repeat(64)}`;
const statusOf = CONTROL_SERVICE.status.responseSerialize;
const solved = (values: Record<string, string>) =>
  CONTROL_SERVICE.solve.responseSerialize({ ExporterResponse: values });

async function reported(bytes: Uint8Array): Promise<string[]> {
  const lines: string[] = [];
  const progress = new Progress(line => lines.push(line));
  for await (const status of readStatus(bytes)) progress.take(status);
  return [...lines, ...progress.bases];
}

it('tells steps, output and what an image stands upon', async () => {
  const bytes = statusOf({
    vertexes: [
      { digest: 'a', name: `[1/2] FROM web@${DIGEST}`, started: {} },
      { digest: 'b', name: '[2/2] RUN make', cached: true },
    ],
    statuses: [{ ID: 'x', vertex: 'a' }],
    logs: [
      { vertex: 'b', msg: Buffer.from('one\ntw'), stream: 1n },
      { vertex: 'b', msg: Buffer.from('o\n'), stream: 1n },
    ],
  });
  expect(await reported(bytes)).toEqual([
    `[1/2] FROM web@${DIGEST}`,
    '[2/2] RUN make (kept)',
    'one',
    'two',
    `web@${DIGEST}`,
  ]);
});

it('finds the digest of what was pushed among all that is said', async () => {
  const values = { other: 'x'.repeat(300), 'containerimage.digest': DIGEST };
  expect(await readPushedDigest(solved(values))).toBe(DIGEST);
  expect(await readPushedDigest(solved({ other: DIGEST }))).toBeUndefined();
});

it('says so where a step cannot be read', async () => {
  const bytes = Buffer.from([0x0a, 0x03, 0x0a, 0x01, 0xff]); // a digest that is no UTF-8
  await expect(reported(bytes)).rejects.toThrow(
    'The build daemon tells of a step that cannot be read',
  );
});

it.each([
  [
    'hundreds of thousands of steps',
    () =>
      statusOf({
        vertexes: Array.from({ length: 100_000 }, () => ({ digest: 'a' })),
      }),
    1,
  ],
  [
    'empty lines of 16 MB at once',
    () => statusOf({ logs: [{ vertex: 'a', msg: Buffer.alloc(16e6, '\n') }] }),
    2,
  ],
  [
    'a step of a million inputs',
    () => statusOf({ vertexes: [{ inputs: Array(1_000_000).fill('') }] }),
    0, // it is no step of anybody, and left out
  ],
])('reads %s with turns for others between', async (_, make, least) => {
  const bytes = make();
  let lines: string[] = [];
  const turns = await countTurns(async () => {
    lines = await reported(bytes);
  });
  expect(lines.length).toBeLessThanOrEqual(2_000);
  expect(turns).toBeGreaterThanOrEqual(least);
});

it('gives up what is no message', async () => {
  await expect(reported(Buffer.from('no message'))).rejects.toThrow();
  await expect(readPushedDigest(Buffer.alloc(9, 0xff))).rejects.toThrow();
});

import { countTurns } from '@callboard/testing';
import { createHash } from 'node:crypto';
import { ByteCollector, joinChunks } from './ByteCollector';
import { Turns } from './Turns';
import { writeJson } from './writeJson';

async function written(value: object): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of writeJson(value)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('ByteCollector', () => {
  const chunksOf = (...sizes: number[]) =>
    sizes.map((size, index) => Buffer.alloc(size, index + 1));

  it.each([
    ['nothing', []],
    ['one long chunk', chunksOf(300_000)],
    [
      'many of a byte',
      Array.from({ length: 200_000 }, () => Buffer.alloc(1, 7)),
    ],
    ['long and short ones in turn', chunksOf(20_000, 1, 70_000, 3, 16_384, 2)],
  ])('keeps %s in order, and in few pieces', async (_, chunks) => {
    const kept = new ByteCollector();
    chunks.forEach(chunk => kept.add(chunk));
    const whole = Buffer.concat(chunks);
    const taken = kept.takeChunks();
    expect(kept.size).toBe(whole.length);
    expect((await joinChunks(taken)).equals(whole)).toBe(true);
    expect(taken.length).toBeLessThanOrEqual(6);
    expect(
      taken.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    ).toBeLessThan(whole.length + 64 * 1024);
  });
});

it('joins a long body with turns for others between', async () => {
  const chunks = Array.from({ length: 8 }, () => Buffer.alloc(1_500_000, 1));
  expect(await countTurns(() => joinChunks(chunks))).toBeGreaterThanOrEqual(8);
});

describe('writeJson', () => {
  it.each<[string, object]>([
    ['an object without fields', {}],
    [
      'fields of any kind',
      { a: 1, b: undefined, c: null, d: 'ü"', e: { f: [1] } },
    ],
    ['lists', { a: [], b: [1, undefined, { c: [2] }], d: 'x' }],
  ])('writes %s as JSON.stringify does', async (_, value) => {
    expect(await written(value)).toBe(JSON.stringify(value));
  });

  it('writes what is made while it is read, with turns for others between', async () => {
    const list = Array.from({ length: 20_000 }, (__, index) => ({
      name: createHash('sha256').update(`${index}`).digest('hex'),
    }));
    let text = '';
    const turns = await countTurns(async () => {
      text = await written({
        list: { [Symbol.iterator]: () => list.values() },
      });
    });
    expect(text).toBe(JSON.stringify({ list }));
    expect(turns).toBeGreaterThan(10);
  });
});

it('shares turns only once they have lasted', async () => {
  const share = async () => {
    const turns = new Turns();
    for (let step = 0; step < 100; step += 1)
      if (turns.isOver()) await turns.next();
  };
  expect(await countTurns(share)).toBeLessThan(5);
});

import { countTurns } from '@callboard/testing';
import { seededRandom } from '@callboard/sim';
import type { JsonLimits } from './JsonScan';
import { parseJson, parseJsonInTurns } from './parseJson';

/** Those of a cluster's answers. */
const LIMITS: JsonLimits = {
  depth: 100,
  valueBytes: 4 * 1024 * 1024,
  valueParts: 60_000,
  listItems: 20_000,
};
const inTurns = (text: string, limits = LIMITS) =>
  parseJsonInTurns(Buffer.from(text), limits);
const TEXTS = [
  'a"b\\',
  '}],[{',
  'ünï\u2028',
  ' ',
  '',
  '\\"',
  'x'.repeat(3_000),
];

/** Any JSON value that a cluster could say. */
function valueOf(random: () => number, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 4 ? 4 : 6));
  const text = TEXTS[Math.floor(random() * TEXTS.length)];
  const some = Math.floor(random() * 5);
  if (kind === 0) return text;
  if (kind === 1) return random() < 0.5;
  if (kind === 2) return null;
  if (kind === 3) return Math.round(random() * 1e9) / 7;
  const items = Array.from({ length: some }, () => valueOf(random, depth + 1));
  return kind === 4
    ? items
    : Object.fromEntries(items.map((each, i) => [`${text}${i}`, each]));
}

describe('parseJsonInTurns', () => {
  it('reads what JSON.parse reads, whatever stands around and in its lists', async () => {
    const { next } = seededRandom(7);
    for (let round = 0; round < 12; round += 1) {
      const value = {
        kind: 'PodList',
        before: [],
        metadata: { resourceVersion: '1', list: [1, [2]] },
        items: Array.from({ length: 150 }, () => valueOf(next, 0)),
        after: [valueOf(next, 0)],
        ['__proto__']: valueOf(next, 0),
        padding: 'x'.repeat(200_000),
      };
      const text = JSON.stringify(value, undefined, round % 3);
      expect(await inTurns(text)).toEqual(JSON.parse(text));
    }
  });

  it('refuses what JSON.parse refuses, wherever it was broken', async () => {
    const { next } = seededRandom(11);
    const whole = JSON.stringify({
      kind: 'PodList',
      items: Array.from({ length: 60 }, () => valueOf(next, 1)),
      padding: 'x'.repeat(140_000),
      last: [1, 2],
    });
    const signs = '{}[],:"\\ 1';
    for (let round = 0; round < 120; round += 1) {
      const at = Math.floor(next() * (whole.length - 140_000));
      const sign = signs[Math.floor(next() * signs.length)];
      const text = whole.slice(0, at) + sign + whole.slice(at + 1);
      let expected: unknown;
      try {
        expected = JSON.parse(text);
      } catch {
        expected = undefined;
      }
      expect(await inTurns(text)).toEqual(expected);
    }
  });

  it('lets others have their turn while it reads many objects', async () => {
    const text = `{"items":[${Array(4_000)
      .fill(JSON.stringify({ name: 'x'.repeat(2_000) }))
      .join(',')}]}`;
    expect(await countTurns(() => inTurns(text))).toBeGreaterThan(50);
  });

  it.each([
    ['one object of too many bytes', `{"items":["${'x'.repeat(5e6)}"]}`],
    ['one object of too many parts', `{"items":[[${'[],'.repeat(3e5)}0]]}`],
    ['too many objects', `{"items":[${'1,'.repeat(80_000)}1]}`],
    [
      'too many parts around its lists',
      `{${Array.from(
        { length: 20 },
        (_, index) =>
          `"l${index}":[],"m${index}":{"a":[${'[],'.repeat(5e3)}0]}`,
      ).join(',')}}`,
    ],
    ['too much beside its lists', `{"items":[],"a":"${'x'.repeat(5e6)}"}`],
    ['too deep', `{"items":[${'['.repeat(1e5)}${']'.repeat(1e5)}]}`],
    ['a list that begins it', `[${'1,'.repeat(3e5)}1]`],
  ])('refuses %s', async (_, text) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(await inTurns(text)).toBeUndefined();
  });
});

it('parses at once nothing that takes long', () => {
  expect(
    parseJson(Buffer.from(`[${'[],'.repeat(5e4)}0]`), LIMITS),
  ).toHaveLength(50_001);
  expect(
    parseJson(Buffer.from(`[${'[],'.repeat(7e4)}0]`), LIMITS),
  ).toBeUndefined();
});

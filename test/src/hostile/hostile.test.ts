import type { Problem } from '@callboard/plugin-callboard-common';
import { seededRandom } from '@callboard/sim';
import { parse } from 'yaml';
import { curatedTexts } from './__testUtils__/curatedTexts';
import { faultOf, leftBehind } from './__testUtils__/judge';
import { mutateSeed } from './__testUtils__/mutate';
import { READERS, type Reader, closeReaders } from './__testUtils__/readers';

/** Of each reader; `node test/load/run.mjs fuzz` tries a million in all. */
const INPUTS = Number(process.env.CALLBOARD_FUZZ ?? 20);
const SEED = Number(process.env.CALLBOARD_SEED ?? 7);
/** Of computing; far beyond what any takes: what takes more does not end. */
const STUCK_MS = 5_000;

/** As {@link faultOf}, and that it ends. */
async function judge(
  reader: Reader,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const before = process.cpuUsage();
  const fault = await faultOf(reader, bytes);
  const { user, system } = process.cpuUsage(before);
  const tookMs = (user + system) / 1_000;
  return fault ?? (tookMs > STUCK_MS ? `took ${tookMs} ms` : undefined);
}

/** What the curated texts look like; anything that reads bytes gets those of the fuzzer. */
const OF_TEXTS = [
  'a pushed score.yaml, as far as its objects',
  'a pushed app.yaml, as far as the objects of its environments',
  'files of the platform, as far as environments and rules',
  'objects of a cluster, as far as health and findings',
  'callboard health -f f',
  'callboard place -f f --clusters f',
];

afterAll(closeReaders);

describe('bytes of others', () => {
  const curated = curatedTexts();

  it('are more than five hundred texts that are known to break parsers', () => {
    expect(new Set(curated.map(([, text]) => text)).size).toBeGreaterThan(500);
  });

  it.each(READERS.filter(({ name }) => OF_TEXTS.includes(name)))(
    'are read, or refused with the cause: $name',
    async reader => {
      const faults: string[] = [];
      for (const [name, text] of curated) {
        const fault = await judge(reader, Buffer.from(text));
        if (fault !== undefined) faults.push(`${name}\n${fault}`);
      }
      expect([...faults.slice(0, 5), ...leftBehind()]).toEqual([]);
    },
    120_000,
  );

  it.each(READERS)(
    `are so too where ${INPUTS} are wrong in a few places (seed ${SEED}): $name`,
    async reader => {
      const random = seededRandom(SEED);
      const faults: string[] = [];
      for (let count = 0; count < INPUTS && faults.length < 5; count += 1) {
        const seed =
          reader.seeds[Math.floor(random.next() * reader.seeds.length)];
        const bytes = mutateSeed(seed, random);
        const fault = await judge(reader, bytes);
        if (fault !== undefined)
          faults.push(
            `${Buffer.from(bytes).toString().slice(0, 3_000)}\n${fault}`,
          );
      }
      expect([...faults, ...leftBehind()]).toEqual([]);
    },
    120_000,
  );
});

describe('a reader is found', () => {
  const mutated = async (read: Reader['read'], seed: object) => {
    const random = seededRandom(SEED);
    const faults: Array<string | undefined> = [];
    for (let count = 0; count < 200; count += 1)
      faults.push(
        await faultOf({ name: 'planted', read }, mutateSeed(seed, random)),
      );
    return faults.filter(fault => fault !== undefined).join('\n');
  };

  it('that believes what it reads', async () => {
    const seed = { metadata: { labels: { app: 'shop' } } };
    expect(
      await mutated(
        text => void parse(text)?.metadata?.labels?.app?.trim(),
        seed,
      ),
    ).toContain('TypeError');
  });

  it('whose refusal says nothing', async () => {
    const says = (text: string): Problem => ({
      code: 'app-name-invalid',
      what: 'Cannot read it',
      why: `"${
        (JSON.parse(JSON.stringify(text)) as { name?: string }).name
      }" is no name`,
      next: 'Correct it',
      transient: false,
    });
    expect(await mutated(says, { name: 'shop' })).toContain(
      '"undefined" in why',
    );
  });
});

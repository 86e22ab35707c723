import {
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { hostilePushes, randomPush } from '../__testUtils__/hostilePushes';
import { pushBytes } from '../__testUtils__/pushBytes';
import { seededRandom } from '@callboard/sim';
import { TestPortal } from '../__testUtils__/TestPortal';

jest.setTimeout(120_000);

/** Beside those that are written down: `CALLBOARD_PUSHES=2000`. */
const RANDOM_PUSHES = Number(process.env.CALLBOARD_PUSHES ?? 5);
const SEED = Number(process.env.CALLBOARD_SEED ?? 7);

/** A push is judged so long at most, on a machine that does much else. */
const VERDICT_MS = 10_000;

describe('pushes that no honest client makes', () => {
  const pushes = hostilePushes();
  let portal: TestPortal;
  let outside: string;

  beforeAll(async () => {
    portal = await TestPortal.start({ config: { git: { followSeconds: 1 } } });
    outside = join(portal.folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'kept'), 'kept');
  });

  afterAll(() => portal.stop());

  it('are more than a hundred', () => {
    expect(new Set(pushes.map(({ name }) => name)).size).toBe(pushes.length);
    expect(pushes.length).toBeGreaterThan(100);
  });

  it.each(pushes.map((push, index) => ({ ...push, app: `hostile-${index}` })))(
    '$name',
    async ({ app, body, expected }) => {
      const outcome = await judge(app, body);
      expect(outcome.replace(/\s+/g, ' ').trim()).toMatch(
        expected === 'taken' ? /^taken/ : expected,
      );
    },
  );

  it(`${RANDOM_PUSHES} of names, modes and links at random (seed ${SEED})`, async () => {
    const random = seededRandom(SEED);
    for (let count = 0; count < RANDOM_PUSHES; count += 1)
      expect(await judge(`random-${count}`, randomPush(random.next))).toMatch(
        /\S/,
      );
  }, 3_600_000);

  /** What the pusher is told. */
  async function judge(app: string, body: Uint8Array): Promise<string> {
    const { status, text, ms } = await pushBytes(portal, app, body);
    expect(status).toBeLessThan(500);
    expect(ms).toBeLessThan(VERDICT_MS);
    const commit = takenOf(app);
    if (commit) await checkExport(app, commit);
    expect(readdirSync(outside)).toEqual(['kept']);
    return commit ? `taken\n${text}` : text;
  }

  /** The commit that was recorded of an app. */
  function takenOf(app: string): string | undefined {
    return portal.controlPlane.recorded.find(push => push.app === app)?.revision
      .commit;
  }

  /** What a build would see: nothing outside of its folder, nothing but files, folders and links that stay inside. */
  async function checkExport(app: string, commit: string): Promise<void> {
    const folder = join(portal.folder, `export-${app}`);
    mkdirSync(folder);
    const exported = await portal.deps.revisions.exportTo(app, commit, folder);
    if (!exported.ok) {
      expect(exported.problem.code).toMatch(/^revision-/);
      return;
    }
    const root = realpathSync(folder);
    for (const path of readdirSync(folder, { recursive: true }) as string[]) {
      const found = lstatSync(join(folder, path));
      expect(
        found.isFile() || found.isDirectory() || found.isSymbolicLink(),
      ).toBe(true);
      expect(`${realpathSync(join(folder, path))}${sep}`).toContain(
        `${root}${sep}`,
      );
    }
  }
});

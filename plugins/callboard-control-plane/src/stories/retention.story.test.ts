import { failed, ok } from '@callboard/plugin-callboard-common';
import type { ImageStorage } from '@callboard/plugin-callboard-node';
import type { ControlPlaneDeps } from '../ControlPlaneDeps';
import { eventually } from '@callboard/testing';
import { ScriptedApps } from '../__testUtils__/ScriptedApps';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const BYTES = 1024 * 1024;
const { signal } = new AbortController();

/** A storage that knows every image until it is removed. */
class ScriptedStorage implements ImageStorage {
  readonly removed: string[] = [];
  refusal: { transient: boolean } | undefined;

  holds(image: string): boolean {
    return image.startsWith('bundle.callboard.dev/');
  }

  async measure(images: readonly string[]) {
    const there = images.filter(image => !this.removed.includes(image));
    return ok(new Map(there.map(image => [image, BYTES])));
  }

  async remove(image: string) {
    if (this.refusal)
      return failed({
        code: 'registry-keeps-images',
        what: 'Cannot remove images',
        why: 'it does not let them be removed',
        next: 'Allow it',
        ...this.refusal,
      });
    this.removed.push(image);
    return ok(undefined);
  }
}

describe('retention', () => {
  let fleet: TestFleet;
  let storage: ScriptedStorage;
  let apps: ScriptedApps;

  /** An app with so many releases on one cluster, of which the newest two are kept. */
  async function create(
    count: number,
    deps: Partial<ControlPlaneDeps> = {},
  ): Promise<void> {
    storage = new ScriptedStorage();
    apps = Object.assign(new ScriptedApps(), { storage });
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1', 'us-1', 'ap-1'],
      deps: { builders: [apps], retention: { releases: 2 }, ...deps },
    });
    await fleet.settles();
    for (let number = 1; number <= count; number += 1) await push(number);
  }

  afterEach(() => fleet?.close());

  /** Behaviours that differ in a word, so that each release has an image of its own. */
  function push(number: number) {
    const behaviour = { does: 'serve' as const, release: number };
    return fleet.push('shop', behaviour);
  }

  const sweep = () => fleet.controlPlane.sweepImages(signal);

  async function releases() {
    const listed = await fleet.controlPlane.listReleases('shop');
    if (!listed.ok) throw new Error(listed.problem.why);
    return listed.value.map(({ number, workloads, imagesRemovedAt }) => ({
      number,
      image: workloads[0].images.main,
      isKept: imagesRemovedAt === undefined,
    }));
  }

  const kept = async () =>
    (await releases())
      .filter(({ isKept }) => isKept)
      .map(({ number }) => number);

  async function promote(release: number) {
    return fleet.controlPlane.promote({
      app: 'shop',
      environment: 'prod',
      release,
      actor: 'user:default/ana',
    });
  }

  it('says what goes and how much that frees, removes it, and remembers every release', async () => {
    await create(4);
    const expected = (await releases()).slice(2).map(each => each.image);
    const before = await fleet.controlPlane.readRetention();
    expect(before).toMatchObject({ releases: 2, problems: [] });
    expect(
      before.images.map(({ releases: of, bytes }) => [of, bytes]).sort(),
    ).toEqual([
      [[1], BYTES],
      [[2], BYTES],
    ]);
    expect(storage.removed).toEqual([]);

    expect(await sweep()).toEqual({
      images: 2,
      bytes: 2 * BYTES,
      problems: [],
    });
    expect([...storage.removed].sort()).toEqual(expected.sort());
    expect(await kept()).toEqual([4, 3]);
    expect(await releases()).toHaveLength(4);
    const [entry] = await fleet.controlPlane.listJournal({ limit: 1 });
    expect(entry).toMatchObject({
      actor: 'system:retention',
      action: 'release.images-removed',
      message: 'Images of releases 1 to 2 of shop were removed, 2 MiB',
    });

    expect(await fleet.controlPlane.readRetention()).toMatchObject({
      images: [],
    });
    expect(await sweep()).toMatchObject({ images: 0 });
  });

  it('keeps what runs somewhere, however old', async () => {
    await create(1);
    fleet.rollsOut('prod', undefined);
    await fleet.promote('shop', 'prod', 1);
    for (const number of [2, 3, 4]) await push(number);
    await sweep();
    expect(await kept()).toEqual([4, 3, 1]);
  });

  it('refuses to run what was removed, until its commit is built again', async () => {
    await create(4);
    await sweep();
    expect(await promote(1)).toMatchObject({
      ok: false,
      problem: {
        code: 'release-images-removed',
        next: expect.stringMatching(
          /git push --force origin [0-9a-f]{12}:main/,
        ),
      },
    });

    const builds = apps.builds.length;
    await push(1);
    expect(apps.builds).toHaveLength(builds + 1);
    expect(await kept()).toEqual([5, 4, 3, 1]); // the same image, built again
    expect(await promote(1)).toEqual({ ok: true, value: { warnings: [] } });
  });

  it('ends what was cut at the next sweep', async () => {
    await create(4);
    storage.refusal = { transient: true };
    expect(await sweep()).toMatchObject({
      images: 0,
      problems: [{ code: 'registry-keeps-images' }],
    });
    // It may be gone in part: nothing counts on it.
    expect(await promote(1)).toMatchObject({ ok: false });
    storage.refusal = undefined;
    expect(await sweep()).toMatchObject({ images: 2 });
    expect(await kept()).toEqual([4, 3]);
  });

  it('runs what a registry refuses to remove', async () => {
    await create(4);
    storage.refusal = { transient: false };
    await sweep();
    expect(await kept()).toEqual([4, 3, 2, 1]);
    expect(await promote(1)).toEqual({ ok: true, value: { warnings: [] } });
  });

  it('keeps no image of an app that was deleted long ago', async () => {
    let aheadMs = 0;
    await create(2, {
      clock: { now: () => new Date(Date.now() + aheadMs) },
    });
    const deleted = await fleet.controlPlane.removeApp({
      app: 'shop',
      actor: 'user:default/ana',
      confirm: 'shop',
    });
    expect(deleted.ok).toBe(true);
    await eventually(async () =>
      expect(
        (
          await fleet.controlPlane.listJournal({ app: 'shop' })
        ).map(({ action }) => action),
      ).toContain('deployment.removed'),
    );
    expect(await sweep()).toMatchObject({ images: 0 });
    aheadMs = 31 * 24 * 60 * 60_000;
    expect(await sweep()).toMatchObject({ images: 2 });
  });

  it('is left to the process that decides', async () => {
    await create(4);
    await fleet.controlPlane.stop();
    expect(await sweep()).toBeUndefined();
    expect(storage.removed).toEqual([]);
    await fleet.startControlPlane();
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { GitRepositories } from '@callboard/plugin-callboard-git-node';
import { MemoryControlPlane } from '../__testUtils__/MemoryControlPlane';
import { TestPortal } from '../__testUtils__/TestPortal';
import { eventually } from '@callboard/testing';
import { checkBelonging } from './checkBelonging';

describe('checkBelonging', () => {
  let folder: string;
  let repositories: GitRepositories;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callboard-belong-'));
    repositories = await GitRepositories.open({ folder: join(folder, 'git') });
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const check = (controlPlane: MemoryControlPlane) =>
    checkBelonging({ controlPlane, repositories });

  it('writes one identity into both, and knows them again', async () => {
    const controlPlane = new MemoryControlPlane();
    expect(await check(controlPlane)).toBeUndefined();
    expect(controlPlane.identity).toMatch(/^[0-9a-f-]{36}$/);
    expect(await repositories.readIdentity()).toBe(controlPlane.identity);
    expect(await check(controlPlane)).toBeUndefined();
  });

  it('notices another database, at every start', async () => {
    await check(new MemoryControlPlane());
    const other = new MemoryControlPlane();
    other.identity = 'of another portal';
    for (const start of [1, 2])
      expect([start, await check(other)]).toMatchObject([
        start,
        { code: 'repositories-foreign' },
      ]);
  });

  it('writes no identity while repositories of other apps lie there', async () => {
    await repositories.create('shop');
    const controlPlane = new MemoryControlPlane();
    expect(await check(controlPlane)).toMatchObject({
      code: 'repositories-foreign',
    });
    expect(await repositories.readIdentity()).toBeUndefined();
  });

  it('is told in the log when the portal starts', async () => {
    await repositories.writeIdentity('of another portal');
    const controlPlane = new MemoryControlPlane();
    controlPlane.identity = 'of this one';
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const portal = await TestPortal.start({
      dataDir: folder,
      factory: { migrate: async () => {}, create: () => controlPlane },
      services: [logger.factory],
    });
    try {
      await eventually('the log names both', () =>
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringMatching(
            /do not belong together: the repositories are those of database of another portal, and this one is of this one/,
          ),
          { code: 'repositories-foreign' },
        ),
      );
    } finally {
      await portal.stop();
    }
  });
});

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App, AppEnvironment } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';
import { describePortal } from './describePortal';

const SKELETONS = join(
  __dirname,
  '../../../catalog/templates/new-service/skeletons',
);

/** Each skeleton, as the template writes it, is pushed to a real portal with its playground. */
describePortal('what the template "New service" makes', () => {
  let portal: Portal;
  const pushed: Repository[] = [];

  beforeAll(async () => {
    portal = await Portal.create();
    await portal.start();
  }, 300_000);
  afterAll(async () => {
    for (const repository of pushed) await repository.remove();
    await portal?.remove();
  }, 60_000);

  async function push(skeleton: string): Promise<AppEnvironment> {
    const repository = await Repository.create(filesOf(skeleton));
    pushed.push(repository);
    const { text } = await repository.push(portal.cloneUrl(`new-${skeleton}`));
    if (!/Healthy/.test(text)) throw new Error(text);
    const { body } = await portal.api<App>(`/apps/new-${skeleton}`);
    return body.environments[0];
  }

  it('is a job by a schedule that is Healthy', async () => {
    expect((await push('cron')).health.status).toBe('Healthy');
  }, 180_000);

  it('is a service with a worker that takes what the service leaves', async () => {
    const { health, clusters } = await push('queue');
    expect(health.status).toBe('Healthy');
    const url = clusters[0].url ?? '';
    const asked = await fetch(`${url}/hello`, { method: 'POST' });
    expect(asked.status).toBe(202);
    await eventually(async () =>
      expect(await (await fetch(url)).text()).toBe(
        'new-queue has done 1 of 1 tasks\n',
      ),
    );
  }, 240_000);
});

function filesOf(skeleton: string): Record<string, string> {
  const folder = join(SKELETONS, skeleton);
  const values: Record<string, string> = {
    name: `new-${skeleton}`,
    owner: 'user:development/guest',
  };
  return Object.fromEntries(
    readdirSync(folder).map(file => [
      file,
      readFileSync(join(folder, file), 'utf8').replace(
        /\$\{\{ values\.(\w+)( \| dump)? \}\}/g,
        (_, value, isQuoted) =>
          isQuoted ? JSON.stringify(values[value]) : values[value],
      ),
    ]),
  );
}

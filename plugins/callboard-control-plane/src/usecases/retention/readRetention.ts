import type { Problem } from '@callboard/plugin-callboard-common';
import type { ImageReader } from '../../reconcile/roles';
import type { ImageRetention } from '../ControlPlane';
import { listAppsToSweep } from './listAppsToSweep';
import { DEFAULT_KEPT_RELEASES, planForApp } from './planForApp';

const READ_MS = 30_000; // a person waits for it

/** Images that the next sweep removes, and how much space that frees. Changes nothing. */
export async function readRetention({
  deps,
}: ImageReader): Promise<ImageRetention> {
  const signal = AbortSignal.timeout(READ_MS);
  const images: ImageRetention['images'] = [];
  const problems = new Map<string, Problem>();
  for (const app of await listAppsToSweep(deps.knex, deps.clock.now())) {
    for (const plan of await planForApp(deps.knex, app, deps)) {
      const { storage, kept, removable } = plan;
      const names = removable.map(({ image }) => image);
      const measured = await storage.measure(names, kept, signal);
      if (!measured.ok) {
        problems.set(measured.problem.code, measured.problem);
        continue;
      }
      for (const { image, releases } of removable) {
        const bytes = measured.value.get(image);
        if (bytes !== undefined) images.push({ app, image, releases, bytes });
      }
    }
  }
  return {
    releases: deps.retention?.releases ?? DEFAULT_KEPT_RELEASES,
    images,
    problems: [...problems.values()],
  };
}

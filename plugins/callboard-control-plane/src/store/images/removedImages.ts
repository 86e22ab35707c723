import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { closeVersion, findVersions, writeVersion } from '../temporal';

/** An image that releases name and that does not exist any more. */
export interface RemovedImageRecord {
  app: string;
  image: string;
  /** `removing`: it may still be there, because its removal has not ended. */
  state: 'removing' | 'removed';
  since: Date;
}

/** Records that an image is removed, or about to be: from now on nothing may rely on it. */
export async function saveRemovedImage(
  tx: Knex.Transaction,
  { app, image, state, since }: RemovedImageRecord,
): Promise<void> {
  await writeVersion(tx, 'removed_images', {
    about: { subject: subjectOf(image), app },
    values: { app, image, state },
    at: since,
  });
}

/** Records that an image exists: it was built again, or its removal did not happen. */
export async function closeRemovedImage(
  tx: Knex.Transaction,
  image: string,
  at: Date,
): Promise<void> {
  await closeVersion(tx, 'removed_images', { subject: subjectOf(image), at });
}

/** Images of an app that do not exist, or did not at an instant; by name. */
export async function findRemovedImages(
  tx: Knex,
  filter: { app: string; at?: Date },
): Promise<Map<string, RemovedImageRecord>> {
  const rows = await findVersions(tx, 'removed_images', filter);
  return new Map(
    rows.map(({ app, image, state, valid_from }) => [
      image,
      {
        app,
        image,
        state: state as RemovedImageRecord['state'],
        since: toDate(valid_from),
      },
    ]),
  );
}

/** Names of images may be longer than a subject. */
function subjectOf(image: string): string {
  return createHash('sha256').update(image).digest('hex');
}

import type {
  Approval,
  ReleaseChange,
} from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { writeVersion } from '../temporal';
import { findReleaseChange } from './findReleaseChange';

/** Result of setting the desired release of an environment. */
export type SetRelease =
  /** It was the desired release already. */
  | { changed: false; before: number }
  | {
      changed: true;
      /** Release that it replaces; absent where it is the first. */
      before?: number;
      change: ReleaseChange;
    };

/** Records the desired release of an environment from `at` on, and the kind of change. */
export async function setEnvironmentRelease(
  tx: Knex.Transaction,
  wanted: {
    app: string;
    environment: string;
    release: number;
    by: string;
    /** Absent where no approval is required. */
    approval?: Approval;
  },
  at: Date,
): Promise<SetRelease> {
  const { app, environment, release, by, approval } = wanted;
  const about = { subject: `${app}/${environment}`, app };
  const current = await tx('environment_releases')
    .where({ subject: about.subject })
    .whereNull('valid_to')
    .first('release');
  const before: number | undefined = current?.release;
  if (before === release) return { changed: false, before };
  const change =
    before === undefined
      ? 'newer'
      : await findReleaseChange(tx, { app, environment, release, before });
  await writeVersion(tx, 'environment_releases', {
    about,
    values: {
      app,
      environment,
      release,
      released_by: by,
      change,
      approved_for: approval?.group ?? null,
      approved_by: approval?.by ?? null,
    },
    at,
  });
  return { changed: true, ...(before !== undefined && { before }), change };
}

import { maskSecrets } from '@callboard/plugin-callboard-core';
import { type BuildRecord, saveBuildLog } from '../../store';
import type { ReleaseBuilder } from '../roles';
import { maskSecretsOf } from '../settings/maskSecrets';
import { BuildLog } from './BuildLog';

/** Opens the log of a build. Known secrets are masked. */
export function openBuildLog(
  build: Pick<BuildRecord, 'app' | 'position'>,
  context: ReleaseBuilder,
): BuildLog {
  const { knex, logger } = context.deps;
  return new BuildLog({
    timers: context.timers,
    async save({ head, tail, leftOut }) {
      try {
        const mask = await maskSecretsOf(build.app, context);
        const hide = (lines: string[]) =>
          lines.map(line => maskSecrets(mask(line)));
        await saveBuildLog(knex, build, {
          head: hide(head),
          tail: hide(tail),
          leftOut,
        });
      } catch (error) {
        // A build does not fail because its log cannot be saved.
        logger.warn(`cannot keep the output of a build of ${build.app}`, {
          error: String(error),
        });
      }
    },
  });
}

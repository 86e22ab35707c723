import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type BuildSettings,
  type Result,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type InstallPlan,
  type InstallRules,
  planInstall,
} from '../dependencies';
import { readRegularFile } from '../dependencies/readRegularFile';
import { digestFolder } from '../digestFolder';
import { type BuildLine, findBuildLine } from './findBuildLine';

/** A planned build step. */
export interface BuildStep extends BuildLine {
  /** Dependencies of the step, including development dependencies; undefined when there are none. */
  install?: InstallPlan;
  /** 64 hex digits over all inputs of the result: code, dependencies, the line. */
  digest: string;
}

const MAX_MANIFEST_BYTES = 1024 ** 2;
/** Increased whenever the way of running steps changes. */
const RECIPE = 1;

/** Plans the build step of a revision; undefined for revisions without one. */
export async function planBuildStep(
  folder: string,
  options: { rules: InstallRules; settings?: BuildSettings },
): Promise<Result<BuildStep | undefined>> {
  const { rules, settings } = options;
  const found = findBuildLine(
    await readRegularFile(join(folder, 'package.json'), MAX_MANIFEST_BYTES),
    settings,
  );
  if (!found) return ok(undefined);
  const install = await planInstall(folder, { ...rules, scope: 'development' });
  if (!install.ok) return install;
  const digest = createHash('sha256')
    .update(
      JSON.stringify([
        RECIPE,
        found.line,
        install.value?.identity ?? '',
        await digestFolder(folder),
      ]),
    )
    .digest('hex');
  return ok({
    ...found,
    digest,
    ...(install.value && { install: install.value }),
  });
}

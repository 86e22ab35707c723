import type { Problem } from '@callboard/plugin-callboard-common';
import { parseAppFile, parseScore } from '@callboard/plugin-callboard-common';
import {
  findEnvironmentProblems,
  findWorkloadFaults,
  locateInAppFile,
  pinImages,
  readAppFile,
  scorePathsOf,
} from '@callboard/plugin-callboard-core';
import type { PushedFiles } from '@callboard/plugin-callboard-node';
import { provisionersOf } from '../../reconcile/delivery/provisionersOf';

const MOST_FAULTS = 50;

/** All faults of a push, as `callboard check` lists them. The first refuses it. */
export function findFaults(
  push: PushedFiles,
  deps: Parameters<typeof provisionersOf>[0],
): Problem[] {
  const text = push.texts['app.yaml'];
  const parsed =
    text === undefined ? undefined : parseAppFile(text, { file: 'app.yaml' });
  if (parsed && !parsed.ok) return [...parsed.problems].slice(0, MOST_FAULTS);
  const appFile = readAppFile(push);
  if (!appFile.ok) return [appFile.problem];
  const platform = deps.platform.environments;
  return [
    ...findWorkloadFaults(push, appFile.value, {
      provisioners: provisionersOf(deps),
      platform,
      most: MOST_FAULTS,
    }),
    ...findEnvironmentProblems([...platform], appFile.value, {
      locate: path => locateInAppFile(push, path),
    }),
    ...findImageFaults(push, scorePathsOf(push, appFile.value)),
  ].slice(0, MOST_FAULTS);
}

function findImageFaults(
  { elsewhere, texts }: PushedFiles,
  paths: readonly string[],
): Problem[] {
  if (!elsewhere) return [];
  const scores = paths.map(file => parseScore(texts[file] ?? '', { file }));
  const good = scores.flatMap(score => (score.ok ? [score.value] : []));
  // The containers of a faulty file are unknown, so they are not reported as missing.
  if (good.length < scores.length) return [];
  const pinned = pinImages(good, elsewhere.images);
  return pinned.ok ? [] : pinned.problems;
}

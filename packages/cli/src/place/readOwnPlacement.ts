import {
  parseAppFile,
  type PlacementSpec,
  type Requirements,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import { resolveEnvironments } from '@callboard/plugin-callboard-core';
import type { Document } from '../documents/Document';
import { UsageError } from '../Io';
import { describe, isOurs, readPlatformFiles } from './readOwnFiles';

interface OwnPlacement {
  name: string;
  placement: PlacementSpec;
  requires?: Requirements;
}

/**
 * Placement of one environment: the platform's, refined by the app's file when
 * there is one. Without a name there must be exactly one.
 */
export function readOwnPlacement(
  documents: readonly Document[],
  name: string | undefined,
): OwnPlacement {
  const environments = listPlacements(documents);
  const names = environments.map(environment => environment.name);
  if (name === undefined && environments.length !== 1) {
    throw new UsageError(
      `Say which environment with --environment: ${names.join(', ')}`,
    );
  }
  const found =
    name === undefined
      ? environments[0]
      : environments.find(each => each.name === name);
  if (found === undefined)
    throw new UsageError(
      `There is no environment "${name}", only ${names.join(', ')}`,
    );
  return found;
}

/** Without an app the platform's environments are listed by themselves; one of them is enough. */
function listPlacements(documents: readonly Document[]): OwnPlacement[] {
  const platform = filesOfKind(readPlatformFiles(documents), 'Environment');
  const app = readApp(documents);
  if (app === undefined) {
    return platform.map(({ metadata, spec }) => ({
      name: metadata.name,
      placement: spec.placement,
    }));
  }
  const resolved = resolveEnvironments(platform, app);
  if (!resolved.ok) throw new UsageError(describe(resolved.problem));
  return resolved.value;
}

function readApp(documents: readonly Document[]) {
  const app = documents.find(
    ({ kind, apiVersion }) => kind === 'App' && isOurs(apiVersion),
  );
  if (app === undefined) return undefined;
  const file = parseAppFile(JSON.stringify(app), { file: 'app.yaml' });
  if (!file.ok) throw new UsageError(describe(file.problem));
  return file.value;
}

import { Readable } from 'node:stream';
import type { Permission } from '@backstage/plugin-permission-common';
import type {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import {
  appReadPermission,
  clusterReadPermission,
} from '@callboard/plugin-callboard-common';
import type { CallboardClient } from '@callboard/plugin-callboard-node';
import {
  appDocument,
  blueprintDocument,
  clusterDocument,
  findingDocuments,
} from './documents';

/** Types that can be indexed; the values of `callboard.search.types`. */
export const SEARCH_TYPES = [
  'apps',
  'clusters',
  'blueprints',
  'findings',
] as const;

export type CallboardSearchType = (typeof SEARCH_TYPES)[number];

/**
 * Creates the collators of the given types. Each names the permission that
 * search checks before it shows a result: for apps and findings, the permission
 * on that app.
 */
export function createCollators(
  types: readonly CallboardSearchType[],
  client: Pick<CallboardClient, 'list'>,
): DocumentCollatorFactory[] {
  const collators: Record<CallboardSearchType, DocumentCollatorFactory> = {
    apps: collate('callboard-apps', appReadPermission, async () =>
      (await client.list('listApps', {})).map(appDocument),
    ),
    findings: collate('callboard-findings', appReadPermission, async () =>
      (await client.list('listApps', {})).flatMap(findingDocuments),
    ),
    clusters: collate('callboard-clusters', clusterReadPermission, async () =>
      (await client.list('listClusters', {})).map(clusterDocument),
    ),
    blueprints: collate(
      'callboard-blueprints',
      clusterReadPermission,
      async () =>
        (await client.list('listBlueprints', {})).map(blueprintDocument),
    ),
  };
  return types.map(type => collators[type]);
}

function collate(
  type: string,
  visibilityPermission: Permission,
  read: () => Promise<IndexableDocument[]>,
): DocumentCollatorFactory {
  async function* documents(): AsyncGenerator<IndexableDocument> {
    yield* await read();
  }
  return {
    type,
    visibilityPermission,
    getCollator: async () => Readable.from(documents()),
  };
}

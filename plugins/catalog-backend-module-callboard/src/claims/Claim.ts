import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ENTITY_ANNOTATIONS,
  isOwnEntity,
} from '@callboard/plugin-callboard-common';
import { LINK_TYPE } from '../entities';

/** A Component of the company that names an app in `callboard.dev/app`. */
export interface Claim {
  entityRef: string;
  app: string;
  /** Its `spec.owner` as a full entity reference; undefined where it has no valid one. */
  owner: string | undefined;
  /** Clusters that the catalog shows for it. */
  runsOn?: string;
  /** Addresses that the catalog shows for it. */
  urls: string[];
}

/** Reads the claim of an entity; undefined where it has none, or where Callboard itself provides the entity. */
export function readClaim(entity: Entity): Claim | undefined {
  const { annotations = {} } = entity.metadata;
  const app = annotations[ENTITY_ANNOTATIONS.app];
  if (entity.kind !== 'Component' || app === undefined || isOwnEntity(entity))
    return undefined;
  const runsOn = annotations[ENTITY_ANNOTATIONS.runsOn];
  return {
    entityRef: stringifyEntityRef(entity),
    app,
    owner: readOwner(entity),
    urls: (entity.metadata.links ?? [])
      .filter(({ type }) => type === LINK_TYPE)
      .map(({ url }) => url),
    ...(runsOn !== undefined && { runsOn }),
  };
}

/** Resolves `spec.owner` as the catalog does: by default a group in the entity's namespace. */
function readOwner({ metadata, spec }: Entity): string | undefined {
  if (typeof spec?.owner !== 'string') return undefined;
  try {
    return stringifyEntityRef(
      parseEntityRef(spec.owner, {
        defaultKind: 'group',
        defaultNamespace: metadata.namespace ?? 'default',
      }),
    );
  } catch {
    return undefined; // an invalid reference is no owner
  }
}

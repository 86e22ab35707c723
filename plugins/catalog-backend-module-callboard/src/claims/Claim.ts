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
  /** Its `spec.owner` as a full entity reference; undefined where that is none. */
  owner: string | undefined;
  /** What the catalog shows as its clusters. */
  runsOn?: string;
  /** What the catalog shows as its addresses. */
  urls: string[];
}

/** Reads the claim of an entity; undefined where it makes none, or Callboard itself put it there. */
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

/** As the catalog reads it: a group of the entity's namespace where nothing else is said. */
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
    return undefined; // no reference, so nobody's
  }
}

import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { useApi } from '@backstage/core-plugin-api';
import {
  type CatalogApi,
  catalogApiRef,
} from '@backstage/plugin-catalog-react';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';
import { type View, viewOf } from '@callboard/plugin-callboard-react';
import { useQuery } from '@tanstack/react-query';

/** Of one System or Domain; the card reports when there are more. */
const MAX_SYSTEMS = 50;
const MAX_COMPONENTS = 500;
const ONLY_APPS = {
  [`metadata.annotations.${ENTITY_ANNOTATIONS.app}`]: CATALOG_FILTER_EXISTS,
};
const STALE_MS = 60_000; // memberships of Systems and Domains change seldom

export interface NamedApps {
  /** Names of apps in the annotations of its components, each once. */
  names: string[];
  /** Whether it has more systems or components than were read. */
  isCut: boolean;
}

/**
 * Reads the apps that the components of a System, or of the Systems of a
 * Domain, name. One request to the catalog for a System, two for a Domain.
 */
export function useNamedApps(entity: Entity): View<NamedApps> {
  const catalog = useApi(catalogApiRef);
  const ref = stringifyEntityRef(entity);
  return viewOf(
    useQuery({
      queryKey: ['catalog', 'named apps', ref],
      queryFn: () => readNamedApps(entity, catalog),
      staleTime: STALE_MS,
    }),
  );
}

async function readNamedApps(
  entity: Entity,
  catalog: CatalogApi,
): Promise<NamedApps> {
  const ref = stringifyEntityRef(entity);
  const systems =
    entity.kind === 'Domain'
      ? await findParts('system', [ref], { catalog, limit: MAX_SYSTEMS })
      : { items: [entity], isCut: false };
  if (systems.items.length === 0) return { names: [], isCut: false };
  const components = await findParts(
    'component',
    systems.items.map(item => stringifyEntityRef(item)),
    { catalog, limit: MAX_COMPONENTS },
  );
  const names = components.items.flatMap(
    ({ metadata }) => metadata.annotations?.[ENTITY_ANNOTATIONS.app] ?? [],
  );
  return {
    names: [...new Set(names)].sort(),
    isCut: systems.isCut || components.isCut,
  };
}

async function findParts(
  kind: string,
  wholes: string[],
  { catalog, limit }: { catalog: CatalogApi; limit: number },
): Promise<{ items: Entity[]; isCut: boolean }> {
  const { items, totalItems } = await catalog.queryEntities({
    filter: wholes.map(whole => ({
      kind,
      'relations.partOf': whole,
      ...(kind === 'component' && ONLY_APPS),
    })),
    fields: [
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.annotations',
    ],
    limit,
  });
  return { items, isCut: totalItems > items.length };
}

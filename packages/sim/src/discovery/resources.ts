import generated from './resources.generated.json';

/** A resource as paths name it, with its discovery data. */
export interface ApiResource {
  group: string;
  version: string;
  /** `v1`, `apps/v1`. */
  groupVersion: string;
  kind: string;
  /** Plural, as in paths. */
  resource: string;
  singular: string;
  isNamespaced: boolean;
  verbs: readonly string[];
  shortNames: readonly string[];
  categories: readonly string[];
  subresources: ReadonlyMap<string, SubresourceInfo>;
  /** The key in the store; both event resources share one. */
  storage: string;
}

export interface SubresourceInfo {
  name: string;
  kind: string;
  group?: string;
  version?: string;
  verbs: readonly string[];
}

interface GeneratedResource extends SubresourceInfo {
  singularName: string;
  namespaced: boolean;
  shortNames?: string[];
  categories?: string[];
}

const ALL: readonly ApiResource[] = generated.flatMap(
  ({ groupVersion, resources }) =>
    readGroup(groupVersion, resources as GeneratedResource[]),
);
const BY_PATH = new Map(
  ALL.map(resource => [
    `${resource.groupVersion}/${resource.resource}`,
    resource,
  ]),
);
const BY_KIND = new Map(
  ALL.map(resource => [`${resource.groupVersion}/${resource.kind}`, resource]),
);

export function allResources(): readonly ApiResource[] {
  return ALL;
}

export function findResource(
  groupVersion: string,
  resource: string,
): ApiResource | undefined {
  return BY_PATH.get(`${groupVersion}/${resource}`);
}

export function findResourceOfKind(
  apiVersion: string,
  kind: string,
): ApiResource | undefined {
  return BY_KIND.get(`${apiVersion}/${kind}`);
}

/** Returns the resource of a kind that the simulator itself writes; its absence would be a bug. */
export function resourceOfKind(apiVersion: string, kind: string): ApiResource {
  const resource = findResourceOfKind(apiVersion, kind);
  if (resource === undefined)
    throw new Error(`No resource for ${apiVersion} ${kind}`);
  return resource;
}

function readGroup(
  groupVersion: string,
  resources: readonly GeneratedResource[],
): ApiResource[] {
  const [group, version] = groupVersion.includes('/')
    ? groupVersion.split('/')
    : ['', groupVersion];
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(entry => ({
      group,
      version,
      groupVersion,
      kind: entry.kind,
      resource: entry.name,
      singular: entry.singularName,
      isNamespaced: entry.namespaced,
      verbs: entry.verbs,
      shortNames: entry.shortNames ?? [],
      categories: entry.categories ?? [],
      subresources: new Map(
        resources
          .filter(({ name }) => name.startsWith(`${entry.name}/`))
          .map(sub => [sub.name.slice(entry.name.length + 1), sub]),
      ),
      storage: entry.name === 'events' ? 'events' : `${group}/${entry.name}`,
    }));
}

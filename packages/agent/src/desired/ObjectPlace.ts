import { readSegments } from '@callboard/tunnel';

/** An object's location on an API server, parsed from the path of a request. */
export interface ObjectPlace {
  /** The same for every version of the object's group: `apps/deployments shop--dev/web`. */
  key: string;
  /** Without query. */
  path: string;
  /** Path of all objects of this kind, in all namespaces. */
  collection: string;
  /** Plural, as in paths. */
  resource: string;
  namespace?: string;
  name: string;
}

/** Parses the path of one object; undefined for a collection, a subresource or any other path. */
export function readObjectPlace(path: string): ObjectPlace | undefined {
  const segments = readSegments(path);
  if (segments === undefined) return undefined;
  const isCore = segments[0] === 'api';
  if (!isCore && segments[0] !== 'apis') return undefined;
  const root = segments.slice(0, isCore ? 2 : 3);
  const rest = segments.slice(root.length);
  const group = isCore ? '' : root[1];
  const isWithin = rest.length === 4 && rest[0] === 'namespaces';
  if (!isWithin && rest.length !== 2) return undefined;
  const [resource, name] = rest.slice(-2);
  const namespace = isWithin ? rest[1] : undefined;
  const inside = namespace === undefined ? '' : `${namespace}/`;
  return {
    key: `${group}/${resource} ${inside}${name}`,
    path: path.split('?')[0],
    collection: `/${[...root, resource].join('/')}`,
    resource,
    ...(namespace !== undefined && { namespace }),
    name,
  };
}

import { type ApiResource, findResource } from '../discovery';

/** The target of a path below the cluster's root. */
export type Target =
  | {
      kind: 'resource';
      resource: ApiResource;
      namespace?: string;
      name?: string;
      subresource?: string;
      query: URLSearchParams;
    }
  | { kind: 'document'; path: string; query: URLSearchParams };

/** Parses `/api/v1/namespaces/a/pods/b/log?tailLines=5`. Paths that name no resource are documents. */
export function parseTarget(path: string): Target {
  const url = new URL(path, 'http://cluster');
  const query = url.searchParams;
  const steps = url.pathname
    .split('/')
    .filter(step => step !== '')
    .map(decodeStep);
  return (
    parseResource(steps, query) ?? {
      kind: 'document',
      path: `/${steps.join('/')}`,
      query,
    }
  );
}

function decodeStep(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function parseResource(
  steps: readonly string[],
  query: URLSearchParams,
): Target | undefined {
  const [root] = steps;
  if (root !== 'api' && root !== 'apis') return undefined;
  const groupVersion = root === 'api' ? steps[1] : steps.slice(1, 3).join('/');
  const rest = steps.slice(root === 'api' ? 2 : 3);
  if (rest.length === 0) return undefined;
  const isInNamespace =
    rest[0] === 'namespaces' &&
    rest.length >= 3 &&
    findResource(groupVersion, rest[2]) !== undefined;
  const namespace = isInNamespace ? rest[1] : undefined;
  const [plural, name, subresource, ...extra] = isInNamespace
    ? rest.slice(2)
    : rest;
  const resource = findResource(groupVersion, plural);
  if (resource === undefined || extra.length > 0) return undefined;
  if (isInNamespace && !resource.isNamespaced) return undefined;
  if (!isInNamespace && resource.isNamespaced && name !== undefined)
    return undefined;
  return { kind: 'resource', resource, namespace, name, subresource, query };
}

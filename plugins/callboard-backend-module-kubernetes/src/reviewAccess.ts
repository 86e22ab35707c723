import {
  type ClusterTransport,
  readBody,
} from '@callboard/plugin-callboard-node';

/** What Callboard may do on a cluster; `unknown` where it did not answer. */
export type Access = 'deliver' | 'observe' | 'none' | 'unknown';

const DEADLINE_MS = 10_000;
const MOST_BYTES = 64 * 1024;

interface Attributes {
  verb: string;
  group: string;
  resource: string;
}

/** Without one of these an app cannot be brought to a cluster; the others go with them in every role that delivers. */
const DELIVERING: readonly Attributes[] = [
  { verb: 'create', group: '', resource: 'namespaces' },
  { verb: 'patch', group: 'apps', resource: 'deployments' },
  { verb: 'delete', group: 'apps', resource: 'deployments' },
  { verb: 'patch', group: '', resource: 'services' },
];
const OBSERVING: readonly Attributes[] = [
  { verb: 'list', group: 'apps', resource: 'deployments' },
  { verb: 'watch', group: '', resource: 'pods' },
];

/** Asks the cluster what Callboard may do there, by SelfSubjectAccessReviews. */
export async function reviewAccess(
  transport: ClusterTransport,
): Promise<Access> {
  try {
    if (await mayAll(transport, DELIVERING)) return 'deliver';
    return (await mayAll(transport, OBSERVING)) ? 'observe' : 'none';
  } catch {
    return 'unknown'; // its connection says why
  }
}

async function mayAll(
  transport: ClusterTransport,
  rights: readonly Attributes[],
): Promise<boolean> {
  for (const right of rights) if (!(await may(transport, right))) return false;
  return true;
}

async function may(
  transport: ClusterTransport,
  { verb, group, resource }: Attributes,
): Promise<boolean> {
  const response = await transport.send({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb, group, resource } },
    }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const body = await readBody(response.body, MOST_BYTES);
  if (response.status !== 201)
    throw new Error(`the access review was answered with ${response.status}`);
  const review: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
  return (
    (review as { status?: { allowed?: unknown } } | null)?.status?.allowed ===
    true
  );
}

import {
  type ClusterTransport,
  readBody,
} from '@callboard/plugin-callboard-node';

/** Permissions of Callboard on a cluster; `unknown` when it did not respond. */
export type Access = 'deliver' | 'observe' | 'none' | 'unknown';

const DEADLINE_MS = 10_000;
const MOST_BYTES = 64 * 1024;

interface Attributes {
  verb: string;
  group: string;
  resource: string;
}

/** An app cannot be delivered without each of these; every role that delivers also has the others. */
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

/** Reviews the permissions of Callboard on a cluster, by SelfSubjectAccessReviews. */
export async function reviewAccess(
  transport: ClusterTransport,
): Promise<Access> {
  try {
    if (await mayAll(transport, DELIVERING)) return 'deliver';
    return (await mayAll(transport, OBSERVING)) ? 'observe' : 'none';
  } catch {
    return 'unknown'; // its connection reports the reason
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

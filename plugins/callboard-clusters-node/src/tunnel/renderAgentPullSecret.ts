import { FIELD_MANAGER, LABELS } from '@callboard/plugin-callboard-common';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import { AGENT_NAMESPACE } from './agentNamespace';

/** Always created, also for a registry without sign-in: the agent may change it, and create no other. */
export const AGENT_PULL_SECRET = 'callboard-agent-pull';

/** Credentials of a registry, as the platform configured them. */
interface Credentials {
  registry: string;
  username: string;
  password: string;
}

/** Renders the pull secret of the agent's own image, and no other; undefined for a registry without sign-in. */
export function renderAgentPullSecret(
  image: string,
  credentials: readonly Credentials[],
): KubeObject | undefined {
  const [repository] = image.split('@');
  const known = credentials.find(({ registry }) =>
    repository.startsWith(`${registry}/`),
  );
  if (!known) return undefined;
  const { username, password } = known;
  const auth = base64(`${username}:${password}`);
  return renderSecret({ [repository]: { username, password, auth } });
}

/** The same without credentials: it is filled when a registry requires them. */
export function renderEmptyPullSecret(): KubeObject {
  return renderSecret({});
}

function renderSecret(auths: Record<string, object>): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/dockerconfigjson',
    metadata: {
      name: AGENT_PULL_SECRET,
      namespace: AGENT_NAMESPACE,
      labels: { [LABELS.partOf]: FIELD_MANAGER, [LABELS.component]: 'agent' },
    },
    data: { '.dockerconfigjson': base64(JSON.stringify({ auths })) },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

import { FIELD_MANAGER, LABELS } from '@callboard/plugin-callboard-common';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import { AGENT_NAMESPACE } from './agentNamespace';

/** There from the beginning, also where no registry asks yet: its agent may change it, and make no other. */
export const AGENT_PULL_SECRET = 'callboard-agent-pull';

/** Who pulls at a registry, as the platform configured it. */
interface Credentials {
  registry: string;
  username: string;
  password: string;
}

/** The Secret with which the agent's own image is pulled, and no other; undefined where its registry does not ask. */
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

/** The same for nobody: it is filled when a registry begins to ask. */
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

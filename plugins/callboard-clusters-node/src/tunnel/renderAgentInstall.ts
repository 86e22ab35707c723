import {
  type ClusterPrometheus,
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
} from '@callboard/plugin-callboard-common';
import { AGENT_NAMESPACE } from './agentNamespace';
import {
  AGENT_PULL_SECRET,
  renderEmptyPullSecret,
} from './renderAgentPullSecret';
import { renderAgentRules } from './renderAgentRules';

const NAME = 'callboard-agent';
const STATE_SHARDS = Array.from({ length: 8 }, (_, i) => `desired-${i}`);
/**
 * State of the agent, in parts below the size limit of a Secret: names as the
 * agent derives them (`--state-secret`).
 */
const STATE_SECRETS = ['journal', ...STATE_SHARDS].map(
  part => `${NAME}-state-${part}`,
);
const CONTAINER = 'agent';
/** Condition of a pod whose agent was accepted by the hub; set by the agent itself. */
const CONNECTED_CONDITION = 'callboard.dev/connected';
/**
 * The next agent runs beside the previous one and replaces it at the hub; the
 * previous one is stopped only after the next was connected for a while. A next
 * one that cannot be pulled, crashes or is refused changes nothing. The
 * previous one waits a minute before it returns: longer than this takes.
 */
const AFTER_ANOTHER = {
  minReadySeconds: 10,
  strategy: {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
  },
};
/** Created by the people at the site: only they know its content. */
const PROXY_SECRET = `${NAME}-proxy`;
const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];
const HUB_CA = `${NAME}-hub-ca`;
const HUB_CA_FOLDER = '/etc/callboard/hub-ca';
const HUB_CA_FILE = 'ca.crt';
const USER = 65532; // nonroot, as in distroless images

export interface AgentInstallInput {
  cluster: string;
  /** Address of the hub: `wss://portal.example/api/callboard/agents/connect`. */
  hubUrl: string;
  hubKey: string;
  /** CA of the certificate at `hubUrl` in PEM, unless it is a public one. */
  hubCa?: string;
  joinToken: string;
  /** The agent's image, by digest. */
  image: string;
  /**
   * All objects of the cluster's blueprint, and a Secret if pull secrets are
   * distributed: the agent gets the rights to apply these.
   */
  blueprintObjects: readonly KubeObject[];
  /** Prometheus that counts the requests of the cluster's apps: if it is a Service, the agent may call it. */
  prometheus?: ClusterPrometheus;
  /** Pull secret of the agent's own image, if its registry requires one: a Secret of its namespace. */
  pullSecret?: KubeObject;
}

/**
 * Renders the manifest that installs an agent with `kubectl apply -f`: account,
 * rights, empty Secrets for its own key and for its state while Callboard is
 * unreachable, and the Deployment. Contains the join token; anyone who reads it
 * before the agent dials in can join instead.
 */
export function renderAgentInstall(input: AgentInstallInput): KubeObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: AGENT_NAMESPACE, labels: labels() },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(NAME) },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: NAME, labels: labels() },
      rules: renderAgentRules(input.blueprintObjects, input.prometheus),
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME, labels: labels() },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: NAME,
      },
      subjects: [
        { kind: 'ServiceAccount', name: NAME, namespace: AGENT_NAMESPACE },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: metadata(`${NAME}-own`),
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [`${NAME}-key`, ...STATE_SECRETS],
          verbs: ['get', 'patch'],
        },
        // Pull secret of its next image, when that changes.
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [AGENT_PULL_SECRET],
          verbs: ['patch'],
        },
        // Its own upgrade: only changes of this one Deployment.
        {
          apiGroups: ['apps'],
          resources: ['deployments'],
          resourceNames: [NAME],
          verbs: ['patch'],
        },
        // The connected condition of its own pod. Names of pods are not known before; the
        // namespace has no others.
        { apiGroups: [''], resources: ['pods/status'], verbs: ['patch'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: metadata(`${NAME}-own`),
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: `${NAME}-own`,
      },
      subjects: [
        { kind: 'ServiceAccount', name: NAME, namespace: AGENT_NAMESPACE },
      ],
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata(`${NAME}-key`),
      type: 'Opaque',
    },
    ...STATE_SECRETS.map(name => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata(name),
      type: 'Opaque',
    })),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata(`${NAME}-join`),
      type: 'Opaque',
      stringData: { token: input.joinToken },
    },
    input.pullSecret ?? renderEmptyPullSecret(),
    ...(input.hubCa === undefined ? [] : [renderHubCa(input.hubCa)]),
    renderAgentDeployment(input),
  ];
}

/**
 * Renders the objects that upgrade an agent: its image, and a strategy that
 * keeps the running one until the newer one is connected. Older manifests had
 * another strategy.
 */
export function renderAgentUpgrade(image: string): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME, namespace: AGENT_NAMESPACE },
    spec: {
      ...AFTER_ANOTHER,
      template: { spec: { containers: [{ name: CONTAINER, image }] } },
    },
  };
}

function renderHubCa(pem: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(HUB_CA),
    data: { [HUB_CA_FILE]: pem },
  };
}

function renderAgentDeployment({
  cluster,
  hubUrl,
  hubKey,
  hubCa,
  image,
}: AgentInstallInput): KubeObject {
  const selector = { [LABELS.name]: NAME };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(NAME),
    spec: {
      replicas: 1,
      ...AFTER_ANOTHER,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { ...labels(), ...selector } },
        spec: {
          serviceAccountName: NAME,
          readinessGates: [{ conditionType: CONNECTED_CONDITION }],
          imagePullSecrets: [{ name: AGENT_PULL_SECRET }],
          securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: CONTAINER,
              image,
              args: [
                `--hub=${hubUrl}`,
                `--hub-key=${hubKey}`,
                `--cluster=${cluster}`,
                `--key-secret=${AGENT_NAMESPACE}/${NAME}-key`,
                `--state-secret=${AGENT_NAMESPACE}/${NAME}-state`,
                ...(hubCa === undefined
                  ? []
                  : [`--hub-ca=${HUB_CA_FOLDER}/${HUB_CA_FILE}`]),
              ],
              env: [
                {
                  name: 'CALLBOARD_POD',
                  valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
                },
                fromSecret('CALLBOARD_JOIN_TOKEN', {
                  name: `${NAME}-join`,
                  key: 'token',
                }),
                ...PROXY_VARIABLES.map(key =>
                  fromSecret(key, { name: PROXY_SECRET, key }),
                ),
              ],
              ...(hubCa !== undefined && {
                volumeMounts: [{ name: 'hub-ca', mountPath: HUB_CA_FOLDER }],
              }),
              resources: {
                requests: { cpu: '10m', memory: '64Mi' },
                limits: { memory: '128Mi' },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
              },
            },
          ],
          ...(hubCa !== undefined && {
            volumes: [{ name: 'hub-ca', configMap: { name: HUB_CA } }],
          }),
        },
      },
    },
  };
}

/** A variable of the agent; absent where the Secret or the key is missing. */
function fromSecret(name: string, from: { name: string; key: string }) {
  return { name, valueFrom: { secretKeyRef: { ...from, optional: true } } };
}

function metadata(name: string): KubeObject['metadata'] {
  return { name, namespace: AGENT_NAMESPACE, labels: labels() };
}

/** Not `managed-by: callboard`: the agent is installed by a person, and Callboard must not prune its own access. */
function labels(): Record<string, string> {
  return { [LABELS.partOf]: FIELD_MANAGER, [LABELS.component]: 'agent' };
}

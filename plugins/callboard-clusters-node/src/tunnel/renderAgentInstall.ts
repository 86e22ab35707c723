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
/** What the agent keeps, in parts below the size of a Secret: names as the agent makes them (`--state-secret`). */
const STATE_SECRETS = ['journal', ...STATE_SHARDS].map(
  part => `${NAME}-state-${part}`,
);
const CONTAINER = 'agent';
/** Of a pod whose agent was welcomed by the hub; the agent says so itself. */
const CONNECTED_CONDITION = 'callboard.dev/connected';
/**
 * The next agent runs beside the one before and takes its place at the hub; only
 * when it was connected for a while the one before is stopped. One that cannot
 * be pulled, crashes or is not let in takes nothing away. The one before waits
 * for a minute before it comes back: longer than this takes.
 */
const AFTER_ANOTHER = {
  minReadySeconds: 10,
  strategy: {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
  },
};
/** Of the people at the site, made by them: what is in it is known to nobody else. */
const PROXY_SECRET = `${NAME}-proxy`;
const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];
const HUB_CA = `${NAME}-hub-ca`;
const HUB_CA_FOLDER = '/etc/callboard/hub-ca';
const HUB_CA_FILE = 'ca.crt';
const USER = 65532; // nonroot, as in distroless images

export interface AgentInstallInput {
  cluster: string;
  /** Where the hub takes agents: `wss://portal.example/api/callboard/agents/connect`. */
  hubUrl: string;
  hubKey: string;
  /** PEM of who signed the certificate at `hubUrl`, where that is not commonly known. */
  hubCa?: string;
  joinToken: string;
  /** The agent's image, by digest. */
  image: string;
  /**
   * All objects of the cluster's blueprint, and a Secret where pull secrets are
   * handed out: the agent gets the rights that applying these needs.
   */
  blueprintObjects: readonly KubeObject[];
  /** Who counts the requests of the cluster's apps: where it is a Service, the agent may ask it. */
  prometheus?: ClusterPrometheus;
  /** What the agent's own image is pulled with, where its registry asks who pulls: a Secret of its namespace. */
  pullSecret?: KubeObject;
}

/**
 * All that `kubectl apply -f` needs to put an agent into a cluster: account,
 * rights, empty Secrets for the key it makes itself and for what it keeps while
 * Callboard is away, and the process. Holds
 * the join token; anyone who reads it before the agent dials in can join instead.
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
        // What its next image is pulled with, when that changes.
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: [AGENT_PULL_SECRET],
          verbs: ['patch'],
        },
        // Its own upgrade: the one Deployment, and nothing but to change it.
        {
          apiGroups: ['apps'],
          resources: ['deployments'],
          resourceNames: [NAME],
          verbs: ['patch'],
        },
        // That its own pod is connected. Names of pods are not known before; there are no others here.
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
 * What is applied to bring a newer agent: its image, and that the one that runs
 * stays until the newer one does. Older manifests said otherwise.
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

/** A variable of the agent; not there where the Secret or the key is not. */
function fromSecret(name: string, from: { name: string; key: string }) {
  return { name, valueFrom: { secretKeyRef: { ...from, optional: true } } };
}

function metadata(name: string): KubeObject['metadata'] {
  return { name, namespace: AGENT_NAMESPACE, labels: labels() };
}

/** Not `managed-by: callboard`: the agent is installed by a person, and Callboard must not prune its own way in. */
function labels(): Record<string, string> {
  return { [LABELS.partOf]: FIELD_MANAGER, [LABELS.component]: 'agent' };
}

import {
  type ClusterPrometheus,
  GENERATED_SECRET_NAME,
  type KubeObject,
  SETTINGS_SECRET_NAME,
  isRecord,
} from '@callboard/plugin-callboard-common';
import { proxiedName } from '../connection/ServiceProxy';
import { PULL_SECRET_NAME } from '../pullSecretName';

/** One rule of a Role or ClusterRole. */
export interface PolicyRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  /** Only objects of these names; all when omitted. */
  resourceNames?: string[];
}

const READ = ['get', 'list', 'watch'];
const APPLY = [...READ, 'create', 'patch', 'delete']; // server-side apply creates by PATCH

/** Objects that Callboard reads on every cluster: for health, reasons and the cluster's page. */
const WATCHED: PolicyRule[] = [
  { apiGroups: [''], resources: ['events', 'nodes', 'pods'], verbs: READ },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: READ },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: READ },
  { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['list'] },
];

/** Kinds of the objects of apps, and of inventories. */
const APPS: PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['configmaps', 'namespaces', 'serviceaccounts', 'services'],
    verbs: APPLY,
  },
  {
    apiGroups: ['apps'],
    resources: ['daemonsets', 'deployments', 'statefulsets'],
    verbs: APPLY,
  },
  {
    apiGroups: ['autoscaling'],
    resources: ['horizontalpodautoscalers'],
    verbs: APPLY,
  },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: APPLY },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses', 'networkpolicies'],
    verbs: APPLY,
  },
  {
    apiGroups: ['policy'],
    resources: ['poddisruptionbudgets'],
    verbs: APPLY,
  },
];

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** Our own Secrets by name: Secrets cannot be listed. */
const OWN_SECRETS: PolicyRule = {
  apiGroups: [''],
  resources: ['secrets'],
  resourceNames: [
    PULL_SECRET_NAME,
    GENERATED_SECRET_NAME,
    SETTINGS_SECRET_NAME,
  ],
  verbs: ['create', 'delete', 'get', 'patch'],
};

/**
 * Returns the rights an agent needs, and no others: to watch the watched kinds,
 * to apply the objects of apps, those of the cluster's blueprint, and those of
 * resources: objects of kinds that the blueprint defines.
 *
 * With a Prometheus behind the API server, also to call that Service.
 *
 * Kubernetes lets no account grant rights that it does not have: the rights of
 * roles within the blueprint are the agent's too.
 */
export function renderAgentRules(
  blueprintObjects: readonly KubeObject[],
  prometheus?: ClusterPrometheus,
): PolicyRule[] {
  const ofKinds = blueprintObjects.map(
    ({ apiVersion, kind }): PolicyRule => ({
      apiGroups: [groupOf(apiVersion)],
      resources: [pluralOf(kind)],
      verbs: APPLY,
    }),
  );
  const handedOut = blueprintObjects
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap(({ rules }) => (Array.isArray(rules) ? rules.map(readRule) : []))
    .filter(rule => rule !== undefined);
  return [
    ...mergeRules([
      ...WATCHED,
      ...APPS,
      ...ofKinds,
      ...blueprintObjects.flatMap(ruleOfResources),
      ...handedOut,
    ]),
    OWN_SECRETS,
    ...(prometheus?.service
      ? [
          {
            apiGroups: [''],
            resources: ['services/proxy'],
            resourceNames: [proxiedName(prometheus.service)],
            verbs: ['get'],
          },
        ]
      : []),
  ];
}

/** Returns the rights on kinds that a definition or a gateway of the blueprint provides. */
function ruleOfResources({ kind, apiVersion, spec }: KubeObject): PolicyRule[] {
  if (kind === 'Gateway' && apiVersion.startsWith(`${GATEWAY_GROUP}/`))
    return [
      { apiGroups: [GATEWAY_GROUP], resources: ['httproutes'], verbs: APPLY },
    ];
  if (kind !== 'CustomResourceDefinition' || !isRecord(spec)) return [];
  const { group, names, scope } = spec;
  return scope === 'Namespaced' && isRecord(names)
    ? [
        {
          apiGroups: [String(group)],
          resources: [String(names.plural)],
          verbs: APPLY,
        },
      ]
    : [];
}

/** Returns one rule per group and resource, with all its verbs; sorted, so that the same rights give the same rules. */
function mergeRules(rules: PolicyRule[]): PolicyRule[] {
  const verbs = new Map<string, Set<string>>();
  for (const rule of rules) {
    for (const group of rule.apiGroups) {
      for (const resource of rule.resources) {
        const key = `${group}/${resource}`;
        verbs.set(key, new Set([...(verbs.get(key) ?? []), ...rule.verbs]));
      }
    }
  }
  return [...verbs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => {
      const slash = key.indexOf('/');
      return {
        apiGroups: [key.slice(0, slash)],
        resources: [key.slice(slash + 1)],
        verbs: [...each].sort(),
      };
    });
}

function readRule(value: unknown): PolicyRule | undefined {
  if (!isRecord(value)) return undefined;
  const { apiGroups, resources, verbs } = value;
  return isTexts(apiGroups) && isTexts(resources) && isTexts(verbs)
    ? { apiGroups, resources, verbs }
    : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** Returns the plural as Kubernetes forms it for its own kinds: `networkpolicies`, `ingresses`, `deployments`. */
function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name === 'endpoints') return name;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

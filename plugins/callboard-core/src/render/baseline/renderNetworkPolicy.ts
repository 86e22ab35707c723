import type {
  V1NetworkPolicy,
  V1NetworkPolicyEgressRule,
  V1NetworkPolicyPort,
} from '@kubernetes/client-node';
import { type AppConnection, LABELS } from '@callboard/plugin-callboard-common';
import type { Manifest } from '../../kubernetes';
import type { BaselineInput } from './types';

const DNS: V1NetworkPolicyEgressRule = {
  ports: [
    { port: 53, protocol: 'TCP' },
    { port: 53, protocol: 'UDP' },
  ],
};

/** Ports on which API servers listen; their addresses differ from cluster to cluster. */
const API_SERVER: V1NetworkPolicyEgressRule = {
  ports: [
    { port: 443, protocol: 'TCP' },
    { port: 6443, protocol: 'TCP' },
  ],
};

/**
 * Denies a workload all undeclared traffic. Allowed are: from anywhere to the
 * ports of its service, and from it to DNS, to the app's own namespace (whose
 * policies restrict ingress), and to its connections.
 */
export function renderNetworkPolicy(
  input: BaselineInput,
): Manifest<V1NetworkPolicy> {
  const { name, namespace, labels, selector, settings, environment } = input;
  const ports = servedPorts(input);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels },
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Egress', 'Ingress'],
      egress: [
        DNS,
        { to: [{ podSelector: {} }] },
        ...(settings.serviceAccountToken ? [API_SERVER] : []),
        ...(settings.connections ?? []).map(connection =>
          allowConnection(connection, environment),
        ),
      ],
      ...(ports.length > 0 && { ingress: [{ ports }] }),
    },
  };
}

/** Returns the ports in the pods, each once and sorted. */
function servedPorts({ workload }: BaselineInput): V1NetworkPolicyPort[] {
  const ports = new Map<string, V1NetworkPolicyPort & { port: number }>();
  for (const { port, targetPort = port, protocol = 'TCP' } of Object.values(
    workload.service?.ports ?? {},
  ))
    ports.set(`${targetPort}/${protocol}`, { port: targetPort, protocol });
  return [...ports.values()].sort(
    (a, b) => a.port - b.port || (a.protocol! < b.protocol! ? -1 : 1),
  );
}

function allowConnection(
  { app, cidr, ports = [] }: AppConnection,
  environment: string,
): V1NetworkPolicyEgressRule {
  const to =
    app !== undefined
      ? {
          namespaceSelector: {
            matchLabels: {
              [LABELS.app]: app,
              [LABELS.environment]: environment,
            },
          },
        }
      : { ipBlock: { cidr: cidr ?? '' } };
  return {
    to: [to],
    ...(ports.length > 0 && {
      ports: [...ports]
        .sort((a, b) => a - b)
        .map(port => ({ port, protocol: 'TCP' })),
    }),
  };
}

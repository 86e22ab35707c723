import type { V1Service, V1ServicePort } from '@kubernetes/client-node';
import type { Exposure, ScorePort } from '@callboard/plugin-callboard-common';
import type { Manifest } from '../../kubernetes';
import { type Rendered, cannotRender, rendered } from '../RenderFault';
import { sortedEntries } from '../sortedEntries';

export interface ServiceInput {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  selector: Record<string, string>;
  exposure: Exposure;
  ports: Record<string, ScorePort>;
}

/**
 * Renders the Service of a workload with ports. Two ports that differ in their
 * name only become one, as a cluster refuses them; two that contradict each
 * other are refused here.
 */
export function renderService(
  input: ServiceInput,
): Rendered<Manifest<V1Service>> {
  const { name, namespace, labels, selector, exposure } = input;
  const ports = new Map<string, V1ServicePort>();
  for (const [portName, wanted] of sortedEntries(input.ports)) {
    const { port, protocol = 'TCP', targetPort = port } = wanted;
    const key = `${port}/${protocol}`;
    const twin = ports.get(key);
    if (twin && twin.targetPort !== targetPort) {
      return cannotRender({
        code: 'port-conflict',
        path: ['service', 'ports', portName, 'targetPort'],
        why: `port ${key} leads to ${targetPort} here and to ${twin.targetPort} in "${twin.name}"`,
        next: 'Give one of the two another port',
      });
    }
    if (!twin) ports.set(key, { name: portName, port, protocol, targetPort });
  }
  return rendered({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: { type: exposure.type, selector, ports: [...ports.values()] },
  });
}

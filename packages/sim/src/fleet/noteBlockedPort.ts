import { type ClusterClient, splitKey } from '../controllers';
import type { Service } from '../kinds';

/** Type of the condition on a service whose node port is not open on this machine. */
const NODE_PORT_OPEN = 'NodePortOpen';

/** Sets a condition on a service whose node port cannot be opened on this machine, with the reason, or removes it. */
export function noteBlockedPort(
  client: ClusterClient,
  service: string,
  { nodePort, reason }: { nodePort: number; reason: string | undefined },
): void {
  const { namespace, name } = splitKey(service);
  const live = client.get<Service>('Service', namespace, name);
  if (live === undefined) return;
  const { conditions = [], ...status } = live.status ?? {};
  const others = conditions.filter(({ type }) => type !== NODE_PORT_OPEN);
  if (reason === undefined && others.length === conditions.length) return;
  const condition = {
    type: NODE_PORT_OPEN,
    status: 'False',
    reason: 'PortTaken',
    message: `${reason}. The address with port ${nodePort} works again when it is free`,
    lastTransitionTime: client.timestamp(),
  };
  client.updateStatus(live, {
    ...status,
    ...(reason === undefined && others.length === 0
      ? {}
      : {
          conditions: reason === undefined ? others : [...others, condition],
        }),
  });
}

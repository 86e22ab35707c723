import { nearestName } from '../../nearestName';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { unknownParam } from './params';

/**
 * Provisions host name and port of another workload of the same app. Params:
 * `workload`, and `port` (a name) where it has several.
 */
export function provisionServicePort(
  { params }: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const odd = unknownParam(params, ['workload', 'port']);
  if (odd) return odd;
  const names = context.workloads.map(({ metadata }) => metadata.name).sort();
  const target = context.workloads.find(
    ({ metadata }) => metadata.name === params.workload,
  );
  if (!target) {
    const { hint, next } = nearestName(String(params.workload), names);
    return {
      ok: false,
      param: 'workload',
      why: `must name a workload of this app${hint}`,
      next,
    };
  }
  const ports = target.service?.ports ?? {};
  const portNames = Object.keys(ports).sort();
  const wanted =
    params.port ?? (portNames.length === 1 ? portNames[0] : undefined);
  if (typeof wanted !== 'string' || !Object.hasOwn(ports, wanted)) {
    const { hint, next } = nearestName(String(params.port), portNames);
    return {
      ok: false,
      param: 'port',
      why: `must name a port of the workload "${target.metadata.name}"${hint}`,
      next:
        portNames.length === 0
          ? 'Give that workload a port under "service.ports"'
          : next,
    };
  }
  return {
    ok: true,
    outputs: { hostname: target.metadata.name, port: ports[wanted].port },
  };
}

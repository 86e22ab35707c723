import type { V1ResourceRequirements } from '@kubernetes/client-node';
import type {
  ScoreContainer,
  ScoreResourceAmounts,
} from '@callboard/plugin-callboard-common';
import { formatCpu, parseCpu, parseMemory } from '../../quantity';
import { type Rendered, cannotRender, rendered } from '../RenderFault';

type Amounts = { cpu?: string; memory?: string };

/**
 * Renders requests and limits in the canonical form of Kubernetes: `1000m` is
 * `1`, Score's `128K` is `128k`. A request above its limit is refused, as a
 * cluster would refuse it.
 */
export function renderAmounts(
  container: string,
  resources: ScoreContainer['resources'],
): Rendered<V1ResourceRequirements | undefined> {
  if (!resources) return rendered(undefined);
  const { limits = {}, requests = {} } = resources;
  for (const [name, read] of [
    ['cpu', parseCpu],
    ['memory', readMemory],
  ] as const) {
    const limit = read(limits[name]);
    const request = read(requests[name]);
    if (limit !== undefined && request !== undefined && request > limit) {
      return cannotRender({
        code: 'request-above-limit',
        path: ['containers', container, 'resources', 'requests', name],
        why: `it asks for ${requests[name]}, but its limit is ${limits[name]}`,
        next: 'Lower the request, or raise the limit',
      });
    }
  }
  const given = { limits: spell(limits), requests: spell(requests) };
  return rendered({
    ...(given.limits && { limits: given.limits }),
    ...(given.requests && { requests: given.requests }),
  });
}

function spell({ cpu, memory }: ScoreResourceAmounts): Amounts | undefined {
  if (cpu === undefined && memory === undefined) return undefined;
  const millicores = parseCpu(cpu);
  return {
    ...(millicores !== undefined && { cpu: formatCpu(millicores) }),
    ...(memory !== undefined && { memory: spellMemory(memory) }),
  };
}

function readMemory(memory: string | undefined): number | undefined {
  return memory === undefined ? undefined : parseMemory(spellMemory(memory));
}

/** Score writes the decimal kilo as `K`, Kubernetes as `k`. */
function spellMemory(memory: string): string {
  return memory.replace(/K$/, 'k');
}

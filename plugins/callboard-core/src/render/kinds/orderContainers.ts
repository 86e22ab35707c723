import type { ScoreContainer } from '@callboard/plugin-callboard-common';
import { type Rendered, cannotRender, rendered } from '../RenderFault';
import { nearestName } from '../nearestName';

/** How a container that others wait for runs: until it ends, or beside them once it has started or is healthy. */
export type StartRole = 'complete' | 'healthy' | 'started';

export interface ContainerOrder {
  /** Containers that others wait for, in the order in which they start. */
  first: Array<{ name: string; role: StartRole }>;
  /** The others; they start together, ordered by name. */
  main: string[];
}

const MAX_CONTAINERS = 50; // no real pod has more

const STRICTNESS: readonly StartRole[] = ['started', 'healthy', 'complete'];

/**
 * Orders containers by their `before`. Kubernetes starts the first ones one
 * after the other, so the order is at least as strict as requested.
 */
export function orderContainers(
  containers: Record<string, ScoreContainer>,
): Rendered<ContainerOrder> {
  const names = Object.keys(containers).sort();
  if (names.length > MAX_CONTAINERS) {
    return cannotRender({
      code: 'too-many-containers',
      path: ['containers'],
      why: `there are ${names.length} containers, at most ${MAX_CONTAINERS} fit into one workload`,
      next: 'Split the workload',
    });
  }
  const roles = new Map<string, StartRole>();
  for (const name of names) {
    for (const [other, { ready }] of Object.entries(
      containers[name].before ?? {},
    )) {
      if (!Object.hasOwn(containers, other)) {
        const { hint, next } = nearestName(other, names);
        return cannotRender({
          code: 'container-order-invalid',
          path: ['containers', name, 'before', other],
          why: `there is no container "${other}"${hint}`,
          next,
        });
      }
      const role = roles.get(name);
      if (!role || STRICTNESS.indexOf(ready) > STRICTNESS.indexOf(role))
        roles.set(name, ready);
    }
  }

  const first: ContainerOrder['first'] = [];
  const waiting = new Map(roles);
  while (waiting.size > 0) {
    const free = [...waiting.keys()].find(
      name =>
        ![...waiting.keys()].some(other => containers[other].before?.[name]),
    );
    if (free === undefined) return circle([...waiting.keys()]);
    first.push({ name: free, role: roles.get(free) ?? 'started' });
    waiting.delete(free);
  }
  const main = names.filter(name => !roles.has(name));
  const unprobed = first.find(
    ({ name, role }) => role === 'healthy' && !hasProbe(containers[name]),
  );
  if (unprobed) {
    return cannotRender({
      code: 'container-order-invalid',
      path: ['containers', unprobed.name, 'before'],
      why: 'others wait until it is healthy, but it has no probe that could tell',
      next: 'Give it a readinessProbe, or wait for "started"',
    });
  }
  return rendered({ first, main });
}

function hasProbe({ readinessProbe, livenessProbe }: ScoreContainer): boolean {
  return [readinessProbe, livenessProbe].some(
    probe => probe?.exec ?? probe?.httpGet,
  );
}

function circle(names: string[]): Rendered<never> {
  return cannotRender({
    code: 'container-order-invalid',
    path: ['containers', names[0], 'before'],
    why: `${names
      .map(name => `"${name}"`)
      .join(', ')} wait for each other in a circle`,
    next: 'Break the circle',
  });
}

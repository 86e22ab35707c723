import type { ScoreResource } from '@callboard/plugin-callboard-common';
import { type Rendered, cannotRender, rendered } from '../RenderFault';
import { listReferences } from '../placeholders';

/** Orders resources so that each comes after those its params refer to; otherwise by name. */
export function orderByParams(
  resources: Record<string, ScoreResource>,
): Rendered<string[]> {
  const waiting = new Map<string, Set<string>>();
  for (const name of Object.keys(resources).sort()) {
    const needed = referencesIn(resources[name].params).filter(other =>
      Object.hasOwn(resources, other),
    );
    waiting.set(name, new Set(needed));
  }
  const order: string[] = [];
  const done = new Set<string>();
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, needed]) =>
      [...needed].every(name => done.has(name)),
    );
    if (ready.length === 0) return circle([...waiting.keys()]);
    for (const [name] of ready) {
      waiting.delete(name);
      done.add(name);
      order.push(name);
    }
  }
  return rendered(order);
}

function circle(names: string[]): Rendered<never> {
  return cannotRender({
    code: 'resource-cycle',
    path: ['resources', names[0], 'params'],
    why: `the params of ${names
      .map(name => `"${name}"`)
      .join(', ')} wait for each other in a circle`,
    next: 'Break the circle',
  });
}

/** Returns the names of resources to which any text of a value refers. */
function referencesIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return listReferences(value).flatMap(([root, name]) =>
      root === 'resources' && name !== undefined ? [name] : [],
    );
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(referencesIn)
    : [];
}

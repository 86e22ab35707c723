import type { ClusterApp, Health } from '@callboard/plugin-callboard-common';
import { rollUpHealth } from './rollUpHealth';
import type { HealthPart } from './types';

/** Health of a cluster: the worst of what runs there, its blueprint and its apps. Pure. */
export function assessCluster(
  apps: ReadonlyArray<Pick<ClusterApp, 'app' | 'environmentTitle' | 'health'>>,
  blueprint: { name: string; health: Health } | undefined,
): Health {
  const parts: HealthPart[] = apps.map(({ app, environmentTitle, health }) => ({
    name: `${app} in ${environmentTitle}`,
    subject: app,
    health,
  }));
  if (blueprint)
    parts.push({
      name: `blueprint ${blueprint.name}`,
      health: blueprint.health,
    });
  return rollUpHealth(parts, { one: 'part', many: 'parts' });
}

import type {
  AppConnection,
  WorkloadSettings,
} from '@callboard/plugin-callboard-common';
import { type Rendered, cannotRender, rendered } from '../RenderFault';
import { canonicalJson } from '../canonicalJson';
import type { ProvisionedResources } from './provisionResources';

/**
 * Completes the settings of a workload in app.yaml with those that its
 * resources need: their connections, and the kind StatefulSet where its
 * instances keep data, as each instance must get its own claim again.
 */
export function completeSettings(
  settings: WorkloadSettings,
  { claims, connections }: Pick<ProvisionedResources, 'claims' | 'connections'>,
): Rendered<WorkloadSettings> {
  const called = withConnections(settings, connections);
  const [volume] = Object.keys(claims).sort();
  if (volume === undefined) return rendered(called);
  const { kind = 'StatefulSet' } = settings;
  if (kind === 'StatefulSet') return rendered({ ...called, kind });
  return cannotRender({
    code: 'resource-invalid',
    path: ['resources', volume, 'params', 'ephemeral'],
    why: `the volume is kept, and instances of a ${kind} keep none`,
    next: 'Write "ephemeral: true", or leave the kind out in app.yaml',
  });
}

function withConnections(
  settings: WorkloadSettings,
  called: readonly AppConnection[],
): WorkloadSettings {
  if (called.length === 0) return settings;
  const byText = new Map(
    [...(settings.connections ?? []), ...called].map(connection => [
      canonicalJson(connection),
      connection,
    ]),
  );
  return { ...settings, connections: [...byText.values()] };
}

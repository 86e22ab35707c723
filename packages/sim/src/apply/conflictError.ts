import { StatusError } from '../errors';
import type { ManagerId } from './managedFields';

export interface FieldConflict {
  manager: ManagerId;
  path: readonly string[];
}

/** Source: apimachinery managedfields/internal/conflict.go. The message differs between one conflict and several. */
export function conflictError(
  conflicts: readonly FieldConflict[],
): StatusError {
  return new StatusError(
    409,
    'Conflict',
    `Apply failed with ${describeAll(conflicts)}`,
    {
      causes: conflicts.map(({ manager, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${describeManager(manager)}`,
        field: describePath(path),
      })),
    },
  );
}

/** `.spec.containers[name="main"].image` */
export function describePath(path: readonly string[]): string {
  return path.map(describeStep).join('');
}

function describeAll(conflicts: readonly FieldConflict[]): string {
  if (conflicts.length === 1) {
    const [{ manager, path }] = conflicts;
    return `1 conflict: conflict with ${describeManager(
      manager,
    )}: ${describePath(path)}`;
  }
  const byManager = new Map<string, string[]>();
  for (const { manager, path } of conflicts) {
    const name = describeManager(manager);
    byManager.set(name, [...(byManager.get(name) ?? []), describePath(path)]);
  }
  const lines = [...byManager]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, paths]) => [
      `conflicts with ${name}:`,
      ...paths.map(path => `- ${path}`),
    ]);
  return `${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function describeManager({
  manager,
  operation,
  apiVersion,
  subresource,
}: ManagerId): string {
  const name = `${JSON.stringify(manager)}${
    subresource === undefined
      ? ''
      : ` with subresource ${JSON.stringify(subresource)}`
  }`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

function describeStep(step: string): string {
  const rest = step.slice(2);
  switch (step[0]) {
    case 'f':
      return `.${rest}`;
    case 'k': {
      const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
      return `[${keys
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join(',')}]`;
    }
    case 'v':
      return `[=${rest}]`;
    default:
      return `[${rest}]`;
  }
}

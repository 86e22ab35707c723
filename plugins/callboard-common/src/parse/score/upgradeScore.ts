import type { FieldPath } from '../formatPath';
import { isRecord } from '../isRecord';

/** An accepted spelling of an older Score. */
export interface ScoreWarning {
  path: FieldPath;
  why: string;
  next: string;
}

/**
 * Upgrades older spellings of a Score file: `files` and `volumes` as lists with
 * a `target`, and in such lists `content` as a list of lines and `read_only`.
 * Anything else is left for the schema to refuse.
 *
 * Source: score-go 1.12, schema.ApplyCommonUpgradeTransforms.
 *
 * @returns a changed copy, and one warning per change
 */
export function upgradeScore(value: unknown): {
  value: unknown;
  warnings: ScoreWarning[];
} {
  if (!isRecord(value) || !isRecord(value.containers))
    return { value, warnings: [] };
  const warnings: ScoreWarning[] = [];
  const containers = Object.fromEntries(
    Object.entries(value.containers).map(([name, container]) => [
      name,
      isRecord(container)
        ? upgradeContainer(['containers', name], container, warnings)
        : container,
    ]),
  );
  return { value: { ...value, containers }, warnings };
}

type Fields = Record<string, unknown>;

function upgradeContainer(
  path: FieldPath,
  container: Fields,
  warnings: ScoreWarning[],
): Fields {
  const upgraded = { ...container };
  if (container.files !== undefined)
    upgraded.files = upgradeEntries(
      [...path, 'files'],
      container.files,
      warnings,
      upgradeFile,
    );
  if (container.volumes !== undefined) {
    upgraded.volumes = upgradeEntries(
      [...path, 'volumes'],
      container.volumes,
      warnings,
      upgradeVolume,
    );
  }
  return upgraded;
}

type UpgradeEntry = (
  path: FieldPath,
  entry: Fields,
  warnings: ScoreWarning[],
) => Fields;

/**
 * Converts a list to a map by its targets. One that cannot be converted stays a
 * list, so that the schema names the field.
 */
function upgradeEntries(
  path: FieldPath,
  entries: unknown,
  warnings: ScoreWarning[],
  upgrade: UpgradeEntry,
): unknown {
  if (!Array.isArray(entries) || !haveTargets(entries)) return entries;
  warnings.push({
    path,
    why: 'a list with "target" is the older form',
    next: 'Write a map whose keys are the targets',
  });
  const upgraded = new Map<string, Fields>();
  entries.forEach((entry, index) => {
    if (!isRecord(entry)) {
      warnings.push({
        path: [...path, index],
        why: 'is not a map, and is left out',
        next: 'Remove it',
      });
      return;
    }
    const { target, ...rest } = entry;
    if (upgraded.has(target))
      warnings.push({
        path: [...path, index, 'target'],
        why: 'is given twice; the last one counts',
        next: 'Keep one of them',
      });
    upgraded.set(target, upgrade([...path, index], rest, warnings));
  });
  return Object.fromEntries(upgraded);
}

function haveTargets(
  entries: unknown[],
): entries is Array<(Fields & { target: string }) | undefined> {
  return entries.every(
    entry =>
      !isRecord(entry) ||
      // A field of that name would be lost in the map.
      (typeof entry.target === 'string' && entry.target !== '__proto__'),
  );
}

function upgradeFile(
  path: FieldPath,
  file: Fields,
  warnings: ScoreWarning[],
): Fields {
  const { content } = file;
  if (!Array.isArray(content) || !content.every(isLine)) return file;
  warnings.push({
    path: [...path, 'content'],
    why: 'a list of lines is the older form',
    next: 'Write one text',
  });
  return { ...file, content: content.map(String).join('\n') };
}

/** Only values that all languages format alike: Go writes `1e-05` and `<nil>`. */
function isLine(line: unknown): line is string | number | boolean {
  if (typeof line !== 'number') return typeof line !== 'object';
  return line === 0 || (Math.abs(line) >= 1e-4 && Math.abs(line) < 1e15);
}

function upgradeVolume(
  path: FieldPath,
  volume: Fields,
  warnings: ScoreWarning[],
): Fields {
  const { read_only: readOnly, ...rest } = volume;
  if (typeof readOnly !== 'boolean') return volume;
  warnings.push({
    path: [...path, 'read_only'],
    why: 'is the older spelling',
    next: 'Write "readOnly"',
  });
  return { ...rest, readOnly };
}

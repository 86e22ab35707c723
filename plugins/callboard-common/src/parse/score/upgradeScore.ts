import { isRecord } from '../isRecord';

/**
 * Brings older spellings of a Score file to today's: `files` and `volumes` as
 * lists with a `target`, `content` as a list of lines, `read_only`. What it does
 * not understand is left for the schema to refuse.
 *
 * @returns a changed copy, and one warning per change
 */
export function upgradeScore(value: unknown): {
  value: unknown;
  warnings: string[];
} {
  if (!isRecord(value) || !isRecord(value.containers))
    return { value, warnings: [] };
  const warnings: string[] = [];
  const containers = Object.fromEntries(
    Object.entries(value.containers).map(([name, container]) => [
      name,
      isRecord(container)
        ? upgradeContainer(`containers.${name}`, container, warnings)
        : container,
    ]),
  );
  return { value: { ...value, containers }, warnings };
}

type Fields = Record<string, unknown>;

function upgradeContainer(
  path: string,
  container: Fields,
  warnings: string[],
): Fields {
  const upgraded = { ...container };
  if (container.files !== undefined)
    upgraded.files = upgradeEntries(
      `${path}.files`,
      container.files,
      warnings,
      upgradeFile,
    );
  if (container.volumes !== undefined) {
    upgraded.volumes = upgradeEntries(
      `${path}.volumes`,
      container.volumes,
      warnings,
      upgradeVolume,
    );
  }
  return upgraded;
}

type UpgradeEntry = (path: string, entry: Fields, warnings: string[]) => Fields;

function upgradeEntries(
  path: string,
  entries: unknown,
  warnings: string[],
  upgrade: UpgradeEntry,
): unknown {
  const each = (key: string, entry: unknown) =>
    isRecord(entry) ? upgrade(`${path}.${key}`, entry, warnings) : entry;
  if (isRecord(entries))
    return Object.fromEntries(
      Object.entries(entries).map(([key, entry]) => [key, each(key, entry)]),
    );
  // A list that cannot become a map stays one, so that the schema names the field.
  if (!Array.isArray(entries) || !haveTargets(entries)) return entries;
  warnings.push(
    `${path}: a list with "target" is the older form; write a map whose keys are the targets`,
  );
  return Object.fromEntries(
    entries.map(({ target, ...rest }, index) => [
      target,
      each(String(index), rest),
    ]),
  );
}

function haveTargets(
  entries: unknown[],
): entries is Array<Fields & { target: string }> {
  const targets = entries.map(entry =>
    isRecord(entry) && typeof entry.target === 'string'
      ? entry.target
      : undefined,
  );
  return (
    !targets.includes(undefined) && new Set(targets).size === targets.length
  );
}

function upgradeFile(path: string, file: Fields, warnings: string[]): Fields {
  if (!Array.isArray(file.content)) return file;
  if (!file.content.every(line => typeof line !== 'object')) return file;
  warnings.push(
    `${path}.content: a list of lines is the older form; write one text`,
  );
  return { ...file, content: file.content.map(String).join('\n') };
}

function upgradeVolume(
  path: string,
  volume: Fields,
  warnings: string[],
): Fields {
  if (typeof volume.read_only !== 'boolean' || volume.readOnly !== undefined)
    return volume;
  const { read_only: readOnly, ...rest } = volume;
  warnings.push(`${path}.read_only: is the older spelling; write "readOnly"`);
  return { ...rest, readOnly };
}

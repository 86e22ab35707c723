import { getPath, isJsonObject, type JsonObject } from '../json';
import type {
  Container,
  EnvVar,
  KeyRef,
  KeyToPath,
  Pod,
  Volume,
} from '../kinds';
import type { ContainerStart } from './PodRuntime';

/** Reads a ConfigMap or Secret of the pod's namespace. */
export type FindData = (
  kind: 'ConfigMap' | 'Secret',
  name: string,
) => JsonObject | undefined;

/** Why a container cannot be created, in the kubelet's words. */
export class ConfigProblem extends Error {}

const DEFAULT_MODE = 0o644;

/** Returns the environment of a container; a missing object or key is a problem unless it is optional. */
export function resolveEnv(
  pod: Pod,
  container: Container,
  find: FindData,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ??
    []) {
    const ref = configMapRef ?? secretRef;
    if (ref === undefined) continue;
    const texts = readTexts(
      find,
      configMapRef === undefined ? 'Secret' : 'ConfigMap',
      ref,
    );
    for (const [key, value] of Object.entries(texts ?? {}))
      env[`${prefix}${key}`] = value.toString('utf8');
  }
  for (const variable of container.env ?? []) {
    const value = resolveVariable(pod, variable, { env, find });
    if (value !== undefined) env[variable.name] = value;
  }
  return env;
}

/**
 * Expands variables in `$(NAME)`; `$$` is an escaped dollar, so that `$$(NAME)`
 * stays as `$(NAME)`; unknown names stay as they are.
 */
export function expandVariables(
  text: string,
  env: Readonly<Record<string, string>>,
): string {
  return text.replace(
    /\$\$|\$\(([^)]*)\)/g,
    (whole, name: string | undefined) =>
      name === undefined ? '$' : env[name] ?? whole,
  );
}

/** Returns the files of a container's mounts of ConfigMaps and Secrets, by absolute path. */
export function resolveFiles(
  pod: Pod,
  container: Container,
  find: FindData,
): ContainerStart['files'] {
  const volumes = new Map(
    (pod.spec.volumes ?? []).map(volume => [volume.name, volume]),
  );
  const files: ContainerStart['files'] = {};
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const volume = volumes.get(name);
    const content = volume === undefined ? {} : filesOf(volume, find);
    for (const [path, file] of Object.entries(content)) {
      if (subPath === undefined || subPath === '')
        files[join(mountPath, path)] = file;
      else if (path === subPath) files[mountPath] = file;
      else if (path.startsWith(`${subPath}/`))
        files[join(mountPath, path.slice(subPath.length + 1))] = file;
    }
  }
  return files;
}

function resolveVariable(
  pod: Pod,
  { name, value, valueFrom }: EnvVar,
  { env, find }: { env: Record<string, string>; find: FindData },
): string | undefined {
  if (valueFrom === undefined) return expandVariables(value ?? '', env);
  if (valueFrom.fieldRef !== undefined)
    return readField(pod, valueFrom.fieldRef.fieldPath);
  if (valueFrom.configMapKeyRef !== undefined)
    return readKey(find, 'ConfigMap', valueFrom.configMapKeyRef);
  if (valueFrom.secretKeyRef !== undefined)
    return readKey(find, 'Secret', valueFrom.secretKeyRef);
  return name === '' ? undefined : '0'; // resource fields: a simulated node sets no limits
}

function readField(pod: Pod, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed !== null)
    return String(getPath(pod, ['metadata', keyed[1], keyed[2]]) ?? '');
  return String(getPath(pod, path.split('.')) ?? '');
}

function readKey(
  find: FindData,
  kind: 'ConfigMap' | 'Secret',
  { name, key, optional }: KeyRef,
): string | undefined {
  const texts = readTexts(find, kind, { name, optional });
  const text = texts?.[key];
  if (text !== undefined) return text.toString('utf8');
  if (optional === true) return undefined;
  throw new ConfigProblem(`couldn't find key ${key} in ${kind} ${name}`);
}

function readTexts(
  find: FindData,
  kind: 'ConfigMap' | 'Secret',
  { name, optional }: { name: string; optional?: boolean },
): Record<string, Buffer> | undefined {
  const object = find(kind, name);
  if (object === undefined) {
    if (optional === true) return undefined;
    throw new ConfigProblem(
      `${kind.toLowerCase()} ${JSON.stringify(name)} not found`,
    );
  }
  return contentOf(object, kind);
}

function contentOf(
  object: JsonObject,
  kind: 'ConfigMap' | 'Secret',
): Record<string, Buffer> {
  const read = (field: string, encoding: BufferEncoding) => {
    const data = object[field];
    return isJsonObject(data)
      ? Object.entries(data).map(([key, value]) => [
          key,
          Buffer.from(String(value), encoding),
        ])
      : [];
  };
  return Object.fromEntries([
    ...read('data', kind === 'Secret' ? 'base64' : 'utf8'),
    ...read('binaryData', 'base64'),
  ]) as Record<string, Buffer>;
}

function filesOf(
  { configMap, secret }: Volume,
  find: FindData,
): ContainerStart['files'] {
  if (configMap === undefined && secret === undefined) return {};
  const kind = configMap === undefined ? 'Secret' : 'ConfigMap';
  const { optional, items, defaultMode } = configMap ?? secret ?? {};
  const texts =
    readTexts(find, kind, {
      name: configMap?.name ?? secret?.secretName ?? '',
      optional,
    }) ?? {};
  const chosen: KeyToPath[] =
    items ?? Object.keys(texts).map(key => ({ key, path: key }));
  return Object.fromEntries(
    chosen.flatMap(({ key, path, mode }) => {
      const content = texts[key];
      if (content !== undefined)
        return [[path, { content, mode: mode ?? defaultMode ?? DEFAULT_MODE }]];
      if (optional === true) return [];
      throw new ConfigProblem(
        `references non-existent ${kind.toLowerCase()} key: ${key}`,
      );
    }),
  );
}

function join(directory: string, path: string): string {
  return `${directory.replace(/(?<!\/)\/+$/, '')}/${path}`;
}

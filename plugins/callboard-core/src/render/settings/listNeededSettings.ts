import type {
  AppFile,
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../../placement/selectors';
import { listReferences } from '../placeholders';
import type { SourceFile } from '../types';
import type { NeededSetting } from './types';

/** Names that the resource `environment` always has. */
const FACTS = ['app', 'name', 'namespace', 'release'];

/** Parts of a release that can read settings. */
export interface SettingsReader {
  workloads: readonly ScoreWorkload[];
  appFile?: AppFile;
  /** Files that workloads mount from the repository, by path. */
  files?: Readonly<Record<string, SourceFile>>;
}

/** Lists the settings that a release reads in an environment, each once, by name. */
export function listNeededSettings(
  { workloads, appFile, files = {} }: SettingsReader,
  environment: string,
): NeededSetting[] {
  const overrides = appFile?.spec.environments?.find(
    ({ name }) => name === environment,
  )?.overrides;
  const needed = new Map<string, NeededSetting>();
  for (const workload of workloads) {
    if (!asksForSettings(workload)) continue;
    const texts = [
      ...Object.values(workload.containers).flatMap(container =>
        textsOfContainer(container, files),
      ),
      ...textsIn(Object.values(workload.resources ?? {}).map(r => r.params)),
      ...textsIn(overrides?.map(({ variables }) => variables)),
    ];
    for (const [root, resource = '', name = ''] of texts.flatMap(
      listReferences,
    )) {
      const { type } = workload.resources?.[resource] ?? {};
      if (root !== 'resources' || name === '') continue;
      if (type !== 'environment' && type !== 'secret') continue;
      if (type === 'environment' && FACTS.includes(name)) continue;
      const key = `${type}/${name}`;
      const known = needed.get(key);
      needed.set(key, {
        name,
        secret: type === 'secret',
        workloads: [
          ...new Set([...(known?.workloads ?? []), workload.metadata.name]),
        ].sort(compareText),
      });
    }
  }
  return [...needed.values()].sort(
    (a, b) =>
      compareText(a.name, b.name) || Number(a.secret) - Number(b.secret),
  );
}

/** Most workloads read none: their texts need no scan, and each delivery is checked repeatedly. */
function asksForSettings({ resources = {} }: ScoreWorkload): boolean {
  return Object.values(resources).some(
    ({ type }) => type === 'environment' || type === 'secret',
  );
}

/** Returns all texts in which placeholders are filled in. */
function textsOfContainer(
  { variables, files = {}, volumes }: ScoreContainer,
  sources: Readonly<Record<string, SourceFile>>,
): string[] {
  const contents = Object.values(files)
    .filter(({ noExpand }) => !noExpand)
    .flatMap(({ content, source }) => {
      const path = source?.replace(/^(\.\/)+/, '');
      const found =
        path !== undefined && Object.hasOwn(sources, path)
          ? sources[path]
          : undefined;
      return [content, found].filter(text => typeof text === 'string');
    });
  return [...textsIn(variables), ...textsIn(volumes), ...contents];
}

/** Returns every text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('${') ? [value] : [];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(textsIn)
    : [];
}

import { type PackageRegistry, normalizeUrl } from './PackageRegistry';
import { readYaml } from './readYaml';

/** Files of a revision that may configure registries. */
export const SETTINGS_FILES = ['.npmrc', '.yarnrc.yml', '.yarnrc'] as const;

/** The registries that a revision configures, of those that the platform allows. */
export interface RegistryChoices {
  /** Used instead of the machine's own. */
  main?: string;
  /** By scope, with its `@`. */
  scopes: Record<string, string>;
  /** Settings of the revision that are ignored, for people. */
  warnings: string[];
}

/** Settings that do not change the installed packages. */
const HARMLESS = new Set(
  'save-exact save-prefix fund audit loglevel progress update-notifier package-lock engine-strict nodeLinker node-linker enableTelemetry enableGlobalCache'.split(
    ' ',
  ),
);
const SCOPE = /^@[a-z0-9~-][a-z0-9._~-]*$/;
const MOST_NAMED = 3;

/**
 * Reads the registries in a revision's settings of package managers. All other
 * settings are ignored: most of them can start programs of the revision.
 */
export function readRegistryChoices(
  settings: ReadonlyMap<string, string>,
  allowed: readonly PackageRegistry[],
): RegistryChoices {
  const choices: RegistryChoices = { scopes: {}, warnings: [] };
  for (const [file, text] of settings) {
    const ignored: string[] = [];
    const read = readSettings(file, text);
    if (read === undefined) {
      choices.warnings.push(
        `${file} is not used: it is not YAML, or holds more than settings do`,
      );
      continue;
    }
    for (const [key, value] of read) {
      const scope = scopeOf(key);
      if (scope === undefined) {
        if (!HARMLESS.has(key)) ignored.push(key);
        continue;
      }
      const url = normalizeUrl(value);
      if (!allowed.some(each => each.url === url)) {
        choices.warnings.push(
          `${file} names a package registry that this platform does not allow${
            url === undefined ? '' : `: ${cut(url)}`
          }`,
        );
      } else if (scope === 'main') choices.main = url;
      else choices.scopes[scope] = url!;
    }
    if (ignored.length > 0)
      choices.warnings.push(
        `${file} is read for registries only; not used: ${nameSome(ignored)}`,
      );
  }
  return choices;
}

/** Renders `.npmrc` for npm, pnpm and Yarn 1: the selected registries, and the platform's tokens. */
export function renderNpmrc(
  { main, scopes }: RegistryChoices,
  allowed: readonly PackageRegistry[],
): string {
  return [
    ...(main === undefined ? [] : [`registry=${main}/`]),
    ...Object.entries(scopes).map(
      ([scope, url]) => `${scope}:registry=${url}/`,
    ),
    ...allowed.flatMap(({ url, token }) =>
      token === undefined
        ? []
        : [`${url.replace(/^https?:/, '')}/:_authToken=${token}`],
    ),
    '',
  ].join('\n');
}

/** Renders the same as `.yarnrc.yml`, in JSON, which is valid YAML. */
export function renderYarnrc(
  { main, scopes }: RegistryChoices,
  allowed: readonly PackageRegistry[],
): string {
  return JSON.stringify({
    ...(main !== undefined && { npmRegistryServer: main }),
    npmScopes: Object.fromEntries(
      Object.entries(scopes).map(([scope, url]) => [
        scope.slice(1),
        { npmRegistryServer: url },
      ]),
    ),
    npmRegistries: Object.fromEntries(
      allowed.flatMap(({ url, token }) =>
        token === undefined
          ? []
          : [
              [
                url.replace(/^https?:/, ''),
                { npmAuthToken: token, npmAlwaysAuth: true },
              ],
            ],
      ),
    ),
  });
}

function scopeOf(key: string): string | undefined {
  if (key === 'registry') return 'main';
  const scope = /^(.*):registry$/.exec(key)?.[1];
  return scope !== undefined && SCOPE.test(scope) ? scope : undefined;
}

function readSettings(
  file: string,
  text: string,
): Array<[string, string]> | undefined {
  if (file === '.yarnrc.yml') return readYarnrcYml(text);
  return text.split(/\r?\n/).flatMap((each): Array<[string, string]> => {
    const trimmed = each.trim();
    if (trimmed === '' || /^[#;]/.test(trimmed)) return [];
    const end =
      file === '.yarnrc' ? trimmed.search(/\s/) : trimmed.indexOf('=');
    return end <= 0
      ? [[trimmed, 'true']]
      : [
          [
            unquote(trimmed.slice(0, end).trimEnd()),
            unquote(trimmed.slice(end + 1).trimStart()),
          ],
        ];
  });
}

function readYarnrcYml(text: string): Array<[string, string]> | undefined {
  if (text.trim() === '') return [];
  const document = readYaml(text);
  if (typeof document !== 'object' || document === null) return undefined;
  return Object.entries(document).flatMap(([key, value]) => {
    if (key === 'npmRegistryServer') return [['registry', String(value)]];
    if (key !== 'npmScopes' || typeof value !== 'object' || value === null)
      return [[key, '']];
    return Object.entries(value as Record<string, unknown>).map(
      ([scope, own]): [string, string] => [
        `@${scope}:registry`,
        String(
          (own as { npmRegistryServer?: unknown } | null)?.npmRegistryServer,
        ),
      ],
    );
  });
}

function unquote(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}

/** Lists names only: values may be secrets. A key such as `//host/:_authToken` contains none. */
function nameSome(keys: readonly string[]): string {
  const names = [...new Set(keys)].map(cut);
  const rest = names.length - MOST_NAMED;
  return rest > 0
    ? `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more`
    : names.join(', ');
}

function cut(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, '?');
  return plain.length <= 80 ? plain : `${plain.slice(0, 79)}…`;
}

import { delimiter, dirname } from 'node:path';

export interface GitEnvironmentOptions {
  /** Absolute path of the git binary. */
  git: string;
  /** An empty folder used as home folder, so that no user's configuration is read. */
  home: string;
  /** Configuration for this one process, which overrides the repository's: `receive.autogc` to `false`. */
  config?: Record<string, string>;
}

/**
 * The complete environment of a git process of Callboard. Nothing is inherited:
 * neither this process's secrets nor the machine's git configuration, hooks,
 * attributes or credentials.
 */
export function gitEnvironment(
  options: GitEnvironmentOptions,
): Record<string, string> {
  const config: Record<string, string> = {
    'safe.directory': '*', // repositories may belong to another user than the process; all are Callboard's own
    'core.attributesFile': '/dev/null',
    'core.bigFileThreshold': '8m', // larger files are streamed, not held in memory
    'core.fsync': 'all', // an acknowledged push survives a power failure: objects, packs and refs
    'pack.threads': '1',
    'gc.auto': '0', // revisions of releases must stay; Callboard removes leftovers itself
    'uploadpack.allowFilter': 'false',
    ...options.config,
  };
  const entries = Object.entries(config);
  return {
    PATH: [dirname(options.git), '/usr/bin', '/bin'].join(delimiter),
    HOME: options.home,
    XDG_CONFIG_HOME: options.home,
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1', // a pushed refs/replace must not replace pushed files by others
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOC_LIMIT: '256m', // per allocation: a small delta may claim to unpack to gigabytes
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

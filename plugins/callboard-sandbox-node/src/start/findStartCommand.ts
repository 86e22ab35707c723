/** How a bundle is started when score.yaml names no command. */
export type StartCommand =
  /** Argument of `sh -c`. */
  | { kind: 'shell'; line: string; from: 'Procfile' | 'package.json' }
  | { kind: 'node'; script: string }
  /** No program: this folder of the bundle is served as static files. */
  | { kind: 'static'; folder: string };

/** Files of a bundle that may define its start command. */
export interface StartHints {
  /** Paths of the files, at least those of the top and of well-known folders. */
  paths: readonly string[];
  procfile?: string;
  packageJson?: string;
}

const SCRIPTS = [
  'server.js',
  'server.mjs',
  'index.js',
  'index.mjs',
  'app.js',
  'main.js',
];
const STATIC_FOLDERS = ['', 'public', 'dist', 'www'];
/** Output folders of build steps; with one, the index.html of the repository itself is source. */
const BUILT_FOLDERS = ['dist', 'build', 'out', 'public'];

/** Development servers of frameworks: they serve sources, and are not installed in production. */
const DEVELOPMENT_SERVER =
  /^(?:vite(?: dev| serve| preview)?|ng serve|react-scripts start|vue-cli-service serve|webpack serve|webpack-dev-server|astro dev|parcel|next dev|nuxt dev|svelte-kit dev)(?: -.*)?$/;

/**
 * Finds the start command, most explicit first: `web:` of the Procfile, `start`
 * or `main` of package.json, a well-known script, an index.html. Undefined when
 * there is none.
 *
 * @remarks Order of Heroku's Node.js buildpack.
 */
export function findStartCommand({
  paths,
  procfile,
  packageJson,
}: StartHints): StartCommand | undefined {
  const web = procfile && /^web:[ \t]*(\S.*)$/m.exec(procfile)?.[1].trim();
  if (web) return { kind: 'shell', line: web, from: 'Procfile' };
  const manifest = readManifest(packageJson);
  const built = manifest.isBuilt
    ? BUILT_FOLDERS.find(name => paths.includes(`${name}/index.html`))
    : undefined;
  if (
    built !== undefined &&
    (!manifest.start || DEVELOPMENT_SERVER.test(manifest.start))
  )
    return manifest.main !== undefined && paths.includes(manifest.main)
      ? { kind: 'node', script: manifest.main }
      : { kind: 'static', folder: built };
  if (manifest.start)
    return { kind: 'shell', line: manifest.start, from: 'package.json' };
  const script = [manifest.main, ...SCRIPTS].find(
    name => name !== undefined && paths.includes(name),
  );
  if (script) return { kind: 'node', script };
  const folder = STATIC_FOLDERS.find(name =>
    paths.includes(name ? `${name}/index.html` : 'index.html'),
  );
  return folder === undefined ? undefined : { kind: 'static', folder };
}

/** Whether a start command is possible, judged by the names of the files; their contents may still have none. */
export function mayHaveStartCommand(paths: readonly string[]): boolean {
  return (
    paths.includes('Procfile') ||
    paths.includes('package.json') ||
    findStartCommand({ paths }) !== undefined
  );
}

function readManifest(text: string | undefined): {
  start?: string;
  main?: string;
  /** Whether it has a build step. */
  isBuilt?: boolean;
} {
  if (!text) return {};
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return {};
    const { scripts, main } = json as {
      scripts?: { start?: unknown; build?: unknown };
      main?: unknown;
    };
    return {
      ...(typeof scripts?.start === 'string' && scripts.start.trim()
        ? { start: scripts.start.trim() }
        : {}),
      isBuilt: typeof scripts?.build === 'string',
      ...(typeof main === 'string' ? { main: main.replace(/^\.\//, '') } : {}),
    };
  } catch {
    return {};
  }
}

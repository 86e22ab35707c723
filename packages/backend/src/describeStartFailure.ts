/**
 * Next steps for an error of the system or of a database, by its code or
 * message: Backstage's services keep only the message of the cause.
 */
const NEXT: Array<[signs: RegExp, next: string]> = [
  [
    /^SQLITE_(BUSY|LOCKED)|database is locked/,
    'Another program has the database open and keeps it locked: end it and start again',
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB)|not a database|disk image is malformed/,
    'The database file is damaged: move it aside, put the last backup in its place and start again',
  ],
  [
    /^(SQLITE_READONLY|EROFS|EACCES|EPERM)|readonly database|EROFS|EACCES/,
    'The folder cannot be written: correct its mount or its owner, or choose another one',
  ],
  [
    /^SQLITE_CANTOPEN|unable to open database/,
    'The folder is missing or cannot be written: correct its mount or its owner, or choose another one',
  ],
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)|disk is full|ENOSPC/,
    'The disk is full: free some space and start again',
  ],
  [
    /^EADDRINUSE/,
    'Another program has the port: end it, or choose another port',
  ],
  [
    /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|57P0\d|08\d\d\d)|connect E[A-Z]+/,
    'The database cannot be reached: check that it runs and that backend.database.connection is right',
  ],
  [
    /^(28P01|28000|3D000)/,
    'The database refuses this account: check backend.database.connection',
  ],
];

/** Backstage's wrapping around the cause when a service failed. */
const WRAPPING =
  /^(?:Failed to instantiate service .*? threw an error, (?:Error: )?)+/;

/** A plugin with its modules, in Backstage's report of the start. */
export interface StartedPart {
  pluginId?: string;
  moduleId?: string;
  failure?: { error: Error; allowed?: boolean };
  modules?: StartedPart[];
}

/**
 * Explains to people why the backend did not start: each part that failed, with
 * its cause, and the next step for a known cause.
 */
export function describeStartFailure(error: unknown): string {
  const parts = (error as { result?: { plugins?: StartedPart[] } }).result
    ?.plugins;
  const failures = (parts ?? []).flatMap(plugin => [
    ...(plugin.modules ?? []).flatMap(module =>
      describePart(`${plugin.pluginId}, module ${module.moduleId}`, module),
    ),
    ...describePart(`${plugin.pluginId}`, plugin),
  ]);
  const lines =
    failures.length > 0 ? failures : describeCause('the backend', error);
  return [...new Set(lines)].join('\n');
}

function describePart(name: string, { failure }: StartedPart): string[] {
  if (!failure || failure.allowed) return [];
  return describeCause(name, failure.error);
}

function describeCause(name: string, error: unknown): string[] {
  const causes = causesOf(error);
  const said = (causes[0]?.message ?? String(error)).replace(WRAPPING, '');
  const next = causes
    .flatMap(({ code, message }) => [code ?? '', message])
    .map(sign => NEXT.find(([signs]) => signs.test(sign))?.[1])
    .find(Boolean);
  return [`${name}: ${said}`, ...(next ? [next] : [])];
}

function causesOf(error: unknown): Array<Error & { code?: string }> {
  const causes: Array<Error & { code?: string }> = [];
  let cause: unknown = error;
  while (cause instanceof Error && causes.length < 10) {
    causes.push(cause);
    cause = cause.cause;
  }
  return causes;
}

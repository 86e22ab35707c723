import { join } from 'node:path';
import { ASSETS } from './layOutBundle';

/**
 * Returns the environment of pushed code: the platform's, the workload's, and
 * the ports. Where a port changes, a hook remaps it for Node.js; other programs
 * read `PORT`.
 */
export function codeEnv(
  own: Readonly<Record<string, string>>,
  ports: ReadonlyMap<number, number>,
  place: { base: Record<string, string>; workspace: string; tmp: string },
): Record<string, string> {
  const { base, workspace, tmp } = place;
  const chosen = own.PORT
    ? ports.get(Number(own.PORT))
    : [...ports.values()][0];
  const isMoved = [...ports].some(([declared, local]) => declared !== local);
  const hook = join(workspace, ASSETS, 'listen.cjs');
  return {
    ...base,
    HOME: workspace,
    TMPDIR: tmp,
    ...own,
    ...(chosen === undefined ? {} : { PORT: String(chosen) }),
    ...(isMoved && {
      CALLBOARD_PORTS: JSON.stringify(Object.fromEntries(ports)),
      NODE_OPTIONS: [`--require=${hook}`, own.NODE_OPTIONS]
        .filter(Boolean)
        .join(' '),
    }),
  };
}

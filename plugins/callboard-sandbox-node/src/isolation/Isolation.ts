import type { Control } from '../groups/findHierarchies';

/**
 * The isolation of pushed code on this machine, determined by trying.
 *
 * - `namespaces`: file system, processes and network of its own; with root also
 *   a user of its own
 * - `users`: a user of its own only
 * - `none`: pushed code can do everything that this process can
 */
export type Isolation =
  | { kind: 'namespaces'; by: SandboxProgram; hasOwnUser: boolean }
  | { kind: 'users'; why: string }
  | { kind: 'none'; why: string };

/** Programs that set up namespaces: bubblewrap, or util-linux alone. */
export type SandboxProgram = 'bwrap' | 'unshare';

/**
 * Describes the limits that apply to pushed code.
 *
 * @param controls - limits that control groups enforce on this machine
 */
export function describeLimits(controls: readonly Control[]): string {
  const held = [
    ...(controls.includes('memory') ? ['memory'] : []),
    ...(controls.includes('pids') ? ['threads'] : []),
    ...(controls.includes('cpu') ? ['CPU'] : []),
  ];
  const watched = [
    ...(controls.includes('memory') ? [] : ['memory']),
    'processes',
    'files',
  ];
  return [
    ...(held.length > 0
      ? [`Limited by control groups: ${held.join(', ')}.`]
      : []),
    `Watched, and ended beyond its limit: ${watched.join(', ')}.`,
    ...(controls.includes('cpu')
      ? []
      : [
          'CPU is not limited: the portal may make no control group here; pushed code runs with a lower priority.',
        ]),
  ].join(' ');
}

/** Describes the isolation, for logs and pages. */
export function describeIsolation(isolation: Isolation): string {
  switch (isolation.kind) {
    case 'namespaces':
      return `Pushed code runs in namespaces of its own (${isolation.by})${
        isolation.hasOwnUser ? ', each app as a user of its own' : ''
      }`;
    case 'users':
      return `Each app runs as a user of its own, without namespaces (${isolation.why}): pushed code can reach the network of this machine, and the portal answers it nothing`;
    case 'none':
      return `Pushed code is not isolated (${isolation.why}): it can read the git token, the database and every file that you can read. Only the person at the terminal can push`;
    default:
      return isolation satisfies never;
  }
}

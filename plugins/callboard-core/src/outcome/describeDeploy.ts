import type { ReleaseChange } from '@callboard/plugin-callboard-common';

/** Names the change that a deployment of a release would be, for the dialog and its button. */
export function describeDeploy(
  release: number,
  title: string,
  change: ReleaseChange,
): { title: string; button: string } {
  switch (change) {
    case 'rollback': {
      const button = `Roll back to release ${release}`;
      return { title: `${button} in ${title}`, button };
    }
    case 'older':
    case 'newer': {
      const older = change === 'older' ? 'older ' : '';
      const button = `Promote ${older}release ${release}`;
      return { title: `${button} to ${title}`, button };
    }
    default:
      return change satisfies never;
  }
}

import type { Problem } from '@callboard/plugin-callboard-common';

export function diskFull(free: number, least: number): Problem {
  const mb = (bytes: number) => Math.floor(bytes / 1024 / 1024);
  return {
    code: 'disk-nearly-full',
    what: 'Cannot take a push',
    why: `only ${mb(
      free,
    )} MB are free on the disk of the repositories, and ${mb(
      least,
    )} MB must stay free`,
    next: 'Ask the platform team to free some space, and push again',
    transient: true,
  };
}

export function gitMissing(): Problem {
  return {
    code: 'git-missing',
    what: 'Cannot read or write repositories',
    why: 'there is no git on the PATH of the portal',
    next: 'Install git where the portal runs (Debian: apt-get install git); a restart is not needed',
    transient: true,
  };
}

export function repositoryNotFound(app: string): Problem {
  return {
    code: 'repository-not-found',
    what: `Cannot read the repository of "${app}"`,
    why: 'there is none',
    next: `Push "${app}" to create it`,
    transient: false,
  };
}

export function commitRefused(app: string): Problem {
  return {
    code: 'commit-refused',
    what: `Cannot write the files of "${app}"`,
    why: 'git did not take them',
    next: 'Check the names of the files',
    transient: false,
  };
}

export function mainMoved(app: string): Problem {
  return {
    code: 'branch-moved',
    what: `Cannot write to the main branch of "${app}"`,
    why: 'somebody else pushed meanwhile',
    next: 'Try again',
    transient: true,
  };
}

import type { Problem } from '@callboard/plugin-callboard-common';

/** This portal accepts no agents. */
export function agentsOff(): Problem {
  return {
    code: 'agents-not-taken',
    what: 'Cannot add a cluster that dials out',
    why: 'this portal takes no agents',
    next: 'Ask the platform team',
    transient: false,
  };
}

export function clusterNameTaken(cluster: string, source: string): Problem {
  return {
    code: 'cluster-exists',
    what: `Cannot add cluster "${cluster}"`,
    why: `there is one of that name, ${source}`,
    next: 'Choose another name, or remove that one first',
    transient: false,
  };
}

export function clusterNotByAgent(cluster: string, source: string): Problem {
  return {
    code: 'cluster-not-by-agent',
    what: `Cannot make a token for cluster "${cluster}"`,
    why: `no agent reaches it: it is ${source}`,
    next: 'Nothing to do; it is connected without one',
    transient: false,
  };
}

export function clusterNotRemovable(
  cluster: string,
  source: string,
  next: string,
): Problem {
  return {
    code: 'cluster-not-removable',
    what: `Cannot remove cluster "${cluster}"`,
    why: `it is ${source}`,
    next,
    transient: false,
  };
}

export function clusterInvalid(cluster: string, why: string): Problem {
  return {
    code: 'cluster-invalid',
    what: `Cannot add cluster "${cluster.slice(0, 80)}"`,
    why,
    next: 'Correct it: a name of small letters, digits and "-", labels as Kubernetes takes them',
    transient: false,
  };
}

export function blueprintUnknown(
  cluster: string,
  { blueprint, known }: { blueprint: string; known: readonly string[] },
): Problem {
  return {
    code: 'blueprint-unknown',
    what: `Cannot add cluster "${cluster}"`,
    why: `there is no blueprint "${blueprint.slice(0, 80)}"`,
    next:
      known.length > 0
        ? `Choose one of ${known.join(', ')}`
        : 'Leave it out, or describe one in the platform files',
    transient: false,
  };
}

/** Deliberately vague: a caller without a token learns nothing about clusters. */
export function manifestUnknown(): Problem {
  return {
    code: 'join-token-wrong',
    what: 'Cannot hand out the install manifest',
    why: 'no cluster has this registration token',
    next: 'Take the whole address, or make a new command on the page of the cluster',
    transient: false,
  };
}

export function manifestUsed(cluster: string): Problem {
  return {
    code: 'join-token-used',
    what: `Cannot hand out the install manifest of "${cluster}"`,
    why: 'its registration token was used: an agent joined with it',
    next: 'Make a new command on the page of the cluster; it revokes the agent that joined',
    transient: false,
  };
}

export function manifestExpired(cluster: string): Problem {
  return {
    code: 'join-token-expired',
    what: `Cannot hand out the install manifest of "${cluster}"`,
    why: 'its registration token expired',
    next: 'Make a new command on the page of the cluster',
    transient: false,
  };
}

import { doesNotAnswer } from '@callboard/plugin-callboard-clusters-node';
import type {
  EnvironmentFile,
  Problem,
} from '@callboard/plugin-callboard-common';
import { titleOfEnvironment } from '../reconcile/placing/findEnvironment';

/** No app of that name was pushed. */
export function appMissing(app: string): Problem {
  return {
    code: 'app-not-found',
    what: `Cannot find app "${app}"`,
    why: 'nobody has pushed it yet',
    next: 'Check the name, or push to it: the first push creates it',
    transient: false,
  };
}

/** The app has no release of that number. */
export function releaseMissing(of: { app: string; release: number }): Problem {
  return {
    code: 'release-not-found',
    what: `Cannot find release ${of.release} of "${of.app}"`,
    why: 'the app has no release of that number',
    next: 'Choose one of the releases on the page of the app',
    transient: false,
  };
}

/** No source lists a cluster of that name. */
export function clusterMissing(cluster: string): Problem {
  return {
    code: 'cluster-not-found',
    what: `Cannot find cluster "${cluster}"`,
    why: 'no cluster of that name is registered',
    next: 'Check the name on the fleet page',
    transient: false,
  };
}

/** The app does not run in the requested place. */
export function deploymentMissing(
  of: { app: string; environment: string; cluster?: string },
  environments: readonly EnvironmentFile[],
): Problem {
  const title = titleOfEnvironment(environments, of.environment);
  return {
    code: 'deployment-not-found',
    what: `Cannot look at "${of.app}" in ${title}${
      of.cluster === undefined ? '' : ` on "${of.cluster}"`
    }`,
    why: 'it is not placed there',
    next: 'Choose one of the clusters on the page of the app',
    transient: false,
  };
}

/** Reading from a cluster needs a connection, and no process answers with one. */
export function clusterElsewhere(cluster: string): Problem {
  return {
    code: 'cluster-unreachable',
    what: doesNotAnswer(cluster),
    why: 'no process of the portal has a connection to it that answers',
    next: 'Try again in a moment; what was last known is on the page',
    transient: true,
  };
}

import { type ExitCode, type Io, UsageError } from '../Io';
import { starterFiles } from '../init/starterFiles';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const ENTITY = /^(user|group):[a-z0-9._-]+\/[a-z0-9._-]+$/i;

/** Writes what the first hour of a portal needs, beside what is there. */
export const init: Verb = {
  name: 'init',
  summary: 'write the files that a portal is started with',
  usage: `Usage: callboard init [--cluster NAME --kubeconfig FILE] [--platform-team REF]

Writes an environment, a blueprint and app-config.callboard.yaml into this folder, that of a
Backstage app. A file that is there is left as it is.

  --cluster NAME        a cluster that the portal is to know
  --kubeconfig FILE     and how it signs in to it, from the backend's folder or absolute
  --platform-team REF   who may add clusters: user:development/guest when omitted

Exit code: 0 written or there, 2 usage`,
  run(args: string[], io: Io): ExitCode {
    const given = readArguments(args, {
      cluster: { type: 'string' },
      kubeconfig: { type: 'string' },
      'platform-team': { type: 'string' },
    });
    const cluster = given.text('cluster');
    const kubeconfig = given.text('kubeconfig');
    const platformTeam =
      given.text('platform-team') ?? 'user:development/guest';
    if ((cluster === undefined) !== (kubeconfig === undefined))
      throw new UsageError('--cluster and --kubeconfig belong together');
    if (cluster !== undefined && !NAME.test(cluster))
      throw new UsageError(
        `--cluster is a name of at most 63 small letters, digits and dashes, not "${cluster}"`,
      );
    if (!ENTITY.test(platformTeam))
      throw new UsageError(
        `--platform-team is an entity reference like group:default/platform, not "${platformTeam}"`,
      );
    const files = starterFiles({
      platformTeam,
      ...(cluster !== undefined &&
        kubeconfig !== undefined && { cluster: { name: cluster, kubeconfig } }),
    });
    for (const [path, text] of Object.entries(files))
      io.out(
        io.writeNew(path, text)
          ? `wrote ${path}`
          : `left ${path} as it is: it is there`,
      );
    return 0;
  },
};

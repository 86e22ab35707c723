import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import { NotSentError } from '@callboard/plugin-callboard-node';
import { clusterConfigRefused } from '../serverProblems';

const OTHERWISE =
  'use the token of a service account, or an agent in the cluster';
const MAX_NAME = 100;

/** How a credential plugin failed. Contains none of its output. */
export type PluginFault =
  | { kind: 'missing' }
  | { kind: 'not-executable' }
  | { kind: 'ended'; code: number | null }
  | { kind: 'too-slow'; seconds: number }
  | { kind: 'too-much'; kib: number }
  | { kind: 'unreadable' }
  | { kind: 'empty' }
  | { kind: 'expired' };

/** Returns the problem of a failed sign-in: nothing was sent to the cluster. */
export function signInFailed(
  cluster: string,
  { why, next, transient }: Pick<Problem, 'why' | 'next' | 'transient'>,
): NotSentError {
  return new NotSentError({
    code: 'cluster-sign-in-failed',
    what: `Cannot sign in to cluster "${cluster}"`,
    why,
    next,
    transient,
  });
}

export function configRefused(
  cluster: string,
  why: string,
  next: string,
): ProblemError {
  return new ProblemError(clusterConfigRefused(cluster, why, next));
}

export function pluginFailed(
  cluster: string,
  command: string,
  fault: PluginFault,
): NotSentError {
  const program = `"${nameOf(command)}"`;
  switch (fault.kind) {
    case 'missing':
      return signInFailed(cluster, {
        why: `${program} is not installed beside the portal`,
        next: `Install it where the portal runs, or ${OTHERWISE}`,
        transient: false,
      });
    case 'not-executable':
      return signInFailed(cluster, {
        why: `${program} may not be run by the portal's user`,
        next: 'Make it executable for that user',
        transient: false,
      });
    case 'ended':
      return signInFailed(cluster, {
        why: `${program} failed${
          fault.code === null ? '' : ` with exit code ${fault.code}`
        }`,
        next: `Run it where the portal runs, as the portal's user: it says there what it lacks. Variables that it needs are named by execEnv`,
        transient: true,
      });
    case 'too-slow':
      return signInFailed(cluster, {
        why: `${program} gave no credential within ${fault.seconds} seconds and was ended`,
        next: `Run it where the portal runs, as the portal's user, and see what it waits for`,
        transient: true,
      });
    case 'too-much':
      return signInFailed(cluster, {
        why: `${program} printed more than ${fault.kib} KiB and was ended`,
        next: 'Check that it prints an ExecCredential and nothing else',
        transient: false,
      });
    case 'unreadable':
      return signInFailed(cluster, {
        why: `${program} printed something that is no ExecCredential of the version that the kubeconfig asks for`,
        next: 'Check its version, and the apiVersion under exec in the kubeconfig',
        transient: false,
      });
    case 'empty':
      return signInFailed(cluster, {
        why: `${program} gave neither a token nor a client certificate with its key`,
        next: `Run it where the portal runs, as the portal's user, and see what it prints`,
        transient: true,
      });
    case 'expired':
      return signInFailed(cluster, {
        why: `${program} gave a credential that has expired already`,
        next: 'Compare the clocks of this machine and of who gives the credential',
        transient: true,
      });
    default:
      return fault satisfies never;
  }
}

/** Returns the program's own name: folders of the machine are of no use to readers. */
function nameOf(command: string): string {
  const name = command.split('/').at(-1) ?? command;
  return name.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_NAME);
}

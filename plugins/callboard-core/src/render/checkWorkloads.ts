import {
  type AppFile,
  type Result,
  type ScoreWorkload,
  type SourceLocation,
  type Problem,
  failed,
  ok,
  suggestName,
} from '@callboard/plugin-callboard-common';
import type { FieldPath } from '@callboard/plugin-callboard-common';
import { type RenderFault, renderProblem } from './RenderFault';
import { shorten } from './shorten';
import { render } from './renderWorkload';
import { CURRENT_RENDERER } from './renderers';
import type { Provisioner } from './resources';
import type { SourceFile } from './types';

export interface CheckWorkloadsInput {
  app: string;
  /** What `parseScore` gave; `locate` lets a problem name the line. */
  workloads: Array<{
    workload: ScoreWorkload;
    locate?: (path: FieldPath) => SourceLocation;
  }>;
  files: Record<string, SourceFile>;
  /** Who gives resources; those that are built in when omitted. */
  provisioners?: readonly Provisioner[];
  /** What app.yaml says of how they are deployed. */
  deploy?: AppFile['spec']['deploy'];
}

/**
 * Whether the workloads of an app can be rendered, before anything is built or
 * a branch moves: placeholders, resource types, files, ports, amounts, names.
 */
export function checkWorkloads({
  app,
  workloads,
  files,
  provisioners,
  deploy = {},
}: CheckWorkloadsInput): Result<void> {
  const all = workloads.map(({ workload }) => workload);
  const seen = new Set<string>();
  for (const { workload, locate } of workloads) {
    const { name } = workload.metadata;
    const outcome = seen.has(name)
      ? twice(name)
      : render({
          app,
          environment: 'check',
          release: 1,
          renderer: CURRENT_RENDERER,
          settings: Object.hasOwn(deploy, name) ? deploy[name] : undefined,
          workload,
          // Which images a build will make is not known yet.
          images: Object.fromEntries(
            Object.keys(workload.containers).map(container => [
              container,
              'not-built-yet',
            ]),
          ),
          exposure: { type: 'ClusterIP' },
          replicas: 1,
          files,
          workloads: all,
          ...(provisioners && { provisioners }),
        });
    seen.add(name);
    if (!outcome.ok) {
      const problem = renderProblem(name, outcome.fault);
      return failed(
        locate ? withLine(problem, locate(outcome.fault.path)) : problem,
      );
    }
  }
  const stranger = Object.keys(deploy).find(name => !seen.has(name));
  return stranger === undefined
    ? ok(undefined)
    : failed(unknownWorkload(stranger, [...seen].sort()));
}

function unknownWorkload(name: string, known: string[]): Problem {
  const meant = suggestName(name, known);
  return {
    code: 'workload-unknown',
    what: 'Cannot use app.yaml',
    why: `spec.deploy.${name}: no workload of this app is called "${shorten(
      name,
    )}"`,
    next:
      meant === undefined
        ? `Use one of ${known.map(each => `"${each}"`).join(', ')}`
        : `Write "${meant}"`,
    transient: false,
    at: { file: 'app.yaml', path: `spec.deploy.${name}` },
  };
}

function twice(name: string): { ok: false; fault: RenderFault } {
  return {
    ok: false,
    fault: {
      code: 'workload-name-taken',
      path: ['metadata', 'name'],
      why: `another workload of this app is called "${name}" too`,
      next: 'Give each workload a name of its own',
    },
  };
}

function withLine(
  problem: ReturnType<typeof renderProblem>,
  at: SourceLocation,
): ReturnType<typeof renderProblem> {
  return {
    ...problem,
    what: `${problem.what} (${at.file}, line ${at.line})`,
    at,
  };
}

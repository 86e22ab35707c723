import type { Problem } from '@callboard/plugin-callboard-common';
import { findLanguage } from './findLanguage';

/** Whether the builder that refuses builds a Dockerfile. */
export type DockerfileSupport =
  | 'built'
  /** It would with BuildKit. */
  | 'not-configured'
  /** No target that it builds for can run one. */
  | 'never';

const START =
  'Add a Procfile with a line like "web: node server.js", or "command" to the container in score.yaml';

const OTHER_LANGUAGE: Record<DockerfileSupport, string> = {
  built: 'Add a Dockerfile, and push again: it is built by BuildKit',
  'not-configured':
    'Build the image elsewhere and name it in score.yaml in place of ".", or ask the platform team to set callboard.builder.buildkit and add a Dockerfile',
  never:
    'Build the image elsewhere, name it in score.yaml in place of ".", and let it run on real clusters: the playground starts no images',
};

/**
 * The problem of pushed code without a start command, or in a language for
 * which no image is built.
 *
 * @param paths - of the files of the repository, at least those of its top
 *   folder
 */
export function noStartCommand(
  paths: readonly string[],
  dockerfiles: DockerfileSupport,
): Problem {
  const language = findLanguage(paths);
  const problem = (what: string, why: string, next: string): Problem => ({
    code: 'no-start-command',
    what,
    why,
    next,
    transient: false,
  });
  switch (language?.name) {
    case undefined:
      return problem(
        'Cannot tell how to start the pushed code',
        'there is no Procfile, no package.json, no server.js and no index.html',
        START,
      );
    case 'Node.js':
      return problem(
        'Cannot tell how to start the pushed code',
        `it is Node.js (${cut(
          language!.by,
        )}), and there is no Procfile, no "start" or "main" in package.json, no server.js and no index.html`,
        'Add "start" to scripts in package.json, such as "node server.js", and push again',
      );
    case 'TypeScript':
      return problem(
        'Cannot tell how to start the pushed code',
        `it is TypeScript (${cut(language!.by)}), and there is no package.json`,
        'Add a package.json with "typescript" in devDependencies, a script "build" such as "tsc" and a script "start" such as "node dist/server.js", and push again',
      );
    default:
      return problem(
        `Cannot build a repository in ${language!.name}`,
        `it is ${language!.name} (${cut(
          language!.by,
        )}), and this builder makes only Node.js and static pages run`,
        OTHER_LANGUAGE[dockerfiles],
      );
  }
}

function cut(path: string): string {
  const plain = path.replace(/[^\x20-\x7e]/g, '?');
  return plain.length <= 60 ? plain : `${plain.slice(0, 59)}…`;
}

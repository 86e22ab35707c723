import type { Problem } from '@callboard/plugin-callboard-common';

export function dockerfileUnsupported(): Problem {
  return {
    code: 'dockerfile-needs-buildkit',
    what: 'Cannot build the Dockerfile of this repository',
    why: 'this portal makes images of Node.js and static files itself and has no BuildKit',
    next: 'Ask the platform team to set callboard.builder.buildkit, remove the Dockerfile, or build the image elsewhere and name it in score.yaml',
    transient: false,
  };
}

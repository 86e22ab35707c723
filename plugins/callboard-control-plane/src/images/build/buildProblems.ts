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

export function evidenceInvalid(image: string): Problem {
  return {
    code: 'evidence-invalid',
    what: `Cannot show what is attached to ${image}`,
    why: 'the document in the registry is not valid JSON',
    next: 'Push again: a new release gets new documents',
    transient: false,
  };
}

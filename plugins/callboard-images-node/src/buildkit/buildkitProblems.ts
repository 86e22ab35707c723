import {
  type Problem,
  describeDuration,
} from '@callboard/plugin-callboard-common';

const MAX_WHY_LENGTH = 400;

export function buildkitUnreachable(url: string): Problem {
  return {
    code: 'buildkit-unreachable',
    what: 'Cannot build the Dockerfile of this repository',
    why: `BuildKit does not answer at ${url}`,
    next: 'Tell the platform team: check callboard.builder.buildkit and whether the daemon runs; then push again',
    transient: true,
  };
}

export function dockerfileFailed(said: string): Problem {
  return {
    code: 'dockerfile-build-failed',
    what: 'Cannot build the Dockerfile of this repository',
    why: said
      .replace(/^failed to solve: /, '')
      .replace(/\s+/g, ' ')
      .slice(0, MAX_WHY_LENGTH),
    next: 'Read the lines above, correct the step that failed and push again',
    transient: false,
  };
}

export function buildEnded(): Problem {
  return {
    code: 'build-ended',
    what: 'The build of the Dockerfile was ended',
    why: 'it took longer than a build may take, or the portal was stopped',
    next: 'Make it shorter (smaller context, fewer steps), or ask for more time in callboard.builder.limits.seconds',
    transient: false,
  };
}

export function buildSilent(silenceMs: number): Problem {
  return {
    code: 'build-over-silence-limit',
    what: 'The build of the Dockerfile was ended',
    why: `BuildKit said nothing of it for ${describeDuration(
      silenceMs,
    )}, in which a step prints nothing and no layer moves`,
    next: 'Let the step print what it does, or ask for a larger callboard.builder.buildkit.silentSeconds',
    transient: false,
  };
}

export function digestMissing(): Problem {
  return {
    code: 'buildkit-answer-invalid',
    what: 'Cannot tell which image BuildKit made',
    why: 'its answer holds no digest of an image',
    next: 'Check whether callboard.builder.buildkit is the address of a BuildKit daemon of version 0.12 or newer',
    transient: false,
  };
}

export function layerUnreadable(registry: string, digest: string): Problem {
  return {
    code: 'image-layer-unreadable',
    what: `Cannot read what is inside the image that BuildKit pushed to ${registry}`,
    why: `the layer ${digest} broke off, or is no archive`,
    next: 'Push again',
    transient: true,
  };
}

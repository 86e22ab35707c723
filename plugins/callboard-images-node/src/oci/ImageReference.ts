import {
  type Result,
  failed,
  ok,
  type Problem,
} from '@callboard/plugin-callboard-common';

/** A parsed `registry/repository:tag` or `registry/repository@sha256:…`. */
export interface ImageReference {
  /** Host and port: `registry.example.com:5000`. */
  registry: string;
  repository: string;
  /** Exactly one of the two is set. */
  tag?: string;
  digest?: string;
}

const MAX_SHOWN = 200; // characters
const DOCKER_HUB = 'docker.io';
const REPOSITORY =
  /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Parses an image's name as container engines do: no host means Docker Hub, no tag means `latest`. */
export function parseImageReference(text: string): Result<ImageReference> {
  const [beforeDigest, digest] = splitAt(text, text.indexOf('@'));
  const colon = beforeDigest.lastIndexOf(':');
  const [name, tag] = splitAt(
    beforeDigest,
    colon > beforeDigest.lastIndexOf('/') ? colon : -1,
  );
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasHost = first === 'localhost' || /[.:]/.test(first);
  const registry = hasHost ? first : DOCKER_HUB;
  const path = hasHost ? name.slice(slash + 1) : name;
  const repository = hasHost || path.includes('/') ? path : `library/${path}`;
  if (!REPOSITORY.test(repository) || repository.length > 255)
    return failed(invalid(text, repository, 'the name of a repository'));
  if (digest !== undefined) {
    return DIGEST.test(digest)
      ? ok({ registry, repository, digest })
      : failed(invalid(text, digest, 'a sha256 digest'));
  }
  const wanted = tag ?? 'latest';
  return TAG.test(wanted)
    ? ok({ registry, repository, tag: wanted })
    : failed(invalid(text, wanted, 'a tag'));
}

export function formatImageReference({
  registry,
  repository,
  tag,
  digest,
}: ImageReference): string {
  return digest === undefined
    ? `${registry}/${repository}:${tag ?? 'latest'}`
    : `${registry}/${repository}@${digest}`;
}

function splitAt(text: string, index: number): [string, string | undefined] {
  return index < 0
    ? [text, undefined]
    : [text.slice(0, index), text.slice(index + 1)];
}

function invalid(text: string, part: string, noun: string): Problem {
  return {
    code: 'image-name-invalid',
    what: `Cannot read the image name "${text.slice(0, MAX_SHOWN)}"`,
    why: `"${part.slice(0, MAX_SHOWN)}" is not ${noun}`,
    next: 'Write it as host/repository:tag or host/repository@sha256:…',
    transient: false,
  };
}

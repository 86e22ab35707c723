const DOCKER_HUB = 'docker.io';

/**
 * Returns whether an image comes from a registry, or from a part of one:
 * `ghcr.io/acme` contains `ghcr.io/acme/web`, and not `ghcr.io/acmes/web`.
 */
export function isFromRegistry(image: string, registry: string): boolean {
  return fullName(image).startsWith(`${registry}/`);
}

/** `nginx` as `docker.io/library/nginx`, as nodes read it. */
function fullName(image: string): string {
  const [first, ...rest] = image.split('/');
  if (rest.length === 0) return `${DOCKER_HUB}/library/${image}`;
  return /[.:]/.test(first) || first === 'localhost'
    ? image
    : `${DOCKER_HUB}/${image}`;
}

import type { Cause } from '../cause';
import type { ContainerFacts, Instance, Situation } from '../situation';
import { forContainers } from './forContainers';
import type { CauseRule } from './types';

const PULL_REASONS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'RegistryUnavailable',
]);

/** Finds images that cannot be pulled, and why. */
export const imageProblems: CauseRule = (situation: Situation) =>
  forContainers(situation, (container, instance) => {
    const reason = container.waiting?.reason ?? '';
    if (!PULL_REASONS.has(reason)) return undefined;
    const says = pullMessage(container, instance);
    const cause = judgePull(reason, container.image, says);
    const isCertain = cause.code !== 'registry-credentials' || cause.isCertain;
    return {
      cause,
      since: pullFailedFirst(instance),
      withOutput: false,
      isCertain,
    };
  });

function judgePull(reason: string, image: string, says: string): Cause {
  const registry = registryOf(image);
  if (reason === 'InvalidImageName')
    return { code: 'image-name-invalid', image };
  if (reason === 'ErrImageNeverPull')
    return {
      code: 'image-not-fetched',
      image,
      says: 'it may not be fetched and is not there',
    };
  if (
    /may require authorization|insufficient_scope|pull access denied/i.test(
      says,
    )
  ) {
    return { code: 'registry-credentials', image, registry, isCertain: false };
  }
  if (
    /\b40[13]\b|unauthorized|forbidden|authentication required|no basic auth credentials|denied/i.test(
      says,
    )
  ) {
    return { code: 'registry-credentials', image, registry, isCertain: true };
  }
  if (
    /not found|manifest unknown|name unknown|does not exist|\b404\b/i.test(says)
  ) {
    return { code: 'image-not-found', image, registry };
  }
  const unreachable =
    /(no such host|connection refused|i\/o timeout|TLS handshake timeout|network is unreachable|no route to host|certificate[^:]{0,60}|server gave HTTP response to HTTPS client|deadline exceeded)/i.exec(
      says,
    );
  if (unreachable)
    return {
      code: 'registry-unreachable',
      image,
      registry,
      says: unreachable[1],
    };
  return { code: 'image-not-fetched', image, says };
}

/** The event is more specific than the state, which after a while only reports the back-off. */
function pullMessage(container: ContainerFacts, instance: Instance): string {
  const failed = instance.events.filter(
    event =>
      event.reason === 'Failed' &&
      event.message.includes(container.image) &&
      /pull/i.test(event.message),
  );
  return [
    ...failed.map(event => event.message).slice(-1),
    container.waiting?.message ?? '',
  ]
    .join(' ')
    .slice(0, 2_000);
}

function pullFailedFirst(instance: Instance): Date | undefined {
  return instance.events.find(event => event.reason === 'Failed')?.first;
}

/** Returns the registry host of an image, parsed as container engines do. */
function registryOf(image: string): string {
  const first = image.split('/')[0];
  const isHost =
    image.includes('/') &&
    (first.includes('.') || first.includes(':') || first === 'localhost');
  return isHost ? first : 'docker.io';
}

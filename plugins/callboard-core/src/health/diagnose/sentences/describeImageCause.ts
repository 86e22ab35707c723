import type { Cause, CauseWords } from '../cause';
import type { Subject } from '../subject';

type ImageCause = Extract<
  Cause,
  {
    code:
      | 'image-name-invalid'
      | 'image-not-found'
      | 'registry-credentials'
      | 'registry-unreachable'
      | 'image-not-fetched';
  }
>;

/** Describes an image that cannot be pulled. */
export function describeImageCause(
  cause: ImageCause,
  { name, environment, cluster }: Subject,
): CauseWords {
  const image = { label: 'Image', value: cause.image };
  const cannotStart = `${name} cannot start in ${environment}`;
  switch (cause.code) {
    case 'image-name-invalid':
      return {
        effect: cannotStart,
        cause: `"${cause.image}" is not the name of an image`,
        evidence: [image],
        next: 'Correct the image in score.yaml: registry/name:tag, in lower case',
      };
    case 'image-not-found':
      return {
        effect: cannotStart,
        cause: `the image "${cause.image}" does not exist`,
        evidence: [image, { label: 'Registry', value: cause.registry }],
        next: `Check name and tag of the image, and that it was pushed to ${cause.registry}`,
      };
    case 'registry-credentials':
      return {
        effect: cannotStart,
        cause: cause.isCertain
          ? `${cause.registry} wants credentials for the image "${cause.image}"`
          : `${cause.registry} does not hand out the image "${cause.image}"`,
        evidence: [image, { label: 'Registry', value: cause.registry }],
        next: cause.isCertain
          ? `Ask the platform team for working credentials for ${cause.registry}, or use an image that everybody may read`
          : `Check name and tag of the image; if it is private, Callboard needs credentials for ${cause.registry}: ask the platform team`,
      };
    case 'registry-unreachable':
      return {
        effect: cannotStart,
        cause: `${cluster} does not reach the registry ${cause.registry}`,
        evidence: [
          image,
          { label: 'Registry', value: cause.registry },
          { label: 'Answer', value: cause.says },
        ],
        next: `Check that the registry's name is right; if it is, ask the platform team why ${cluster} does not reach it`,
      };
    case 'image-not-fetched':
      return {
        effect: cannotStart,
        cause: `the image "${cause.image}" cannot be fetched`,
        evidence: [image, { label: 'Answer', value: cause.says }],
        next: 'Check the image in score.yaml; what the cluster answered stands above',
      };
    default:
      throw new Error(`No words for ${JSON.stringify(cause satisfies never)}`);
  }
}

import {
  type Problem,
  type Result,
  failed,
  ok,
  parseAppFile,
} from '@callboard/plugin-callboard-common';
import type { Pusher } from '@callboard/plugin-callboard-git-node';

const APP_FILE = 'app.yaml';

/**
 * Checks the consent of a repository's owner, and returns the identity that
 * pushes its files. The portal may have access to repositories that the person
 * who connects an app cannot read. So one that is not public has to name its
 * owner: people who can write `spec.owner` into its app.yaml can push to it,
 * and allow its code to become that owner's app.
 *
 * @param pusher - the person who connects it, or the app's owner for later
 *   pushes
 */
export function consentOf(
  texts: Record<string, string>,
  { pusher, url, isPublic }: { pusher: Pusher; url: string; isPublic: boolean },
): Result<Pusher> {
  if (isPublic) return ok(pusher);
  const text = texts[APP_FILE];
  const file =
    text === undefined ? undefined : parseAppFile(text, { file: APP_FILE });
  if (file && !file.ok) return file;
  // Lower case, as in the catalog's references.
  const owner = file?.value.spec.owner?.toLocaleLowerCase('en-US');
  if (owner !== undefined && pusher.ownershipRefs.includes(owner))
    return ok(pusher);
  return failed(notYours(url, { owner, pusher }));
}

function notYours(
  url: string,
  { owner, pusher }: { owner: string | undefined; pusher: Pusher },
): Problem {
  return {
    code: 'source-not-yours',
    what: `Cannot run the code of ${url}`,
    why:
      owner === undefined
        ? 'it is not public, and no app.yaml on its branch says whose app it is'
        : 'it is not public, and its app.yaml gives the app to somebody whom you do not act for',
    next: `Write "owner: ${pusher.owner}" under spec in its app.yaml, and push that to the branch`,
    transient: false,
    at: { file: APP_FILE, path: 'spec.owner' },
  };
}

import {
  type BlueprintFile,
  type BlueprintRef,
  type BlueprintState,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';

const STANDS: Record<BlueprintState, string> = {
  draft: 'a draft',
  active: 'active',
  deprecated: 'deprecated',
  disabled: 'disabled',
};

/**
 * Finds the version of a reference: the named one, as long as it may be used;
 * of a channel or a plain name the highest active one.
 *
 * @param heir - the blueprint that is based on it
 */
export function findBlueprintVersion(
  files: readonly BlueprintFile[],
  ref: BlueprintRef,
  heir?: string,
): Result<BlueprintFile> {
  const { name, version, channel } = ref;
  const versions = files
    .filter(({ metadata }) => metadata.name === name)
    .sort((a, b) => b.spec.version - a.spec.version);
  const what = `Cannot use ${
    version === undefined ? '' : `version ${version} of `
  }the blueprint "${name}"${
    heir === undefined ? '' : `, on which "${heir}" is based`
  }`;
  if (versions.length === 0) return failed(unknown(what, files));
  const twice = versions.find(
    (file, index) => versions[index + 1]?.spec.version === file.spec.version,
  );
  if (twice) {
    return failed({
      code: 'blueprint-version-taken',
      what,
      why: `version ${twice.spec.version} is defined twice`,
      next: 'Give each definition a version of its own',
      transient: false,
    });
  }
  if (version !== undefined) {
    const found = versions.find(({ spec }) => spec.version === version);
    if (!found) return failed(noSuchVersion(what, versions));
    return isUsable(found)
      ? ok(found)
      : failed(notActive(what, `it is ${STANDS[found.spec.state]}`));
  }
  const inChannel =
    channel === undefined
      ? versions
      : versions.filter(({ spec }) => spec.channels?.includes(channel));
  const active = inChannel.find(({ spec }) => spec.state === 'active');
  if (active) return ok(active);
  if (channel !== undefined)
    return failed({
      ...notActive(what, `no active version of it is in channel "${channel}"`),
      next: `Add "${channel}" to "channels" of an active version, or follow another channel`,
    });
  const [{ spec: newest }] = versions;
  return failed(
    notActive(what, `its version ${newest.version} is ${STANDS[newest.state]}`),
  );
}

/** Returns whether clusters may run it. */
function isUsable({ spec }: BlueprintFile): boolean {
  return spec.state === 'active' || spec.state === 'deprecated';
}

function unknown(what: string, files: readonly BlueprintFile[]): Problem {
  const known = [...new Set(files.map(({ metadata }) => metadata.name))].sort();
  return {
    code: 'blueprint-unknown',
    what,
    why: 'no file defines it',
    next:
      known.length === 0
        ? 'Add a file of kind Blueprint'
        : `Define it, or use one of ${known.map(k => `"${k}"`).join(', ')}`,
    transient: false,
  };
}

function noSuchVersion(
  what: string,
  versions: readonly BlueprintFile[],
): Problem {
  const known = versions.map(({ spec }) => spec.version).reverse();
  return {
    code: 'blueprint-unknown',
    what,
    why: 'no file defines this version, and it was never active here',
    next: `Define it, or use ${
      known.length === 1 ? 'version' : 'one of versions'
    } ${known.join(', ')}`,
    transient: false,
  };
}

function notActive(what: string, why: string): Problem {
  return {
    code: 'blueprint-not-active',
    what,
    why,
    next: 'Set its state to "active", or use another blueprint',
    transient: false,
  };
}

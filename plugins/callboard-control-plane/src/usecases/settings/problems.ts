import {
  type Problem,
  countOf,
  listOf,
} from '@callboard/plugin-callboard-common';
import { describeEntity } from '@callboard/plugin-callboard-core';

/** A requested change of a setting, in words: `Cannot set LOG_LEVEL of "shop" in Production`. */
export interface AskedSetting {
  app: string;
  name: string;
  /** Of the environment; absent for all of them. */
  title?: string;
  does: 'set' | 'remove' | 'take back a change of';
}

/** Permissions do not let the actor change settings of this app. */
export function notYours(asked: AskedSetting, owner: string): Problem {
  return {
    code: 'not-allowed',
    what: cannot(asked),
    why: `only ${describeEntity(owner)} may`,
    next: `Ask ${describeEntity(owner)}`,
    transient: false,
  };
}

/** Releases in the environment need an approval, and so do its settings. */
export function notApproved(
  asked: AskedSetting,
  { title, group: named }: { title: string; group: string },
): Problem {
  const group = describeEntity(named);
  return {
    code: 'approval-missing',
    what: cannot(asked),
    why: `what comes to ${title} needs approval by ${group}, and you are not a member`,
    next: `Ask a member of ${group} to do it`,
    transient: false,
  };
}

export function nameInvalid(asked: AskedSetting): Problem {
  const upper = asked.name.toUpperCase().replace(/[^A-Z0-9_]/g, '_');
  return {
    code: 'setting-invalid',
    what: cannot(asked),
    why: 'a name has at most 128 capital letters, digits and "_", and begins with a letter',
    next: /^[A-Z]/.test(upper)
      ? `Write ${upper.slice(0, 80)}`
      : 'Begin it with a letter',
    transient: false,
  };
}

/** It is not the format of a key in a store. */
export function referenceInvalid(asked: AskedSetting): Problem {
  return {
    code: 'setting-invalid',
    what: cannot(asked),
    why: 'a store has the name of a ClusterSecretStore, and a key has letters, digits and _ + = . @ : -, with something other than "." and ".." between its slashes',
    next: 'Write the key as the store lists it, such as shop/payment',
    transient: false,
  };
}

/** The portal's configuration does not let the app read this secret. */
export function portalSecretUnknown(
  asked: AskedSetting,
  { named, known }: { named: string; known: readonly string[] },
): Problem {
  return {
    code: 'setting-invalid',
    what: cannot(asked),
    why: `the portal has no secret "${named}" that this app may refer to`,
    next:
      known.length === 0
        ? 'Set a value'
        : `Use ${listOf(known, 3, 'or')}, or set a value`,
    transient: false,
  };
}

export function valueInvalid(
  asked: AskedSetting,
  why: string,
  next: string,
): Problem {
  return {
    code: 'setting-invalid',
    what: cannot(asked),
    why,
    next,
    transient: false,
  };
}

export function tooMany(asked: AskedSetting, most: number): Problem {
  return {
    code: 'settings-too-many',
    what: cannot(asked),
    why: `the app has ${countOf(most, 'setting')} there already`,
    next: 'Remove some that nothing reads, or put several values into one',
    transient: false,
  };
}

/** No setting of that name exists there. */
export function settingMissing(
  asked: AskedSetting,
  known: readonly string[],
): Problem {
  return {
    code: 'setting-not-found',
    what: cannot(asked),
    why: `no setting of that name is set ${
      asked.title === undefined ? 'for all environments' : 'there'
    }`,
    next:
      known.length === 0
        ? 'There is none'
        : `Use one of ${listOf(known.slice(0, 20))}`,
    transient: false,
  };
}

/** A running release reads it. */
export function settingNeeded(
  asked: AskedSetting,
  of: { title: string; release: number; name: string; workloads: string[] },
): Problem {
  return {
    code: 'setting-needed',
    what: cannot(asked),
    why: `release ${of.release} in ${of.title} reads ${of.name} (${listOf(
      of.workloads,
    )})`,
    next: 'Set another value, or release what reads it no more first',
    transient: false,
  };
}

/** Another change followed the one that is to be taken back. */
export function settingMovedOn(
  asked: AskedSetting,
  last: { version: number; by: string } | undefined,
): Problem {
  return {
    code: 'setting-moved-on',
    what: cannot(asked),
    why: last
      ? `change ${last.version} by ${describeEntity(last.by)} came after it`
      : 'there is no such change',
    next: 'Look at what is set now, then decide again',
    transient: false,
  };
}

/** The portal has no encryption key. */
export function secretsNotTaken(asked: AskedSetting): Problem {
  return {
    code: 'secrets-not-taken',
    what: cannot(asked),
    why: 'this portal has no key for secrets',
    next: 'Ask the platform team for one: docs/settings.md says how',
    transient: false,
  };
}

/** `Cannot set LOG_LEVEL of "shop" in Production` */
export function cannot({ app, name, title, does }: AskedSetting): string {
  const shown = name.length > 80 ? `${name.slice(0, 79)}…` : name;
  return `Cannot ${does} ${shown} of "${app}" ${
    title === undefined ? 'in all environments' : `in ${title}`
  }`;
}

// Judges what the registry knows about the packages of the lockfile.

/**
 * @typedef {{ id: number, package: string, severity: string, title: string, url: string }} Advisory
 * @typedef {{ id: number, package: string, why: string }} Exception
 */

/** Reads what `yarn npm audit --json` prints: one advisory a line. */
export function readAdvisories(output) {
  return output
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line))
    .filter(({ children }) => children?.ID !== undefined)
    .map(({ value, children }) => ({
      id: children.ID,
      package: value,
      severity: children.Severity,
      title: children.Issue,
      url: children.URL,
    }));
}

/**
 * Says which advisories nobody has looked at, and which exceptions have no
 * advisory any more: both fail, so that the list stays true.
 */
export function judgeAudit(advisories, exceptions) {
  const isSame = (a, b) => a.id === b.id && a.package === b.package;
  const withoutReason = exceptions.filter(
    ({ why }) => typeof why !== 'string' || why.trim().length < 20,
  );
  return [
    ...advisories
      .filter(one => !exceptions.some(known => isSame(known, one)))
      .map(
        ({ id, package: name, severity, title, url }) =>
          `${severity}: ${name}: ${title} (${url}). Upgrade it, or say in docs/audit-exceptions.json why ${id} does not touch us`,
      ),
    ...exceptions
      .filter(known => !advisories.some(one => isSame(known, one)))
      .map(
        ({ id, package: name }) =>
          `docs/audit-exceptions.json names ${id} of ${name}, which is not found any more. Remove it`,
      ),
    ...withoutReason.map(
      ({ id }) => `docs/audit-exceptions.json gives no reason for ${id}`,
    ),
  ];
}

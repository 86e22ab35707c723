/**
 * Keeps unit tests from running what another part runs anyway, with more: such a
 * file loads half the product only to skip itself, or does the same work twice.
 *
 * @param parts - with `unit: true` those that run every test file of packages,
 *   with `covers` those that run all tests of the files below a path of the
 *   repository; one that is skipped on this machine covers nothing
 * @returns the same parts; commands of unit parts name what they leave out
 */
export function leaveOutCovered(parts) {
  const covered = parts
    .filter(({ covers, skip }) => covers && !skip)
    .map(({ covers }) => `/${covers}`);
  if (covered.length === 0) return parts;
  return parts.map(part =>
    part.unit
      ? {
          ...part,
          command: [
            ...part.command,
            '--testPathIgnorePatterns',
            '/node_modules/', // jest's own default, which the option replaces
            ...covered,
          ],
        }
      : part,
  );
}
